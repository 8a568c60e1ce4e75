"""What changed between two documents: for the screen, and for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from gongkai.audit.compare.changes import Comparison, FactChange, SentenceChange
from gongkai.audit.compare.sides import Side
from gongkai.findings import Place, visible
from gongkai.prose.numbers import as_stated, round_half_up

from .findings.json import finding_data, place_data

VERSION = 1
"""Rises when a key changes its meaning or goes."""
_MOST_PIECES = 8
_NOTHING = "（无）"

KEYS: Mapping[str, str] = {
    "version": "格式的版本，现为 1；只增加名称时不变",
    "before、after": "前一个、后一个文件",
    "…file、form": "文件名，同命令里写的；格式（pdf、docx、xlsx、data）",
    "…unit、kind、year": "单位、文种、年度；看不出的为 null",
    "compared": "两边都有、对照过的数有多少个",
    "facts[]": "表里不同的一格；只有一边有的，另一边为 null",
    "…table、row、column": "表、行、列",
    "…before、after、difference": "两边的数（万元）或文字、差额；数也是文字",
    "…place_before、place_after": "各在哪里，写法同核对报告的 place，另有 page、paragraph",
    "tables[]": "只有一边有的表：table、side（before、after）、place",
    "sentences[]": "不同的句子；只有一边有的，另一边为空",
    "…pieces": "哪些字换成了哪些字",
    "…figures_only": "是否只有数不同",
    "findings[]": "读不出的、没有对照的，写法同核对报告",
}
"""What each key means, for the manual."""


def reference() -> str:
    """The names in the JSON, as a part of the manual."""
    lines = (f"| `{key}` | {meaning} |" for key, meaning in KEYS.items())
    return "\n".join(["## `--format json` 里的名称\n", "| 名称 | 含义 |", "|---|---|", *lines]) + "\n"


def told(comparison: Comparison) -> Iterator[str]:
    """The lines for the screen."""
    yield f"前：{_said(comparison.before)}"
    yield f"后：{_said(comparison.after)}"
    if comparison.same:
        yield f"没有不同（对照了 {comparison.compared:,} 个数）"
        return
    for table, changes in groupby(comparison.facts, key=lambda change: change.table):
        yield f"\n{visible(table)}"
        yield from (f"  {_fact(change)}" for change in changes)
    for change in comparison.tables:
        yield f"\n{visible(change.table)}只在{'后' if change.added else '前'}一个文件里有"
    shown = [change for change in comparison.sentences if comparison.same_year or not change.figures]
    if shown:
        yield "\n文字"
    for sentence in shown:
        yield from _sentence(sentence)
    hidden = len(comparison.sentences) - len(shown)
    if hidden:
        yield f"  另有 {hidden} 句只是数不同"
    yield (
        f"\n对照了 {comparison.compared:,} 个数：不同的格 {len(comparison.facts)} 处，"
        f"只有一边有的表 {len(comparison.tables)} 张，不同的句子 {len(comparison.sentences)} 句"
    )


def _said(side: Side) -> str:
    said = [visible(side.file), visible(side.tables.unit_name), f"{side.year} 年" if side.year else ""]
    return "　".join(part for part in (*said, side.tables.kind) if part)


def _fact(change: FactChange) -> str:
    where = f"{visible(change.row)} “{visible(change.column)}”："
    values = f"{_value(change.before)} → {_value(change.after)}"
    difference = change.difference
    if difference is None:
        return where + values
    rate = f"，{'+' if difference > 0 else ''}{_rate(change)}%" if change.before else ""
    return f"{where}{values}（{'+' if difference > 0 else ''}{as_stated(difference)}{rate}）"


def _rate(change: FactChange) -> str:
    assert isinstance(change.before, Decimal)
    assert change.difference is not None
    return f"{round_half_up(change.difference * 100 / abs(change.before)):,f}"


def _value(value: Decimal | str | None) -> str:
    if value is None or value == "":
        return _NOTHING
    return as_stated(value) if isinstance(value, Decimal) else visible(value)


def _sentence(change: SentenceChange) -> Iterator[str]:
    place = change.place_after or change.place_before
    where = f"{place.spot}：" if place else ""
    if not change.before:
        yield f"  {where}增加“{visible(change.after)}”"
    elif not change.after:
        yield f"  {where}删去“{visible(change.before)}”"
    else:
        yield f"  {where}“{visible(change.after)}”"
        pieces = [f"{visible(one) or _NOTHING} → {visible(other) or _NOTHING}" for one, other in change.pieces]
        more = "……" if len(pieces) > _MOST_PIECES else ""
        yield f"    {'；'.join(pieces[:_MOST_PIECES])}{more}"


def json_comparison(comparison: Comparison) -> str:
    """The comparison as JSON. Figures are text, so that no digit is lost."""
    data = {
        "version": VERSION,
        "before": _side(comparison.before),
        "after": _side(comparison.after),
        "compared": comparison.compared,
        "facts": [_fact_data(change) for change in comparison.facts],
        "tables": [
            {"table": change.table, "side": "after" if change.added else "before", "place": _place(change.place)}
            for change in comparison.tables
        ],
        "sentences": [_sentence_data(change) for change in comparison.sentences],
        "findings": [finding_data(finding, comparison.after.file) for finding in comparison.findings],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _side(side: Side) -> dict[str, Any]:
    tables = side.tables
    return {
        "file": side.file,
        "form": side.printed.form,
        "unit": tables.unit_name or None,
        "kind": tables.kind or None,
        "year": side.year,
    }


def _fact_data(change: FactChange) -> dict[str, Any]:
    return {
        "table": change.table,
        "row": change.row,
        "column": change.column,
        "before": _text(change.before),
        "after": _text(change.after),
        "difference": _text(change.difference),
        "place_before": _place(change.place_before),
        "place_after": _place(change.place_after),
    }


def _text(value: Decimal | str | None) -> str | None:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {**place_data(place, place.file), "page": place.page or None, "paragraph": place.paragraph or None}


def _sentence_data(change: SentenceChange) -> dict[str, Any]:
    return {
        "before": change.before,
        "after": change.after,
        "pieces": [list(piece) for piece in change.pieces],
        "figures_only": change.figures,
        "place_before": _place(change.place_before),
        "place_after": _place(change.place_after),
    }
