"""Rules about what must be said: reasons, uses, bases, targets, dates."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.rule import Problem, printed, rule
from gongkai.findings import Level, Path
from gongkai.model.budget.sources import FISCAL_FUNDS
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import of_fund
from gongkai.statements.budget.view import income_entries, nature_entries


@rule("GK421", "请写“{上年: 上年预算数, 原因: 变动的主要原因}”；上年没有的，上年写 0")
def change_explained(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：凡是本年有金额、说明里要写增减的地方，都给了上年数和原因。
    为何重要：没有上年数就算不出增减；没有原因的增减是审核中最常见的缺漏。
    依据：预算法第十四条（对重要事项作出说明）；地方预决算公开操作规程。
    怎样改：在指出的位置补上“上年”和“原因”。
    """
    yield from _income_unexplained(figures)
    yield from _nature_unexplained(figures)
    codes = [entry.code for entry in figures.budget.expenditures]
    for i, entry in enumerate(figures.budget.expenditures):
        repeated = entry.code in codes[:i]  # said already, as a duplicate
        for fund in FISCAL_FUNDS:
            spent = figures.spent(entry.code, of_fund(fund))
            if spent and fund not in entry.changes and not repeated:
                missing = f"科目 {entry.code} 的“变动”里没有写“{fund.value}”的上年数和原因"
                yield Problem(("支出", i, "变动"), f"{missing}（本年 {printed(figures, spent, ('支出',))}）")


def _income_unexplained(figures: BudgetFigures) -> Iterator[Problem]:
    for key, value, explained in income_entries(figures):
        if value and explained is None:
            missing = f"“收入”里没有写“{key}”的上年数和原因"
            yield Problem(("收入", key), f"{missing}（本年 {printed(figures, value, ('收入',))}）")


def _nature_unexplained(figures: BudgetFigures) -> Iterator[Problem]:
    for key, value, explained in nature_entries(figures):
        if value and explained is None:
            missing = f"“支出变动”里没有写“{key}”的上年数和原因"
            yield Problem(("支出变动", key), f"{missing}（本年 {printed(figures, value, ('支出变动',))}）")


@rule("GK422", "请补上；涉密的项目写“涉密: 是”")
def project_described(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：一般公共预算的项目写了政策依据、资金分配和执行时间。
    为何重要：情况说明逐个项目公开这三项。
    依据：项目支出情况说明的规定格式。
    怎样改：补上缺的项；依法不公开的写“涉密: 是”。
    """
    shown = {id(project) for project in figures.general_projects}
    for i, project in enumerate(figures.budget.projects):
        if id(project) not in shown or project.secret:
            continue
        parts = {"政策依据": project.basis, "资金分配": project.allocation, "执行时间": project.period}
        for name, value in parts.items():
            if value is None:
                yield Problem(("项目", i, name), f"项目“{project.name}”没有写“{name}”")


@rule("GK423", "请补上绩效目标", Level.WARNING)
def target_present(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：单位有整体绩效目标，每个不涉密的项目有绩效目标。
    为何重要：每个项目的绩效目标表都要公开。
    依据：预算法第十四条；项目支出绩效目标公开的规定。
    怎样改：补上“整体绩效目标”和各项目的“绩效目标”。
    """
    if figures.budget.unit_target is None:
        yield Problem(("整体绩效目标",), "没有整体绩效目标")
    for i, project in enumerate(figures.budget.projects):
        explained = figures.budget.untargeted_reason is not None and not project.amount_of(*FISCAL_FUNDS)
        if project.target is None and not project.secret and not explained:
            yield Problem(("项目", i, "绩效目标"), f"项目“{project.name}”没有绩效目标")


@rule("GK424", "请在“支出用途”里写明", Level.WARNING)
def use_stated(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：每个有财政拨款的“类”写了主要用途；按资金分开写的，每种资金都写了。
    为何重要：财政拨款收支说明逐类写“主要用于……”。
    依据：财政拨款收支情况说明的规定格式。
    怎样改：在“支出用途”里补上该类，或该类的这种资金。
    """
    uses = figures.budget.uses
    for code in _fiscal_classes(figures):
        stated, name = uses.get(code, {}), f"{code} {figures.name(code)}"
        if not stated:
            yield Problem(("支出用途", code), f"没有写 {name}主要用于什么")
        elif not isinstance(stated, str):
            for fund in figures.paying(code):
                if not figures.use(code, fund):
                    path = ("支出用途", code, fund.value)
                    yield Problem(path, f"没有写 {name}的{fund.value}主要用于什么")


def _fiscal_classes(figures: BudgetFigures) -> list[str]:
    """类 with 财政拨款 of this year."""
    return figures.codes([source for fund in FISCAL_FUNDS for source in of_fund(fund)], level=3)


@rule("GK439", "请按有钱的资金分开写，如 {一般公共预算: 人员工资, 政府性基金预算: 土地收储}", Level.WARNING)
def use_of_each_fund(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：一个“类”有几种财政拨款的，“支出用途”按资金分开写；分开写的，每种都有钱。
    为何重要：各种财政拨款的用途不同，一段话只印在前面一种下面，其余的没有用途。
    依据：财政拨款收支情况说明的规定格式；预算法第五条（各本预算保持完整、独立）。
    怎样改：在该“类”下面分一般公共预算、政府性基金预算、国有资本经营预算写；没有钱的删去。
    """
    for code, stated in figures.budget.uses.items():
        paying, name = figures.paying(code), f"{code} {figures.name(code)}"
        if isinstance(stated, str):
            if len(paying) > 1:
                funds = "、".join(fund.value for fund in paying)
                message = f"{name}有{funds}，用途只写了一段话，只印在{paying[0].value}下面"
                yield Problem(("支出用途", code), message)
            continue
        for fund in stated:
            if fund not in paying:
                message = f"{name}本年没有{fund.value}，写了它的用途，不会印出"
                yield Problem(("支出用途", code, fund.value), message)


@rule("GK425", "请核对年度和公开日期", Level.WARNING)
def published_in_season(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：公开日期在预算年度当年或上一年末。
    为何重要：沿用去年的文件时常忘了改年度或日期。
    依据：预算法第十四条（批复后二十日内公开）。
    怎样改：核对“年度”和“公开日期”。
    """
    published, year = figures.budget.published, figures.budget.year
    path: Path = ("公开日期",)
    if published.year not in {year - 1, year}:
        yield Problem(path, f"{year} 年预算的公开日期是 {published.year} 年")
