"""What the templates of each kind of document get: its data without anything secret, tables, charts and forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from gongkai.kinds import KINDS
from gongkai.model.budget.budget import Budget
from gongkai.model.disclosure import Disclosure
from gongkai.model.final.final_account import FinalAccount
from gongkai.packs.assembled import AssembledPack
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.view import budget_view
from gongkai.statements.charts import Chart, budget_charts, final_charts, on_one_page
from gongkai.statements.declared.rows import Filling
from gongkai.statements.declared.tables import tables_of
from gongkai.statements.figures import Figures
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.final.view import final_view
from gongkai.statements.language.reckon import Reckoner
from gongkai.statements.tables.table import Table, with_bare_form_labels, with_bare_form_scores, with_short_scores
from gongkai.statements.tables.words import fill


def public_part(disclosure: Disclosure, pack: AssembledPack, words: Mapping[str, str]) -> Disclosure:
    """The disclosure with everything secret masked, in the pack's words."""
    masks = (fill(str(pack.options[option]), words) for option in ("涉密项目名称", "涉密说明"))
    return KINDS[disclosure.kind].public.value(disclosure, *masks)


class DeclaredTables:
    """The tables of one file, made as its pack declares them."""

    def __init__(self, figures: Figures, pack: AssembledPack, words: Mapping[str, str]) -> None:
        language, shown = pack.language, figures.document
        facts = language.facts(figures)
        reckoner = Reckoner(facts, shown, language.functions(pack.options))
        projects = [project.name for project in shown.listed_projects]
        self._filling = Filling(facts, reckoner, figures, projects, shown)
        self._pack, self._words = pack, words

    def of(self, key: str) -> list[Table]:
        """The tables of one declaration."""
        words = {**self._words, **self._pack.order_words(key)}
        return [*tables_of(self._pack.tables[key], self._filling, words)]

    def published(self) -> list[Table]:
        """The tables that the pack lists for its kind of document, in their order."""
        return [table for key in self._pack.listed("表格") for table in self.of(key)]


def _as_printed(tables: Iterable[Table], pack: AssembledPack) -> list[Table]:
    """Performance tables with their weights, scores and labels as the pack prints them."""
    options = pack.options
    ways = [
        (options["分数末尾零"] == "去掉", with_short_scores),
        (not options["执行得分带分"], with_bare_form_scores),
        (not options["表单标末冒号"], with_bare_form_labels),
    ]
    changes = [change for wanted, change in ways if wanted]
    return [reduce(lambda made, change: change(made), changes, table) for table in tables]


def _charts(charts: Sequence[Chart]) -> dict[str, Any]:
    return {"charts": charts, "short_charts": on_one_page(charts)}


def budget_context(shown: Budget, pack: AssembledPack, words: Mapping[str, str]) -> dict[str, Any]:
    """What the templates of a budget get, from what the public may see of it."""
    figures = BudgetFigures(shown)
    tables = DeclaredTables(figures, pack, words)
    return {
        "budget": shown,
        "d": budget_view(figures),
        "tables": tables.published(),
        **_charts(budget_charts(figures)),
        "unit_target": next(iter(_as_printed(tables.of("整体绩效目标"), pack)), None),
        "project_targets": _as_printed(tables.of("项目绩效目标"), pack),
    }


def final_context(shown: FinalAccount, pack: AssembledPack, words: Mapping[str, str]) -> dict[str, Any]:
    """What the templates of a final account get, from what the public may see of it."""
    figures = FinalFigures(shown)
    tables = DeclaredTables(figures, pack, words)
    return {
        "account": shown,
        "d": final_view(figures, ended_last=pack.options["本年无支出的科目"] == "列在最后"),
        "tables": tables.published(),
        **_charts(final_charts(figures)),
        "unit_evaluation": next(iter(_as_printed(tables.of("整体绩效自评"), pack)), None),
        "project_evaluations": _as_printed(tables.of("项目绩效自评"), pack),
    }
