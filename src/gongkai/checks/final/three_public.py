"""Rules about “三公”经费 and vehicles of a final account."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checks.rule import Problem, printed, rule, unequal
from gongkai.checks.subjects.three_public import ABROAD, RENT, less_than_its_part, rented
from gongkai.findings import Level, Path
from gongkai.model.final.final_account import FISCAL_MONEY, NO_VARIANCE
from gongkai.model.reading import ZERO
from gongkai.statements.final.figures import FinalFigures

_NO_DIFFERENCE = "车辆与公务用车保有量一致无差异"
_ECONOMIC = {
    "因公出国（境）费": ABROAD,
    "公务接待费": "30217",
    "公务用车运行维护费": "30231",
    "公务用车购置费": "31013",
}


def _cars_are_rented(figures: FinalFigures) -> bool:
    spent = figures.account.three_public
    return rented(spent.vehicle_running.content, spent.vehicle_reason)


@rule("GK456", "请核对“三公经费”和基本支出经济分类")
def three_public_covers_basic(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：“三公”经费各项支出不小于基本支出经济分类里的同名款。
    为何重要：“三公”经费包括基本支出和项目支出两部分，不会比一部分还少；学术交流出国另计，事业单位和部门只警告。
    依据：部门预算支出经济分类 30212、30217、30231、31013。
    怎样改：核对两处金额。
    """
    items = figures.account.three_public.by_name
    for name, code in _ECONOMIC.items():
        item = items[name]
        basic = figures.economic(code)
        if basic > item.spent:
            other = f"，小于基本支出经济分类 {code} 的"
            problem = unequal(figures, ("三公经费", name), name, item.spent, other, basic)
            yield less_than_its_part(problem, code, figures.account)


@rule("GK457", "请核对支出和全年预算；确有差异的写明“差异原因”")
def three_public_budget_explained(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：“三公”经费支出不大于全年预算数；小于的写了差异原因。
    为何重要：超预算支出是违规的，多半是数填错了；有差异而写“严格按照预算执行”是自相矛盾。
    依据：党政机关厉行节约反对浪费条例；全年预算数是调整后的预算数。
    怎样改：核对支出和全年预算，或写明差异原因。
    """
    items = figures.account.three_public
    for name, item in items.by_name.items():
        path: Path = ("三公经费", name)
        if item.spent > item.budget:
            yield unequal(figures, path, f"{name}支出", item.spent, "，大于全年预算", item.budget)
        elif item.spent < item.budget and item.budget_reason == NO_VARIANCE:
            yield unequal(figures, path, f"{name}支出", item.spent, "，小于全年预算", item.budget, "，没有写差异原因")
    spent = sum((item.spent for item in items.items), ZERO)
    budget = sum((item.budget for item in items.items), ZERO)
    if spent != budget and items.budget_reason == NO_VARIANCE:
        yield unequal(figures, ("三公经费",), "“三公”经费支出", spent, "，全年预算", budget, "，没有写差异原因")


@rule("GK463", "请写明“保有量差异原因”；应当一致的核对两个数")
def fleet_difference_explained(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：固定资产车辆与公务用车保有量不同的，写了差异原因。
    为何重要：两个数不同而写“一致无差异”是自相矛盾。
    依据：“三公”经费说明的规定格式。
    怎样改：写明原因，或核对车辆数和保有量。
    """
    running, owned = figures.account.three_public.vehicle_running, figures.account.assets.fleet.count
    if running.fleet != owned and _NO_DIFFERENCE in (running.fleet_reason or _NO_DIFFERENCE):
        message = f"公务用车保有量 {running.fleet} 辆，固定资产车辆 {owned} 辆，没有写差异原因"
        yield Problem(("三公经费", "公务用车运行维护费"), message, Decimal(running.fleet), Decimal(owned))


@rule("GK464", "请补上；没有发生的核对金额")
def three_public_described(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：有支出的“三公”经费写了开支内容，接待费有批次、人次，出国费有团组、人次。
    为何重要：有钱没有内容，或有接待费而接待 0 批次，是公开文件里常见的矛盾。
    依据：预算法第十四条（对机关运行经费等重要事项作出说明）；“三公”经费说明的规定格式。
    怎样改：补上缺的项。
    """
    t = figures.account.three_public
    needed = (
        ("因公出国（境）费", t.abroad, {"content": "开支内容", "groups": "团组数"}),
        ("公务用车购置费", t.vehicle_purchase, {"count": "购置数"}),
        ("公务用车运行维护费", t.vehicle_running, {"content": "开支内容"}),
        ("公务接待费", t.reception, {"content": "开支内容", "batches": "批次"}),
    )
    for name, item, parts in needed:
        spent = f"{name}支出 {printed(figures, item.spent, ('三公经费',))}"
        for field, key in parts.items():
            path: Path = ("三公经费", name, key)
            if not item.spent or getattr(item, field):
                continue
            if field not in item.model_fields_set:
                yield Problem(path, f"{spent}，没有写“{key}”")
            elif item is not t.abroad or not t.abroad.persons:  # one may travel with another unit's group
                yield Problem(path, f"{spent}，{key} 0", level=Level.WARNING)


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
