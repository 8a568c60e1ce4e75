"""Projects and targets of the year's budget (预算文件), held against the self-evaluation of the final account."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from gongkai.checks.rule import in_file_unit, printed
from gongkai.findings import Finding, Level, Path
from gongkai.model.budget.budget import Project
from gongkai.model.budget.sources import Fund
from gongkai.model.final.final_account import Money
from gongkai.model.final.self_evaluation import ProjectEvaluation
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.final.figures import FinalFigures

_SECTION = "项目绩效自评"
_MANY = 3


def planned(figures: FinalFigures, plan: BudgetFigures) -> Iterator[Finding]:
    """Projects that were planned and are not evaluated, or the other way round, and targets without a result."""
    yield from _funds(figures, plan)
    here = {_plain(project.name): i for i, project in enumerate(figures.account.project_evaluations)}
    there = {_plain(project.name) for project in plan.budget.projects}
    unknown = [p.name for p in figures.account.project_evaluations if _plain(p.name) not in there and not p.secret]
    for number, project in enumerate(plan.budget.projects, 1):
        index = here.get(_plain(project.name))
        if index is None:
            yield from _not_evaluated(figures, project, number, unknown)
        elif not project.secret:
            yield from _without_result(figures, project, index)
    for i, evaluation in enumerate(figures.account.project_evaluations):
        if _plain(evaluation.name) not in there:
            yield from _not_planned(figures, evaluation, i)


def _funds(figures: FinalFigures, plan: BudgetFigures) -> Iterator[Finding]:
    """A fund that was planned, of which nothing is said: where it was spent, a rule about 总体变动 asks for it."""
    stated = figures.account.comparisons
    for money, fund, compared in (
        (Money.GOVERNMENT, Fund.GOVERNMENT, stated.government),
        (Money.CAPITAL, Fund.CAPITAL, stated.capital),
    ):
        amount = plan.fund_total(fund)
        if amount and compared is None and not figures.fiscal_total((money,)):
            message = f"预算文件里{fund.value}有 {printed(figures, amount)}，“总体变动”里没有写{fund.value}"
            advice = f"请补上“{fund.value}”：{{上年: …, 原因: …, 差异原因: …}}；年初预算由预算文件得出"
            yield Finding("GK130", Level.WARNING, message, advice, ("总体变动",))


def _not_evaluated(figures: FinalFigures, project: Project, number: int, unknown: list[str]) -> Iterator[Finding]:
    amount = project.amount_of()
    if not amount:
        return
    near = () if project.secret else get_close_matches(project.name, unknown, n=1, cutoff=0.7)
    which = f"第 {number} 个项目（涉密）" if project.secret else f"项目“{project.name}”"
    message = f"预算文件里的{which}预算 {printed(figures, amount)}，这里没有它的自评"
    advice = f"是否就是“{near[0]}”？名称要一样" if near else "请补上；年中取消、并入别的项目的，在“其他说明”里说明"
    yield Finding("GK130", Level.WARNING, message, advice, (_SECTION,))


def _not_planned(figures: FinalFigures, project: ProjectEvaluation, index: int) -> Iterator[Finding]:
    """年初预算 of a project that the budget does not have: money that was added in the year is none."""
    for name, line in (("财政拨款", project.fiscal), ("其他资金", project.other)):
        if line.original:
            which = "这个涉密项目" if project.secret else f"项目“{project.name}”"
            message = f"{which}写了{name}的年初预算 {printed(figures, line.original)}，预算文件里没有这个项目"
            advice = "请核对名称；年中追加的项目，年初预算写 0"
            path: Path = (_SECTION, index, name, "年初预算")
            yield Finding(
                "GK130", Level.WARNING, message, advice, path, stated=in_file_unit(figures, line.original)
            )  # fmt: skip


def _without_result(figures: FinalFigures, project: Project, index: int) -> Iterator[Finding]:
    evaluation = figures.account.project_evaluations[index]
    if evaluation.secret or project.target is None:
        return
    results = {_plain(result.third) for result in evaluation.results}
    left = [i.third for i in project.target.indicators if _plain(i.third) not in results]
    if left:
        told = "、".join(f"“{name}”" for name in left[:_MANY]) + ("等" if len(left) > _MANY else "")
        message = f"项目“{evaluation.name}”在预算文件里的 {len(left)} 个指标这里没有结果：{told}"
        advice = "年初设定的指标都要自评：请补上，或把名称改得与预算文件一样"
        yield Finding("GK132", Level.WARNING, message, advice, (_SECTION, index, "指标"))


def _plain(name: str) -> str:
    return "".join(name.split())
