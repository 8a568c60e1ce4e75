"""The hidden sheet (科目目录) in which formulas look up names, and lists that are too long for a cell's own rule."""

from __future__ import annotations

from itertools import chain
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from gongkai import catalog
from gongkai.intake.book.layout import CATALOGUE_SHEET

_FIRST_LIST = 7
"""The column of the first list."""


class Directory:
    """What is looked up: codes and names of the catalogue, lists of words."""

    def __init__(self) -> None:
        self._names = [(subject.code, subject.name) for subject in chain(catalog.functional(), catalog.economic())]
        self._lists: dict[tuple[str, ...], str] = {}

    @property
    def names(self) -> str:
        """The cells of all codes and names."""
        return f"'{CATALOGUE_SHEET}'!$A$2:$B${len(self._names) + 1}"

    def listed(self, words: tuple[str, ...]) -> str:
        """The cells of a list of words, which is added if it is new."""
        if words not in self._lists:
            column = xl_col_to_name(_FIRST_LIST + len(self._lists))
            self._lists[words] = f"'{CATALOGUE_SHEET}'!${column}$2:${column}${len(words) + 1}"
        return self._lists[words]

    def write(self, book: Any) -> None:
        """Add the sheet to a workbook, when all lists are known."""
        sheet = book.add_worksheet(CATALOGUE_SHEET)
        sheet.hide()
        text = book.add_format({"num_format": "@"})
        sheet.write_row(0, 0, ("编码", "名称"))
        for row, (code, name) in enumerate(self._names, 1):
            sheet.write_string(row, 0, code, text)
            sheet.write_string(row, 1, name, text)
        for place, words in enumerate(self._lists, _FIRST_LIST):
            sheet.write_column(0, place, ("清单", *words), text)
