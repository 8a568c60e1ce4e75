"""The rows of a table of the book as they were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.findings import Place
from gongkai.source.workbook.cells import Cell, Kind, Sheet, Workbook


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a block: its cells by the titles of the columns, and where they stand."""

    book: Workbook
    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    """The column of each title that the header has."""

    def cell(self, title: str) -> Cell | None:
        """What stands there; of cells merged downwards, a text stands in each of them, a figure in the first alone."""
        cell = self._seen(title)
        column = self.columns.get(title, 0)
        copied = cell is not None and self.sheet.at(self.row, column) is not cell
        return None if copied and cell is not None and cell.kind is Kind.NUMBER else cell

    def _seen(self, title: str) -> Cell | None:
        """What a reader sees there, unless it was merged from another column; None for a blank."""
        column = self.columns.get(title)
        if not column:
            return None
        cell = self.sheet.at(self.row, column)
        if cell is None and self.sheet.first_of(self.row, column)[1] == column:
            cell = self.sheet.seen_at(self.row, column)
        return cell if cell is not None and (cell.text.strip() or cell.kind is Kind.UNKNOWN) else None

    def label_cell(self, title: str) -> Cell | None:
        """The cell that says what a row is called there: of merged cells, in each row."""
        return self._seen(title)

    def text(self, title: str) -> str:
        """What a row is called there, without blanks around it: of merged cells, in each row; empty for a blank."""
        cell = self._seen(title)
        return cell.shown.strip() if cell else ""

    def place(self, title: str = "") -> Place:
        """Where it stands; of a column that is not there, the row."""
        return self.book.place(self.sheet, self.row, self.columns.get(title, min(self.columns.values(), default=1)))

    @property
    def hidden(self) -> bool:
        """Whether the row is not seen."""
        return self.row in self.sheet.hidden_rows
