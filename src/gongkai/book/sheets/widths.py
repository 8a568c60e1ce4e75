"""How wide the columns of a sheet are, and how high a row is in which texts are broken into lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.intake.book.block import Column
from gongkai.intake.book.fixed import ITEM, MEANING, PART, VALUE
from gongkai.intake.book.shape import Entry
from gongkai.texts.width import ems

from .plan import Placed

_OF_LABELS = {PART: 22.0, ITEM: 26.0, VALUE: 44.0, MEANING: 46.0}
_OF_ENTRIES = {Entry.NUMBER: 14.0, Entry.WHOLE: 9.0, Entry.CODE: 12.0, Entry.DAY: 14.0, Entry.TEXT: 14.0}
_NAME, _SUM = 28.0, 14.0
_LONG, _TEXT, _SHORT = 90.0, 42.0, 16.0
_LONG_WORDS = {"内容", "文字"}
_WIDE_WORDS = {
    "原因", "差异原因", "开支内容", "偏差原因", "保有量差异原因", "用途", "政策依据", "资金分配", "总体目标",
    "预期目标", "完成情况", "理由", "位置", "一般公共预算", "政府性基金预算", "国有资本经营预算", "三级",
    "项目", "名称",
}  # fmt: skip
"""Columns of texts that are long, by their titles."""
_LINE, _ROOM, _TALLEST, _LEAST = 13.5, 5.0, 409.0, 18.0
"""Points: a line, the room around the lines, the most that a row may have, a row of one line."""


def column_width(placed: Placed, column: Column, entry: Entry) -> float:
    """Characters (half a 汉字 each) of a column."""
    title = column.title
    if column.formula:
        return _NAME if title.endswith("名称") else _SUM
    if not placed.growing and title in _OF_LABELS:
        return _OF_LABELS[title]
    if column.choices:
        return max(map(_cells, (title, *column.choices))) + 3
    if entry not in {Entry.TEXT, Entry.CHOICE}:
        return max(_OF_ENTRIES[entry], min(_cells(title) + 2, 16.0))
    if title in _LONG_WORDS:
        return _LONG if placed.alone else _TEXT
    return _TEXT if title in _WIDE_WORDS else _SHORT


def row_height(texts: Iterable[tuple[str, float]]) -> float | None:
    """The height of a row for these texts in columns of these widths; None where one line will do."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(lines * _LINE + _ROOM, _TALLEST) if lines > 1 else None


def _lines(text: str, width: float) -> int:
    room = max(width - 1.5, 2.0)
    return sum(max(-int(-_cells(line) // room), 1) for line in text.split("\n"))


def _cells(text: str) -> float:
    """Characters of half a 汉字."""
    return float(ems(text)) * 2


def widths(columns: Sequence[Sequence[float]]) -> list[float]:
    """The widths of a sheet's columns: of those of its blocks that stand in one column the widest."""
    count = max(map(len, columns))
    return [max(block[place] for block in columns if place < len(block)) for place in range(count)]
