"""A table that was found in a sheet: its columns, its rows, and what stands above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.findings import Finding, Place
from gongkai.intake.export.forms.form import Form
from gongkai.source.workbook.cells import Position, Sheet, Workbook

from .amounts import Figure


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet and the heads that stand over it, from the top."""

    number: int
    path: tuple[str, ...]
    """The words of the heads, each once."""
    shown: str
    """The lowest of them as it stands."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where in a sheet a table stands: its rows from title to end, and of these the header's."""

    book: Workbook
    sheet: Sheet
    top: int
    bottom: int
    header: tuple[int, int]
    columns: Sequence[Column]

    def place(self, position: Position) -> Place:
        """The place of a cell."""
        return self.book.place(self.sheet, *position)


@dataclass(frozen=True)
class Line:
    """A row of a table."""

    row: int
    place: Place
    code: str = ""
    """The 科目 as digits without blanks; empty for a total and for rows that have none."""
    total: bool = False
    """Whether it is the grand total."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Texts by column, as they stand but for blanks around them."""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    """Amounts by column: every column of amounts has one, unless its cell says what is no amount."""

    @property
    def stated(self) -> bool:
        """Whether any amount of the row is there and is something."""
        return any(figure.value for figure in self.figures.values())

    @property
    def name(self) -> str:
        """What the row is of: the name of its 科目 or project, or its label."""
        return next((self.texts[key] for key in ("科目名称", "项目名称", "项目") if self.texts.get(key)), "")


@dataclass
class Found:
    """A table that was recognised and read."""

    form: Form
    region: Region
    columns: Mapping[str, Column]
    lines: Sequence[Line]
    title: str = ""
    year: int | None = None
    unit_name: str = ""
    scope: str = ""
    """口径 as the title has it: 单位 or 部门."""
    yuan: bool | None = None
    """Whether amounts stand in 元; None where the table does not say."""
    findings: list[Finding] = field(default_factory=list)
    used: set[Position] = field(default_factory=set)
    """Cells of amounts from which something was taken, or which were held against something."""

    @property
    def name(self) -> str:
        """The table as messages call it."""
        return f"《{self.form.name}》"

    @property
    def place(self) -> Place:
        """Its sheet."""
        return self.region.book.place(self.region.sheet)

    @property
    def total(self) -> Line | None:
        """The row of the grand total."""
        return next((line for line in self.lines if line.total), None)

    @property
    def empty(self) -> bool:
        """Whether it has no amount at all."""
        return not any(line.stated for line in self.lines)

    def use(self, figure: Figure) -> Figure:
        """Take note that a figure was used; returns it."""
        self.used.add((figure.place.line, figure.place.column))
        return figure
