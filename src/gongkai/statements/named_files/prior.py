"""What a file says of its year, by the places where next year's file states it as 上年."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.kinds import KINDS
from gongkai.model.budget.budget import Budget
from gongkai.model.budget.sources import Fund
from gongkai.model.disclosure import Disclosure
from gongkai.model.final.final_account import FISCAL_MONEY, FinalAccount
from gongkai.model.unit import People
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import of_fund
from gongkai.statements.budget.view import income_entries, nature_entries
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.final.view import comparison_entries

from .facts import Entry, Fact, Measure, Use, Where
from .reached import REACHED, reached_facts

PRIOR = "上年"
_NOT_EXPLAINED = {Fund.SPECIAL, Fund.UNIT}
"""Money of which no document explains the 科目 one by one."""


def last_years_facts(disclosure: Disclosure) -> list[Fact]:
    """Everything with which next year's file of the same kind compares."""
    return KINDS[disclosure.kind].facts.value(disclosure)


def facts_of_budget(budget: Budget) -> list[Fact]:
    """What a budget says of its year."""
    return [*_headcounts(budget.profile.staffing), *_budget(BudgetFigures(budget)), *_targets(budget)]


def facts_of_account(account: FinalAccount) -> list[Fact]:
    """What a final account says of its year."""
    heads = _headcounts(account.profile.staffing)
    return [*heads, *_final(FinalFigures(account)), *reached_facts(account, "项目绩效自评", ())]


def _headcounts(people: People) -> Iterator[Fact]:
    """Persons by standing, with which next year's 增减 is reckoned."""
    groups = {"在职": people.serving, "退休": people.retired, "离休": people.veteran_retired}
    for name, group in groups.items():
        yield Fact(("概况", "人员", name), "增减", group.count, Measure.HEADS)


def _prior(where: Where, amount: Decimal) -> Fact:
    return Fact(where, PRIOR, amount)


def _item(where: Where, code: str, money: str, amount: Decimal, *, explained: bool) -> Fact:
    what = f"科目 {code} 有{money}"
    return Fact(where, PRIOR, amount, what=what, missing="GK123" if explained else "")


def _budget(f: BudgetFigures) -> Sequence[Fact]:
    return [
        *(_prior(("收入", key), amount) for key, amount, _ in income_entries(f)),
        *(_prior(("支出变动", key), amount) for key, amount, _ in nature_entries(f)),
        *(
            _item(
                ("支出", Entry("科目", entry.code), "变动", fund.value),
                entry.code,
                fund.value,
                f.spent(entry.code, of_fund(fund)),
                explained=fund not in _NOT_EXPLAINED,
            )
            for entry in f.budget.expenditures
            for fund in Fund
        ),
        *(_prior(("三公经费", name), f.three_public((name,))) for name in f.budget.three_public.by_name),
        _prior(("机关运行经费",), f.running_costs),
    ]


def _targets(budget: Budget) -> Iterator[Fact]:
    """Indicators that were there last year: in this year's file they are not 新增."""
    for project in budget.projects:
        if project.secret or project.target is None:
            continue
        for indicator in project.target.indicators:
            where = ("项目", Entry("名称", project.name), "绩效目标", "指标", Entry("三级", indicator.third))
            what = f"指标“{indicator.third}”上年就有"
            yield Fact(where, REACHED, indicator.target, Measure.TEXT, Use.NEWS, what, code="GK131")


def _final(f: FinalFigures) -> Sequence[Fact]:
    account: FinalAccount = f.account
    return [
        *(_prior(("总体变动", name), amount) for name, amount, _ in comparison_entries(f)),
        *(
            _item(
                ("科目收支", Entry("科目", entry.code), "变动", money.value),
                entry.code,
                money.value,
                f.spent(entry.code, (money,)),
                explained=True,
            )
            for entry in account.accounts
            for money in FISCAL_MONEY
        ),
        *(_prior(("三公经费", name), f.three_public((name,))) for name in account.three_public.by_name),
        _prior(("机关运行经费",), f.running_costs),
    ]
