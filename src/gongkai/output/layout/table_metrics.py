"""A table measured: how wide its columns must be and how high its rows are, in whatever setting is tried."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from lxml.html import HtmlElement

from gongkai.document.grid import Placed, column_shares, lines_of, place_cells, set_shares
from gongkai.document.vocabulary import CONTINUES, FORM, TEXT, classes_of
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.texts.width import ems

from .breaks import Breaks
from .density import COMPACT, DENSE, Setting
from .rowspans import begin_pages
from .text_metrics import is_figure, keep_words

_LONG = 5
_WIDE = 20
"""Lines, and characters in each, from which a text is taken for sentences and not for a long name."""
_HAIR = 0.3
"""Points that a column has more than its text: shares are written with two decimals."""
_GIVEN = 0.5
"""The share of the free width that may go to figures as a reserve: names need most of it."""
BROKEN = 2.0
"""Characters that a line of words holds at least."""


class Text(NamedTuple):
    """What a cell holds between two line breaks: its width in characters, and whether these are all square."""

    width: float
    is_square: bool

    @classmethod
    def of(cls, text: str) -> Text:
        """The measures of a text."""
        width = ems(text)
        return cls(width, width == len(text))

    def holds(self, capacity: float) -> float:
        """What a line with room for so many characters holds of this text: of square ones no half."""
        return max(math.floor(capacity), 0.5) if self.is_square else capacity

    def lines(self, capacity: float) -> int:
        """The lines that it takes: a long one loses about a character a line to points and figures kept together."""
        capacity = self.holds(capacity)
        if self.width <= capacity:
            return 1
        lines = math.ceil(self.width / capacity)
        return math.ceil(self.width / (capacity - 1)) if lines >= _LONG and capacity >= _WIDE else lines


class _Cell(NamedTuple):
    """A cell in its place with what it holds, line by line; ``kind`` and ``indent`` are those of its classes.

    ``is_figure`` says that it holds nothing but a figure, which needs its one line.
    """

    placed: Placed
    kind: str
    indent: int
    lines: Sequence[Text]
    is_figure: bool

    @classmethod
    def of(cls, placed: Placed) -> _Cell:
        """The cell measured."""
        lines = lines_of(placed.cell)
        figure = placed.unbroken or (len(lines) == 1 and is_figure(lines[0]))
        return cls(placed, placed.kind, placed.indent, [Text.of(line) for line in lines], figure)

    @property
    def longest(self) -> float:
        """The width of its longest line, in characters."""
        return self.lines[0].width if len(self.lines) == 1 else max(text.width for text in self.lines)

    def height(self, capacity: float) -> int:
        """The lines that it takes where each has room for so many characters."""
        return (
            sum(text.lines(capacity) for text in self.lines) if len(self.lines) > 1 else self.lines[0].lines(capacity)
        )


class MeasuredTable:
    """A table with what its cells hold, reckoned once for every setting that is tried.

    A line of ``name`` characters at least is kept for texts.
    """

    def __init__(self, table: HtmlElement, width: float, reserve: float, name: float = BROKEN) -> None:
        self._table = table
        self._width = width
        self._given = column_shares(table)
        self._cells = sorted(map(_Cell.of, place_cells(table)), key=lambda cell: cell.placed.rows)
        self._names = [c for c in self._cells if c.kind == TEXT and c.placed.columns == 1 and len(c.lines) == 1]
        self.head_rows = len(table.findall("thead/tr"))
        self.is_form = FORM in classes_of(table)
        above = table.getprevious()
        self.begins_page = above is not None and CONTINUES in classes_of(above)
        self._rows = len(list(table.iter("tr")))
        # What a column must hold in one line, in characters.
        self._whole = [0.0] * len(self._given)
        self._roomy = self._whole[:]  # with the reserve of figures
        self._longest = self._whole[:]
        for cell in self._cells:
            if cell.placed.columns == 1:
                column = cell.placed.column
                longest = cell.longest + cell.indent
                least = longest if cell.is_figure else min(longest, name if cell.kind == TEXT else BROKEN)
                self._whole[column] = max(self._whole[column], least)
                roomy = least * reserve if cell.is_figure else least
                self._roomy[column] = max(self._roomy[column], roomy)
                if cell.kind:  # the header may have more lines
                    self._longest[column] = max(self._longest[column], longest)
        self._chosen: dict[Setting, list[float]] = {}

    def needs(self, setting: Setting) -> list[float]:
        """The least share of the width for every column, in percent."""
        return [self._share(characters, setting) for characters in self._whole]

    def _share(self, characters: float, setting: Setting) -> float:
        """The share of the width, in percent, that a line of so many characters asks for."""
        return (characters * setting.size + 2 * setting.horizontal + setting.rule + _HAIR) * 100 / self._width

    def has_room(self, setting: Setting) -> bool:
        """Whether every column can be as wide as it must."""
        return sum(self.needs(setting)) <= 100

    def _shares(self, setting: Setting) -> list[float]:
        """Every column's share of the width, reckoned once for every setting."""
        if setting not in self._chosen:
            self._chosen[setting] = self._needed_shares(setting)
        return self._chosen[setting]

    def _without_widows(self, shares: list[float], setting: Setting) -> list[float]:
        """The shares changed so that fewer names leave one character alone on a line, where others have room."""
        needs = self.needs(setting)
        if sum(needs) > 100:
            return shares
        needs = self._with_reserve(needs, setting)
        for column in {placed.column for placed, _, _ in self._widows(shares, setting)}:
            wishes = {
                self._share(line / (lines - 1) + placed.indent, setting)
                for placed, line, lines in self._widows(shares, setting)
                if placed.column == column
            }
            for wish in sorted(wishes):
                spare = [
                    0.0 if at == column else max(have - least, 0.0)
                    for at, (have, least) in enumerate(zip(shares, needs, strict=True))
                ]
                lack = wish - shares[column]
                if not 0 < lack <= sum(spare):
                    continue
                tried = [have - lack * free / sum(spare) for have, free in zip(shares, spare, strict=True)]
                tried[column] = wish
                if len(self._widows(tried, setting)) < len(self._widows(shares, setting)) and sum(
                    self._heights(tried, setting)
                ) <= sum(self._heights(shares, setting)):
                    shares = tried
        return shares

    def _widows(self, shares: Sequence[float], setting: Setting) -> list[tuple[Placed, float, int]]:
        """The names whose last line is one character: the cell, the name's length, and its lines."""
        found = []
        capacity_of = self._capacities(shares, setting)
        for cell in self._names:
            [text] = cell.lines
            capacity = text.holds(capacity_of(cell.placed.column, 1, cell.indent))
            number = math.ceil(text.width / capacity)
            if 1 < number < _LONG and text.width - (number - 1) * capacity <= 1:
                found.append((cell.placed, text.width, number))
        return found

    def _needed_shares(self, setting: Setting) -> list[float]:
        """Every column's share of the width, none less than it must while others have more."""
        given, needs = self._given, self.needs(setting)
        if sum(needs) > 100:
            return given
        needs = self._with_reserve(needs, setting)
        if setting.tailored:
            wishes = [self._share(characters, setting) for characters in self._longest]
            wanting = [max(wish - need, 0.0) for wish, need in zip(wishes, needs, strict=True)]
            part = min((100 - sum(needs)) / (sum(wanting) or 1), 1.0)
            needs = [need + part * want for need, want in zip(needs, wanting, strict=True)]
        lack = sum(max(need - share, 0.0) for need, share in zip(needs, given, strict=True))
        spare = sum(max(share - need, 0.0) for need, share in zip(needs, given, strict=True))
        if not lack:
            return given
        return [
            need if need > share else share - (share - need) * lack / spare
            for need, share in zip(needs, given, strict=True)
        ]

    def _with_reserve(self, needs: list[float], setting: Setting) -> list[float]:
        """The least shares with what figures get as a reserve."""
        asked = [(roomy - whole) * setting.size for roomy, whole in zip(self._roomy, self._whole, strict=True)]
        part = min((100 - sum(needs)) * _GIVEN * self._width / 100 / (sum(asked) or 1), 1.0)
        return [need + part * ask * 100 / self._width for need, ask in zip(needs, asked, strict=True)]

    def row_heights(self, setting: Setting) -> list[float]:
        """The height of each row by its longest cell; one reaching down that needs more makes its last row higher."""
        return self._heights(self._shares(setting), setting)

    def _heights(self, shares: Sequence[float], setting: Setting) -> list[float]:
        edge = 2 * setting.vertical + setting.rule
        heights = [setting.line + edge] * self._rows
        capacity_of = self._capacities(shares, setting)
        for cell in self._cells:
            placed = cell.placed
            number = cell.height(capacity_of(placed.column, placed.columns, cell.indent))
            if number > 1:  # for one line each row is high enough
                last = placed.row + placed.rows
                needed = number * setting.line + edge
                heights[last - 1] += max(needed - sum(heights[placed.row : last]), 0.0)
        return heights

    def _capacities(self, shares: Sequence[float], setting: Setting) -> Callable[[int, int, int], float]:
        """How many characters a line of a cell holds by its first column, its columns and its indent.

        Reckoned once for all cells of a column: each table is tried in several settings.
        """

        @cache
        def capacity(column: int, columns: int, indent: int) -> float:
            room = sum(shares[column : column + columns]) * self._width / 100
            room -= 2 * setting.horizontal + setting.rule + indent * setting.size
            return max(math.floor(room / setting.size * 2 + 0.01) / 2, 0.5)

        return capacity

    def begin_pages(self, breaks: Breaks) -> None:
        """Begin pages with these rows, where the renderer does not by itself; rows of forms may go on over pages."""
        if not self.is_form:
            begin_pages(self._table, breaks.rows, forced=breaks.moved)

    def apply(self, setting: Setting, words: Sequence[str]) -> None:
        """Set the table so; labels break between these words."""
        names = [name for name in (self._table.get("class") or "").split() if name != DENSE]
        closer = {"": [], DENSE: [DENSE], COMPACT: [DENSE, COMPACT]}[setting.name]
        self._table.set("class", " ".join([*names, *closer]))
        shares = self._chosen[setting] = self._without_widows(self._shares(setting), setting)
        set_shares(self._table, shares)
        capacity_of = self._capacities(shares, setting)
        for cell in self._cells:
            placed = cell.placed
            capacity = capacity_of(placed.column, placed.columns, cell.indent)
            if (len(cell.lines) > 1 or cell.longest > capacity) and not placed.unbroken:
                keep_words(placed.cell, capacity, words)
