"""How large the box of a comment must be, and between which cells it then lies: boxes are bound to cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from gongkai.source.workbook.cells import Position
from gongkai.source.workbook.names import MOST_COLUMNS, MOST_ROWS, is_on, local_name, whole
from gongkai.texts.width import columns

_NARROW, _BROAD = 300, 480
_LINE, _LETTER = 17, 6.2
"""Pixels of a line, and of a half-width letter, in 宋体 of 9 points."""
_ROOM = 14
_MANY_LINES = 14
_TALLEST = 1200
_OFFSET = 15
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 64, 20
_PIXELS_OF_A_WIDTH = 7
_PIXELS_OF_A_POINT = 4 / 3
_MOST_STEPS = 3000
"""Hidden rows or columns are stepped over, but not a whole sheet of them."""

Anchor = tuple[int, int, int, int, int, int, int, int]
"""Column, pixels in it, row, pixels in it, of the upper left corner and of the lower right one; from 0."""


def box(text: str) -> tuple[int, int]:
    """Width and height in pixels of a box that shows the text."""
    width = _NARROW if _lines(text, _NARROW) <= _MANY_LINES else _BROAD
    return width, min(_lines(text, width) * _LINE + _ROOM, _TALLEST)


def _lines(text: str, width: int) -> int:
    room = int((width - _ROOM) / _LETTER) - 1
    return sum(1 + max(columns(line) - 1, 0) // room for line in text.split("\n"))


@dataclass
class Measures:
    """How wide the columns of a sheet are, and how high the rows, in pixels."""

    root: etree._Element
    _widths: dict[int, int] = field(default_factory=dict)
    _heights: dict[int, int] = field(default_factory=dict)
    _width: int = _DEFAULT_WIDTH
    _height: int = _DEFAULT_HEIGHT

    def __post_init__(self) -> None:
        for part in self.root:
            name = local_name(part)
            if name == "sheetFormatPr":
                self._width = _pixels(part.get("defaultColWidth"), _PIXELS_OF_A_WIDTH, _DEFAULT_WIDTH)
                self._height = _pixels(part.get("defaultRowHeight"), _PIXELS_OF_A_POINT, _DEFAULT_HEIGHT)
            elif name == "cols":
                self._columns(part)
            elif name == "sheetData":
                self._rows(part)

    def _columns(self, part: etree._Element) -> None:
        for entry in part:
            width = 0 if is_on(entry.get("hidden")) else _pixels(entry.get("width"), _PIXELS_OF_A_WIDTH, self._width)
            for column in range(max(whole(entry.get("min")), 1), min(whole(entry.get("max")), MOST_COLUMNS) + 1):
                self._widths[column - 1] = width

    def _rows(self, part: etree._Element) -> None:
        number = 0
        for row in part:
            number = whole(row.get("r"), number + 1)
            if is_on(row.get("hidden")) or row.get("ht"):
                hidden = is_on(row.get("hidden"))
                self._heights[number - 1] = 0 if hidden else _pixels(row.get("ht"), _PIXELS_OF_A_POINT, self._height)

    def width_of(self, column: int) -> int:
        """Pixels of a column, from 0."""
        return self._widths.get(column, self._width)

    def height_of(self, row: int) -> int:
        """Pixels of a row, from 0."""
        return self._heights.get(row, self._height)

    def anchor(self, at: Position, size: tuple[int, int]) -> Anchor:
        """Where a box of this size lies beside a cell: right of it, a little higher; at the edges of a sheet, on it."""
        row, column = at
        left, top = min(column, MOST_COLUMNS - 5), min(max(row - 2, 0), MOST_ROWS - 20)
        right, across = _reach(left, _OFFSET + size[0], self.width_of, MOST_COLUMNS)
        bottom, down = _reach(top, 2 + size[1], self.height_of, MOST_ROWS)
        return left, _OFFSET, top, 2, right, across, bottom, down

    def enlarged(self, anchor: Sequence[int], size: tuple[int, int]) -> Anchor:
        """An anchor that is at least of this size; the same where it is so already."""
        left, from_left, top, from_top, right, across, bottom, down = anchor
        if self._span(left, from_left, right, across, self.width_of) < size[0]:
            right, across = _reach(left, from_left + size[0], self.width_of, MOST_COLUMNS)
        if self._span(top, from_top, bottom, down, self.height_of) < size[1]:
            bottom, down = _reach(top, from_top + size[1], self.height_of, MOST_ROWS)
        return left, from_left, top, from_top, right, across, bottom, down

    @staticmethod
    def _span(first: int, before: int, last: int, after: int, size_of: Callable[[int], int]) -> int:
        return sum(size_of(line) for line in range(first, min(last, first + _MOST_STEPS))) - before + after


def _reach(line: int, pixels: int, size_of: Callable[[int], int], most: int) -> tuple[int, int]:
    """The line in which so many pixels from the start of another end, and how far in it."""
    for _ in range(_MOST_STEPS):
        size = size_of(line)
        if pixels <= size or line >= most - 1:
            return line, min(pixels, size)
        pixels -= size
        line += 1
    return line, 0


def _pixels(text: str | None, unit: float, otherwise: int) -> int:
    try:
        value = float(text) if text else -1.0
    except ValueError:
        return otherwise
    return int(value * unit + 0.5) if 0 <= value < 1000 else otherwise
