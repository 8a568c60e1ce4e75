"""绩效自评: how the execution of the budget is scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from gongkai.model.final.self_evaluation import Funding
from gongkai.model.reading import ZERO
from gongkai.prose.numbers import ratio_percent, round_half_up

EXECUTION_WEIGHT = Decimal(10)
"""Points reserved for how much of the adjusted budget was spent."""

ScoreRule = Callable[[Decimal, Decimal], Decimal]
"""The points for what was spent of an adjusted budget (both 万元)."""


def linear_score(spent: Decimal, adjusted: Decimal) -> Decimal:
    """10 × 执行率 (2024 form), two decimals, at most 10."""
    return round_half_up(min(ratio_percent(spent, adjusted), Decimal(100)) / 10)


def threshold_score(spent: Decimal, adjusted: Decimal) -> Decimal:
    """10 × max(0, (执行率 − 60 %) ÷ 40 %) on the exact rate (2023 form), at most 10."""
    above = min(ratio_percent(spent, adjusted), Decimal(100)) - 60
    return round_half_up(max(ZERO, above) / 4)


SCORE_RULES: dict[str, ScoreRule] = {"按执行率": linear_score, "超过六成部分": threshold_score}


def add(lines: Sequence[Funding]) -> Funding:
    """The sum of several lines of money."""
    return Funding(
        年初预算=sum((line.original for line in lines), ZERO),
        全年预算=sum((line.adjusted for line in lines), ZERO),
        执行=sum((line.spent for line in lines), ZERO),
    )
