"""The index of facts: kind of table × row (科目, label, 合计) × column → the figure, its printed places, its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from gongkai.audit.codes import coded
from gongkai.audit.document import Audited
from gongkai.findings import Place, shown
from gongkai.intake.export.facts.labels import class_of
from gongkai.intake.export.forms.words import label, plain
from gongkai.intake.export.reading.amounts import ZERO, Figure, NoAmountError, in_wan, number_of
from gongkai.intake.export.reading.columns import has_amounts
from gongkai.intake.export.reading.found import Column, Found, Line
from gongkai.intake.export.reading.rows import digits
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

TOTAL = "合计"
"""The row of the grand total, on whichever side."""
INCOME = "收入数"
"""The column of amounts on the income side of a two-sided table."""
TOTALS = frozenset({"总计", "合计", "收入总计", "支出总计", "收入合计", "支出合计"})
"""Its labels in two-sided tables."""

ROUNDED = Decimal("0.01")
"""万元: what amounts are usually rounded to."""
_ENOUGH = 8
"""Different figures in 元 from which it is seen that all were rounded to a hundred."""

CellKey = tuple[str, int, int, int]
"""Sheet, its number, row and column."""


def key_of(place: Place) -> CellKey:
    """What tells the cell at a place from every other one of its document."""
    return place.sheet, place.sheet_number, place.line, place.column


@dataclass(frozen=True, eq=False)
class Fact:
    """One figure of a table, 万元; what its words are for messages. Facts are told apart by their cells."""

    table: Found
    line: Line
    column: Column
    key: str
    """Our name of its column; empty for a column that no form knows."""
    figure: Figure
    row: str
    """The code of its 科目, 合计, or the label of its row."""
    code: str
    """The code, also where only a label names the 类; empty for a total and for what is of no 科目."""

    @property
    def value(self) -> Decimal:
        """The amount, 万元; nothing where the cell is blank."""
        return self.figure.value

    @property
    def place(self) -> Place:
        """Its cell."""
        return self.figure.place

    @cached_property
    def cell(self) -> CellKey:
        """What tells its cell from every other one."""
        return key_of(self.figure.place)

    @property
    def said(self) -> str:
        """Where it stands, in words: 《支出总体情况表》2011301 行政运行“合计”."""
        return f"{self.table.name}{self.row_said}“{self.column.shown}”"

    @property
    def row_said(self) -> str:
        """Its row in words: the code with the name, or the label."""
        name = shown(self.line.name) if self.line.code == self.row and self.line.name else ""
        return f"{self.row} {name}".strip() or f"第 {self.line.row} 行"


@dataclass(frozen=True)
class Body:
    """The figures of one table: a row of facts for each of its lines."""

    table: Found
    rows: Sequence[Mapping[int, Fact]]
    """By the number of the column, for each line of the table."""

    @cached_property
    def step(self) -> Decimal:
        """Half a unit of the last printed place, 万元."""
        return max((fact.figure.slack for row in self.rows for fact in row.values()), default=ZERO)

    def group(self, words: str) -> str:
        """The name of a hypothesis about this table: the sums that it gives stand and fall together."""
        return f"{self.table.region.sheet.number}:{self.table.region.top}:{words}"

    def column(self, number: int) -> Iterator[Fact]:
        """The facts of a column, from the top."""
        return (row[number] for row in self.rows if number in row)


class Facts:
    """Every figure of every table of a document."""

    def __init__(self, document: Audited) -> None:
        self.tables = coded(document).tables
        self.bodies = [body_of(found) for found in self.tables.all if not found.form.performance]

    @cached_property
    def by_cell(self) -> Mapping[CellKey, Fact]:
        """Facts by their cells."""
        return {fact.cell: fact for body in self.bodies for row in body.rows for fact in row.values()}

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str, str], Fact]:
        found: dict[tuple[str, str, str], Fact] = {}
        for fact in self.by_cell.values():
            if fact.key:
                found.setdefault((fact.table.form.key, fact.row, fact.key), fact)
                if fact.code and fact.code != fact.row:
                    found.setdefault((fact.table.form.key, fact.code, fact.key), fact)
        return found

    def get(self, table: str, row: str, column: str) -> Fact | None:
        """The fact of a table (by the key of its form) in a row (code, 合计, label) and a column (by our name)."""
        return self._by_name.get((table, row, column))

    def at(self, place: Place) -> Fact | None:
        """The fact in a cell."""
        return self.by_cell.get(key_of(place))


def facts_of(document: Audited) -> Facts:
    """The facts of a document, made once."""
    return document.once(Facts)


def body_of(table: Found) -> Body:
    """The figures of a table, those of columns too that no form knows."""
    names = {column.number: key for key, column in table.columns.items()}
    others = [column for column in table.region.columns if column.number not in names and _may_count(column)]
    slack = _slack(table)
    rows = []
    for line in table.lines:
        row = {
            table.columns[key].number: _fact(table, line, table.columns[key], key, figure, slack)
            for key, figure in line.figures.items()
            if has_amounts(key) and key in table.columns
        }
        for column in others:
            figure = figure_in(table, line, column)
            if figure is not None:
                row[column.number] = _fact(table, line, column, "", figure, slack)
        rows.append(row)
    return Body(table, rows)


def _slack(table: Found) -> Decimal:
    """Half a unit of the last place that a table has, 万元: also of one in 元 whose figures were rounded before."""
    figures = [figure for line in table.lines for figure in line.figures.values() if figure.value]
    if table.yuan and len({figure.value for figure in figures}) >= _ENOUGH:
        finer = sum(1 for figure in figures if figure.value % ROUNDED)
        return ROUNDED / 2 if finer * _ENOUGH < len(figures) else ZERO
    return max((figure.slack for figure in figures), default=ZERO)


def _may_count(column: Column) -> bool:
    return not any(word in column.path[-1] for word in ("行次", "序号", "编码", "名称", "备注", "代码", "单位"))


def figure_in(table: Found, line: Line, column: Column) -> Figure | None:
    """The figure of a column that no form knows; None where its cell says something else, a share for one."""
    cell = table.region.sheet.at(line.row, column.number)
    place = table.region.place((line.row, column.number))
    if cell is not None and "%" in cell.shown:
        return None
    try:
        number = number_of(cell)
    except NoAmountError:
        return None
    value = in_wan(number, yuan=bool(table.yuan)) if number else ZERO
    return Figure(value, ZERO, place, stated=number is not None)


def _fact(table: Found, line: Line, column: Column, key: str, figure: Figure, slack: Decimal) -> Fact:
    # What is printed as nothing may have been rounded, too.
    stated = replace(figure, slack=slack) if figure.stated else figure
    row, code = _row(table, line, key)
    return Fact(table, line, column, key, stated, row, code)


def _row(table: Found, line: Line, key: str) -> tuple[str, str]:
    """The row of a figure, and the 科目 that it is of."""
    if key.startswith("数"):
        code = digits(line.texts.get(f"编码{key[1:]}", ""))
        said = line.texts.get(f"名称{key[1:]}", "") or line.texts.get(f"编码{key[1:]}", "")
        return code or plain(said), code
    if table.form.sided:
        text = line.texts.get("收入项目" if key == INCOME else "支出项目", "")
        said = label(text)
        return (TOTAL, "") if said in TOTALS else (said, "" if key == INCOME else class_of(text))
    if line.total:
        return TOTAL, ""
    return line.code or label(line.name), line.code
