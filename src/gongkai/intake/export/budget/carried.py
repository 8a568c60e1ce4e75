"""上年结转结余情况明细表 row by row: 科目 of basic spending by their names, and projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.findings import Finding, Level, shown
from gongkai.intake.export.bounds.system import Sum
from gongkai.intake.export.forms.words import plain
from gongkai.intake.export.reading.amounts import Figure
from gongkai.intake.export.reading.found import Found, Line
from gongkai.statements.budget.spending import CARRIED, Nature

from .meanings import carried_column
from .sums import BudgetSums

_BASIC = ("人员经费", "公用经费", "基本支出")
_TOTALS = ("合计", "总计")


@dataclass(frozen=True, slots=True)
class CarriedProject:
    """A project with money carried over, of 财政拨款 or of other money."""

    name: str
    line: Line
    fiscal: Figure | None
    other: Figure | None


class CarriedRows:
    """The rows of the table: what they say of 科目 goes into the sums, projects are kept."""

    def __init__(self, sums: BudgetSums) -> None:
        self._sums = sums
        self._found = sums.tables.get("结转结余")
        self.projects: list[CarriedProject] = []
        self.findings: list[Finding] = []

    def fill(self) -> None:
        """Take in every row but the total."""
        found = self._found
        if found is None:
            return
        names = self._codes_by_name()
        of_subjects = []
        for line in found.lines:
            if line.total or not line.stated:
                continue
            if _stated(line, "项目支出"):
                self._project(found, line)
            elif plain(line.name) in names:
                of_subjects.append(line)
                self._subject(found, line, names[plain(line.name)])
            else:
                self._unknown(found, line)
        self._none_else(found, of_subjects, names)

    def _codes_by_name(self) -> Mapping[str, Sequence[str]]:
        """The 科目 of all tables by their names: 行政运行 is the name of several."""
        found: dict[str, dict[str, None]] = {}
        for table in self._sums.tables.by_key.values():
            for line in table.lines:
                if line.code in self._sums.codes and line.texts.get("科目名称"):
                    found.setdefault(plain(line.texts["科目名称"]), {})[line.code] = None
        return {name: tuple(codes) for name, codes in found.items()}

    def _subject(self, found: Found, line: Line, codes: Sequence[str]) -> None:
        """What is carried over of the basic spending of a 科目."""
        group = codes[0] if len(codes) == 1 else ""
        for column, figure in line.figures.items():
            sources, natures = carried_column(column)
            basic = [nature for nature in natures if nature is not Nature.PROJECT]
            terms = {var: 1 for code in codes for var in self._sums.terms(code, sources, basic)}
            if basic:
                self._sums.add(found, figure, line.name, found.columns[column].shown, terms, group)

    def _none_else(self, found: Found, lines: Sequence[Line], names: Mapping[str, Sequence[str]]) -> None:
        """Where the rows come to the total, no other 科目 has basic spending that was carried over."""
        total = found.total
        stated = {key: figure for key, figure in total.figures.items() if key.endswith(_BASIC)} if total else {}
        for column, figure in stated.items():
            parts = [line.figures[column] for line in found.lines if not line.total and column in line.figures]
            slack = sum((part.slack for part in parts), figure.slack)
            if abs(sum((part.value for part in parts), Decimal(0)) - figure.value) > slack:
                return
        listed = {code for line in lines for code in names[plain(line.name)]}
        basic = [nature for nature in Nature if nature is not Nature.PROJECT]
        for code in self._sums.codes:
            if code not in listed:
                terms = self._sums.terms(code, CARRIED, basic)
                what = f"{found.name}没有 {code} 的基本支出"
                self._sums.system.add(Sum(terms, Decimal(0), Decimal(0), what, (found.place,), code))

    def _project(self, found: Found, line: Line) -> None:
        for figure in line.figures.values():
            found.use(figure)
        sides = [line.figures.get(f"{side}项目支出") for side in ("财政", "非财政")]
        self.projects.append(CarriedProject(line.name.strip(), line, *sides))

    def _unknown(self, found: Found, line: Line) -> None:
        message = f"{found.name}的“{shown(line.name)}”有基本支出，但其他表里没有这个名称的科目，没有取用"
        for figure in line.figures.values():
            found.use(figure)
        self.findings.append(Finding("GK173", Level.WARNING, message, "请核对科目名称", place=line.place))


def _stated(line: Line, leaf: str) -> bool:
    return any(figure.value for key, figure in line.figures.items() if key.endswith(leaf))
