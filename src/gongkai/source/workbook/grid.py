"""A sheet while it is read: cells that are known, and formulas whose values the file has not kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.findings import Finding, Level, Place
from gongkai.source.text_file import NOT_PRINTABLE

from .cells import Cell, Merge, Position, Sheet
from .formats import Format
from .refused import too_large

MOST_CELLS = 400_000
"""Of a workbook that are not blank."""
MOST_TOLD = 50
"""Cells with characters that nobody sees; whoever has more has more of the same."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A formula without a value, and how its value is to be shown."""

    formula: str
    looks: Format


@dataclass
class Grid:
    """What was read of a sheet so far."""

    name: str
    """As formulas write it."""
    number: int
    hidden: bool = False
    cells: dict[Position, Cell] = field(default_factory=dict)
    pending: dict[Position, Pending] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def sheet(self) -> Sheet:
        """The sheet that was read."""
        return Sheet(
            NOT_PRINTABLE.sub("", self.name),
            self.number,
            self.cells,
            tuple(self.merges),
            self.hidden,
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
        )


@dataclass
class Reading:
    """What all sheets of a workbook share while it is read."""

    file: str
    since_1904: bool = False
    findings: list[Finding] = field(default_factory=list)
    _cells: int = 0
    _unseen: int = 0

    def count(self, cells: int) -> None:
        """Raises FindingsError when there are too many of them by now."""
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise too_large(self.file, f"有内容的单元格超过 {MOST_CELLS:,} 个")

    def without_unseen(self, text: str, grid: Grid, at: Position) -> str:
        """The text without characters that nobody sees; those are errors (GK106), as in a file of text."""
        found = NOT_PRINTABLE.search(text)
        if found is None:
            return text
        self._unseen += 1
        if self._unseen <= MOST_TOLD:
            place = Place(self.file, *at, NOT_PRINTABLE.sub("", grid.name), grid.number)
            message = f"文字里有看不见的控制字符（U+{ord(found[0]):04X}）"
            advice = "请删去该字符，或把这一格重新输入"
            self.findings.append(Finding("GK106", Level.ERROR, message, advice, place=place))
        return NOT_PRINTABLE.sub("", text)
