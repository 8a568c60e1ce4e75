"""Forms of performance: what stands beside a label, and the indicators below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gongkai.findings import Place
from gongkai.intake.export.forms.words import heading, plain
from gongkai.source.workbook.cells import Cell, Kind

from .found import Found
from .grid import Grid

_LEVELS = ("一级", "二级", "三级")
_COLUMNS: Mapping[str, str] = {
    "一级": r"一级指标",
    "二级": r"二级指标",
    "三级": r"三级指标",
    "指标值": r"(年度|预期|目标)?指标值",
    "依据": r"指标值?(设定|设置)依据",
    "权重": r"(指标)?(分值权重|权重|分值)",
    "上年完成值": r"上年(实际)?完成值",
    "赋分规则": r"(指标)?赋分规则",
    "佐证": r"佐证(资料|材料)?",
    "完成值": r"实际完成(指标)?值",
    "得分": r"得分",
    "偏差原因": r"偏差原因.*",
}
_MONEY: Mapping[str, str] = {
    "年初预算": r"年初预算数?",
    "全年预算": r"(全年预算数?|预算数\(调整后\))",
    "执行": r"(全年)?执行数",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell of a form says."""

    text: str
    place: Place


@dataclass
class Form:
    """One form of performance, read."""

    name: str
    beside: dict[str, Said] = field(default_factory=dict)
    """By label: what stands to its right."""
    below: dict[str, Said] = field(default_factory=dict)
    """By label: what stands under it."""
    money: dict[str, dict[str, Said]] = field(default_factory=dict)
    """By the label of a line of money: its amounts by 年初预算, 全年预算, 执行."""
    indicators: list[dict[str, Said]] = field(default_factory=list)


class FormReader:
    """Reads the sheet of one form."""

    def __init__(self, found: Found) -> None:
        self._region = found.region
        self._grid = Grid(found.region.sheet)
        self._form = Form(found.name)

    def read(self) -> Form:
        """The whole form."""
        header = self._indicator_header()
        last = header - 1 if header else self._region.bottom
        for row in range(self._region.top, last + 1):
            self._labels(row)
            self._money(row, last)
        if header:
            self._form.indicators = list(self._indicators(header))
        return self._form

    def _indicator_header(self) -> int:
        for row in range(self._region.top, self._region.bottom + 1):
            if {"一级指标", "三级指标"} <= set(self._grid.heads(row)):
                return row
        return 0

    def _labels(self, row: int) -> None:
        """Every text of a row, with what stands beside it and under it."""
        for column, cell in self._grid.cells(row):
            if cell.kind is not Kind.TEXT:
                continue
            right, bottom = self._end(row, column)
            label = heading(cell.text)
            beside = self._said(row, right + 1)
            if beside is not None:
                self._form.beside.setdefault(label, beside)
            below = self._said(bottom + 1, column)
            if below is not None:
                self._form.below.setdefault(label, below)

    def _end(self, row: int, column: int) -> tuple[int, int]:
        """The last column and row of the cell, merged or not."""
        merge = next((m for m in self._grid.merges(row) if m.left == column), None)
        return (merge.right, merge.bottom) if merge is not None else (column, row)

    def _said(self, row: int, column: int) -> Said | None:
        cell = self._grid.sheet.at(row, column)
        return Said(_text(cell), self._region.place((row, column))) if cell is not None and _text(cell) else None

    def _money(self, row: int, last: int) -> None:
        """Under a row of 年初预算数, 全年预算数, 执行数: the lines of money."""
        heads = {}
        for column, cell in self._grid.cells(row):
            key = _key(_MONEY, cell.text)
            if key:
                heads[key] = column
        if set(heads) != set(_MONEY):
            return
        for line in range(row + 1, last + 1):
            amounts = {key: said for key, column in heads.items() if (said := self._said(line, column)) is not None}
            label = self._label_left_of(line, min(heads.values()))
            if label in ("预期目标", "年度总体目标", ""):
                break
            self._form.money.setdefault(label, amounts)

    def _label_left_of(self, row: int, column: int) -> str:
        texts = [cell.text for at, cell in self._grid.cells(row) if at < column]
        return re.sub(r"^其中:?", "", heading(texts[-1])) if texts else ""

    def _indicators(self, header: int) -> Iterator[dict[str, Said]]:
        columns: dict[str, int] = {}
        for column, cell in self._grid.cells(header):
            key = _key(_COLUMNS, cell.text)
            if key:
                columns.setdefault(key, column)
        before: dict[str, Said] = {}
        for row in range(header + 1, self._region.bottom + 1):
            entry = {key: said for key, column in columns.items() if (said := self._said(row, column)) is not None}
            for level in _LEVELS[:2]:
                before |= {level: entry[level]} if level in entry else {}
            if "三级" in entry and len(entry) > 1:
                yield {**before, **entry}


def _key(known: Mapping[str, str], text: str) -> str:
    said = heading(text)
    return next((key for key, pattern in known.items() if re.fullmatch(pattern, said)), "")


def _text(cell: Cell) -> str:
    """What a cell of a form says, as a reader sees it: 98% and not 0.98; lines stay."""
    said = cell.shown if "%" in cell.shown else cell.text
    return said.strip(" \t\n\u3000\xa0")


def first(said: Mapping[str, Said], *patterns: str) -> Said | None:
    """What stands at the first label that fits one of the patterns."""
    for pattern in patterns:
        for label, found in said.items():
            if re.fullmatch(pattern, label):
                return found
    return None


def is_masked(text: str) -> bool:
    """Whether a text only stands for one that is not published."""
    return not plain(text).strip("×*xX-—/")
