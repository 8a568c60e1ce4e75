"""From a budget and a pack to the one HTML document that every output is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gongkai.model.budget import Budget
from gongkai.prose import numbers, phrases
from gongkai.statements.budget_tables import budget_tables
from gongkai.statements.budget_view import budget_view
from gongkai.statements.figures import BudgetFigures
from gongkai.statements.layout import fill
from gongkai.statements.performance import project_target_tables, unit_target_table
from gongkai.statements.secrecy import public_view

from .pack import ReadyPack, render_template

DOCUMENT = "document.html"


def table_amount(value: Any) -> str:
    """An amount in an official table: nothing and zero are blank."""
    return numbers.cell(value)


# What templates may call; each is documented where it is defined.
FUNCTIONS: tuple[Callable[..., Any], ...] = (
    numbers.amount,
    numbers.percent,
    numbers.count,
    table_amount,
    phrases.change,
    phrases.share,
    phrases.headcount_change,
    phrases.listing,
    phrases.numeral,
    phrases.long_date,
    phrases.padded_date,
    phrases.sentence,
)


def words_of(budget: Budget) -> Mapping[str, str]:
    """What {单位}, {年度} and {口径} stand for in a pack's texts."""
    return {"单位": budget.unit.name, "年度": str(budget.year), "口径": budget.scope.value}


def render_budget(budget: Budget, pack: ReadyPack) -> str:
    """The disclosure of a checked budget as semantic HTML, with nothing secret in it.

    Raises FindingsError for mistakes of the pack, with its file and line.
    """
    hidden_name, refusal = str(pack.options["涉密项目名称"]), str(pack.options["涉密说明"])
    shown = public_view(budget, hidden_name, refusal)
    figures = BudgetFigures(shown)
    words = words_of(shown)

    def fill_words(text: str) -> str:
        return fill(text, words)

    order = pack.options["表格"]
    assert isinstance(order, list)
    fill_words.__name__ = "fill"
    context = {
        "kind": shown.kind,
        "budget": shown,
        "unit": shown.unit,
        "year": shown.year,
        "last_year": shown.year - 1,
        "scope": shown.scope.value,
        "opt": pack.options,
        "d": budget_view(figures),
        "tables": budget_tables(figures, {key: pack.layouts[key] for key in order}, words),
        "unit_target": unit_target_table(figures, pack.layouts["整体绩效目标"], words),
        "project_targets": project_target_tables(shown, pack.layouts["项目绩效目标"], words),
    }
    environment = pack.environment((*FUNCTIONS, fill_words))
    environment.globals |= context
    return render_template(environment, DOCUMENT, {})
