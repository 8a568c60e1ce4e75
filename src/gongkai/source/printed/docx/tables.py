"""A Word table as cells in rows and columns: spans and merges as a reader sees them, deleted rows left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from .names import child, name_of, number, unwrapped, value

MOST_CELLS = 400_000
"""Of a document, those that were merged away counted too."""
MOST_COLUMNS = 500
_NEAR = 120
"""Twips (2 mm): edges of columns that are so near were set by hand, and are one."""
_WIDTH = 1_000
"""Of a column of which nothing is said."""


class TooManyCellsError(ValueError):
    """A table with more cells than any."""


@dataclass(slots=True)
class Placed:
    """A cell: its rows from ``top`` (from 0) up to ``bottom``, and its edges in twips from the left of the table."""

    top: int
    bottom: int
    left: int
    right: int
    element: etree._Element


@dataclass
class WordTable:
    """The cells of a table, those merged away left out, and how many rows there are."""

    cells: list[Placed] = field(default_factory=list)
    rows: int = 0
    heads: int = 0
    """Rows at its top that are repeated on every page."""

    @property
    def width(self) -> int:
        """In twips."""
        return max((cell.right for cell in self.cells), default=0)


def read_table(table: etree._Element) -> WordTable:
    """The cells of a ``w:tbl``. Raises TooManyCellsError."""
    edges = _edges(table)
    found = WordTable()
    open_above: dict[int, Placed] = {}
    for row in _rows(table):
        reached: dict[int, Placed] = {}
        for start, end, cell in _cells(row, edges):
            across, merge = (edges[start], edges[end]), child(child(cell, "tcPr"), "vMerge")
            above = open_above.get(across[0])
            if merge is not None and value(merge) != "restart" and above is not None:
                above.bottom = found.rows + 1
                reached[across[0]] = above
                continue
            placed = Placed(found.rows, found.rows + 1, *across, cell)
            found.cells.append(placed)
            if merge is not None:
                reached[across[0]] = placed
        if child(child(row, "trPr"), "tblHeader") is not None and found.heads == found.rows:
            found.heads += 1
        open_above = reached
        found.rows += 1
        if len(found.cells) > MOST_CELLS:
            raise TooManyCellsError
    return found


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in unwrapped(table):
        if name_of(row) == "tr" and child(row, "trPr", "del") is None:
            yield row


def _edges(table: etree._Element) -> list[int]:
    """The edges of the grid's columns, and some more for rows that go beyond it."""
    widths = [number(value(each, "w"), _WIDTH) for each in _parts(child(table, "tblGrid"))][:MOST_COLUMNS]
    edges = [0]
    for width in [*widths, *[_WIDTH] * (MOST_COLUMNS - len(widths))]:
        edges.append(edges[-1] + (width if width > 0 else 1))
    return edges


def _parts(element: etree._Element | None) -> list[etree._Element]:
    return [] if element is None else list(element)


def _cells(row: etree._Element, edges: Sequence[int]) -> Iterator[tuple[int, int, etree._Element]]:
    """The cells of a row with the columns of the grid where they begin and end."""
    at = max(number(value(child(row, "trPr", "gridBefore"))), 0)
    for cell in unwrapped(row):
        properties = child(cell, "tcPr")
        if name_of(cell) != "tc" or child(properties, "cellDel") is not None:
            continue
        end = at + max(number(value(child(properties, "gridSpan")), 1), 1)
        if end >= len(edges):
            raise TooManyCellsError
        yield at, end, cell
        at = end


def columns_of(tables: Sequence[WordTable]) -> list[int]:
    """The edges, in twips, of the columns that all cells of these tables need; edges that nearly meet are one."""
    places = sorted({edge for table in tables for cell in table.cells for edge in (cell.left, cell.right)})
    narrowest = min((cell.right - cell.left for table in tables for cell in table.cells), default=0)
    near = min(_NEAR, narrowest // 3)
    return [edge for at, edge in enumerate(places) if at == 0 or edge - places[at - 1] > near]


def column_at(edges: Sequence[int], place: int) -> int:
    """Which of the edges, from 0, is nearest to a place."""
    at = bisect_left(edges, place)
    near = [each for each in (at - 1, at) if 0 <= each < len(edges)]
    return min(near, key=lambda each: abs(edges[each] - place), default=0)


def covered(table: WordTable, edges: Sequence[int]) -> int:
    """How many cells there are when those that were merged are counted one by one."""
    return sum(
        (cell.bottom - cell.top) * max(column_at(edges, cell.right) - column_at(edges, cell.left), 1)
        for cell in table.cells
    )
