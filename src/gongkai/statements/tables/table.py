"""A table as data: header tree, columns, rows, notes. No markup, no fonts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Value = Decimal | str | None
CellKind = Literal["编码", "文字", "居中", "数字", "标目"]
RowValues = Mapping[str, Value]


class Label(str):
    """The printed label of a fixed row; ``indent`` counts the characters by which it stands in, as under 其中."""

    indent: int

    def __new__(cls, text: str, indent: int = 0) -> Label:
        """A label of this text."""
        label = super().__new__(cls, text)
        label.indent = indent
        return label


class Figure(str):
    """A figure that is computed but no amount, as printed: a rate 98.10%, a score 9.81分, a weight 10."""

    digits: str
    unit: str

    def __new__(cls, digits: str, unit: str = "") -> Figure:
        """A figure of these digits."""
        figure = super().__new__(cls, digits + unit)
        figure.digits, figure.unit = digits, unit
        return figure

    @property
    def trimmed(self) -> Figure:
        """The same figure without the zeros that end its decimals: 10.00分 is 10分, 67.50 is 67.5."""
        return Figure(self.digits.rstrip("0").rstrip("."), self.unit) if "." in self.digits else self

    @property
    def number(self) -> Decimal:
        """Its value: 0.981 for 98.10%."""
        number = Decimal(self.digits.replace(",", ""))
        return number.scaleb(-2) if self.unit == "%" else number


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How amounts of a table, a column or a row are printed where they are not as all others; None is as all others.

    ``unit`` is 万元 or 元, ``places`` are decimals, ``zero`` is what stands for nothing ('' for a blank), ``grouped``
    says whether there are separators of thousands.
    """

    unit: str | None = None
    places: int | None = None
    zero: str | None = None
    grouped: bool | None = None

    def under(self, other: NumberFormat) -> NumberFormat:
        """This one with what the other says otherwise."""
        return NumberFormat(
            other.unit or self.unit,
            self.places if other.places is None else other.places,
            self.zero if other.zero is None else other.zero,
            self.grouped if other.grouped is None else other.grouped,
        )


USUAL_FORMAT = NumberFormat()


class Line(dict[str, Value]):
    """The values of a row by column, and how its amounts are printed."""

    format: NumberFormat = USUAL_FORMAT


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of the header tree."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key that rows use, its kind, and its share of the table's width in percent, as printed."""

    key: str
    kind: CellKind
    width: str
    format: NumberFormat = USUAL_FORMAT


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; an amount is exact 万元 and printed by the pack's number form."""

    value: Value
    kind: CellKind
    colspan: int = 1
    rowspan: int = 1
    format: NumberFormat = USUAL_FORMAT

    @property
    def indent(self) -> int:
        """How many characters the text stands in."""
        return self.value.indent if isinstance(self.value, Label) else 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; cells covered by a merge above or to the left are left out."""

    cells: Sequence[Cell]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One official table, ready to be printed.

    ``form`` holds the label and value rows that stand above the grid of a performance table.
    """

    key: str
    number: str
    title: str
    subtitle: str
    landscape: bool
    dense: bool
    left_line: str
    right_line: str
    columns: Sequence[Column]
    header: Sequence[Sequence[HeaderCell]]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    form: Sequence[Row] = ()
    form_columns: Sequence[Column] = ()


def with_short_scores(table: Table) -> Table:
    """A performance table whose weights and scores end without zeros; rates stay as they are."""
    return replace(table, rows=_changed(table.rows, _short), form=_changed(table.form, _short))


def with_bare_form_scores(table: Table) -> Table:
    """A performance table whose form says a score without 分; the total score keeps it."""
    return replace(table, form=_changed(table.form, _bare))


def with_bare_form_labels(table: Table) -> Table:
    """A performance table whose form has labels without a colon at their end."""
    return replace(table, form=_changed(table.form, _without_colon))


def _changed(rows: Sequence[Row], change: Callable[[Cell], Cell]) -> list[Row]:
    return [replace(row, cells=[change(cell) for cell in row.cells]) for row in rows]


def _short(cell: Cell) -> Cell:
    value = cell.value
    return replace(cell, value=value.trimmed) if isinstance(value, Figure) and value.unit != "%" else cell


def _bare(cell: Cell) -> Cell:
    value = cell.value
    return replace(cell, value=Figure(value.digits)) if isinstance(value, Figure) and value.unit == "分" else cell


def _without_colon(cell: Cell) -> Cell:
    value = cell.value
    return replace(cell, value=value.rstrip("：:")) if cell.kind == "标目" and isinstance(value, str) else cell
