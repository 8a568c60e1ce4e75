"""The reasons of a disclosure, each with the two figures whose difference it explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache, singledispatch

from gongkai.checks.rule import Figures
from gongkai.findings import Path
from gongkai.model.base import Explained
from gongkai.model.final.final_account import Compared, SpentItem
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import of_fund
from gongkai.statements.budget.view import income_entries, nature_entries
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.final.view import comparison_entries

from .own_reasons import of_comparisons, of_facts
from .reason import Reason
from .texts import texts


@lru_cache(maxsize=2)
def reasons(figures: Figures) -> tuple[Reason, ...]:
    """Every reason that may be published, in the order of the file's sections."""
    written = {text.path for text in texts(figures)}
    asked = [*_written(figures), *of_facts(figures)]
    return tuple(reason for reason in asked if reason.path in written)


def _explained(f: Figures, path: Path, what: str, now: Decimal, explained: Explained | None) -> Iterator[Reason]:
    if explained is None:
        return
    yield Reason((*path, "原因"), what, explained.reason, now, explained.prior)
    if isinstance(explained, Compared):
        yield Reason((*path, "差异原因"), what, explained.budget_reason, now, explained.budget, "年初预算")
    yield from of_comparisons(f, path, what, now, explained)


@singledispatch
def _written(figures: Figures) -> Iterable[Reason]:
    """The reasons of a kind of document; none where nobody says which."""
    return ()


@_written.register
def _(f: BudgetFigures) -> Iterator[Reason]:
    for key, value, explained in income_entries(f):
        yield from _explained(f, ("收入", key), key, value, explained)
    for i, entry in enumerate(f.budget.expenditures):
        for fund, explained in entry.changes.items():
            now = f.spent(entry.code, of_fund(fund))
            path: Path = ("支出", i, "变动", fund.value)
            yield from _explained(f, path, f"科目 {entry.code} 的{fund.value}", now, explained)
    for key, now, explained in nature_entries(f):
        yield from _explained(f, ("支出变动", key), key, now, explained)
    for key, item in f.budget.three_public.by_name.items():
        yield Reason(("三公经费", key, "原因"), key, item.reason, item.total, item.prior)
        yield from of_comparisons(f, ("三公经费", key), key, item.total, item)
    yield from _explained(f, ("机关运行经费",), "机关运行经费", f.running_costs, f.budget.running_costs)


@_written.register
def _(f: FinalFigures) -> Iterator[Reason]:
    explained: Explained | None
    for i, entry in enumerate(f.account.accounts):
        for money, explained in entry.changes.items():
            now = f.spent(entry.code, (money,))
            path = ("科目收支", i, "变动", money.value)
            yield from _explained(f, path, f"科目 {entry.code} 的{money.value}", now, explained)
    for key, now, explained in comparison_entries(f):
        yield from _explained(f, ("总体变动", key), key, now, explained)
    yield from _of_three_public(f)
    yield from _explained(f, ("机关运行经费",), "机关运行经费", f.running_costs, f.account.running_costs)


def _of_three_public(f: FinalFigures) -> Iterator[Reason]:
    spent = f.account.three_public
    vehicles = (spent.vehicle_purchase, spent.vehicle_running)
    yield _of_items(("原因",), "“三公”经费", spent.reason, spent.items)
    yield _of_items(("差异原因",), "“三公”经费", spent.budget_reason, spent.items, "全年预算")
    yield _of_items(("公务用车原因",), "公务用车购置及运行维护费", spent.vehicle_reason, vehicles)
    for name, item in spent.by_name.items():
        yield _of_items((name, "原因"), name, item.own_reason, (item,))
        yield _of_items((name, "差异原因"), name, item.budget_reason, (item,), "全年预算")
        yield from of_comparisons(f, ("三公经费", name), name, item.spent, item)


def _of_items(path: Path, what: str, text: str, items: Iterable[SpentItem], base: str = "上年") -> Reason:
    chosen = tuple(items)
    now = sum((item.spent for item in chosen), Decimal(0))
    before = sum((item.prior if base == "上年" else item.budget for item in chosen), Decimal(0))
    return Reason(("三公经费", *path), what, text, now, before, base)
