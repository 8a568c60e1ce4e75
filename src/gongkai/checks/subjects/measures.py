"""What several rules measure by: this year beside last year, and amounts in words of a target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

from gongkai.checks.rule import Figures, disclosure
from gongkai.findings import Path
from gongkai.model.base import Explained
from gongkai.model.budget.performance import UnitIndicator
from gongkai.model.budget.sources import FISCAL_FUNDS
from gongkai.model.final.self_evaluation import UnitResult
from gongkai.model.reading import ZERO
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import of_fund
from gongkai.statements.budget.view import income_entries, nature_entries
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.final.view import comparison_entries

_COMPARED = re.compile(
    r"""
    # 例：<=20万元
    (?P<sign><=|>=|≤|≥|＜=|＞=|<|>|=)?\s*(?P<number>\d+(\.\d+)?)\s*(?P<unit>\D*)
    """,
    re.VERBOSE | re.ASCII,
)
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
    yield from _compared(figures)


@singledispatch
def _compared(figures: Figures) -> Iterable[Compared]:
    """The pairs of a kind of document; none where nobody says which."""
    return ()


@_compared.register
def _(figures: BudgetFigures) -> Iterator[Compared]:
    budget = figures.budget
    for key, value, explained in income_entries(figures):
        yield Compared(("收入", key, "上年"), key, value, prior_of(explained))
    for name, value, explained in nature_entries(figures):
        yield Compared(("支出变动", name, "上年"), name, value, prior_of(explained))
    for i, entry in enumerate(budget.expenditures):
        for fund in FISCAL_FUNDS:
            if fund in entry.changes:
                path: Path = ("支出", i, "变动", fund.value, "上年")
                spent = figures.spent(entry.code, of_fund(fund))
                yield Compared(path, f"科目 {entry.code} 的{fund.value}", spent, entry.changes[fund].prior)
    for name, item in budget.three_public.by_name.items():
        yield Compared(("三公经费", name, "上年"), name, item.total, item.prior)


@_compared.register
def _(figures: FinalFigures) -> Iterator[Compared]:
    account = figures.account
    for name, value, stated in comparison_entries(figures):
        if stated is not None:
            yield Compared(("总体变动", name, "上年"), name, value, stated.prior)
    for i, item in enumerate(account.accounts):
        for money, change in item.changes.items():
            spent = figures.spent(item.code, (money,))
            path: Path = ("科目收支", i, "变动", money.value, "上年")
            yield Compared(path, f"科目 {item.code} 的{money.value}", spent, change.prior)
    for name, part in account.three_public.by_name.items():
        yield Compared(("三公经费", name, "上年"), name, part.spent, part.prior)
