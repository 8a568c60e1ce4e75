"""Rules about the self-evaluation (绩效自评) of a final account: its money and its scores."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checks.rule import Problem, printed, rule, unequal
from gongkai.checks.subjects.measures import Target, cost_amounts, target_of
from gongkai.findings import Level, Path
from gongkai.model.final.final_account import FISCAL_MONEY, Money
from gongkai.model.final.self_evaluation import ProjectResult, UnitResult
from gongkai.model.reading import ZERO
from gongkai.prose.numbers import percent, ratio_percent, round_half_up
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.final.self_evaluation import add

_PRINTED = Decimal("0.01")
"""万元; two figures that are printed each by itself may differ by this much."""

_CONTROL_RATE = "成本控制率"
_PROPORTIONAL = "按照正常比例赋分"
_LINEAR_SINCE = 2024
_FULL = Decimal(100)


@rule("GK469", "请核对整体自评的资金和决算各数；照公开文件录入而不同的，可以不管", Level.WARNING)
def unit_evaluation_by_fund(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：整体自评的财政资金、其他资金，全年预算等于决算的收入总计，执行等于决算的支出。
    为何重要：合计对得上而两行不对，是把钱写错了行；一个原因常使几个数一起不同，只说一次。
    依据：绩效自评表和部门决算报表出自同一套账。
    怎样改：核对“整体绩效自评 › 资金”各行。
    """
    evaluation = figures.account.unit_evaluation
    if evaluation is None:
        return
    funding = evaluation.funding
    fiscal = add(tuple(line for line in funding.lines if line is not funding.other))
    whole = figures.fiscal_total(FISCAL_MONEY)
    compared = (
        ("财政资金全年预算", fiscal.adjusted, "财政拨款收入总计", whole),
        ("财政资金执行", fiscal.spent, "财政拨款支出", figures.spent(money=FISCAL_MONEY)),
        ("其他资金全年预算", funding.other.adjusted, "财政拨款以外的收入总计", figures.income_total - whole),
        ("其他资金执行", funding.other.spent, "财政拨款以外的支出", figures.spent(money=(Money.OTHER,))),
    )
    apart = [line for line in compared if abs(line[1] - line[3]) > _PRINTED]
    if apart:
        what, stated, other, expected = apart[0]
        others = [
            f"{name} {printed(figures, wrong)}（应为 {printed(figures, right)}）" for name, wrong, _, right in apart[1:]
        ]
        remark = f"；一起不同的还有{'、'.join(others)}" if others else ""
        path: Path = ("整体绩效自评", "资金")
        yield unequal(figures, path, f"整体自评的{what}", stated, f"，{other}", expected, remark)


