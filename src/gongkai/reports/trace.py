"""Where figures come from, for other programs; keys are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.reports.findings.json import place_data
from gongkai.trace.printed import Printed
from gongkai.trace.sources import Origin, Source

VERSION = 1
"""Rises when a key changes its meaning or goes."""

KEYS: Mapping[str, str] = {
    "version": "格式的版本，现为 1；只增加名称时不变",
    "file": "数据文件，同命令里写的",
    "asked[].asked": "要查的，同命令里写的",
    "asked[].near": "没有找到时，相近的名称",
    "asked[].found[]": "印出来的一处，先后同公开文件",
    "…printed、unit": "印的字、单位（万元、元）",
    "…table.number、title、row、code、column": "在哪张表、行、科目编码、列（自上而下）；不在表里的 table 为 null",
    "…heading、sentence": "在哪个标题下的哪一句；在表里的为 null",
    "…exact": "准确数，万元；金额都是文字",
    "…total、addends[]": "各数之和、各数；没有写有关的数的为空",
    "…addends[].amount、count": "数、加几次（1 加，-1 减）",
    "…addends[].path、words": "在数据文件里的路径、路径的说法；涉密项目的没有路径",
    "…addends[].place": "文件、行、列、工作表、单元格；没有写在文件里的、涉密的为 null",
    "…addends[].via、parts": "由哪个文件得出（上年文件、预算文件）、在那里是哪些数",
    "…approved": "代替合计印的核定数，写法同一个数；没有的为 null",
    "…other_way": "同一笔钱照另一种分法的合计；没有的为 null",
}
"""What each key means, for the manual."""


def reference() -> str:
    """The names in the JSON, as a part of the manual."""
    lines = (f"| `{key}` | {meaning} |" for key, meaning in KEYS.items())
    return "\n".join(["## `--format json` 里的名称\n", "| 名称 | 含义 |", "|---|---|", *lines]) + "\n"


@dataclass(frozen=True, slots=True)
class Told:
    """What was asked, the amounts that were found, and nearly such names where there were none."""

    asked: str
    found: Sequence[tuple[Printed, Origin]]
    near: Sequence[str]


def json_trace(file: str, answers: Iterable[Told]) -> str:
    """The answers as JSON. Figures are text, so that no digit is lost."""
    asked = [
        {
            "asked": answer.asked,
            "near": list(answer.near),
            "found": [_found(printed, origin) for printed, origin in answer.found],
        }
        for answer in answers
    ]
    return json.dumps({"version": VERSION, "file": file, "asked": asked}, ensure_ascii=False, indent=2) + "\n"


def _found(printed: Printed, origin: Origin) -> dict[str, Any]:
    cell = printed.cell
    table = cell and {
        "number": cell.number,
        "title": cell.title,
        "row": cell.row,
        "code": cell.code,
        "column": list(cell.column),
    }
    return {
        "printed": printed.text,
        "unit": printed.unit,
        "table": table,
        "heading": None if cell else printed.heading,
        "sentence": None if cell else printed.sentence,
        "exact": f"{origin.figure:f}",
        "total": f"{origin.total:f}",
        "addends": [_source(source) for source in origin.sources],
        "approved": origin.approved and _source(origin.approved),
        "other_way": None if origin.other_way is None else f"{origin.other_way:f}",
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "amount": f"{source.amount:f}",
        "count": source.count,
        "path": list(source.path),
        "words": source.words,
        "place": source.place and place_data(source.place, source.place.file),
        "via": source.via or None,
        "parts": [_source(part) for part in source.parts],
    }
