"""The language of a final account's tables, with what self-evaluations (绩效自评) reckon by a pack's options."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gongkai.model.final.final_account import FinalAccount
from gongkai.prose.numbers import percent, ratio_percent
from gongkai.prose.phrases import budget_case
from gongkai.statements.language.functions import Function
from gongkai.statements.language.language import Language, Options
from gongkai.statements.tables.table import Figure, Value
from gongkai.statements.tables.words import fill

from .facts import VOCABULARY, facts_of
from .self_evaluation import EXECUTION_WEIGHT, SCORE_RULES


def _functions(options: Options) -> Mapping[str, Function]:
    rule, rates = SCORE_RULES[str(options["执行率得分"])], options["执行率写法"]

    def rate(spent: Decimal, budget: Decimal) -> Value:
        """The rate as printed: a figure, unless the form has words for it."""
        digits = percent(ratio_percent(spent, budget))
        form = rates[budget_case(spent, budget)]
        return Figure(digits, "%") if form == "{率}%" else fill(form, {"率": digits})

    return {
        "执行率": Function(rate, ("执行数", "全年预算数"), "预算执行率，照选项“执行率写法”印"),
        "执行得分": Function(rule, ("执行数", "全年预算数"), "预算执行率的得分，照选项“执行率得分”算"),
        "执行分值": Function(lambda: EXECUTION_WEIGHT, (), "预算执行率的分值，10 分"),
    }


LANGUAGE = Language(VOCABULARY, FinalAccount, facts_of, _functions)
"""What the expressions in 决算/表格.yaml may speak of."""
