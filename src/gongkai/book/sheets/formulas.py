"""The formulas of the book: what its declarations leave open, filled in with the cells that are meant."""

from __future__ import annotations

import re

from .directory import Directory
from .plan import Placed, Plan

_OPEN = re.compile(r"\{([^{}]+)\}")
_CATALOGUE, _OWN = "科目目录", "自定名称"
_OWN_BLOCK, _OWN_COLUMNS = "科目名称", ("编码", "名称")


class Formulas:
    """Fills in formulas of a book."""

    def __init__(self, plan: Plan, directory: Directory) -> None:
        self._tables = {_CATALOGUE: directory.names}
        own = plan.blocks.get(_OWN_BLOCK)
        if own is not None:
            self._tables[_OWN] = own.cells(*_OWN_COLUMNS)

    def in_row(self, formula: str, block: Placed, row: int) -> str:
        """A formula of a column, in a row of its block."""
        return "=" + _OPEN.sub(lambda open_: self._tables.get(open_[1]) or block.cell(open_[1], row), formula)
