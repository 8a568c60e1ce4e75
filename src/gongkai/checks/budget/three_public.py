"""Rules about “三公”经费 and vehicles of a budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checks.rule import Problem, printed, rule, unequal
from gongkai.checks.subjects.three_public import ABROAD, RENT, less_than_its_part, rented
from gongkai.findings import Level
from gongkai.model.budget.sources import Fund
from gongkai.model.reading import ZERO
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import CARRIED, of_fund
from gongkai.statements.totals import leeway

GOODS = {"因公出国（境）费": ABROAD, "公务接待费": "30217", "公务用车运行费": "30231"}
PURCHASE = {"公务用车购置费": "31013"}


def _project_amounts(figures: BudgetFigures, economic: str) -> list[Decimal]:
    """This year's 一般公共预算 of projects under exactly one economic 款 or 类."""
    return [
        money.amount
        for project in figures.budget.projects
        for money in project.money
        if money.economic == economic and money.source in of_fund(Fund.GENERAL)
    ]


def _in_projects(figures: BudgetFigures, economic: str) -> Decimal:
    return sum(_project_amounts(figures, economic), ZERO)


@rule("GK407", "请核对“三公经费”、基本支出经济分类和项目的经济分类")
def three_public_covers_parts(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：“三公”经费各项不小于基本支出经济分类和各项目里的同名款。
    为何重要：表10包括基本支出和项目支出里的全部“三公”经费，不会比一部分还少；学术交流出国另计，事业单位和部门只警告。
    依据：部门预算支出经济分类 30212、30217、30231、31013。
    怎样改：核对各处金额；项目里另有“三公”经费的，表10应更大。
    """
    items = figures.budget.three_public.by_name
    for name, code in (GOODS | PURCHASE).items():
        item, in_projects = items[name], _in_projects(figures, code)
        parts = figures.budget.basic_by_economic.get(code, ZERO) + in_projects
        typed = [item.general, figures.budget.basic_by_economic.get(code, ZERO), *_project_amounts(figures, code)]
        if parts > item.general + leeway(typed):
            where = "基本支出和项目里" if in_projects else "基本支出经济分类里"
            problem = unequal(figures, ("三公经费", name), name, item.general, f"，小于{where} {code} 的", parts)
            yield less_than_its_part(problem, code, figures.budget)


@rule("GK412", "请核对“三公经费”；项目里用到的，核对项目的经济分类", Level.WARNING)
def three_public_has_its_money(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：“三公”经费不大于基本支出同名款和项目里商品和服务支出（购置费：资本性支出）之和。
    为何重要：项目只公开到“类”，但“三公”经费总要从这些钱里出，比它们还多就没有来处。
    依据：部门预算支出经济分类：302 商品和服务支出、309 和 310 资本性支出。
    怎样改：核对“三公经费”的金额和项目的经济分类；租用车辆的，在公务用车运行费的原因里写明，其他交通费用也算在内。
    """
    carried = figures.spent(sources=[source for source in CARRIED if source.fund is Fund.GENERAL])
    for names, classes, money in (
        (GOODS, ("302",), "商品和服务支出"),
        (PURCHASE, ("309", "310", "30913"), "资本性支出"),
    ):
        items = [(name, figures.budget.three_public.by_name[name].general) for name in names]
        stated = sum((amount for _, amount in items), ZERO)
        known = sum(
            (figures.budget.basic_by_economic.get(c, ZERO) + _in_projects(figures, c) for c in names.values()), ZERO
        )
        if names is GOODS and rented(figures.budget.three_public.vehicle_running.reason):
            known += figures.budget.basic_by_economic.get(RENT, ZERO) + _in_projects(figures, RENT)
        possible = known + sum((_in_projects(figures, code) for code in classes), ZERO) + carried
        if stated > possible:
            largest = max(items, key=lambda item: item[1])[0]
            other = f"，大于基本支出同名款和项目里{money}的合计"
            yield unequal(figures, ("三公经费", largest), "、".join(names), stated, other, possible)


@rule("GK413", "请核对“三公经费”的资金来源")
def three_public_of_its_fund(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：从政府性基金、国有资本经营预算开支的“三公”经费不大于该预算的全部支出。
    为何重要：没有这笔预算，就没有从它开支的“三公”经费。
    依据：表10按资金来源分列，合计不大于表8、表9。
    怎样改：核对金额写在哪一种来源下。
    """
    items = figures.budget.three_public.by_name.values()
    for fund, amounts in (
        (Fund.GOVERNMENT, [item.government for item in items]),
        (Fund.CAPITAL, [item.capital for item in items]),
    ):
        stated = sum(amounts, ZERO)
        paid = [s.amount for s in figures.spending if s.source.fund is fund]
        spent = sum(paid, ZERO)
        if stated > spent + leeway([*amounts, *paid]):
            yield unequal(figures, ("三公经费",), f"{fund.value}的“三公”经费", stated, f"，大于{fund.value}支出", spent)


@rule("GK414", "请核对“国有资产 › 车辆”和公务用车运行费；租用车辆的，在原因里写明", Level.WARNING)
def running_needs_vehicles(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：有公务用车运行费的，有车辆或者本年购置车辆。
    为何重要：没有车而有运行费，是公开文件里一眼可见的矛盾。
    依据：“三公”经费和国有资产占用情况说的是同一批车。
    怎样改：补上车辆，或核对运行费。
    """
    item, assets = figures.budget.three_public.vehicle_running, figures.budget.assets
    running = item.total
    bought = assets.planned.vehicles or figures.budget.three_public.vehicle_purchase.total
    if running and not assets.fleet.count and not bought and not rented(item.reason):
        message = f"公务用车运行费 {printed(figures, running, ('三公经费',))}，而车辆 0 辆，也没有购置"
        yield Problem(("三公经费", "公务用车运行费"), message)


@rule("GK415", "请核对两处；购置的不是公务用车的（如专用车辆），可以不管", Level.WARNING)
def purchase_planned(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：“本年购置”的车辆经费等于“三公”经费里的公务用车购置费。
    为何重要：一处写购置，另一处写“未安排购置车辆经费”，就自相矛盾。
    依据：国有资产占用情况说明和表10说的是同一笔购置。
    怎样改：核对“国有资产 › 本年购置 › 车辆经费”和公务用车购置费。
    """
    planned, bought = figures.budget.assets.planned.vehicles, figures.budget.three_public.vehicle_purchase.total
    if planned != bought:
        path = ("国有资产", "本年购置", "车辆经费")
        yield unequal(figures, path, "本年购置的车辆经费", planned, "，公务用车购置费", bought)


@rule("GK418", "请核对来源：上年结转结余的钱，来源写“……结转”或“……结转结余”", Level.WARNING)
def balance_is_carried(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：名称里有“结转”“结余”的项目，资金来源是上年结转结余。
    为何重要：上年结余当作本年收入，表1的“上年结转结余”和表11就空了，收入也多算了。
    依据：表1、表11的结构；预算法实施条例第六条。
    怎样改：把来源改为结转结余，或核对项目名称。
    """
    for i, project in enumerate(figures.budget.projects):
        if project.secret or not any(word in project.name for word in ("结转", "结余")):
            continue
        if all(money.source not in CARRIED for money in project.money):
            total = printed(figures, project.amount_of(), ("项目",))
            yield Problem(("项目", i, "资金"), f"项目“{project.name}”{total}，来源都是本年的，没有上年结转结余")
