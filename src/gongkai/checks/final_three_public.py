"""Rules about “三公”经费 and vehicles of a final account."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.findings import Level
from gongkai.model.final import FISCAL_MONEY
from gongkai.model.reading import ZERO
from gongkai.statements.final_figures import FinalFigures

from .rule import Problem, printed, rule, unequal
from .three_public import RENT, rented


def _cars_are_rented(figures: FinalFigures) -> bool:
    spent = figures.account.three_public
    return rented(spent.vehicle_running.content, spent.vehicle_reason)


@rule("GK475", "请核对“三公经费”和项目支出", Level.WARNING)
def three_public_has_its_money(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：“三公”经费支出不大于基本支出同名款和财政拨款项目支出之和。
    为何重要：“三公”经费总要从这些钱里出，比它们还多就没有来处。
    依据：部门预算支出经济分类 30212、30217、30231、31013。
    怎样改：核对“三公经费”各项支出；租用车辆的，在开支内容或公务用车原因里写明，其他交通费用也算在内。
    """
    spent = sum((item.spent for item in figures.account.three_public.items), ZERO)
    basic = sum((figures.economic(code) for code in ("30212", "30217", "30231", "31013")), ZERO)
    if _cars_are_rented(figures):
        basic += figures.economic(RENT)
    possible = basic + figures.project(money=FISCAL_MONEY)
    if spent > possible:
        other = "，大于基本支出同名款和财政拨款项目支出的合计"
        yield unequal(figures, ("三公经费",), "“三公”经费支出", spent, other, possible)


@rule("GK476", "请核对车辆数和金额", Level.WARNING)
def vehicles_and_money(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：有公务用车运行维护费的有保有量，写了购置数的有购置费。
    为何重要：没有车而有运行费、买了车而没有花钱，都是一眼可见的矛盾。
    依据：“三公”经费说明的规定格式。
    怎样改：核对车辆数和金额。
    """
    running = figures.account.three_public.vehicle_running
    bought = figures.account.three_public.vehicle_purchase
    if running.spent and not running.fleet and not _cars_are_rented(figures):
        message = f"公务用车运行维护费 {printed(figures, running.spent, ('三公经费',))}，保有量 0 辆"
        yield Problem(("三公经费", "公务用车运行维护费"), message)
    if bought.count and not bought.spent:
        message = f"公务用车购置数 {bought.count} 辆，购置费 {printed(figures, ZERO, ('三公经费',))}"
        yield Problem(("三公经费", "公务用车购置费"), message)


@rule("GK477", "请核对团组数、批次和人次")
def parties_have_people(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：人次不小于团组数（批次）。
    为何重要：一个团组、一批接待至少有一个人；两个数常写颠倒。
    依据：“三公”经费说明的规定格式。
    怎样改：核对两个数是否写颠倒了。
    """
    spent = figures.account.three_public
    for name, key, parties, persons in (
        ("因公出国（境）费", "团组数", spent.abroad.groups, spent.abroad.persons),
        ("公务接待费", "批次", spent.reception.batches, spent.reception.persons),
    ):
        if parties > persons:
            message = f"{name}：{key} {parties}，大于人次 {persons}"
            yield Problem(("三公经费", name, key), message, Decimal(parties), Decimal(persons))