@rule("GK470", "请核对项目自评的执行数；有项目没有自评的，请补上", Level.WARNING)
def projects_all_evaluated(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：各项目自评的执行数之和等于项目支出，财政拨款和其他资金各自相等。
    为何重要：比项目支出多，说明有数错了；少，说明有项目没有自评。
    依据：项目支出绩效自评要覆盖全部项目。
    怎样改：核对“项目绩效自评”里的资金，补上没有自评的项目。
    """
    projects = figures.account.project_evaluations
    for name, stated, expected in (
        ("财政拨款", sum((p.fiscal.spent for p in projects), ZERO), figures.project(money=FISCAL_MONEY)),
        ("其他资金", sum((p.other.spent for p in projects), ZERO), figures.project(money=(Money.OTHER,))),
    ):
        if abs(stated - expected) > _PRINTED:
            relation = "大于" if stated > expected else "小于"
            what = f"各项目自评的{name}执行合计"
            yield unequal(
                figures, ("项目绩效自评",), what, stated, f"，{relation}{name}的项目支出", expected
            )  # fmt: skip


@rule("GK471", "请核对项目的年初预算；年中追加的钱不写在年初预算里", Level.WARNING)
def project_budgets_within_budget(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：各项目财政拨款的年初预算之和不大于财政拨款的年初预算数。
    为何重要：部分比整体大，多半是把年中追加的钱写进了年初预算。
    依据：项目支出是部门预算的一部分。
    怎样改：核对各项目的年初预算。
    """
    stated = sum((project.fiscal.original for project in figures.account.project_evaluations), ZERO)
    whole = figures.account.comparisons.fiscal.budget
    if stated > whole + _PRINTED:
        what = "各项目财政拨款年初预算合计"
        yield unequal(figures, ("项目绩效自评",), what, stated, "，大于财政拨款的年初预算数", whole)


@rule("GK472", "请核对成本指标的完成值和项目的执行数；成本指标没有列全的，可以不管", Level.WARNING)
def cost_results_are_the_money(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：项目成本指标的完成值合计等于项目的执行数。
    为何重要：成本指标的完成值就是各项用途花的钱，合计应是执行数。
    依据：绩效自评表的填报要求。
    怎样改：核对各成本指标的完成值和执行数。
    """
    for i, project in enumerate(figures.account.project_evaluations):
        if project.secret:
            continue
        reached = cost_amounts(project.results, reached=True)
        spent = project.fiscal.spent + project.other.spent
        if reached is not None and abs(sum(reached, ZERO) - spent) > _PRINTED:
            what = f"项目“{project.name}”成本指标的完成值合计"
            yield unequal(figures, ("项目绩效自评", i, "指标"), what, sum(reached, ZERO), "，执行", spent)


def _results(figures: FinalFigures) -> Iterator[tuple[Path, UnitResult]]:
    account = figures.account
    if account.unit_evaluation is not None:
        for j, result in enumerate(account.unit_evaluation.results):
            yield ("整体绩效自评", "指标", j), result
    for i, project in enumerate(account.project_evaluations):
        for j, part in enumerate(project.results if not project.secret else ()):
            yield ("项目绩效自评", i, "指标", j), part


def _scored_above_sixty(result: UnitResult, target: Target, reached: Target) -> bool:
    """Whether the score is what the rule of 超过六成部分 gives: 权重 × (完成比例 − 60 %) ÷ 40 %.

    The forms of 2023 score every indicator of proportion so, limits that were kept among them.
    """
    rates = [reached.number] if target.unit in {"%", "％"} else []
    rates += [ratio_percent(reached.number, target.number)] if target.number else []
    scores = (result.weight * max(ZERO, min(rate, _FULL) - 60) / 40 for rate in rates)
    return any(round_half_up(score) == result.score for score in scores)


@rule("GK473", "请核对完成值和得分", Level.WARNING)
def score_follows_result(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：完成值达到指标值的得满分，没有达到的不得满分；得分照“超过六成部分”算出来的不算。
    为何重要：超出成本上限还得满分，得分就不可信了。
    依据：绩效自评表的赋分规则。
    怎样改：核对指标值、完成值和得分。
    """
    for path, result in _results(figures):
        target, reached = target_of(result.target), target_of(result.actual)
        if target is None or reached is None or target.unit != reached.unit:
            continue
        met, full = target.met_by(reached), result.score == result.weight
        told = f"“{result.third}”指标值 {result.target}，完成值 {result.actual}"
        if full and not met:
            yield Problem((*path, "得分"), f"{told}，没有达到，却得了满分 {result.score:f} 分")
        elif (
            met and reached.number and result.score < result.weight and not _scored_above_sixty(result, target, reached)
        ):
            message = f"{told}，已经达到，得分 {result.score:f}，权重 {result.weight:f}"
            yield Problem((*path, "得分"), message, result.score, result.weight)


@rule("GK474", "请核对完成值、权重和得分", Level.WARNING)
def score_in_proportion(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：没有达到“>=”“=”目标、按比例赋分的指标，得分＝权重×完成值÷指标值（2024 年起的规则）。
    为何重要：得分由完成值算出来，算错了总分也就错了。
    依据：绩效自评表的赋分规则“按照正常比例赋分”。
    怎样改：照比例重算得分。
    """
    if figures.account.year < _LINEAR_SINCE:
        return
    for path, result in _results(figures):
        target, reached = target_of(result.target), target_of(result.actual)
        if target is None or reached is None or target.unit != reached.unit or target.met_by(reached):
            continue
        scoring = result.scoring if isinstance(result, ProjectResult) else _PROPORTIONAL
        upward = target.sign in {">=", ">"} or (target.sign == "=" and reached.number < target.number)
        if scoring != _PROPORTIONAL or not upward or not target.number or result.score >= result.weight:
            continue
        expected = round_half_up(result.weight * reached.number / target.number)
        if result.score != expected and not _scored_above_sixty(result, target, reached):
            told = f"“{result.third}”按比例应得 {expected:f} 分，得分 {result.score:f}"
            yield Problem((*path, "得分"), told, result.score, expected)


@rule("GK480", "请核对成本控制率和项目的执行率", Level.WARNING)
def control_rate_is_execution(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：“成本控制率”的完成值等于项目的执行率，按写出的小数位数四舍五入。
    为何重要：执行率 88.01% 而成本控制率 100%，说的是同一笔钱，却是两个数。
    依据：成本控制率＝实际成本÷预算成本。
    怎样改：核对完成值，或核对执行数。
    """
    for i, project in enumerate(figures.account.project_evaluations):
        if project.secret:
            continue
        money = add((project.fiscal, project.other))
        exact = ratio_percent(money.spent, money.adjusted)
        for j, result in enumerate(project.results):
            reached = target_of(result.actual) if _CONTROL_RATE in result.third else None
            if reached is None or reached.unit not in {"%", "％"}:
                continue
            places = -min(0, int(reached.number.as_tuple().exponent))
            if reached.number != round_half_up(exact, places):
                rate = round_half_up(exact)
                message = f"“{result.third}”完成值 {result.actual}，项目执行率 {percent(rate)}%"
                yield Problem(("项目绩效自评", i, "指标", j, "完成值"), message, reached.number, rate)
