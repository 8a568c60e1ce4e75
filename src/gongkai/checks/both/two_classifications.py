"""Rules of both kinds of document: one fact that is told by two classifications or in two sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import singledispatch

from gongkai.checks.codes.codes import economic_code_known
from gongkai.checks.rule import Figures, Problem, disagreement, disclosure, printed, rule, unequal
from gongkai.checks.subjects.measures import prior_of
from gongkai.findings import Level
from gongkai.model.reading import ZERO
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.names import is_operating

INSURANCE = {
    "30108": ("2080505",),
    "30109": ("2080506",),
    "30110": ("2101101", "2101102"),
    "30111": ("2101103",),
    "30113": ("2210201",),
}
"""Economic 款 and the functional 项 that are the same money (养老保险、职业年金、医疗、医疗补助、公积金)."""


@rule("GK426", "请核对两处金额；没有单列功能科目、列在“行政运行”等科目里的，可以不管", Level.WARNING)
def insurance_twice_told(figures: Figures) -> Iterator[Problem]:
    """检查什么：养老保险、职业年金、医疗保险、医疗补助、住房公积金按经济分类的数等于对应功能科目的基本支出。
    为何重要：同一笔缴费，两种分类的表上应当是一个数。
    依据：政府收支分类科目（30108 对 2080505，30109 对 2080506，30110 对 21011，30111 对 2101103，30113 对 2210201）。
    怎样改：核对经济分类的款和功能科目的金额。
    """
    economic = disclosure(figures).basic_by_economic
    for item, codes in INSURANCE.items():
        stated = economic.get(item, ZERO)
        paid = figures.general_basic(codes)
        expected = sum(paid, ZERO)
        path, what = ("基本支出经济分类", item), f"{item} {figures.economic_name(item)}"
        names = "、".join(codes)
        if stated and not expected:
            yield Problem(path, f"{what} {printed(figures, stated, path)}，没有对应的功能科目 {names}")
        else:
            other = f"功能科目 {names} 的基本支出"
            yield from disagreement(figures, path, what, stated, other, expected, [stated, *paid])


@rule("GK434", "请核对政府采购各数；含以前年度项目的，可以不管", Level.WARNING)
def procurement_within_spending(figures: Figures) -> Iterator[Problem]:
    """检查什么：政府采购不大于人员经费以外的全部支出。
    为何重要：采购用的是公用经费和项目支出，买得比这两样还多，说明有一个数错了。
    依据：政府采购法第二条（使用财政性资金采购货物、工程和服务）。
    怎样改：核对货物、工程、服务三个数，特别是元和万元。
    """
    personnel, whole = figures.personnel, figures.spending_of_year
    bought = disclosure(figures).procurement.total
    if bought > whole - personnel:
        yield unequal(
            figures, ("政府采购",), "政府采购", bought, "，大于人员经费以外的全部支出", whole - personnel
        )  # fmt: skip


@singledispatch
def _whole_of_running_costs(figures: Figures) -> Iterable[tuple[str, Decimal]]:
    """Of what last year's 机关运行经费 was a part, with its name; nothing where the file does not state it."""
    return ()


@_whole_of_running_costs.register
def _(figures: FinalFigures) -> Iterable[tuple[str, Decimal]]:
    return [("一般公共预算支出", prior_of(figures.account.comparisons.general))]


@_whole_of_running_costs.register
def _(figures: BudgetFigures) -> Iterable[tuple[str, Decimal]]:
    basic = figures.budget.expenditure_changes.general_basic
    return [] if basic is None else [("一般公共预算基本支出", basic.prior)]


@rule("GK435", "请核对机关运行经费的上年数", Level.WARNING)
def running_costs_part_of_basic(figures: Figures) -> Iterator[Problem]:
    """检查什么：机关运行经费的上年数不大于一般公共预算基本支出（决算：支出）的上年数。
    为何重要：机关运行经费就是基本支出里的公用经费，部分不会大于整体。
    依据：预算法第十四条（机关运行经费的安排、使用情况）。
    怎样改：找出上年的公开文件，核对两个上年数。
    """
    part = disclosure(figures).running_costs.prior
    for what, whole in _whole_of_running_costs(figures):
        if part > whole:
            path = ("机关运行经费", "上年")
            yield unequal(figures, path, "机关运行经费的上年数", part, f"，大于{what}的上年数", whole)


@rule("GK436", "请核对数量（面积）和价值", Level.WARNING)
def assets_have_both(figures: Figures) -> Iterator[Problem]:
    """检查什么：车辆、房屋有价值的有数量（面积），车辆有数量的有价值。
    为何重要：“车辆 0 辆，价值 97.27 万元”是公开文件里常见的矛盾。
    依据：国有资产占用情况说明的规定格式。
    怎样改：补上缺的一个数。
    """
    assets, place = disclosure(figures).assets, ("国有资产",)
    for name, count, value in assets.fleet.stated:
        if bool(count) != bool(value):
            yield Problem((*place, "车辆"), f"{name} {count} 辆，价值 {printed(figures, value, place)}")
    if assets.houses.value and not assets.houses.area:
        yield Problem((*place, "房屋"), f"房屋面积为 0，价值 {printed(figures, assets.houses.value, place)}")


@rule("GK438", "请核对“机关运行经费 › 本年”和基本支出经济分类；全部公用经费都是的，不必写“本年”")
def running_costs_part_of_operating(figures: Figures) -> Iterator[Problem]:
    """检查什么：写明的机关运行经费本年数不大于公用经费。
    为何重要：机关运行经费是公用经费里行政单位和参公事业单位的部分，部分不会大于整体。
    依据：预算法第十四条（机关运行经费的安排、使用情况）。
    怎样改：写公用经费减去下属事业单位的部分；没有下属事业单位的，删去“本年”。
    """
    if any(economic_code_known.check(figures)):
        return  # what is 公用经费 is not known
    stated, whole = disclosure(figures).running_costs.current, figures.operating_costs
    if stated is not None and stated > whole:
        path, parts = ("机关运行经费", "本年"), disclosure(figures).basic_by_economic
        typed = [amount for code, amount in parts.items() if is_operating(code)]
        yield from disagreement(figures, path, "机关运行经费的本年数", stated, "只有公用经费", whole, [stated, *typed])
