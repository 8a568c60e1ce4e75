"""A budget's derived figures: every sum that tables and prose share, computed in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property

from gongkai.model.base import ZERO, Explained
from gongkai.model.budget import FISCAL_FUNDS, OTHER_FUNDS, Budget, Fund, Origin, OwnIncomeKind, Project, Source

from .economic import EconomicFigures


class Nature(StrEnum):
    """支出性质."""

    STAFF = "人员经费"
    OPERATING = "公用经费"
    BASIC = "基本支出"
    PROJECT = "项目支出"


APPROPRIATED = tuple(s for s in Source if s.fund in FISCAL_FUNDS and s.origin is not Origin.CARRIED)
"""This year's 财政拨款 of own and upper level."""

CARRIED = tuple(s for s in Source if s.origin is Origin.CARRIED)


@cache
def of_fund(fund: Fund) -> tuple[Source, ...]:
    """This year's sources of one fund: own and upper level, nothing carried over."""
    return tuple(s for s in Source if s.fund is fund and s.origin is not Origin.CARRIED)


@dataclass(frozen=True, slots=True)
class Spending:
    """One amount (万元) with its coordinates 功能科目 × 资金来源 × 支出性质."""

    code: str
    source: Source
    nature: Nature
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A 项 with this year's and last year's amount of one fund (万元), and the reason."""

    code: str
    amount: Decimal
    prior: Decimal
    reason: str


class BudgetFigures(EconomicFigures):
    """Sums over a budget's primary facts; all amounts are exact 万元."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.budget = budget
        self.spending = tuple(_spendings(budget))

    def spent(
        self,
        code: str = "",
        sources: Iterable[Source] | None = None,
        natures: Iterable[Nature] | None = None,
    ) -> Decimal:
        """Spending under a 类, 款 or 项 (all without a code) from given sources and of given natures."""
        chosen = frozenset(Source if sources is None else sources)
        kinds = frozenset(Nature if natures is None else natures)
        return sum(
            (s.amount for s in self.spending if s.code.startswith(code) and s.source in chosen and s.nature in kinds),
            ZERO,
        )

    def basic(self, code: str = "", sources: Iterable[Source] | None = None) -> Decimal:
        """基本支出, divided into 人员 and 公用 or not."""
        return self.spent(code, sources, (Nature.BASIC, Nature.STAFF, Nature.OPERATING))

    def project(self, code: str = "", sources: Iterable[Source] | None = None) -> Decimal:
        """项目支出."""
        return self.spent(code, sources, (Nature.PROJECT,))

    def codes(self, sources: Iterable[Source] | None = None, level: int = 7) -> list[str]:
        """Codes of one level with spending from the given sources, in code order."""
        chosen = frozenset(Source if sources is None else sources)
        return sorted({s.code[:level] for s in self.spending if s.amount and s.source in chosen})

    @cached_property
    def total(self) -> Decimal:
        """收支总预算."""
        return self.spent()

    @cached_property
    def current_income(self) -> Decimal:
        """本年收入: everything that was not carried over."""
        return self.total - self.carried

    @cached_property
    def carried(self) -> Decimal:
        """上年结转结余."""
        return self.spent(sources=CARRIED)

    def income(self, source: Source) -> Decimal:
        """The income from a source; budgets balance, so it is what is spent from it."""
        return self.spent(sources=(source,))

    def fund_total(self, fund: Fund) -> Decimal:
        """This year's money of a fund, own and upper level; without what was carried over."""
        return self.spent(sources=of_fund(fund))

    def own_income(self, kind: OwnIncomeKind) -> Decimal:
        """A part of 单位资金; without a stated composition all of it is 其他收入."""
        unit = self.budget.income.unit
        if unit is not None and unit.parts:
            return unit.parts.get(kind, ZERO)
        return self.income(Source.UNIT) if kind is OwnIncomeKind.OTHER else ZERO

    def paying(self, code: str) -> list[Fund]:
        """The fiscal budgets from which a 类 has money this year, in their order."""
        return [fund for fund in FISCAL_FUNDS if self.spent(code, of_fund(fund))]

    def use(self, code: str, fund: Fund) -> str:
        """What a 类 is mainly used for under one budget; one text for several is said under the first alone."""
        stated = self.budget.uses.get(code, "")
        if isinstance(stated, str):
            return stated if self.paying(code)[:1] == [fund] else ""
        return next((text for key, text in stated.items() if key is fund), "")

    @cached_property
    def appropriated(self) -> Decimal:
        """财政拨款收支总预算."""
        return self.spent(sources=APPROPRIATED)

    def item_changes(self, fund: Fund) -> list[ItemChange]:
        """Every 项 with an amount of the fund this year or last year, in code order."""
        found = []
        for entry in sorted(self.budget.expenditures, key=lambda e: e.code):
            current = self.spent(entry.code, of_fund(fund))
            stated = entry.changes.get(fund, Explained.model_construct(prior=ZERO, reason=""))
            if current or stated.prior:
                found.append(ItemChange(entry.code, current, stated.prior, stated.reason))
        return found

    @cached_property
    def general_projects(self) -> Sequence[Project]:
        """Projects with money of 一般公共预算 this year, in file order (section 七, 表 7)."""
        sources = of_fund(Fund.GENERAL)
        return [p for p in self.budget.projects if any(m.amount and m.source in sources for m in p.money)]

    @cached_property
    def fiscal_projects(self) -> Sequence[Project]:
        """Projects with any 财政拨款 of this year."""
        return [p for p in self.budget.projects if p.current_of(*FISCAL_FUNDS)]

    @cached_property
    def other_projects(self) -> Sequence[Project]:
        """Projects with any money of this year that is not 财政拨款; one with both is among the fiscal ones, too."""
        return [p for p in self.budget.projects if p.current_of(*OTHER_FUNDS)]

    @cached_property
    def carried_projects(self) -> Sequence[Project]:
        """Projects with any money carried over from last year."""
        return [p for p in self.budget.projects if p.carried]


def _spendings(budget: Budget) -> Iterable[Spending]:
    for entry in budget.expenditures:
        parts = (
            (Nature.BASIC, entry.basic),
            (Nature.STAFF, entry.staff),
            (Nature.OPERATING, entry.operating),
            (Nature.PROJECT, entry.project),
        )
        for nature, amounts in parts:
            for source, value in amounts.items():
                yield Spending(entry.code, source, nature, value)
