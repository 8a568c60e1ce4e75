"""The figures of a document's tables as running text names them: by table, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gongkai.audit.claims.text.flat import flat_text
from gongkai.audit.codes import coded
from gongkai.audit.document import Audited
from gongkai.findings import Place
from gongkai.intake.export.forms.words import label
from gongkai.intake.export.reading.found import Found, Line
from gongkai.prose.sums import added

ITEM, GROUP, CLASS = 7, 5, 3
"""Digits of a 项, a 款 and a 类."""

_ZERO = Decimal(0)
_MOST_TOLD = 2
"""Figures of a sum that a message names one by one."""
_LABELS = ("收入项目", "支出项目", "项目", "项目名称", "名称1", "名称2", "名称3")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table, or the sum of some: 万元, how far the exact one may be from it, and what it is."""

    value: Decimal
    slack: Decimal
    words: str
    """Table, row and column as a message tells them."""
    place: Place
    sure: bool = True
    """Whether it must be the same; False where it usually is."""

    count: int = 1
    """Of how many figures it is made."""

    def __neg__(self) -> Cell:
        return Cell(-self.value, self.slack, f"减{self.words}", self.place, self.sure, self.count)

    def __add__(self, other: Cell) -> Cell:
        count = self.count + other.count
        words = f"{self.words}{'' if other.words.startswith('减') else '加'}{other.words}"
        if count > _MOST_TOLD:
            words = f"{self.words.partition('等 ')[0]}等 {count} 处相加减"
        sure = self.sure and other.sure
        return Cell(self.value + other.value, self.slack + other.slack, words, self.place, sure, count)


Names = tuple[str, str, str]


class TableFigures:
    """Looks up figures; what a table has not is not there."""

    def __init__(self, document: Audited) -> None:
        self._tables = coded(document).tables
        self._labelled_rows: dict[tuple[str, str], list[tuple[str, Line]]] = {}

    @property
    def final(self) -> bool:
        """Whether they are those of a final account."""
        return self._tables.kind == "决算"

    def table(self, key: str) -> Found | None:
        """A table, where it was found and has the columns of figures."""
        return self._tables.get(key)

    def cells(self, specification: str) -> list[Cell]:
        """The figures of ``表/行/栏``, several joined by ``+`` or ``-`` added up; nothing where one is not there.

        A row is 合计, a code of digits, or an expression that the whole label of a row has. ``表/行/栏=0`` is there
        only where it is nothing.
        """
        together: list[Cell] | None = None
        for sign, part in re.findall(r"([+-]?)([^+-]+)", specification):
            place, _, nothing = part.partition("=")
            found = self._cells(*place.split("/"))
            if not found or (nothing and any(cell.value for cell in found)):
                return []
            if nothing:
                continue
            found = [-cell for cell in found] if sign == "-" else found
            together = found if together is None else [one + other for one in together[:2] for other in found[:2]]
        return together or []

    def _cells(self, key: str, row: str, column: str) -> list[Cell]:
        table = self.table(key)
        if table is None or column not in table.columns:
            return []
        if row == "合计":
            lines = [table.total] if table.total is not None else []
            if not lines:
                return self._summed(table, column)
        elif row == "*":
            lines = list(table.lines)[:1]
            if not lines:
                return self._summed(table, column)
        elif row.isdecimal():
            lines = [line for line in table.lines if line.code == row]
        else:
            lines = self._labelled(table, row, column)
        return [_cell(table, line, column) for line in lines if column in line.figures]

    def cells_labelled(self, key: str, row: str, column: str) -> list[Cell]:
        """The figures of the rows of a table whose label is an expression, which may have any sign in it."""
        return self._cells(key, row, column)

    def _labelled(self, table: Found, row: str, column: str) -> list[Line]:
        """The rows that have a label, on the side of the column where a table has two."""
        side = column[:2] if table.form.sided and column[:2] in ("收入", "支出") else ""
        form = re.compile(row)
        return [line for said, line in self._labels(table, side) if form.fullmatch(said)]

    def _labels(self, table: Found, side: str) -> list[tuple[str, Line]]:
        """The labels of a table's rows, on one side where it has two."""
        known = self._labelled_rows.get((table.form.key, side))
        if known is None:
            keys = [f"{side or '支出'}项目"] if table.form.sided else _LABELS
            texts = ((line.texts.get(key, ""), line) for line in table.lines for key in keys)
            known = [(label(text), line) for text, line in texts if text]
            self._labelled_rows[table.form.key, side] = known
        return known

    def _summed(self, table: Found, column: str) -> list[Cell]:
        """A table without a grand total: that of its 类, or nothing at all where it is empty."""
        classes = [line for line in table.lines if len(line.code) == CLASS and column in line.figures]
        if classes:
            cells = [_cell(table, line, column) for line in classes]
            value, slack = added((cell.value for cell in cells), _ZERO), added((cell.slack for cell in cells), _ZERO)
            return [Cell(value, slack, f"{table.name}各类“{_head(table, column)}”之和", table.place)]
        return [Cell(_ZERO, _ZERO, f"{table.name}（空表）", table.place)] if table.empty else []

    def coded(self, key: str, code: str) -> Cell | None:
        """The amount of a 科目 in a table of spending."""
        found = self._cells(key, code, "合计")
        return found[0] if found else None

    def line_cell(self, table: Found, line: Line, column: str) -> list[Cell]:
        """The figure of a row that is known; nothing where the column has none."""
        return [_cell(table, line, column)] if column in line.figures else []

    @cached_property
    def names(self) -> dict[str, dict[str, Names]]:
        """Of every table by functional 科目 the names of its 类, 款 and 项 by code, each with those above it."""
        return {found.form.key: dict(_named(found.lines)) for found in self._tables.all if _functional(found)}


def _functional(found: Found) -> bool:
    return found.form.key != "基本支出" and ("类" in found.columns or "编码" in found.columns)


def _named(lines: Sequence[Line]) -> Iterator[tuple[str, Names]]:
    own = {line.code: flat_text(line.texts.get("科目名称", "")) for line in lines if line.code}
    for code, name in own.items():
        if len(code) in (CLASS, GROUP, ITEM) and name:
            group = own.get(code[:GROUP], "") if len(code) >= GROUP else ""
            yield code, (own.get(code[:CLASS], ""), group, name if len(code) == ITEM else "")


def _cell(table: Found, line: Line, column: str) -> Cell:
    figure = line.figures[column]
    own = line.texts.get(column.replace("数", "名称"), "") if column != "数" else ""
    row = "合计" if line.total else (own or line.name or next((text for text in line.texts.values() if text), ""))
    where = f"“{row}”" if row else f"第 {line.row} 行"
    return Cell(figure.value, figure.slack, f"{table.name}{where}“{_head(table, column)}”", figure.place)


def _head(table: Found, column: str) -> str:
    return table.columns[column].shown
