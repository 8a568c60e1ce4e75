"""Rules of both kinds of document about what cannot well be: slips of unit, place and year (合理性)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import singledispatch

from gongkai.checks.codes.codes import economic_code_known
from gongkai.checks.rule import Figures, Problem, disclosure, printed, rule, unequal
from gongkai.checks.subjects.measures import Compared, compared, prior_of
from gongkai.findings import Level
from gongkai.prose.numbers import round_half_up
from gongkai.statements.budget.figures import BudgetFigures

_JUMP_SHARE, _JUMP_AMOUNT = Decimal("0.5"), Decimal(5)
_DEAREST, _CHEAPEST = Decimal(100), Decimal(1)
_TOTAL_FACTOR, _PART_FACTOR = 1_000, 5_000
_NEAR = (Decimal(2) / 3, Decimal(3) / 2)


@rule("GK427", "请核对公用经费各款和机关运行经费的上年数；确有其事的，可以不管", Level.WARNING)
def running_costs_steady(figures: Figures) -> Iterator[Problem]:
    """检查什么：机关运行经费与上年相比，变动没有同时超过 50% 和 5 万元。
    为何重要：公用经费按定额安排，突变多半是上年数抄错了。
    依据：预算法第十四条（对机关运行经费的安排、使用情况作出说明）。
    怎样改：核对本年公用经费各款和上年数；写了“本年”的，一并核对。
    """
    if any(economic_code_known.check(figures)):
        return  # what is 公用经费 is not known
    now, prior = figures.running_costs, disclosure(figures).running_costs.prior
    moved = abs(now - prior)
    if prior and moved > prior * _JUMP_SHARE and moved > _JUMP_AMOUNT:
        yield unequal(figures, ("机关运行经费",), "机关运行经费本年", now, "，上年", prior, "，变动超过一半")


@rule("GK428", "请核对在职人数、金额单位和人员经费各款", Level.WARNING)
def pay_per_head(figures: Figures) -> Iterator[Problem]:
    """检查什么：人员经费按在职人数平均，一年在 1 万元到 100 万元之间。
    为何重要：超出这个范围，多半是元和万元弄混了，或者人数错了。
    依据：各地机关事业单位的工资水平。
    怎样改：核对文件开头的“金额单位”、人员经费各款和在职人数。
    """
    serving = disclosure(figures).profile.staffing.serving.count
    if not serving or not figures.staff_costs:
        return
    average = round_half_up(figures.staff_costs / serving, 6)
    if not _CHEAPEST <= average <= _DEAREST:
        message = (
            f"人员经费 {printed(figures, figures.staff_costs)}，在职 {serving} 人，"
            f"平均每人 {printed(figures, average)}，不合常理"
        )
        yield Problem(("基本支出经济分类",), message)


def _far_apart(pair: Compared, factor: int) -> bool:
    low, high = sorted((pair.now, pair.prior))
    return low > 0 and high > low * factor


@rule("GK429", "请核对本年数、上年数和文件开头的“金额单位”", Level.WARNING)
def same_scale(figures: Figures) -> Iterator[Problem]:
    """检查什么：收支总计与上年相差不到一千倍，其他各数不到五千倍。
    为何重要：把元当万元，数就差一万倍。
    依据：同一单位相邻两年的收支规模相近。
    怎样改：核对两年的数是不是同一个单位。
    """
    for pair in _with_total(figures):
        factor = _TOTAL_FACTOR if pair.what == "收支总计" else _PART_FACTOR
        if _far_apart(pair, factor) and _shifted(pair) is None:
            yield unequal(
                figures, pair.path, f"{pair.what}本年", pair.now, "，上年", pair.prior, "，像是元和万元弄混了"
            )


@singledispatch
def _with_total(figures: Figures) -> Iterable[Compared]:
    return compared(figures)


@_with_total.register
def _(figures: BudgetFigures) -> Iterator[Compared]:
    yield from compared(figures)
    changes = figures.budget.expenditure_changes
    prior = prior_of(changes.basic) + prior_of(changes.project)
    yield Compared(("支出变动",), "收支总计", figures.total, prior)


def _shifted(pair: Compared) -> int | None:
    """By how many places the point was moved between two figures of the same digits, if at all.

    Short figures agree by chance (10 and 100), unless a whole 万 lies between them.
    """
    if not pair.now or not pair.prior:
        return None
    now, prior = (Decimal(value).normalize().as_tuple() for value in (pair.now, pair.prior))
    if now.digits != prior.digits:
        return None
    assert isinstance(now.exponent, int), "an amount is finite"
    assert isinstance(prior.exponent, int), "an amount is finite"
    places = abs(now.exponent - prior.exponent)
    return places if places == 4 or (0 < places < 4 and len(now.digits) > 2) else None


@rule("GK430", "请核对小数点和金额单位", Level.WARNING)
def point_in_place(figures: Figures) -> Iterator[Problem]:
    """检查什么：本年数和上年数不是数字相同、只差小数点的位置。
    为何重要：12.34 和 123.4 是抄错小数点的样子，差四位则是元当了万元。
    依据：两年的数恰好相同而只差位数，几乎不会发生。
    怎样改：核对小数点。
    """
    for pair in compared(figures):
        places = _shifted(pair)
        if places is not None:
            remark = f"，数字相同，小数点差 {places} 位"
            yield unequal(figures, pair.path, f"{pair.what}本年", pair.now, "，上年", pair.prior, remark)


@rule("GK431", "请核对是否录错了科目；确属调整科目的，可以不管", Level.WARNING)
def money_in_its_item(figures: Figures) -> Iterator[Problem]:
    """检查什么：没有一个科目本年为零，而同款另一个科目恰好增加了相近的数。
    为何重要：金额录到相邻的科目，合计不变，只有与上年相比才看得出来。
    依据：同一单位的支出结构各年相近。
    怎样改：核对两个科目本年的金额。
    """
    lines = list(_general_items(figures))
    for lost in lines:
        if lost.now or not lost.prior:
            continue
        for gained in lines:
            more = gained.now - gained.prior
            near = _NEAR[0] * lost.prior <= more <= _NEAR[1] * lost.prior
            if near and gained.what != lost.what and gained.what[:5] == lost.what[:5]:
                message = (
                    f"科目 {lost.what} 上年 {printed(figures, lost.prior)}，本年没有；"
                    f"同款的 {gained.what} 增加了 {printed(figures, more)}"
                )
                yield Problem(lost.path, message)


def _general_items(figures: Figures) -> Iterable[Compared]:
    """一般公共预算 of each 科目, this year and last; what is named is the code."""
    for i, code in enumerate(figures.item_codes):
        yield Compared((figures.item_list, i), code, figures.general(code), prior_of(figures.general_change(i)))


@rule("GK432", "有数的请补上；确实没有的，写明 0，如“政府采购: {货物: 0}”“国有资产: {房屋: {面积: 0}}”", Level.WARNING)
def sections_not_forgotten(figures: Figures) -> Iterator[Problem]:
    """检查什么：文件里写了“政府采购”和“国有资产”。
    为何重要：没有写的会印出 0.00，漏填和没有就分不清了。
    依据：预算法第十四条；政府采购、国有资产占用情况是规定的公开内容。
    怎样改：补上该节；没有的写明 0。
    """
    document = disclosure(figures)
    for field, name, what in (("procurement", "政府采购", "金额"), ("assets", "国有资产", "价值")):
        if field not in document.model_fields_set:
            yield Problem((name,), f"没有写“{name}”，{what}将印出 0.00")


@rule("GK433", "请核对人数和增减；增减是与上年相比，减少写负数")
def people_last_year(figures: Figures) -> Iterator[Problem]:
    """检查什么：人数减去增加的人数（上年的人数）不是负数。
    为何重要：增加的人比现有的人还多，说明有一个数错了。
    依据：人数＝上年人数＋增减。
    怎样改：核对人数和增减。
    """
    people = disclosure(figures).profile.staffing
    for name, part in (("在职", people.serving), ("退休", people.retired), ("离休", people.veteran_retired)):
        if part.change > part.count:
            yield Problem(("概况", "人员", name), f"{name} {part.count} 人，比上年增加 {part.change} 人")
