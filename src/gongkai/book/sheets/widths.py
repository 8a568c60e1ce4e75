"""How wide the columns of a sheet are, and how high a row is in which texts are broken into lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.intake.book.blocks.block import Column
from gongkai.intake.book.blocks.fixed import ITEM, MEANING, PART, VALUE
from gongkai.intake.book.blocks.shape import Entry
from gongkai.intake.book.blocks.texts import CONTENT
from gongkai.texts.width import ems

from .plan import Placed

_OF_LABELS = {PART: 25.0, ITEM: 29.0, VALUE: 44.0, MEANING: 46.0}
_VALUE_BELOW, _MEANING_BESIDE = 22.0, 32.0
"""Of a form that stands below another block; of one that shares its columns with others."""
_OF_ENTRIES = {Entry.NUMBER: 13.0, Entry.WHOLE: 9.0, Entry.CODE: 11.0, Entry.DAY: 14.0}
_NAME, _SUM = 26.0, 13.0
_LONG, _OWN, _SHORT = 90.0, 22.0, 14.0
_OF_WORDS = {
    **dict.fromkeys(("原因", "差异原因", "开支内容", "偏差原因", "用途", "理由", "位置", "文字", "内容"), 36.0),
    **dict.fromkeys(("政策依据", "资金分配", "总体目标", "预期目标", "完成情况", "项目", "名称", "三级"), 36.0),
    **dict.fromkeys(("一般公共预算", "政府性基金预算", "国有资本经营预算", "保有量差异原因"), 28.0),
}
"""Columns of texts that are long, by their titles."""
_WIDER = 0.96
"""Half a 汉字 of 10 points against the programs' unit of width, a figure of Calibri 11."""
_LINE, _ROOM, _TALLEST = 13.5, 5.0, 409.0
"""Points: a line, the room around the lines, the most that a row may have."""


def column_width(placed: Placed, column: Column, entry: Entry) -> float:
    """Characters (half a 汉字 each) of a column."""
    title = column.title
    if column.formula:
        return _NAME if title.endswith("名称") else _SUM
    if not placed.growing and title in _OF_LABELS:
        if title == VALUE and placed.block is not placed.sheet.blocks[0]:
            return _VALUE_BELOW
        return _MEANING_BESIDE if title == MEANING and not placed.alone else _OF_LABELS[title]
    if column.choices:
        return max(map(_cells, (title, *column.choices))) + 2
    if entry in _OF_ENTRIES:
        return max(_OF_ENTRIES[entry], min(_cells(title) + 2, 13.0))
    if title == CONTENT and placed.alone:
        return _LONG
    if column.own and title.endswith("原因"):
        return _OF_WORDS["原因"]
    return _OF_WORDS.get(title, _OWN if column.own else _SHORT)


def row_height(texts: Iterable[tuple[str, float]]) -> float | None:
    """The height of a row for these texts in columns of these widths; None where one line will do."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(lines * _LINE + _ROOM, _TALLEST) if lines > 1 else None


def _lines(text: str, width: float) -> int:
    room = max(width - 1.0, 2.0)
    return sum(max(-int(-_cells(line) * _WIDER // room), 1) for line in text.split("\n"))


def _cells(text: str) -> float:
    """Characters of half a 汉字."""
    return float(ems(text)) * 2


def widths(columns: Sequence[Sequence[float]]) -> list[float]:
    """The widths of a sheet's columns: of those of its blocks that stand in one column the widest."""
    count = max(map(len, columns))
    return [max(block[place] for block in columns if place < len(block)) for place in range(count)]
