"""The reasons of a disclosure, each with the two figures whose difference it explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.findings import Path
from gongkai.model.base import Explained
from gongkai.model.budget import Fund
from gongkai.model.final import FISCAL_MONEY, Compared, Money, SpentItem
from gongkai.statements.budget_view import income_entries
from gongkai.statements.figures import BudgetFigures, of_fund
from gongkai.statements.final_figures import FinalFigures

from .rule import Figures
from .texts import texts


@dataclass(frozen=True, slots=True)
class Reason:
    """Why ``now`` is not ``before`` (万元); ``base`` says what ``before`` is: 上年, 年初预算, 全年预算."""

    path: Path
    what: str
    text: str
    now: Decimal
    before: Decimal
    base: str = "上年"

    @property
    def change(self) -> Decimal:
        """本年 − 上年 (决算 − 预算), 万元."""
        return self.now - self.before


@lru_cache(maxsize=2)
def reasons(figures: Figures) -> tuple[Reason, ...]:
    """Every reason that may be published, in the order of the file's sections."""
    found = _of_account(figures) if isinstance(figures, FinalFigures) else _of_budget(figures)
    written = {text.path for text in texts(figures)}
    return tuple(reason for reason in found if reason.path in written)


def _explained(path: Path, what: str, now: Decimal, explained: Explained | None) -> Iterator[Reason]:
    if explained is None:
        return
    yield Reason((*path, "原因"), what, explained.reason, now, explained.prior)
    if isinstance(explained, Compared):
        yield Reason((*path, "差异原因"), what, explained.budget_reason, now, explained.budget, "年初预算")


def _of_budget(f: BudgetFigures) -> Iterator[Reason]:
    for key, value, explained in income_entries(f):
        yield from _explained(("收入", key), key, value, explained)
    for i, entry in enumerate(f.budget.expenditures):
        for fund, explained in entry.changes.items():
            now = f.spent(entry.code, of_fund(fund))
            yield from _explained(("支出", i, "变动", fund.value), f"科目 {entry.code} 的{fund.value}", now, explained)
    changes, general = f.budget.expenditure_changes, of_fund(Fund.GENERAL)
    for key, now, explained in (
        ("基本支出", f.basic(), changes.basic),
        ("项目支出", f.project(), changes.project),
        ("一般公共预算基本支出", f.basic(sources=general), changes.general_basic),
        ("一般公共预算项目支出", f.project(sources=general), changes.general_project),
    ):
        yield from _explained(("支出变动", key), key, now, explained)
    items = f.budget.three_public
    for name, field in type(items).model_fields.items():
        item, key = getattr(items, name), str(field.alias)
        yield Reason(("三公经费", key, "原因"), key, item.reason, item.total, item.prior)
    yield from _explained(("机关运行经费",), "机关运行经费", f.running_costs, f.budget.running_costs)


def _of_account(f: FinalFigures) -> Iterator[Reason]:
    explained: Explained | None
    for i, entry in enumerate(f.account.accounts):
        for money, explained in entry.changes.items():
            now = f.spent(entry.code, (money,))
            path = ("科目收支", i, "变动", money.value)
            yield from _explained(path, f"科目 {entry.code} 的{money.value}", now, explained)
    comparisons = f.account.comparisons

    def received(*money: Money) -> Decimal:
        return f.opening(money=money) + f.appropriation(money=money)

    for key, now, explained in (
        ("收支总计", f.income_total, comparisons.total),
        ("财政拨款", received(*FISCAL_MONEY), comparisons.fiscal),
        ("一般公共预算", f.spent(money=(Money.GENERAL,)), comparisons.general),
        ("政府性基金预算", received(Money.GOVERNMENT), comparisons.government),
        ("国有资本经营预算", received(Money.CAPITAL), comparisons.capital),
    ):
        yield from _explained(("总体变动", key), key, now, explained)
    yield from _travel(f)
    yield from _explained(("机关运行经费",), "机关运行经费", f.running_costs, f.account.running_costs)


def _travel(f: FinalFigures) -> Iterator[Reason]:
    spent = f.account.three_public
    vehicles = (spent.vehicle_purchase, spent.vehicle_running)
    yield _of_items(("原因",), "“三公”经费", spent.reason, spent.items)
    yield _of_items(("差异原因",), "“三公”经费", spent.budget_reason, spent.items, "全年预算")
    yield _of_items(("公务用车原因",), "公务用车购置及运行维护费", spent.vehicle_reason, vehicles)
    for name, reason, item in (
        ("因公出国（境）费", spent.abroad.reason, spent.abroad),
        ("公务用车购置费", "", spent.vehicle_purchase),
        ("公务用车运行维护费", "", spent.vehicle_running),
        ("公务接待费", spent.reception.reason, spent.reception),
    ):
        yield _of_items((name, "原因"), name, reason, (item,))
        yield _of_items((name, "差异原因"), name, item.budget_reason, (item,), "全年预算")


def _of_items(path: Path, what: str, text: str, items: Iterable[SpentItem], base: str = "上年") -> Reason:
    chosen = tuple(items)
    now = sum((item.spent for item in chosen), Decimal(0))
    before = sum((item.prior if base == "上年" else item.budget for item in chosen), Decimal(0))
    return Reason(("三公经费", *path), what, text, now, before, base)
