"""The formulas of the book: what its declarations leave open, filled in with the cells that are meant."""

from __future__ import annotations

import re

from gongkai.output.xlsx.book import TextSheet

from .directory import Directory
from .plan import Placed, Plan

_OPEN = re.compile(r"\{([^{}\"]+)\}")
_CATALOGUE, _OWN = "科目目录", "自定名称"
_OWN_BLOCK, _OWN_COLUMNS = "科目名称", ("编码", "名称")
_SCALE, _STEP = "×", "±"


class FormulaSheet(TextSheet):
    """A sheet whose formulas are of 2007, and so are written as they stand: the library looks for newer ones in each.

    That takes as long as all the rest.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Formulas:
    """Fills in formulas of a book."""

    def __init__(self, plan: Plan, directory: Directory) -> None:
        self._plan = plan
        self._directory = directory
        self._tables = {_CATALOGUE: directory.names, _OWN: plan.blocks[_OWN_BLOCK].cells(*_OWN_COLUMNS)}

    def in_row(self, formula: str, block: Placed, row: int) -> str:
        """A formula of a column, in a row of its block."""
        return "=" + _OPEN.sub(lambda open_: self._tables.get(open_[1]) or block.cell(open_[1], row), formula)

    def anywhere(self, formula: str) -> str:
        """A formula of a check, for any sheet."""
        return _OPEN.sub(lambda open_: self._cells(open_[1]), formula)

    def _cells(self, name: str) -> str:
        if name.startswith(_SCALE):
            return self._directory.scale(name.removeprefix(_SCALE))
        if name.startswith(_STEP):
            return self._directory.step(name.removeprefix(_STEP))
        block, point, column = name.partition(".")
        return self._plan.blocks[block].cells(column) if point else self._plan.cell_of(tuple(name.split("/")))
