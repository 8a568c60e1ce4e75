"""A sheet while it is read: cells that are known, and formulas whose values the file has not kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gongkai.findings import Finding, Level, Place
from gongkai.source.text_file import NOT_PRINTABLE

from .cells import Cell, Merge, Position, Sheet
from .formats import Format
from .refused import too_large

MOST_CELLS = 400_000
"""Of a workbook that are not blank."""
MOST_LETTERS = 32_767
"""Of a text in a cell, in every program."""
MOST_TOLD = 50
"""Cells with such a text or with characters that nobody sees; whoever has more has more of the same."""


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
    _told: int = 0
    _problems: dict[str, _Problem | None] = field(default_factory=dict)
    """Of texts that were met: many cells share one."""

    def count(self, cells: int) -> None:
        """Raises FindingsError when there are too many of them by now."""
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise too_large(self.file, f"有内容的单元格超过 {MOST_CELLS:,} 个")

    def readable(self, cell: Cell, grid: Grid, at: Position) -> Cell:
        """A text without what nobody sees, and no longer than a cell can be; both are errors at its place."""
        if cell.text not in self._problems:
            self._problems[cell.text] = _problem(cell.text)
        problem = self._problems[cell.text]
        if problem is None:
            return cell
        self._told += 1
        if self._told <= MOST_TOLD:
            place = Place(self.file, *at, NOT_PRINTABLE.sub("", grid.name), grid.number)
            self.findings.append(replace(problem.finding, place=place))
        return replace(cell, text=problem.text, shown=problem.text)


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is wrong with a text, and what is left of it."""

    finding: Finding
    text: str


def _problem(text: str) -> _Problem | None:
    if len(text) > MOST_LETTERS:
        message = f"一格里的文字超过 {MOST_LETTERS:,} 字"
        finding = Finding("GK152", Level.ERROR, message, "请核对内容；一格最多放这么多字，多的分到几格")
        return _Problem(finding, NOT_PRINTABLE.sub("", text[:MOST_LETTERS]))
    found = NOT_PRINTABLE.search(text)
    if found is None:
        return None
    message = f"文字里有看不见的控制字符（U+{ord(found[0]):04X}）"
    return _Problem(
        Finding("GK106", Level.ERROR, message, "请删去该字符，或把这一格重新输入"), NOT_PRINTABLE.sub("", text)
    )
