"""Rules of a final account about sums: last year's totals, budgets by fund, each 科目 by itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checks.rule import Problem, disagreement, printed, rule, unequal
from gongkai.checks.subjects.measures import prior_of
from gongkai.findings import Level, Path
from gongkai.model.final.final_account import FISCAL_MONEY, Compared, Money
from gongkai.model.reading import ZERO
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.totals import rounding_bound


def _stated(figures: FinalFigures) -> dict[Money, Compared | None]:
    totals = figures.account.comparisons
    return {Money.GENERAL: totals.general, Money.GOVERNMENT: totals.government, Money.CAPITAL: totals.capital}


def _item_priors(figures: FinalFigures, money: Money) -> list[Decimal]:
    return [a.changes[money].prior for a in figures.account.accounts if money in a.changes]


@rule("GK467", "请核对上年数；年初结转和结余经过调整、与上年年末不同的，可以不管", Level.WARNING)
def prior_total_is_spent_and_left(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：财政拨款（和政府性基金、国有资本经营预算）收支总计的上年数等于各科目上年数合计加年初结转和结余。
    为何重要：上年支出总计＝上年支出＋上年年末结转，上年年末就是本年年初。
    依据：公开04表：本年支出＋年末结转和结余＝总计；上年也是一样。
    怎样改：找出上年决算公开文件，核对总计和各科目的上年数。
    """
    account, stated = figures.account, _stated(figures)
    parts, items = ZERO, ZERO
    typed: list[Decimal] = []
    for money in FISCAL_MONEY:
        carried = [item.opening.get(money, ZERO) for item in account.accounts]
        amounts = [*_item_priors(figures, money), *carried]
        spent, opening = sum(_item_priors(figures, money), ZERO), sum(carried, ZERO)
        typed += amounts
        whole = prior_of(stated[money])
        parts += whole + opening if money is Money.GENERAL else whole
        items += spent + opening
        if money is not Money.GENERAL and stated[money] is not None:
            yield from disagreement(
                figures, ("总体变动", money.value, "上年"), f"{money.value}收支总计的上年数", whole,
                "各科目上年数加年初结转和结余", spent + opening, [whole, *amounts],
            )  # fmt: skip
    fiscal = account.comparisons.fiscal.prior
    if fiscal not in {parts, items}:  # one of the parts is wrong otherwise, and that is told where it stands
        yield from disagreement(
            figures, ("总体变动", "财政拨款", "上年"), "财政拨款收支总计的上年数", fiscal,
            "各科目上年数加年初结转和结余", items, [fiscal, *typed],
        )  # fmt: skip


@rule("GK468", "请核对“总体变动”里的年初预算数")
def budget_is_that_of_the_funds(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：财政拨款的年初预算数等于一般公共预算、政府性基金预算、国有资本经营预算的年初预算数之和。
    为何重要：财政拨款就是这三本预算。
    依据：预算法第五条；公开04表的结构。
    怎样改：核对四个年初预算数。
    """
    parts = [stated.budget for stated in _stated(figures).values() if stated is not None]
    yield from disagreement(
        figures, ("总体变动", "财政拨款", "年初预算"), "财政拨款的年初预算数",
        figures.account.comparisons.fiscal.budget, "各本预算的年初预算数合计", sum(parts, ZERO),
        [figures.account.comparisons.fiscal.budget, *parts],
    )  # fmt: skip


@rule("GK478", "请核对该科目的收入、支出和年初、年末结转和结余", Level.WARNING)
def other_money_balances_by_item(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：每个科目的非财政拨款资金，年初结转和结余加收入减支出等于年末，差额不大于结余分配或使用的结余。
    为何重要：收入录在一个科目、支出录在另一个科目，合计对得上，各科目的行却对不上。
    依据：部门决算报表：各科目年初、收入、支出、年末的平衡关系。
    怎样改：核对该科目的各数。
    """
    account, other = figures.account, (Money.OTHER,)
    exact = figures.exact
    for i, item in enumerate(account.accounts):
        code = item.code
        before = exact.opening(code, other) + exact.other_income(code)
        after = exact.spent(code, other) + exact.closing(code, other)
        bound = rounding_bound(exact.other_amounts(code))
        free = account.distributed if before > after else account.used_balance
        if abs(before - after) > free + bound:
            path: Path = ("科目收支", i)
            what = f"科目 {code} 的其他资金：年初加收入"
            remark = f"（结余分配、使用结余最多 {printed(figures, free, path)}）" if free else ""
            yield unequal(figures, path, what, before, "，支出加年末", after, remark)


@rule("GK479", "请核对“总体变动”里的上年数")
def prior_fiscal_within_total(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：财政拨款收支总计的上年数不大于收支总计的上年数。
    为何重要：财政拨款是全部收支的一部分。
    依据：公开01表包括公开04表的收支。
    怎样改：核对两个上年数。
    """
    totals = figures.account.comparisons
    if totals.fiscal.prior > totals.total.prior + rounding_bound((totals.fiscal.prior, totals.total.prior)):
        yield unequal(
            figures, ("总体变动", "收支总计", "上年"), "收支总计的上年数", totals.total.prior,
            "，小于财政拨款的上年数", totals.fiscal.prior,
        )  # fmt: skip


@rule("GK485", "请核对正负号；确是超支、垫付等形成的，可以不管", Level.WARNING)
def balances_below_nothing(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：年初、年末结转和结余有负数的，提醒核对一次。
    为何重要：负的结转和结余是有的（支出先于收入、垫付），但多半是减号多打了，合计照减。
    依据：部门决算报表：年初＋收入－支出＝年末，支出大于前两者时为负。
    怎样改：核对正负号和收入、支出；无误的不必改。
    """
    negative = [
        (("科目收支", i, key, money.value), f"科目 {item.code} 的{key}（{money.value}）", amount)
        for i, item in enumerate(figures.account.accounts)
        for key, balances in (("年初结转和结余", item.opening), ("年末结转和结余", item.closing))
        for money, amount in balances.items()
        if amount < 0
    ]
    if negative:
        path, what, amount = negative[0]
        more = f"；另有 {len(negative) - 1} 处负数" if len(negative) > 1 else ""
        yield Problem(path, f"{what}是负数 {printed(figures, amount)}{more}")
