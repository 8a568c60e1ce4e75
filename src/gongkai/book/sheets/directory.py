"""The hidden sheet (科目目录) in which the formulas of the book look up names."""

from __future__ import annotations

from itertools import chain
from typing import Any

from gongkai import catalog
from gongkai.intake.book.layout import CATALOGUE_SHEET


class Directory:
    """The codes and names of the catalogue."""

    def __init__(self) -> None:
        self._names = [(subject.code, subject.name) for subject in chain(catalog.functional(), catalog.economic())]

    @property
    def names(self) -> str:
        """The cells of all codes and names."""
        return f"'{CATALOGUE_SHEET}'!$A$2:$B${len(self._names) + 1}"

    def write(self, book: Any) -> None:
        """Add the sheet to a workbook."""
        sheet = book.add_worksheet(CATALOGUE_SHEET)
        sheet.hide()
        text = book.add_format({"num_format": "@"})
        sheet.write_row(0, 0, ("编码", "名称"))
        for row, (code, name) in enumerate(self._names, 1):
            sheet.write_string(row, 0, code, text)
            sheet.write_string(row, 1, name, text)
