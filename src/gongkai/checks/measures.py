"""What several rules measure by: this year beside last year, and amounts in words of a target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.findings import Path
from gongkai.model.base import ZERO, Explained
from gongkai.model.budget import FISCAL_FUNDS, Fund
from gongkai.model.final import FISCAL_MONEY, Money
from gongkai.model.performance import UnitIndicator
from gongkai.model.self_evaluation import UnitResult
from gongkai.statements.budget_view import income_entries
from gongkai.statements.figures import BudgetFigures, of_fund
from gongkai.statements.final_figures import FinalFigures

from .rule import Figures, disclosure

_COMPARED = re.compile(r"(?P<sign><=|>=|≤|≥|＜=|＞=|<|>|=)?\s*(?P<number>\d+(\.\d+)?)\s*(?P<unit>\D*)", re.ASCII)
_SIGNS = {"≤": "<=", "≥": ">=", "＜=": "<=", "＞=": ">=", "": "="}

COST = "成本"
"""In the name of every indicator group that limits money."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of this year beside last year's (万元), as the prose compares them."""

    path: Path
    what: str
    now: Decimal
    prior: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator asks for or what was reached: ``<=`` 20 万元."""

    sign: str
    number: Decimal
    unit: str

    def met_by(self, reached: Target) -> bool:
        """Whether a result satisfies this target; only results in the same unit can be told."""
        tests = {
            "<=": reached.number <= self.number,
            "<": reached.number < self.number,
            ">=": reached.number >= self.number,
            ">": reached.number > self.number,
            "=": reached.number == self.number,
        }
        return tests[self.sign]


def target_of(text: str) -> Target | None:
    """The target that a text like “>=60场” states, or None for words."""
    match = _COMPARED.fullmatch(text.strip())
    if match is None:
        return None
    sign = match["sign"] or ""
    return Target(_SIGNS.get(sign, sign), Decimal(match["number"]), match["unit"].strip())


def cost_amounts(indicators: Iterable[UnitIndicator | UnitResult], *, reached: bool = False) -> list[Decimal] | None:
    """The amounts (万元) of the cost indicators: limits, or what was reached.

    None when there are none, or when one of them is told in another unit: their sum says nothing then.
    """
    amounts = []
    for indicator in indicators:
        if COST not in indicator.first or "率" in indicator.third:
            continue
        text = indicator.actual if reached and isinstance(indicator, UnitResult) else indicator.target
        target = target_of(text)
        if target is None or target.unit != "万元":
            return None
        amounts.append(target.number)
    return amounts or None


def prior_of(explained: Explained | None) -> Decimal:
    """Last year's figure, 万元; zero when nothing is said."""
    return explained.prior if explained is not None else ZERO


def compared(figures: Figures) -> Iterator[Compared]:
    """Every pair of this and last year that the prose puts side by side."""
    explained = disclosure(figures).running_costs
    yield Compared(("机关运行经费", "上年"), "机关运行经费", figures.running_costs, explained.prior)
    if isinstance(figures, FinalFigures):
        yield from _compared_final(figures)
    else:
        yield from _compared_budget(figures)


def _compared_budget(figures: BudgetFigures) -> Iterator[Compared]:
    budget, general = figures.budget, of_fund(Fund.GENERAL)
    for key, value, explained in income_entries(figures):
        yield Compared(("收入", key, "上年"), key, value, prior_of(explained))
    changes = budget.expenditure_changes
    for name, value, explained in (
        ("基本支出", figures.basic(), changes.basic),
        ("项目支出", figures.project(), changes.project),
        ("一般公共预算基本支出", figures.basic(sources=general), changes.general_basic),
        ("一般公共预算项目支出", figures.project(sources=general), changes.general_project),
    ):
        yield Compared(("支出变动", name, "上年"), name, value, prior_of(explained))
    for i, entry in enumerate(budget.expenditures):
        for fund in FISCAL_FUNDS:
            if fund in entry.changes:
                path: Path = ("支出", i, "变动", fund.value, "上年")
                spent = figures.spent(entry.code, of_fund(fund))
                yield Compared(path, f"科目 {entry.code} 的{fund.value}", spent, entry.changes[fund].prior)
    for name, item in (
        ("因公出国（境）费", budget.three_public.abroad),
        ("公务用车购置费", budget.three_public.vehicle_purchase),
        ("公务用车运行费", budget.three_public.vehicle_running),
        ("公务接待费", budget.three_public.reception),
    ):
        yield Compared(("三公经费", name, "上年"), name, item.total, item.prior)


def fiscal_total(figures: FinalFigures, money: tuple[Money, ...]) -> Decimal:
    """收入支出总计 of fiscal money: what was spent and what is left."""
    return figures.spent(money=money) + figures.closing(money=money)


def _compared_final(figures: FinalFigures) -> Iterator[Compared]:
    account = figures.account
    totals = account.comparisons
    general = figures.spent(money=(Money.GENERAL,))
    yield Compared(("总体变动", "收支总计", "上年"), "收支总计", figures.income_total, totals.total.prior)
    fiscal = fiscal_total(figures, FISCAL_MONEY)
    yield Compared(("总体变动", "财政拨款", "上年"), "财政拨款", fiscal, totals.fiscal.prior)
    yield Compared(("总体变动", "一般公共预算", "上年"), "一般公共预算", general, totals.general.prior)
    for money, stated in ((Money.GOVERNMENT, totals.government), (Money.CAPITAL, totals.capital)):
        if stated is not None:
            path: Path = ("总体变动", money.value, "上年")
            yield Compared(path, money.value, fiscal_total(figures, (money,)), stated.prior)
    for i, item in enumerate(account.accounts):
        for money, change in item.changes.items():
            spent = figures.spent(item.code, (money,))
            path = ("科目收支", i, "变动", money.value, "上年")
            yield Compared(path, f"科目 {item.code} 的{money.value}", spent, change.prior)
    names = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
    for name, part in zip(names, account.three_public.items, strict=True):
        yield Compared(("三公经费", name, "上年"), name, part.spent, part.prior)
