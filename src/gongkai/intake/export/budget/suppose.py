"""What is supposed where the tables of a budget leave it open, each with its reason; what cannot be is not supposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gongkai.intake.export.bounds.system import Bounds, System
from gongkai.model.budget.sources import FISCAL_FUNDS, Fund, Origin, Source
from gongkai.statements.budget.spending import Nature

from .sums import BudgetSums, Var

SAME_MONEY = "上年结转的钱，按与本年同一种资金性质推定"
ONE_BUDGET = "一个科目的财政拨款，按只属于一本预算推定"
_CLASS_OF_CAPITAL = "223"
_ROUNDED = Decimal("0.06")
"""万元: what the rounding of a few cells leaves of an amount that is decided."""


def suppose(sums: BudgetSums) -> Mapping[Var, str]:
    """Narrow the bounds by what is usual; the amounts that only this decided, each with the reason."""
    reasons: dict[Var, str] = {}
    for why, groups in ((SAME_MONEY, _other_carried(sums)), (ONE_BUDGET, _other_budgets(sums))):
        for none in groups:
            _suppose(sums, none, why, reasons)
    return reasons


def _suppose(sums: BudgetSums, none: list[Var], why: str, reasons: dict[Var, str]) -> None:
    system = sums.system
    open_before = [var for var in sums.terms("", Source) if _is_open(system, var)]
    if none and system.suppose(none):
        system.drop_tails()
        for var in open_before:
            if not _is_open(system, var):
                reasons.setdefault(var, why)


def _is_open(system: System, var: Var) -> bool:
    width = system.bounds(var).width
    return width is None or width > _ROUNDED


def _other_carried(sums: BudgetSums) -> Iterable[list[Var]]:
    """By 科目: what was carried over of funds that it has no money of this year."""
    for code in sums.codes:
        for funds in (FISCAL_FUNDS, (Fund.SPECIAL, Fund.UNIT)):
            current = [fund for fund in funds if _has_money(sums, code, fund)]
            if not current and code.startswith(_CLASS_OF_CAPITAL) and Fund.CAPITAL in funds:
                current = [Fund.CAPITAL]
            if len(current) != 1:
                continue
            others = [s for s in Source if s.origin is Origin.CARRIED and s.fund in funds and s.fund not in current]
            yield [var for var in sums.terms(code, others) if _is_open(sums.system, var)]


def _other_budgets(sums: BudgetSums) -> Iterable[list[Var]]:
    """By 科目: the two other budgets, where it is certain that one pays for it."""
    for code in sums.codes:
        certain = [fund for fund in FISCAL_FUNDS if _has_money(sums, code, fund)]
        if len(certain) == 1:
            others = [s for s in Source if s.fund in FISCAL_FUNDS and s.fund not in certain]
            yield [var for var in sums.terms(code, others) if _is_open(sums.system, var)]


def _has_money(sums: BudgetSums, code: str, fund: Fund) -> bool:
    """Whether it is certain that a 科目 has money of a fund this year."""
    sources = [s for s in Source if s.fund is fund and s.origin is not Origin.CARRIED]
    return any((sums.system.bounds(var).low or 0) > 0 for var in sums.terms(code, sources))


def likely_amounts(sums: BudgetSums) -> Mapping[Var, Bounds]:
    """The likely values of what stays open: money of the upper level is for projects, what is left is as usual.

    Nothing of it is stated; it is what a question proposes.
    """
    system = sums.system
    saved = system.snapshot()
    for code in sums.codes:
        upper = [s for s in Source if s.origin is Origin.UPPER]
        basic = sums.terms(code, upper, [n for n in Nature if n is not Nature.PROJECT])
        system.suppose([var for var in basic if _is_open(system, var)])
    found = {var: system.bounds(var) for var in sums.terms("", Source)}
    system.restore(saved)
    return found
