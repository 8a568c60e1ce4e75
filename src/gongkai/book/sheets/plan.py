"""Where everything of a book stands: rows and columns of every block, before a cell is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_col_to_name

from gongkai.findings import Path
from gongkai.intake.book.blocks.block import Block, Column, Row
from gongkai.intake.book.blocks.fixed import Fixed
from gongkai.intake.book.layout import BookSheet, Layout
from gongkai.intake.guide import Guide
from gongkai.source.tree import Node

_ABOVE = 3
"""Rows above the first block: the way back, the title, the purpose."""
TITLE = 1
"""The row of a sheet's title."""
_SPARE = {
    "职能机构": 20, "支出": 60, "科目收支": 60, "基本支出经济分类": 20, "项目": 20, "项目资金": 60, "项目指标": 200,
    "整体绩效指标": 30,
}  # fmt: skip
"""Blank rows behind the filled ones, by the block's title."""
_FEW, _FEW_ABOVE = 10, 6
"""The same of other blocks; of those that stand above another."""


@dataclass(frozen=True)
class Placed:
    """A block with its rows, and where it stands on its sheet; rows and columns count from 0."""

    sheet: BookSheet
    block: Block
    columns: Sequence[Column]
    rows: Sequence[Row]
    paths: Sequence[Path]
    """What the rows of a block are of whose rows the schema gives; of others nothing."""
    heading: int
    spare: int

    @property
    def growing(self) -> bool:
        """Whether rows may be added."""
        return self.block.growing

    @property
    def alone(self) -> bool:
        """Whether it is all that stands on its sheet."""
        return len(self.sheet.blocks) == 1

    @property
    def header(self) -> int:
        """The row of the columns' titles: below the heading, or below the purpose where the sheet's title heads it."""
        return max(self.heading + 1, _ABOVE)

    @property
    def first(self) -> int:
        """Its first row."""
        return self.header + 1

    @property
    def last(self) -> int:
        """Its last row, with the spare ones."""
        return self.header + max(len(self.rows) + self.spare, 1)

    @cached_property
    def at(self) -> Mapping[str, int]:
        """The column of each title."""
        return {column.title: place for place, column in enumerate(self.columns)}

    def cell(self, title: str, row: int, fixed: str = "") -> str:
        """The name of a cell within its own sheet, its row fixed (``$``) or not: ``$D7``."""
        return f"${xl_col_to_name(self.at[title])}{fixed}{row + 1}"

    def cells(self, first: str, last: str = "") -> str:
        """The cells of one or several columns, for a formula on any sheet."""
        left, right = (xl_col_to_name(self.at[title]) for title in (first, last or first))
        return f"'{self.sheet.name}'!${left}${self.first + 1}:${right}${self.last + 1}"

    def path(self, row: int, column: Column) -> Path | None:
        """What of the data a cell is filled with; None where nothing is to be filled in."""
        if column.label or column.formula:
            return None
        if not self.paths:
            return column.paths[0] if column.paths else ()
        if not column.paths:
            return self.paths[row]
        whole = self.paths[row]
        return next((path for path in column.paths if path[: len(whole)] == whole), None)


class Plan:
    """All blocks of a book by their titles."""

    def __init__(self, layout: Layout, data: Mapping[str, Node]) -> None:
        self.layout = layout
        self.guide = layout.guide
        self.blocks: dict[str, Placed] = {}
        for sheet in layout.sheets:
            row = _ABOVE
            for number, block in enumerate(sheet.blocks):
                heading = TITLE if number == 0 and block.title == sheet.name else row
                last = number == len(sheet.blocks) - 1
                placed = _placed(sheet, block, data, self.guide, heading, last=last)
                self.blocks[block.title] = placed
                row = placed.last + 2

    @cached_property
    def _cells(self) -> Mapping[Path, str]:
        """The cells to fill in of rows that the schema gives, by what they are filled with."""
        found: dict[Path, str] = {}
        for placed in self.blocks.values():
            for row in range(len(placed.paths)):
                for column in placed.columns:
                    path = placed.path(row, column)
                    if path is not None:
                        cell = placed.cell(column.title, placed.first + row, fixed="$")
                        found[path] = f"'{placed.sheet.name}'!{cell}"
        return found

    def cell_of(self, path: Path) -> str:
        """The cell of a value whose row the schema gives, for a formula on any sheet."""
        return self._cells[path]

    def of(self, sheet: BookSheet) -> Sequence[Placed]:
        """The blocks of a sheet from top to bottom."""
        return [self.blocks[block.title] for block in sheet.blocks]


def _placed(
    sheet: BookSheet, block: Block, data: Mapping[str, Node], guide: Guide, heading: int, *, last: bool
) -> Placed:
    rows = list(block.rows(data, guide))
    paths = block.paths(guide) if isinstance(block, Fixed) else ()
    many = _SPARE.get(block.title, _FEW) if last else _FEW_ABOVE
    return Placed(sheet, block, block.columns(guide), rows, paths, heading, many if block.growing else 0)
