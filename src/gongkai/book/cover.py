"""What the cover of a finished document says that no table need say: whose it is, its year, its date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from gongkai.findings import Path
from gongkai.intake.export.imported import How, Imported, Origin
from gongkai.source.nodes import node_at
from gongkai.source.printed.document import Paragraph, Printed
from gongkai.source.tree import Node

_ON_COVER, _SIGNED = 8, 3
"""Paragraphs at the beginning and at the end where title and date may be."""
_LONGEST = 60
_SENTENCE = re.compile("[，。；：]")
_TITLE = re.compile(r"(?P<unit>\D*?)(?P<year>20\d\d)年?度?(?P<scope>部门|单位)?(?:预算|决算)")
_UNIT = re.compile(r"[\u4e00-\u9fff（）()]{2,38}[局委院校会室处部办馆所站队厅府社团园库台段场心组庭]")
_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_WHY = "按封面的字推定"


def with_cover(imported: Imported, printed: Printed) -> Imported:
    """What was taken from the tables, with what only the cover says; each of it is said to be likely."""
    data: dict[str, Node] = dict(imported.data)
    origins = dict(imported.origins)
    for path, text, paragraph in _said(list(printed.paragraphs)):
        around = data if len(path) == 1 else data.setdefault(str(path[0]), {})
        if node_at(data, path) is None and isinstance(around, dict):
            around[str(path[-1])] = text
            origins[path] = Origin(How.LIKELY, (printed.place(paragraph),), "封面", _WHY)
    asked = [question for question in imported.questions if node_at(data, question.path) is None]
    return replace(imported, data=data, origins=origins, questions=asked)


def _said(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Path, str, Paragraph]]:
    """Every fact of the cover, where it belongs, and the paragraph that says it."""
    first = [(each, "".join(each.text.split())) for each in paragraphs[:_ON_COVER]]
    short = [(each, text) for each, text in first if len(text) <= _LONGEST and not _SENTENCE.search(text)]
    for at, (each, text) in enumerate(short):
        title = _TITLE.match(text)
        if title is None:
            continue
        yield ("年度",), title["year"], each
        if title["scope"]:
            yield ("口径",), title["scope"], each
        for name, paragraph in ((title["unit"], each), *((said, one) for one, said in short[:at][-1:])):
            if _UNIT.fullmatch(name):
                yield ("单位", "名称"), name, paragraph
        break
    for each in [*(each for each, _ in short), *paragraphs[-_SIGNED:]]:
        found = _DATE.fullmatch("".join(each.text.split()))
        if found is not None and (day := _day(found)):
            yield ("公开日期",), day, each


def _day(found: re.Match[str]) -> str:
    """The date as a data file writes it; empty for one that no calendar has."""
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return ""
