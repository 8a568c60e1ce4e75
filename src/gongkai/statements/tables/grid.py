"""Where the merged cells of a table stand: what every output in rows and columns needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from .table import Table, Value


class Spanning(Protocol):
    """A cell that may cover several columns and rows."""

    @property
    def colspan(self) -> int:
        """Columns covered."""

    @property
    def rowspan(self) -> int:
        """Rows covered."""


_S = TypeVar("_S", bound=Spanning)


def placed(rows: Iterable[Sequence[_S]]) -> Iterator[tuple[int, int, _S]]:
    """Every cell with the row and the column, from 0, of its upper left corner."""
    free_from: dict[int, int] = {}  # the first row that no cell above reaches, by column
    for line, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while free_from.get(column, 0) > line:
                column += 1
            yield line, column, cell
            end = column + cell.colspan
            if cell.rowspan > 1 or free_from:  # most tables have no cell that reaches down
                free_from |= dict.fromkeys(range(column, end), line + cell.rowspan)
            column = end


def header_paths(table: Table) -> list[list[str]]:
    """For each column the words of the header cells above it, from the top down; the row of numbers is left out."""
    rows = table.header[:-1] if numbers_only([cell.text for cell in table.header[-1]]) else table.header
    paths: list[list[str]] = [[] for _ in table.columns]
    for _, column, cell in placed(rows):
        for path in paths[column : column + cell.colspan]:
            path.append(cell.text)
    return paths


def numbers_only(texts: Sequence[str]) -> bool:
    """Whether a header row is that of column numbers (栏次, ※), which names nothing."""
    return all(text.isdecimal() or text in {"※", "栏次", "行次", ""} for text in texts)


def full_rows(table: Table) -> list[list[Value]]:
    """The values of the body, one for every column; a merged cell's value stands in each row that it covers.

    The label of a total is no value of the columns over which it reaches: it stands in the first of them only.
    """
    values: list[list[Value]] = [[None] * len(table.columns) for _ in table.rows]
    for line, column, cell in placed(row.cells for row in table.rows):
        for row in values[line : line + cell.rowspan]:
            row[column] = cell.value
            if not table.rows[line].total:
                row[column : column + cell.colspan] = [cell.value] * cell.colspan
    return values
