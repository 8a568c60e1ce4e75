"""What a clerk has written and no document prints: where it would be printed, and why it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from gongkai.catalog import ancestors
from gongkai.checks.rule import Figures, Problem, disclosure, rule
from gongkai.checks.subjects.texts import texts
from gongkai.findings import Level, Path, describe
from gongkai.model.budget.sources import FISCAL_FUNDS
from gongkai.model.final.final_account import FISCAL_MONEY, Money
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import of_fund
from gongkai.statements.budget.view import budget_view, income_entries, nature_entries
from gongkai.statements.final.figures import FinalFigures

UNPRINTED = "GK486"
_NOTHING = "本年和上年都是 0"
_ITEMS_FISCAL = "各科目只说明财政拨款的变动"


@rule(UNPRINTED, "用不着的请删去；应当印出的，核对它说的那个数", Level.WARNING)
def written_and_not_printed(figures: Figures) -> Iterator[Problem]:
    """检查什么：写了的话都会印出来；印不出来的，说明为什么。
    为何重要：写了而没有印出的，多半是金额漏填了、改掉了，或者写错了地方。
    依据：公开文件的句子由数据文件得出；模板包里没有的句子不会印。
    怎样改：删去用不着的话；金额漏填的补上。模板包不印的可以不写，换一个模板包才用得着。
    """
    written = {text.path for text in texts(figures)}
    idle = {problem.path for problem in item_of_nothing.check(figures)}
    causes = dict(_not_printed(figures))
    causes |= dict(_of_both(figures))
    for path, cause in causes.items():
        if path in written and path[:2] not in idle:
            yield Problem(path, not_printed(path, cause))


def not_printed(path: Path, cause: str) -> str:
    """That what stands at a path is not printed, and why."""
    return f"“{describe(path)}”写了，但没有印出来：{cause}"


Cause = tuple[Path, str]
"""A text that is not printed, and why."""


def _of_both(figures: Figures) -> Iterator[Cause]:
    document = disclosure(figures)
    for name in document.supplements:
        yield ("补充说明", name), "所用的模板包没有用到它；请核对名称，或看模板包的说明"
    used = set(_used_codes(figures))
    for code in document.names:
        if code not in used:
            yield ("科目名称", code), "各表和说明里没有这个科目"


def _used_codes(figures: Figures) -> Iterator[str]:
    """Every code under which this year or last year has something, with its 类 and 款."""
    codes = set(figures.item_codes)
    economic = {*figures.economic_items(operating=False), *figures.economic_items(operating=True)}
    for code in codes | economic:
        yield from (*ancestors(code), code)


@singledispatch
def _not_printed(figures: Figures) -> Iterable[Cause]:
    """The texts of a kind of document that no form prints, with the causes."""
    return ()


@_not_printed.register
def _(f: BudgetFigures) -> Iterator[Cause]:
    for section, entries in (("收入", income_entries(f)), ("支出变动", nature_entries(f))):
        for key, now, explained in entries:
            if not now and not (explained and explained.prior):
                yield (section, key, "原因"), f"{key}{_NOTHING}"
    yield from _of_items(f)
    for code in f.budget.uses:
        if not f.paying(code):
            yield ("支出用途", code), f"{code} {f.name(code)}本年没有财政拨款"
    yield from _of_projects(f)
    if not budget_view(f).untargeted_count:
        yield ("未公开绩效目标原因",), "没有缺绩效目标表的非财政拨款项目"


def _of_items(f: BudgetFigures) -> Iterator[Cause]:
    for i, entry in enumerate(f.budget.expenditures):
        for fund, change in entry.changes.items():
            path: Path = ("支出", i, "变动", fund.value, "原因")
            if fund not in FISCAL_FUNDS:
                yield path, f"{_ITEMS_FISCAL}，{fund.value}的变动写在“收入”里"
            elif not f.spent(entry.code, of_fund(fund)) and not change.prior:
                yield path, f"科目 {entry.code} 的{fund.value}{_NOTHING}"


def _of_projects(f: BudgetFigures) -> Iterator[Cause]:
    described = {id(project) for project in f.general_projects}
    for i, project in enumerate(f.budget.projects):
        if id(project) in described:
            continue
        cause = "情况说明逐个介绍的只有一般公共预算的项目"
        for key in ("政策依据", "资金分配", "执行时间"):
            yield ("项目", i, key), cause
        if project.target is None:
            yield ("项目", i, "承担单位"), f"{cause}，这个项目也没有绩效目标表"


@_not_printed.register
def _(f: FinalFigures) -> Iterator[Cause]:
    for i, item in enumerate(f.account.accounts):
        for money, change in item.changes.items():
            path: Path = ("科目收支", i, "变动", money.value, "原因")
            if money not in FISCAL_MONEY:
                yield path, _ITEMS_FISCAL
            elif not f.spent(item.code, (money,)) and not change.prior:
                yield path, f"科目 {item.code} 的{money.value}{_NOTHING}"
    totals = f.account.comparisons
    funds = {Money.GENERAL: totals.general, Money.GOVERNMENT: totals.government, Money.CAPITAL: totals.capital}
    for money, stated in funds.items():
        now = f.spent(money=(money,)) if money is Money.GENERAL else f.fund_codes(money)
        priors = [item.changes[money].prior for item in f.account.accounts if money in item.changes]
        if stated and not (now or any((stated.prior, stated.budget, *priors))):
            for key in ("原因", "差异原因"):
                yield ("总体变动", money.value, key), f"{money.value}本年、上年和年初预算都是 0"


@rule("GK487", "请补上漏填的金额；并入别的科目的，删去这一条", Level.WARNING)
def item_of_nothing(figures: Figures) -> Iterator[Problem]:
    """检查什么：列出的每个科目，本年或上年有数。
    为何重要：两年都没有的科目哪张表、哪一句都不印，多半是金额漏填了。
    依据：各表只列有数的科目。
    怎样改：补上金额；确实没有的删去这一条。
    """
    items = list(_items(figures))
    codes = [code for code, _ in items]
    for i, (code, anything) in enumerate(items):
        if not anything and codes.count(code) == 1:  # another rule speaks of a code that is listed twice
            yield Problem((figures.item_list, i), f"科目 {code} {figures.name(code)}{_NOTHING}，各表和说明都不列它")


@singledispatch
def _items(figures: Figures) -> Iterable[tuple[str, bool]]:
    """Every 科目 as it is listed, and whether it has anything in either year."""
    return ()


@_items.register
def _(figures: FinalFigures) -> Iterator[tuple[str, bool]]:
    for item in figures.account.accounts:
        own = (item.to_upper, item.business, item.to_subordinate, *(c.prior for c in item.changes.values()))
        balances = (item.basic, item.project, item.opening, item.closing)
        amounts = (*own, *item.income.values(), *(amount for part in balances for amount in part.values()))
        yield item.code, any(amounts)


@_items.register
def _(figures: BudgetFigures) -> Iterator[tuple[str, bool]]:
    for entry in figures.budget.expenditures:
        parts = (entry.basic, entry.staff, entry.operating, entry.project)
        priors = (change.prior for change in entry.changes.values())
        yield entry.code, any((*priors, *(amount for part in parts for amount in part.values())))
