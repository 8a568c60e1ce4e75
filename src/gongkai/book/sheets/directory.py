"""The hidden sheet (科目目录): names of codes, the units of the sections, lists that are too long for a cell's rule."""

from __future__ import annotations

from itertools import chain
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from gongkai import catalog
from gongkai.intake.book.layout import CATALOGUE_SHEET

from .plan import Plan

_UNIT, _UNITS = "金额单位", "分节金额单位"
_SECTION, _ITS_UNIT, _SCALE, _STEP = 3, 4, 5, 6
"""The columns of the sections: name, unit, what an amount is multiplied with, and that where it may be rounded."""
_FIRST_LIST = 8


class Directory:
    """What is looked up: codes and names of the catalogue, units of the file and its sections, lists of words."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._names = [(subject.code, subject.name) for subject in chain(catalog.functional(), catalog.economic())]
        self._sections = {name: row for row, name in enumerate(plan.guide.names((_UNITS,)), 2)}
        self._lists: dict[tuple[str, ...], str] = {}

    @property
    def names(self) -> str:
        """The cells of all codes and names."""
        return f"'{CATALOGUE_SHEET}'!$A$2:$B${len(self._names) + 1}"

    @property
    def ten_thousand(self) -> str:
        """The cell of what 1 万元 is in the unit of the file."""
        return self._cell(1, _SCALE)

    def scale(self, section: str) -> str:
        """What amounts of a section are multiplied with to be in the unit of the file; 1 for what is no money."""
        return self._cell(self._sections[section], _SCALE) if section in self._sections else "1"

    def step(self, section: str) -> str:
        """The same where they may have been rounded; 0 for amounts in 元, and for what is no money."""
        return self._cell(self._sections[section], _STEP) if section in self._sections else "0"

    def listed(self, words: tuple[str, ...]) -> str:
        """The cells of a list of words, which is added if it is new."""
        if words not in self._lists:
            column = xl_col_to_name(_FIRST_LIST + len(self._lists))
            self._lists[words] = f"'{CATALOGUE_SHEET}'!${column}$2:${column}${len(words) + 1}"
        return self._lists[words]

    @staticmethod
    def _cell(row: int, column: int) -> str:
        return f"'{CATALOGUE_SHEET}'!${xl_col_to_name(column)}${row + 1}"

    def write(self, book: Any) -> None:
        """Add the sheet to a workbook, when all lists are known."""
        sheet = book.add_worksheet(CATALOGUE_SHEET)
        sheet.hide()
        text = book.add_format({"num_format": "@"})
        sheet.write_row(0, 0, ("编码", "名称"))
        for row, (code, name) in enumerate(self._names, 1):
            sheet.write_string(row, 0, code, text)
            sheet.write_string(row, 1, name, text)
        self._write_units(sheet)
        for place, words in enumerate(self._lists, _FIRST_LIST):
            sheet.write_column(0, place, ("清单", *words), text)

    def _write_units(self, sheet: Any) -> None:
        sheet.write_row(0, _SECTION, ("部分", _UNIT, "折算", "舍入"))
        whole, own = self._cell(1, _ITS_UNIT), self._plan.cell_of((_UNIT,))
        sheet.write_string(1, _SECTION, "文件")
        sheet.write_formula(1, _ITS_UNIT, f'=IF({own}="元","元","万元")', None, "")
        sheet.write_formula(1, _SCALE, f'=IF({whole}="元",10000,1)', None, "")
        for name, row in self._sections.items():
            stated, unit = self._plan.cell_of((_UNITS, name)), self._cell(row, _ITS_UNIT)
            sheet.write_string(row, _SECTION, name)
            sheet.write_formula(row, _ITS_UNIT, f'=IF({stated}="",{whole},{stated})', None, "")
            sheet.write_formula(row, _SCALE, f'=IF({unit}={whole},1,IF({unit}="元",0.0001,10000))', None, "")
            sheet.write_formula(row, _STEP, f'=IF({unit}="万元",{self._cell(row, _SCALE)},0)', None, "")
