"""From a finished document, whatever made it, to what stands in it."""

from __future__ import annotations

from pathlib import Path

from gongkai.source.workbook.cells import Workbook
from gongkai.source.workbook.read import read_workbook

from .document import Printed, Spot, Table


def read_printed(path: Path) -> Printed:
    """A finished document. Raises FindingsError where it cannot be read."""
    return of_workbook(read_workbook(path))


def of_workbook(book: Workbook) -> Printed:
    """A workbook as a document: each of its sheets that is seen is a table."""
    tables = [
        Table(sheet, dict.fromkeys(sheet.cells, Spot()), number)
        for number, sheet in enumerate((each for each in book.sheets if not each.hidden), 1)
    ]
    return Printed(book.file, "xlsx", tables, findings=book.findings)
