"""What the tables of a budget say of its spending: every cell as a sum over 科目 × 资金来源 × 支出性质."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from gongkai.intake.export.bounds.system import Sum, System
from gongkai.intake.export.facts.labels import Item, income_items, match_label, spending_items
from gongkai.intake.export.reading.amounts import Figure
from gongkai.intake.export.reading.found import Found, Line
from gongkai.intake.export.reading.tables import Tables
from gongkai.model.budget.budget import OwnIncomeKind
from gongkai.model.budget.sources import FISCAL_FUNDS, Fund, Origin, Source
from gongkai.statements.budget.spending import APPROPRIATED, CARRIED, Nature, of_fund

from .meanings import ALL_NATURES, BASIC, FISCAL_CARRIED, OF_LABEL, TOTAL_LABEL, carried_column, column_of, income_label

Var = tuple[str, Source, Nature]
"""科目, 资金来源, 支出性质."""

_KINDS = tuple(kind.value for kind in OwnIncomeKind)
_BY_CODE = ("收入总体", "支出总体", "一般公共预算支出", "政府性基金", "国有资本经营", "项目支出")


@dataclass
class BudgetSums:
    """Fills a system with what the tables of a budget say."""

    tables: Tables
    system: System = field(default_factory=System)
    codes: list[str] = field(default_factory=list)
    """项 with money in any table."""
    short: list[tuple[Found, Line]] = field(default_factory=list)
    """Rows that go no deeper than 类 or 款: no 科目 of a data file."""

    def fill(self) -> System:
        """All tables, one after another."""
        self.codes, self.short = self.tables.items(*_BY_CODE)
        for key in ("收入总体", "支出总体", "一般公共预算支出", "政府性基金", "国有资本经营"):
            found = self.tables.get(key)
            if found is not None:
                self._by_code(found)
        self._projects()
        self._two_sided()
        self._basic_total()
        self._carried_total()
        return self.system

    @cached_property
    def sources(self) -> frozenset[Source]:
        """The sources that the tables know of: where none has a place for it, there is no such money."""
        tables = self.tables
        if tables.get("收支总体") is None and tables.get("收入总体") is None:
            return frozenset(Source)
        upper = tables.has_label("上级一般", "上级政府", "上级国有") or tables.has_column(
            *(source.value for source in Source if source.origin is Origin.UPPER)
        )
        carried = (
            tables.has_label("结转")
            or tables.get("结转结余") is not None
            or tables.has_column("上年结转结余", "财政拨款结转", "非财政拨款结转结余", *(s.value for s in CARRIED))
        )
        special = tables.has_label("财政专户") or tables.has_column("财政专户")
        return frozenset(
            s
            for s in Source
            if (upper or s.origin is not Origin.UPPER)
            and (carried or s.origin is not Origin.CARRIED)
            and (special or s.fund is not Fund.SPECIAL)
        )

    @property
    def has_upper(self) -> bool:
        """Whether the tables tell money of the upper level apart."""
        return Source.GENERAL_UPPER in self.sources

    def natures(self, source: Source) -> Sequence[Nature]:
        """How spending from a source is divided: into 人员经费 and 公用经费 where a table does it."""
        if source.origin is Origin.CARRIED:
            table = self.tables.get("结转结余")
        else:
            keys = {Fund.GOVERNMENT: "政府性基金", Fund.CAPITAL: "国有资本经营"}
            table = self.tables.get(keys.get(source.fund, ""))
        divided = table is not None and any("人员经费" in key for key in table.columns)
        return ALL_NATURES if divided else (Nature.BASIC, Nature.PROJECT)

    @cached_property
    def _vars(self) -> Mapping[str, Sequence[Var]]:
        """The amounts under every 类, 款 and 项, and of all under an empty code."""
        found: dict[str, list[Var]] = {"": []}
        for code in self.codes:
            own = [
                (code, source, nature) for source in Source if source in self.sources for nature in self.natures(source)
            ]
            for level in ("", code[:3], code[:5], code):
                found.setdefault(level, []).extend(own)
        return found

    def terms(self, code: str, sources: Iterable[Source], natures: Iterable[Nature] = ALL_NATURES) -> dict[Var, int]:
        """The amounts under a code from some sources and of some natures."""
        wanted, kinds = set(sources), set(natures)
        return {var: 1 for var in self._vars.get(code, ()) if var[1] in wanted and var[2] in kinds}

    def add(
        self, found: Found, figure: Figure, row: str, column: str, terms: Mapping[Var, int], group: str = ""
    ) -> None:
        """What a cell says of some amounts."""
        found.use(figure)
        what = f"{found.name}{row}“{column}”"
        self.system.add(Sum(terms, figure.value, figure.slack, what, (figure.place,), group))

    def _by_code(self, found: Found) -> None:
        """A table with a row for each 类, 款 and 项."""
        has_children = {line.code[:length] for line in found.lines for length in (3, 5) if len(line.code) > length}
        for line in found.lines:
            if not (line.code or line.total) or (not line.stated and line.code in has_children):
                continue
            for column, figure in line.figures.items():
                group = column_of(found.form.key, column)
                if group is not None and (line.total is False or line.stated):
                    terms = self.terms(line.code, *group)
                    own = line.code if len(line.code) == 7 else ""
                    self.add(found, figure, _row(line), found.columns[column].shown, terms, own)
            self._unit_parts(found, line)
        self._absent(found)

    def _unit_parts(self, found: Found, line: Line) -> None:
        """Where a table has the parts of 单位资金 instead of it: together they are it."""
        parts = [line.figures[kind] for kind in _KINDS if kind in line.figures]
        if not parts or Source.UNIT.value in found.columns or not line.stated:
            return
        self._add_together(found, parts, _row(line), self.terms(line.code, (Source.UNIT,)), line.code)

    def _add_together(
        self, found: Found, parts: Sequence[Figure], row: str, terms: Mapping[Var, int], code: str
    ) -> None:
        """Several cells that together tell of some amounts."""
        value = sum((found.use(part).value for part in parts), Decimal(0))
        slack = sum((part.slack for part in parts), Decimal(0))
        what = f"{found.name}{row}“单位资金”各项"
        group = code if len(code) == 7 else ""
        self.system.add(Sum(terms, value, slack, what, tuple(part.place for part in parts), group))

    def _absent(self, found: Found) -> None:
        """科目 that a table does not list have nothing there, unless its total says that rows are missing."""
        listed = {line.code for line in found.lines}
        absent = [
            code for code in self.codes if code not in listed and not {code[:5], code[:3]} & self._undivided(found)
        ]
        groups = [g for column in found.columns if (g := column_of(found.form.key, column)) is not None]
        if not absent or not groups or not self._adds_up(found):
            return
        for code in absent:
            terms = {var: 1 for group in groups for var in self.terms(code, *group)}
            nothing = Sum(terms, Decimal(0), Decimal(0), f"{found.name}没有 {code} 这一行", (found.place,), code)
            self.system.add(nothing)

    def _undivided(self, found: Found) -> set[str]:
        return {line.code for table, line in self.short if table is found}

    def _adds_up(self, found: Found) -> bool:
        """Whether the 项 of a table come to its total; one without a total is taken to be whole."""
        total = found.total
        if total is None or not total.stated:
            return True
        for column, figure in total.figures.items():
            if column_of(found.form.key, column) is None:
                continue
            parts = [line.figures[column] for line in found.lines if len(line.code) == 7 and column in line.figures]
            slack = sum((part.slack for part in parts), figure.slack)
            if abs(sum((part.value for part in parts), Decimal(0)) - figure.value) > slack:
                return False
        return True

    def _projects(self) -> None:
        """一般公共预算项目支出情况表: its rows under a 科目 are all that this has."""
        found = self.tables.get("项目支出")
        if found is None:
            return
        groups: dict[str, list[Figure]] = {}
        for line in found.lines:
            figure = line.figures.get("合计")
            if figure is None:
                continue
            if len(line.code) == 7:
                groups.setdefault(line.code, []).append(figure)
            elif (line.code or line.total) and line.stated:
                terms = self.terms(line.code, of_fund(Fund.GENERAL), (Nature.PROJECT,))
                self.add(found, figure, _row(line), "合计", terms)
        for code in self.codes:
            parts = groups.get(code, [])
            value = sum((found.use(part).value for part in parts), Decimal(0))
            slack = sum((part.slack for part in parts), Decimal(0))
            terms = self.terms(code, of_fund(Fund.GENERAL), (Nature.PROJECT,))
            places = tuple(part.place for part in parts) or (found.place,)
            self.system.add(Sum(terms, value, slack, f"{found.name}{code} 各项目合计", places, code))

    def _two_sided(self) -> None:
        for key in ("收支总体", "财政拨款收支"):
            found = self.tables.get(key)
            if found is None:
                continue
            items = list(income_items(found))
            with_carried = key == "收支总体" or any(i.carried and _stated(i) for i in items)
            whole = tuple(Source) if key == "收支总体" else (*APPROPRIATED, *(FISCAL_CARRIED if with_carried else ()))
            for item in items:
                self._income_item(found, item, whole)
            for code, item in spending_items(found):
                self._spending_item(found, code, item, whole)

    def _income_item(self, found: Found, item: Item, whole: Sequence[Source]) -> None:
        figure = item.figures.get("收入数")
        if figure is None:
            return
        if match_label(item.label, [(TOTAL_LABEL, "总计")]):
            self.add(found, figure, "", item.label, self.terms("", whole))
            return
        meaning = income_label(item.label, carried=item.carried)
        if meaning and (figure.stated or not _may_be_head(meaning)):
            own = [source for source in OF_LABEL[meaning] if source in whole]  # 本年收入 of one budget is not all of it
            self.add(found, figure, "", item.label, self.terms("", own or OF_LABEL[meaning]))

    def _spending_item(self, found: Found, code: str, item: Item, whole: Sequence[Source]) -> None:
        if not code:
            return
        row = "支出总计" if code == "*" else item.label
        for column, figure in item.figures.items():
            funds = [fund for fund in FISCAL_FUNDS if fund.value == column]
            sources = [s for s in whole if not funds or s.fund is funds[0]]
            terms = self.terms("" if code == "*" else code, sources)
            if code != "*" or figure.stated:
                self.add(found, figure, row, found.columns[column].shown, terms)

    def _basic_total(self) -> None:
        """The total by economic 科目 is 基本支出 of 一般公共预算."""
        found = self.tables.get("基本支出")
        total = found.total if found is not None else None
        if found is not None and total is not None and total.stated and "合计" in total.figures:
            terms = self.terms("", of_fund(Fund.GENERAL), BASIC)
            self.add(found, total.figures["合计"], "合计", "合计", terms)

    def _carried_total(self) -> None:
        """上年结转结余情况明细表: its total by side and nature."""
        found = self.tables.get("结转结余")
        if found is None:
            return
        total = found.total
        lines = [total] if total is not None else []
        if found.empty and not lines:
            terms = self.terms("", CARRIED)
            self.system.add(Sum(terms, Decimal(0), Decimal(0), f"{found.name}为空表", (found.place,)))
        for line in lines:
            for column, figure in line.figures.items():
                side, natures = carried_column(column)
                self.add(found, figure, "合计", found.columns[column].shown, self.terms("", side, natures))


def _stated(item: Item) -> bool:
    return any(figure.value for figure in item.figures.values())


def _may_be_head(meaning: str) -> bool:
    """Whether a label stands often over others with no amount of its own."""
    return meaning in ("本年收入", "财政拨款", "上年结转结余", "财政拨款结转", "非财政拨款结转结余")


def _row(line: Line) -> str:
    return line.code or "合计"
