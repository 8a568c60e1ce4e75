"""What a file says of its year, by the places where next year's file states it as 上年."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gongkai.findings import Path
from gongkai.model.budget import Budget, Fund
from gongkai.model.disclosure import Disclosure
from gongkai.model.final import FISCAL_MONEY, FinalAccount
from gongkai.model.unit import People

from .budget_view import income_entries, nature_entries
from .figures import BudgetFigures, of_fund
from .final_figures import FinalFigures
from .final_view import comparison_entries

ITEMS: Mapping[str, str] = {"预算": "支出", "决算": "科目收支"}
"""The list that has an entry for every 科目; in the paths below the 科目 stands for the entry."""


def next_years_priors(disclosure: Disclosure) -> Mapping[Path, Decimal]:
    """Every figure (万元) that next year's file compares with, by the path of the mapping that has 上年."""
    if isinstance(disclosure, Budget):
        return _budget(BudgetFigures(disclosure))
    return _final(FinalFigures(disclosure))


def headcounts(disclosure: Disclosure) -> Mapping[Path, int]:
    """Persons by standing, with which next year's 增减 is reckoned."""
    people: People = disclosure.profile.staffing
    groups = {"在职": people.serving, "退休": people.retired, "离休": people.veteran_retired}
    return {("概况", "人员", name): group.count for name, group in groups.items()}


def _budget(f: BudgetFigures) -> Mapping[Path, Decimal]:
    return {
        **{("收入", key): amount for key, amount, _ in income_entries(f)},
        **{("支出变动", key): amount for key, amount, _ in nature_entries(f)},
        **{
            ("支出", entry.code, "变动", fund.value): f.spent(entry.code, of_fund(fund))
            for entry in f.budget.expenditures
            for fund in Fund
        },
        **{("三公经费", name): f.three_public((name,)) for name in f.budget.three_public.by_name},
        ("机关运行经费",): f.running_costs,
    }


def _final(f: FinalFigures) -> Mapping[Path, Decimal]:
    account: FinalAccount = f.account
    return {
        **{("总体变动", name): amount for name, amount, _ in comparison_entries(f)},
        **{
            ("科目收支", entry.code, "变动", money.value): f.spent(entry.code, (money,))
            for entry in account.accounts
            for money in FISCAL_MONEY
        },
        **{("三公经费", name): f.three_public((name,)) for name in account.three_public.by_name},
        ("机关运行经费",): f.running_costs,
    }
