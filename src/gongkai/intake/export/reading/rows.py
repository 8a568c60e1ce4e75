"""The rows of a table below its header: which 科目 each is of, what it is called, what amounts it has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from gongkai.findings import Finding, Level, shown
from gongkai.intake.export.forms.form import CODE, CODE_PARTS
from gongkai.intake.export.forms.words import DASHES, is_ellipsis, is_mark, is_note, label, plain
from gongkai.source.workbook.cells import Cell, Kind

from .amounts import ZERO, Figure, NoAmountError, in_wan, number_of, slack_of
from .columns import has_amounts
from .found import Column, Line, Region
from .grid import Grid

_TOTALS = frozenset({"合计", "总计", "收入总计", "支出总计", "本年合计"})
_LEVELS = (3, 2, 2)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A row as it stands: texts, and amounts in the unit of the table."""

    row: int
    code: str
    texts: Mapping[str, str]
    amounts: Mapping[str, Decimal | None]


class RowReader:
    """Reads the rows of one table; what is no amount where one is due becomes a finding."""

    def __init__(self, grid: Grid, region: Region, columns: Mapping[str, Column], *, yuan: bool) -> None:
        self._grid = grid
        self._region = region
        self._columns = columns
        self._yuan = yuan
        self._parts = ["", "", ""]
        self.findings: list[Finding] = []
        self.skipped: list[int] = []
        """Rows with texts that are of no 科目, no total and no note."""

    def lines(self) -> list[Line]:
        """The rows in order."""
        raws = [raw for row in self._rows() if (raw := self._raw(row)) is not None]
        stated = [amount for raw in raws for amount in raw.amounts.values() if amount is not None]
        slack = slack_of((in_wan(amount, yuan=self._yuan) for amount in stated), yuan=self._yuan)
        return [self._line(raw, slack) for raw in raws]

    def _rows(self) -> Sequence[int]:
        first, last = self._region.header[1] + 1, self._region.bottom
        for row in range(first, last + 1):
            cells = self._grid.cells(row)
            if len(self._grid.texts(row)) == 1 and len(cells) == 1 and is_note(cells[0][1].text):
                return range(first, row)
        return range(first, last + 1)

    def _raw(self, row: int) -> _Raw | None:
        cells = self._grid.cells(row)
        if not cells or self._numbers_columns(row) or self._is_header_again(row):
            return None
        texts = {key: self._text(row, column) for key, column in self._columns.items() if not has_amounts(key)}
        if any(text and is_ellipsis(text) for text in texts.values()) and not self._grid.has_number(row):
            return None
        amounts: dict[str, Decimal | None] = {}
        for key, column in self._columns.items():
            amount = self._amount(row, column) if has_amounts(key) else _NONE
            if not isinstance(amount, _Nothing):
                amounts[key] = amount
        return _Raw(row, self._code(texts), texts, amounts)

    def _numbers_columns(self, row: int) -> bool:
        """Whether it is the row of ※ and 1, 2, 3 under the header."""
        cells = self._grid.cells(row)
        if len(cells) < 3 or not all(is_mark(cell.text) for _, cell in cells):
            return False
        numbers = [int(said) for _, cell in cells if (said := plain(cell.text)).isdecimal()]
        return bool(numbers) and numbers[0] <= 2 and all(b - a == 1 for a, b in pairwise(numbers))

    def _is_header_again(self, row: int) -> bool:
        """Whether the header is repeated, as on a new page."""
        heads = {column.path[-1] for column in self._columns.values()}
        said = self._grid.heads(row)
        return len(said) > 1 and set(said) <= heads and not self._grid.has_number(row)

    def _text(self, row: int, column: Column) -> str:
        cell = self._grid.sheet.seen_at(row, column.number)
        return cell.text.strip(" \t\n\u3000\xa0") if cell is not None and cell.kind is not Kind.UNKNOWN else ""

    def _amount(self, row: int, column: Column) -> Decimal | _Nothing | None:
        cell = self._grid.sheet.at(row, column.number)
        try:
            return number_of(cell)
        except NoAmountError:
            assert cell is not None
            self._refuse(cell, row, column)
            return _NONE

    def _refuse(self, cell: Cell, row: int, column: Column) -> None:
        place = self._region.place((row, column.number))
        if cell.kind in (Kind.ERROR, Kind.UNKNOWN):
            said = f"是错误值 {cell.text}" if cell.kind is Kind.ERROR else "的公式没有保存结果，程序也算不出"
            message = f"“{column.shown}”这一格{said}，没有取用"
            advice = "请在表格程序里打开、重算后另存，或把这一格改为数"
            self.findings.append(Finding("GK176", Level.WARNING, message, advice, place=place))
            return
        message = f"“{column.shown}”这一格应是金额，现为“{shown(cell.text)}”，没有取用"
        self.findings.append(Finding("GK173", Level.WARNING, message, "请改为数；没有金额的留空", place=place))

    def _code(self, texts: Mapping[str, str]) -> str:
        """The code of a row: in one cell, or in three of which the left ones may only be said once."""
        if CODE in texts or "编码1" in texts:
            return digits(texts.get(CODE, texts.get("编码1", "")))
        parts = [digits(texts.get(part, "")) for part in CODE_PARTS]
        if not any(parts):
            return ""
        if len(parts[0]) > _LEVELS[0]:
            return parts[0]
        deepest = max(level for level, part in enumerate(parts) if part)
        for level, part in enumerate(parts):
            if part:
                self._parts[level] = part.zfill(_LEVELS[level])
            elif level > deepest:
                self._parts[level] = ""
        for level in range(deepest + 1, 3):
            self._parts[level] = ""
        return "".join(self._parts[: deepest + 1])

    def _line(self, raw: _Raw, slack: Decimal) -> Line:
        figures = {key: self._figure(raw.row, key, amount, slack) for key, amount in raw.amounts.items()}
        place = self._region.place((raw.row, min(c.number for c in self._columns.values())))
        line = Line(raw.row, place, raw.code, False, raw.texts, figures)
        return replace(line, total=self._is_total(raw)) if not raw.code else line

    def _is_total(self, raw: _Raw) -> bool:
        """Whether the row is the grand total: the words may stand in any of its cells of text, merged or not."""
        cells = self._grid.cells(raw.row)
        return any(cell.kind is Kind.TEXT and label(cell.text) in _TOTALS for _, cell in cells)

    def _figure(self, row: int, key: str, amount: Decimal | None, slack: Decimal) -> Figure:
        place = self._region.place((row, self._columns[key].number))
        if not amount:
            return Figure(ZERO, ZERO, place, stated=amount is not None)
        return Figure(in_wan(amount, yuan=self._yuan), slack, place)


class _Nothing:
    """What stands for an amount that could not be read."""


_NONE = _Nothing()


def digits(text: str) -> str:
    """The code that a cell says: 201, 13.00 (a number with decimals), 201-13-01; empty for what is none."""
    said = plain(text)
    if not said or DASHES.match(said):
        return ""
    said = re.sub(r"\.0+$", "", said)
    found = re.fullmatch(r"\d[\d\-.]*\d|\d", said, re.ASCII) or re.match(r"\d{3,7}(?=\D)", said, re.ASCII)
    return re.sub(r"\D", "", found[0]) if found else ""
