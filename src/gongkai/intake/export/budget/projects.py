"""项目 of a budget: those of 一般公共预算 from their table, and what was carried over of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from gongkai.findings import Finding, Level, Path, shown
from gongkai.intake.export.bounds.decided import Decided
from gongkai.intake.export.budget.classes import ECONOMIC_CLASSES
from gongkai.intake.export.facts.draft import Draft, from_table, likely
from gongkai.intake.export.imported import Origin as From
from gongkai.intake.export.imported import Question
from gongkai.intake.export.reading.amounts import Figure
from gongkai.intake.export.reading.found import Found, Line
from gongkai.model.budget.sources import Fund, Origin, Source
from gongkai.statements.budget.spending import Nature, of_fund

from .carried import CarriedProject
from .sums import BudgetSums, Var

SECTION = "项目"
HIDDEN_NAME = "特定目标"
_ONE_SOURCE = "这个科目的项目支出只有这一种来源，但项目表不写来源"
_BY_AMOUNT = "项目的金额与这种来源的金额相同，据此推定"
_HIDDEN = "表里的名称是“特定目标”，按涉密项目推定；请填上真实名称"
_MOST_PROJECTS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the projects' table: a project under one 科目."""

    name: str
    code: str
    line: Line


def rows_of(found: Found) -> Iterator[Row]:
    """The rows of projects; a row without a code goes on under the one before it."""
    code = ""
    for line in found.lines:
        name = " ".join(line.texts.get("项目名称", "").split())
        code = line.code or code
        if name and len(code) == 7 and line.stated:
            yield Row(name, code, line)


