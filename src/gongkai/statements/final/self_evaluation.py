"""绩效自评表: the unit's and one table per project, with rates and scores computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.model.final.final_account import FinalAccount
from gongkai.model.final.self_evaluation import Funding, ProjectEvaluation, ProjectResult, UnitResult
from gongkai.model.reading import ZERO
from gongkai.prose.numbers import amount, percent, ratio_percent, round_half_up
from gongkai.prose.phrases import budget_case
from gongkai.statements.tables.fill import fill_form
from gongkai.statements.tables.form import TableForm
from gongkai.statements.tables.table import Figure, RowValues, Table, Value
from gongkai.statements.tables.words import UNIT, Words, fill

EXECUTION_WEIGHT = Decimal(10)
"""Points reserved for how much of the adjusted budget was spent."""

ScoreRule = Callable[[Funding], Decimal]


def linear_score(funding: Funding) -> Decimal:
    """10 × 执行率 (2024 form), two decimals, at most 10."""
    return round_half_up(min(ratio_percent(funding.spent, funding.adjusted), Decimal(100)) / 10)


def threshold_score(funding: Funding) -> Decimal:
    """10 × max(0, (执行率 − 60 %) ÷ 40 %) on the exact rate (2023 form), at most 10."""
    above = min(ratio_percent(funding.spent, funding.adjusted), Decimal(100)) - 60
    return round_half_up(max(ZERO, above) / 4)


SCORE_RULES: dict[str, ScoreRule] = {"按执行率": linear_score, "超过六成部分": threshold_score}


@dataclass(frozen=True, slots=True)
class Scoring:
    """How the execution rate is scored, and how it is written: 有预算, 没有预算, 两数为零; {率} stands for the rate."""

    rule: ScoreRule
    rates: Mapping[str, str]

    def rate(self, funding: Funding) -> Value:
        """The rate as printed: a figure, unless the form has words for it."""
        digits = percent(ratio_percent(funding.spent, funding.adjusted))
        form = self.rates[budget_case(funding.spent, funding.adjusted)]
        return Figure(digits, "%") if form == "{率}%" else fill(form, {"率": digits})


def add(lines: Sequence[Funding]) -> Funding:
    """The sum of several lines of money."""
    return Funding(
        年初预算=sum((line.original for line in lines), ZERO),
        全年预算=sum((line.adjusted for line in lines), ZERO),
        执行=sum((line.spent for line in lines), ZERO),
    )


def _money(prefix: str, funding: Funding) -> dict[str, Value]:
    return {
        f"{prefix}年初预算": funding.original,
        f"{prefix}全年预算": funding.adjusted,
        f"{prefix}执行": funding.spent,
    }


def _execution(funding: Funding, scoring: Scoring) -> dict[str, Value]:
    score = amount(scoring.rule(funding))
    return {
        "执行率": scoring.rate(funding),
        "执行得分": Figure(score),
        "执行得分带单位": Figure(score, "分"),
        "执行分值": Figure(f"{EXECUTION_WEIGHT:f}"),
    }


def _result_row(result: UnitResult) -> dict[str, Value]:
    row: dict[str, Value] = {
        "完成情况": "年度绩效指标完成情况",
        "一级指标": result.first,
        "二级指标": result.second,
        "三级指标": result.third,
        "指标值": result.target,
        "完成值": result.actual,
        "依据": result.basis,
        "分值": Figure(f"{result.weight:f}"),
        "得分": Figure(f"{result.score:f}"),
    }
    if isinstance(result, ProjectResult):
        row |= {
            "上年完成值": result.last_year,
            "赋分规则": result.scoring,
            "佐证": result.evidence,
            "偏差原因": result.deviation or "",
        }
    return row


def total_score(evaluation: ProjectEvaluation, rule: ScoreRule) -> Decimal:
    """总分: the indicators' scores and the execution score."""
    return sum((r.score for r in evaluation.results), rule(add((evaluation.fiscal, evaluation.other))))


def unit_evaluation_table(account: FinalAccount, layout: TableForm, words: Words, scoring: Scoring) -> Table | None:
    """整体支出绩效自评表, or None when the file has none."""
    evaluation = account.unit_evaluation
    if evaluation is None:
        return None
    funding = evaluation.funding
    whole = add(funding.lines)
    form: RowValues = {
        "单位名称": evaluation.unit_name or account.unit.name,
        **_money("上级", funding.upper),
        **_money("本级", funding.own),
        **_money("中央", funding.central),
        **_money("自治区", funding.region),
        **_money("地州市", funding.prefecture),
        **_money("县市区", funding.county),
        **_money("其他", funding.other),
        **_money("合计", whole),
        **_execution(whole, scoring),
        "预期目标": evaluation.goal,
        "完成情况": evaluation.outcome,
    }
    rows = [_result_row(r) for r in evaluation.results]
    return fill_form("整体绩效自评", layout.filled(words), rows, None, words[UNIT], form)


def project_evaluation_tables(account: FinalAccount, layout: TableForm, words: Words, scoring: Scoring) -> list[Table]:
    """One 项目支出绩效自评表 per project that is not secret, in file order."""
    filled, unit = layout.filled(words), words[UNIT]
    return [_project(account, p, filled, unit, scoring) for p in account.project_evaluations if not p.secret]


def _project(
    account: FinalAccount, evaluation: ProjectEvaluation, layout: TableForm, unit: str, scoring: Scoring
) -> Table:
    whole = add((evaluation.fiscal, evaluation.other))
    form: RowValues = {
        "项目名称": evaluation.name,
        "主管部门": evaluation.authority or account.unit.name,
        "实施单位": evaluation.bearer or account.unit.name,
        **_money("总额", whole),
        **_money("财政", evaluation.fiscal),
        **_money("其他", evaluation.other),
        **_execution(whole, scoring),
        "预期目标": evaluation.goal,
        "完成情况": evaluation.outcome,
    }
    weights = sum((r.weight for r in evaluation.results), EXECUTION_WEIGHT)
    total: RowValues = {
        "分值": Figure(f"{weights:f}"),
        "得分": Figure(amount(total_score(evaluation, scoring.rule)), "分"),
    }
    return fill_form("项目绩效自评", layout, [_result_row(r) for r in evaluation.results], total, unit, form)
