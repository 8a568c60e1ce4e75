"""Rules about the performance targets of a budget (绩效目标)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.checks.rule import Problem, rule, unequal
from gongkai.checks.subjects.measures import cost_amounts, target_of
from gongkai.findings import Level
from gongkai.model.budget.performance import UnitIndicator
from gongkai.model.reading import ZERO
from gongkai.statements.budget.figures import BudgetFigures

_PEOPLE = re.compile(r"在职|办公人员")


@rule("GK417", "请核对项目资金和成本指标；成本指标没有列全的，可以不管", Level.WARNING)
def cost_targets_are_the_money(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：项目的经济成本指标（“<=20万元”）合计等于项目资金。
    为何重要：成本指标把项目的钱分到各项用途，合计应是年度预算总额。
    依据：项目支出绩效目标表的填报要求。
    怎样改：核对各成本指标和项目资金。
    """
    for i, project in enumerate(figures.budget.projects):
        if project.secret or project.target is None:
            continue
        limits = cost_amounts(project.target.indicators)
        if limits is not None and sum(limits, ZERO) != project.amount_of():
            what = f"项目“{project.name}”的成本指标合计"
            path = ("项目", i, "绩效目标", "指标")
            yield unequal(figures, path, what, sum(limits, ZERO), "，项目资金", project.amount_of())


@rule("GK419", "请核对两处的指标值", Level.WARNING)
def same_indicator_same_target(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：整体绩效目标和项目绩效目标里同名的指标，指标值相同。
    为何重要：同一份文件里同一个指标定了两个目标，完成得怎样就说不清了。
    依据：项目绩效目标是整体绩效目标的分解。
    怎样改：核对两处的指标值。
    """
    unit = figures.budget.unit_target
    if unit is None:
        return
    targets = {_plain(indicator): indicator for indicator in unit.indicators}
    for i, project in enumerate(figures.budget.projects):
        if project.secret or project.target is None:
            continue
        for j, indicator in enumerate(project.target.indicators):
            whole = targets.get(_plain(indicator))
            if whole is not None and target_of(whole.target) != target_of(indicator.target):
                message = f"“{indicator.third}”的指标值是 {indicator.target}，整体绩效目标里是 {whole.target}"
                yield Problem(("项目", i, "绩效目标", "指标", j, "指标值"), message)


def _plain(indicator: UnitIndicator) -> str:
    return re.sub(r"[（(].*?[）)]|\s", "", indicator.third)


@rule("GK437", "请核对指标里的人数和在职人数；只管一部分人的，可以不管", Level.WARNING)
def people_in_targets(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：绩效指标里的在职人数、办公人员数与概况里的在职人数相同。
    为何重要：同一份文件里人数写了两处，常有一处没有更新。
    依据：绩效目标以单位的实际情况为依据。
    怎样改：核对两处的人数。
    """
    serving = figures.budget.profile.staffing.serving.count
    targets = [(("整体绩效目标", "指标"), figures.budget.unit_target)]
    projects = [
        (("项目", i, "绩效目标", "指标"), p.target) for i, p in enumerate(figures.budget.projects) if not p.secret
    ]
    for path, target in (*targets, *projects):
        for j, indicator in enumerate(target.indicators if target is not None else ()):
            stated = target_of(indicator.target) if _PEOPLE.search(indicator.third) else None
            if stated is not None and stated.unit in {"人", "名"} and stated.number != serving:
                message = f"“{indicator.third}”{stated.number:f} 人，在职 {serving} 人"
                yield Problem((*path, j, "指标值"), message, stated.number, Decimal(serving))
