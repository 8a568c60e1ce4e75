"""The rows of a table: which cells begin in each, and which are so high that they may go on on the next page.

Heights are reckoned, from what the characters of a cell need at most: a row that cannot go on on the next page, though
it must, would be cut off there, and nobody would be told.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from gongkai.document.grid import Placed, lines_of
from gongkai.output.layout.density import Setting
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.texts.width import ems

WHOLE = 0.45
"""The part of a page that is filled at most by what stays whole, a header among it that stands again on every page.

The reckoning may be wrong by as much again.
"""


def all_rows(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table as its cells are placed in them."""
    return [*table.findall("thead/tr"), *table.findall("tbody/tr"), *table.findall("tr")]


def cells_of_rows(
    rows: Sequence[HtmlElement], cells: Iterable[Placed], columns: int
) -> Mapping[HtmlElement, list[HtmlElement | None]]:
    """The cells that begin in each row, in the order of their columns; None where the document has no cell at all.

    A row without any cell, into which none reaches, is none.
    """
    places: list[dict[int, HtmlElement | None]] = [dict.fromkeys(range(columns)) for _ in rows]
    for placed in cells:
        for row in range(placed.row, placed.row + placed.rows):
            for column in range(placed.column, placed.column + placed.columns):
                places[row].pop(column, None)
        places[placed.row][placed.column] = placed.cell
    found: dict[HtmlElement, list[HtmlElement | None]] = {}
    for row, of_row in zip(rows, places, strict=True):
        nothing = len(of_row) == columns and not any(cell is not None for cell in of_row.values())
        found[row] = [] if nothing else [of_row[column] for column in sorted(of_row)]
    return found


def length_of(cell: HtmlElement | None) -> int:
    """The characters of a cell, with one for each of its line breaks."""
    if cell is None:
        return 0
    return len(cell.text_content()) + len(cell) if len(cell) else len(cell.text or "")


@dataclass(frozen=True, slots=True)
class Heights:
    """What is reckoned of the heights of a table: ``room_of`` says how wide a line of a cell may be, in points."""

    setting: Setting
    page: float
    room_of: Callable[[Placed], float]

    def repeats(self, header: Sequence[HtmlElement], cells: Sequence[Placed]) -> bool:
        """Whether the rows of a header leave room for others on every page."""
        return self.of_rows(header, cells) <= self.page * WHOLE

    def tall(
        self, rows: Sequence[HtmlElement], header: Sequence[HtmlElement], cells: Sequence[Placed]
    ) -> set[HtmlElement]:
        """The rows that may go on on the next page: a cell in them may fill much of one below the header."""
        room = self.page - self.of_rows(header, cells)
        return {
            row
            for placed in cells
            if placed.row >= len(header) and self._of(placed, room * WHOLE) > room * WHOLE
            for row in rows[placed.row : placed.row + placed.rows]
        }

    def of_rows(self, rows: Sequence[HtmlElement], cells: Sequence[Placed]) -> float:
        """The height of the first rows by their highest cells, in points."""
        heights = [0.0] * len(rows)
        least = 0.0
        for placed in (placed for placed in cells if placed.row < len(rows)):
            needed = self._of(placed)
            if placed.rows == 1:
                heights[placed.row] = max(heights[placed.row], needed)
            least = max(least, needed)
        return max(sum(heights), least)

    def _of(self, placed: Placed, least: float = 0.0) -> float:
        """The height of a cell in points; none where it is surely less than the ``least`` that is asked for."""
        setting = self.setting
        if length_of(placed.cell) * setting.line < least:
            return 0.0
        characters = max(math.floor(self.room_of(placed) / setting.size), 1)
        lines = sum(max(math.ceil(ems(line) / characters), 1) for line in lines_of(placed.cell))
        return lines * setting.line + 2 * setting.vertical + setting.rule
