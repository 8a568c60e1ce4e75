"""What a workbook holds: sheets of cells, each with what it says; positions count from 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from gongkai.findings import Finding, Place

Position = tuple[int, int]
"""Row and column, both from 1: (7, 4) is D7."""


class Kind(Enum):
    """What a cell holds."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    FLAG = auto()
    ERROR = auto()
    """#REF! and the like, stored or reckoned."""
    UNKNOWN = auto()
    """A formula without a stored value that is more than arithmetic: what it would say is not known."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not blank."""

    kind: Kind
    text: str
    """What it says: a text as it stands; a number in plain digits (``-0.3``, never ``3E-1``), of at most 15
    significant ones, as the programs themselves reckon; a date as ``2024-02-25``; a flag as 是 or 否; an error
    as ``#REF!``; empty where it is not known."""
    shown: str
    """The same as the program shows it, where that says something else: ``100%`` for 1; else as ``text``."""
    formula: str = ""
    """The formula, without ``=``, where the value is one's."""
    disguised: bool = False
    """Whether a number is shown as more than its digits: as a time, a fraction, or with words of the format."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells that were made one; what they say stands in the first."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    number: int
    """From 1, in the order of the tabs."""
    cells: Mapping[Position, Cell]
    merges: Sequence[Merge] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    """Rows that are not seen, by hand or by a filter."""
    hidden_columns: frozenset[int] = frozenset()

    @cached_property
    def _covered(self) -> Mapping[Position, Position]:
        """Of cells that were merged away, the first of those with which they were."""
        covered: dict[Position, Position] = {}
        for merge in self.merges:
            first = (merge.top, merge.left)
            for row in range(merge.top, merge.bottom + 1):
                covered |= {(row, column): first for column in range(merge.left, merge.right + 1)}
        return covered

    @cached_property
    def rows(self) -> int:
        """The last row with anything in it."""
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def columns(self) -> int:
        """The last column with anything in it."""
        return max((column for _, column in self.cells), default=0)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that stands there itself; None for a blank one."""
        return self.cells.get((row, column))

    def first_of(self, row: int, column: int) -> Position:
        """The first of the cells with which one was merged; itself where it was with none."""
        return self._covered.get((row, column), (row, column))

    def seen_at(self, row: int, column: int) -> Cell | None:
        """What a reader sees there: of merged cells, what they say together."""
        return self.cells.get(self._covered.get((row, column), (row, column)))


@dataclass(frozen=True)
class Workbook:
    """A workbook that was read."""

    file: str
    sheets: Sequence[Sheet]
    properties: Mapping[str, str] = field(default_factory=dict)
    """Its own properties (custom document properties) by name."""
    findings: Sequence[Finding] = ()
    """Warnings of the reading: macros that were not run, links that were not followed."""

    def place(self, sheet: Sheet, row: int = 0, column: int = 0) -> Place:
        """The place of a cell, or of the sheet as a whole."""
        return Place(self.file, row, column, sheet.name, sheet.number)
