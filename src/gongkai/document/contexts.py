"""What the templates of each kind of document get: its data without anything secret, tables, charts and forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, TypeVar

from gongkai.kinds import KINDS
from gongkai.model.budget.budget import Budget
from gongkai.model.disclosure import Disclosure
from gongkai.model.final.final_account import FinalAccount
from gongkai.packs.assembled import AssembledPack
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.performance import project_target_tables, unit_target_table
from gongkai.statements.budget.tables import budget_tables
from gongkai.statements.budget.view import budget_view
from gongkai.statements.charts import Chart, budget_charts, final_charts, on_one_page
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.final.self_evaluation import (
    SCORE_RULES,
    Scoring,
    project_evaluation_tables,
    unit_evaluation_table,
)
from gongkai.statements.final.tables import final_tables
from gongkai.statements.final.view import final_view
from gongkai.statements.tables.fill import of_table
from gongkai.statements.tables.form import TableForm
from gongkai.statements.tables.table import Table, with_bare_form_labels, with_bare_form_scores, with_short_scores
from gongkai.statements.tables.words import fill

_T = TypeVar("_T")


def public_part(disclosure: Disclosure, pack: AssembledPack, words: Mapping[str, str]) -> Disclosure:
    """The disclosure with everything secret masked, in the pack's words."""
    masks = (fill(str(pack.options[option]), words) for option in ("涉密项目名称", "涉密说明"))
    return KINDS[disclosure.kind].public.value(disclosure, *masks)


def _layouts(pack: AssembledPack) -> dict[str, TableForm]:
    """The forms of the tables that the pack lists for its kind of document."""
    return {key: pack.layouts[key] for key in pack.listed("表格")}


def _as_printed(tables: Iterable[Table | None], pack: AssembledPack) -> list[Table | None]:
    """Performance tables with their weights, scores and labels as the pack prints them."""
    options = pack.options
    ways = [
        (options["分数末尾零"] == "去掉", with_short_scores),
        (not options["执行得分带分"], with_bare_form_scores),
        (not options["表单标末冒号"], with_bare_form_labels),
    ]
    changes = [change for wanted, change in ways if wanted]
    return [table and reduce(lambda made, change: change(made), changes, table) for table in tables]


def _charts(charts: Sequence[Chart]) -> dict[str, Any]:
    return {"charts": charts, "short_charts": on_one_page(charts)}


def _built(build: Callable[..., _T], data: Any, pack: AssembledPack, key: str, *others: Any) -> _T:
    """A performance table; raises TableError when its layout asks for what it does not give."""
    with of_table(key):
        return build(data, pack.layouts[key], *others)


def budget_context(shown: Budget, pack: AssembledPack, words: Mapping[str, str]) -> dict[str, Any]:
    """What the templates of a budget get, from what the public may see of it."""
    figures = BudgetFigures(shown)
    target, *targets = _as_printed(
        [
            _built(unit_target_table, figures, pack, "整体绩效目标", words),
            *_built(project_target_tables, figures, pack, "项目绩效目标", words),
        ],
        pack,
    )
    return {
        "budget": shown,
        "d": budget_view(figures),
        "tables": budget_tables(figures, _layouts(pack), words),
        **_charts(budget_charts(figures)),
        "unit_target": target,
        "project_targets": targets,
    }


def final_context(shown: FinalAccount, pack: AssembledPack, words: Mapping[str, str]) -> dict[str, Any]:
    """What the templates of a final account get, from what the public may see of it."""
    figures = FinalFigures(shown)
    rates = pack.options["执行率写法"]
    assert isinstance(rates, dict), "the manifest checks the type of an option"
    scoring = Scoring(SCORE_RULES[str(pack.options["执行率得分"])], rates)
    evaluation, *evaluations = _as_printed(
        [
            _built(unit_evaluation_table, shown, pack, "整体绩效自评", words, scoring),
            *_built(project_evaluation_tables, shown, pack, "项目绩效自评", words, scoring),
        ],
        pack,
    )
    return {
        "account": shown,
        "d": final_view(figures, ended_last=pack.options["本年无支出的科目"] == "列在最后"),
        "tables": final_tables(figures, _layouts(pack), words),
        **_charts(final_charts(figures)),
        "unit_evaluation": evaluation,
        "project_evaluations": evaluations,
    }