class GeneralProjects:
    """States the projects of 一般公共预算 and asks where the money of each comes from, if the tables leave it open."""

    def __init__(self, sums: BudgetSums, decided: Mapping[Var, Decided], draft: Draft) -> None:
        self._found = sums.tables.get("项目支出")
        self._decided = decided
        self._sums = sums
        self._draft = draft
        self._rows = list(rows_of(self._found)) if self._found is not None else []
        self._paths: dict[str, Path] = {}

    def state(self) -> None:
        """Every project once, its money row by row."""
        found = self._found
        if found is None:
            return
        for line in found.lines:
            for figure in line.figures.values():
                found.use(figure)
        for row in self._rows:
            path = self._project(found, row)
            source, origin = self._source(row)
            for economic, figure in self._classes(found, row):
                self._money(path, row, economic, figure, source, origin)
        self._hold_columns(found)

    def _project(self, found: Found, row: Row) -> Path:
        place = (found.region.place((row.line.row, found.columns["项目名称"].number)),)
        secret = row.name == HIDDEN_NAME
        key = f"{row.name}#{row.line.row}" if secret else row.name
        if key not in self._paths:
            again = sum(1 for known in self._paths if secret and known.startswith(f"{HIDDEN_NAME}#"))
            origin = likely(found.name, place, _HIDDEN) if secret else from_table(found.name, place)
            self._paths[key] = self._draft.entry((SECTION,), "名称", row.name, origin, again)
            if secret:
                self._draft.text((*self._paths[key], "涉密"), "是", likely(found.name, place, _HIDDEN))
        return self._paths[key]

    def _classes(self, found: Found, row: Row) -> Iterator[tuple[str, Figure]]:
        """The money of a row by economic 类; the whole where no column divides it."""
        figures = row.line.figures
        whole = figures.get("合计")
        parts = [(code, figures[code]) for code in ECONOMIC_CLASSES if code in figures and figures[code].value]
        both = sum((part.value for _, part in parts), Decimal(0))
        slack = sum((part.slack for _, part in parts), whole.slack if whole else Decimal(0))
        if not parts and whole is not None:
            yield "", whole
            return
        if whole is not None and abs(both - whole.value) > slack:
            message = f"{found.name}“{shown(row.name)}”合计是 {whole.value:,.2f} 万元，各类相加是 {both:,.2f} 万元"
            finding = Finding("GK172", Level.ERROR, message, "请核对表里的数", (), whole.place, whole.value, both)
            self._draft.findings.append(finding)
        yield from parts

    def _money(self, path: Path, row: Row, economic: str, figure: Figure, source: str, origin: From) -> None:
        assert self._found is not None
        table, places = self._found.name, (figure.place,)
        at = self._entry(path, row.code, economic, source, from_table(table, places))
        if at is None:
            return
        if economic:
            self._draft.text((*at, "经济分类"), economic, from_table(table, places))
        if source:
            self._draft.text((*at, "来源"), source, origin)
        else:
            possible = self._possible(row.code)
            what = f"项目“{shown(row.name)}”在 {row.code} 的资金，来源是{'还是'.join(possible)}"
            guess = self._by_amount(row, possible, guessing=True) or None
            self._draft.ask(Question((*at, "来源"), what, likely=guess, places=places))
        self._draft.amount((*at, "金额"), figure.value, from_table(table, places))

    def _entry(self, path: Path, code: str, economic: str, source: str, origin: From) -> Path | None:
        """A new line of a project's money; None where what is known has such a line already."""
        known = self._draft.known_lines((*path, "资金"))
        if any(line.get("科目") == code and (line.get("经济分类", "") or "")[:3] == economic for line in known):
            return None
        return self._draft.append((*path, "资金"), {"科目": code}, origin)

    def _possible(self, code: str) -> list[str]:
        """The sources from which the projects of a 科目 may have money."""
        return [
            var[1].value
            for var in self._sums.terms(code, of_fund(Fund.GENERAL), (Nature.PROJECT,))
            if (fact := self._decided[var]).is_something and fact.bounds.high != 0
        ]

    def _source(self, row: Row) -> tuple[str, From]:
        """Where the money of a row comes from; empty where it is open."""
        assert self._found is not None
        places = (row.line.place,)
        possible = self._possible(row.code)
        if len(possible) == 1:
            return possible[0], from_table(self._found.name, places)
        return self._by_amount(row, possible), likely(self._found.name, places, _BY_AMOUNT)

    def _by_amount(self, row: Row, possible: Sequence[str], *, guessing: bool = False) -> str:
        """Where in one way only the projects of a 科目 come to what it has of each source: the row's source.

        ``guessing`` reckons with what it likely has, where that is open.
        """
        facts = {
            var[1].value: self._likely(var) if guessing else self._decided[var].value
            for var in self._sums.terms(row.code, of_fund(Fund.GENERAL), (Nature.PROJECT,))
            if var[1].value in possible
        }
        same = [other for other in self._rows if other.code == row.code]
        first, *rest = facts.items() if facts else [("", None)]
        if len(rest) != 1 or first[1] is None or rest[0][1] is None or len(same) > _MOST_PROJECTS:
            return ""
        ways = [
            chosen
            for size in range(1, len(same))
            for chosen in combinations(range(len(same)), size)
            if abs(sum((_whole(same[i]) for i in chosen), Decimal(0)) - first[1]) <= Decimal("0.01")
        ]
        if len(ways) != 1:
            return ""
        return first[0] if same.index(row) in ways[0] else rest[0][0]

    def _likely(self, var: Var) -> Decimal | None:
        fact = self._decided[var]
        return fact.guess if fact.value is None else fact.value

    def _hold_columns(self, found: Found) -> None:
        """The rows of 类 and 款, and the total, against the projects under them, by economic 类."""
        for line in found.lines:
            if len(line.code) == 7 or not line.stated or not (line.code or line.total):
                continue
            below = [row.line for row in self._rows if row.code.startswith(line.code)]
            for column in ECONOMIC_CLASSES:
                if column in line.figures:
                    parts = [other.figures[column] for other in below if column in other.figures]
                    self._hold(found, line, line.figures[column], parts)

    def _hold(self, found: Found, line: Line, whole: Figure, parts: Sequence[Figure]) -> None:
        both = sum((part.value for part in parts), Decimal(0))
        if abs(both - whole.value) > sum((part.slack for part in parts), whole.slack):
            head = found.columns[next(key for key, f in line.figures.items() if f is whole)].shown
            message = (
                f"{found.name}{line.code or '合计'}“{head}”是 {whole.value:,.2f} 万元，各项目相加是 {both:,.2f} 万元"
            )
            finding = Finding("GK172", Level.ERROR, message, "请核对表里的数", (), whole.place, whole.value, both)
            self._draft.findings.append(finding)

    def carried(self, table: str, projects: Sequence[CarriedProject]) -> None:
        """What was carried over of projects: under the 科目 that has as much, or has the project's other money."""
        for project in projects:
            for figure, fiscal in ((project.fiscal, True), (project.other, False)):
                if figure is not None and figure.value:
                    self._carried(table, project, figure, fiscal=fiscal)

    def _carried(self, table: str, project: CarriedProject, figure: Figure, *, fiscal: bool) -> None:
        places = (figure.place,)
        path = self._draft.entry((SECTION,), "名称", project.name, from_table(table, places))
        vars_ = [
            var
            for var in self._sums.terms("", Source, (Nature.PROJECT,))
            if var[1].origin is Origin.CARRIED
            and (var[1].fund in (Fund.GENERAL, Fund.GOVERNMENT, Fund.CAPITAL)) is fiscal
            and (value := self._decided[var].value) is not None
            and value
            and abs(value - figure.value) <= Decimal("0.01")
        ]
        codes = {row.code for row in self._rows if row.name == project.name}
        named = [var for var in vars_ if var[0] in codes] or vars_
        if len(named) != 1:
            what = f"项目“{shown(project.name)}”上年结转的 {figure.value:,.2f} 万元，是哪个科目、哪种资金的"
            self._draft.ask(Question((*path, "资金"), what, places=places))
            return
        code, source, _ = named[0]
        why = "只有这个科目结转了这样多的钱，据此推定"
        known = self._draft.known_lines((*path, "资金"))
        if any(line.get("科目") == code and line.get("来源") == source.value for line in known):
            return
        at = self._draft.append((*path, "资金"), {"科目": code}, likely(table, places, why))
        self._draft.text((*at, "来源"), source.value, likely(table, places, why))
        self._draft.amount((*at, "金额"), figure.value, from_table(table, places))


def _whole(row: Row) -> Decimal:
    figure = row.line.figures.get("合计")
    return figure.value if figure is not None else Decimal(0)
