"""A sheet by its rows: what stands in each, found without going over blank cells."""

from __future__ import annotations

from functools import cached_property

from gongkai.intake.export.forms.words import heading
from gongkai.source.workbook.cells import Cell, Kind, Merge, Sheet


class Grid:
    """A sheet's cells by row, and its merges by the row in which they begin."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._rows: dict[int, list[tuple[int, Cell]]] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            if cell.text or cell.kind in (Kind.UNKNOWN, Kind.ERROR):
                self._rows.setdefault(row, []).append((column, cell))
        self._merges: dict[int, list[Merge]] = {}
        for merge in sheet.merges:
            self._merges.setdefault(merge.top, []).append(merge)

    @cached_property
    def last_row(self) -> int:
        """The last row with anything in it."""
        return max(self._rows, default=0)

    def cells(self, row: int) -> list[tuple[int, Cell]]:
        """The cells of a row that say something, by column; merged cells at their first."""
        return self._rows.get(row, [])

    def merges(self, row: int) -> list[Merge]:
        """The merges that begin in a row."""
        return self._merges.get(row, [])

    def texts(self, row: int) -> list[str]:
        """The different texts of a row as they stand."""
        return list(dict.fromkeys(cell.text for _, cell in self.cells(row) if cell.kind is Kind.TEXT))

    def heads(self, row: int) -> list[str]:
        """The different texts of a row, as heads."""
        found = dict.fromkeys(heading(text) for text in self.texts(row))
        return [text for text in found if text]

    def has_number(self, row: int) -> bool:
        """Whether any cell of a row is a number, or a formula of which nothing is known."""
        return any(cell.kind in (Kind.NUMBER, Kind.UNKNOWN, Kind.ERROR) for _, cell in self.cells(row))

    def said(self, row: int, column: int) -> str:
        """What a reader sees in a cell, as a head; empty for nothing."""
        cell = self.sheet.seen_at(row, column)
        return heading(cell.text) if cell is not None else ""
