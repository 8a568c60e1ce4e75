"""From a disclosure's data and a pack to the one HTML document that every output is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gongkai.model.budget import Budget
from gongkai.model.disclosure import Disclosure
from gongkai.model.final import FinalAccount
from gongkai.model.unit import UnitNature
from gongkai.prose import numbers, phrases
from gongkai.statements.budget_tables import budget_tables
from gongkai.statements.budget_view import budget_view
from gongkai.statements.figures import BudgetFigures
from gongkai.statements.final_figures import FinalFigures
from gongkai.statements.final_tables import final_tables
from gongkai.statements.final_view import final_view
from gongkai.statements.layout import TableLayout, fill
from gongkai.statements.performance import project_target_tables, unit_target_table
from gongkai.statements.secrecy import public_account, public_view
from gongkai.statements.self_evaluation import SCORE_RULES, project_evaluation_tables, unit_evaluation_table

from .pack import ReadyPack, render_template

DOCUMENT = "document.html"


CONTEXT_NAMES = frozenset({
    "kind", "unit", "year", "last_year", "scope", "published", "is_institution", "opt", "fill", "d", "tables",
    "budget", "unit_target", "project_targets", "account", "unit_evaluation", "project_evaluations",
})  # fmt: skip
"""What a template finds by name, beside the functions."""


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
    phrases.percent_of,
    phrases.variance,
    phrases.headcount_change,
    phrases.listing,
    phrases.points,
    phrases.numeral,
    phrases.long_date,
    phrases.padded_date,
    phrases.sentence,
)


def render_disclosure(disclosure: Disclosure, pack: ReadyPack) -> str:
    """The disclosure of checked data as semantic HTML, with nothing secret in it.

    Raises FindingsError for mistakes of the pack, with its file and line.
    """
    words = _words(disclosure, pack)

    def fill_words(text: str) -> str:
        return fill(text, words)

    fill_words.__name__ = "fill"
    context = _budget(disclosure, pack, words) if isinstance(disclosure, Budget) else _final(disclosure, pack, words)
    environment = pack.environment((*FUNCTIONS, fill_words))
    environment.globals |= {
        "kind": disclosure.kind,
        "unit": disclosure.unit,
        "year": disclosure.year,
        "last_year": disclosure.year - 1,
        "scope": disclosure.scope.value,
        "published": disclosure.published,
        "is_institution": disclosure.unit.nature is UnitNature.PUBLIC_INSTITUTION,
        "opt": pack.options,
        **context,
    }
    return render_template(environment, DOCUMENT, {})


render_budget = render_disclosure


def words_of(disclosure: Disclosure) -> Mapping[str, str]:
    """What {单位}, {年度} and {口径} stand for in a pack's texts."""
    return {"单位": disclosure.unit.name, "年度": str(disclosure.year), "口径": disclosure.scope.value}


def _words(disclosure: Disclosure, pack: ReadyPack) -> Mapping[str, str]:
    """The words of the disclosure, and those that the pack puts together from them."""
    words = words_of(disclosure)
    return {**words, **{name: fill(str(pack.options[name]), words) for name in ("表头称谓", "自评主体")}}


def _layouts(pack: ReadyPack, option: str) -> dict[str, TableLayout]:
    order = pack.options[option]
    assert isinstance(order, list), "the manifest checks the type of an option"
    return {key: pack.layouts[key] for key in order}


def _masks(pack: ReadyPack) -> tuple[str, str]:
    return str(pack.options["涉密项目名称"]), str(pack.options["涉密说明"])


def _budget(budget: Budget, pack: ReadyPack, words: Mapping[str, str]) -> dict[str, Any]:
    shown = public_view(budget, *_masks(pack))
    figures = BudgetFigures(shown)
    return {
        "budget": shown,
        "d": budget_view(figures),
        "tables": budget_tables(figures, _layouts(pack, "表格"), words),
        "unit_target": unit_target_table(figures, pack.layouts["整体绩效目标"], words),
        "project_targets": project_target_tables(shown, pack.layouts["项目绩效目标"], words),
    }


def _final(account: FinalAccount, pack: ReadyPack, words: Mapping[str, str]) -> dict[str, Any]:
    shown = public_account(account, *_masks(pack))
    figures = FinalFigures(shown)
    rule = SCORE_RULES[str(pack.options["执行率得分"])]
    return {
        "account": shown,
        "d": final_view(figures, ended_last=pack.options["本年无支出的科目"] == "列在最后"),
        "tables": final_tables(figures, _layouts(pack, "决算表格"), words),
        "unit_evaluation": unit_evaluation_table(shown, pack.layouts["整体绩效自评"], words, rule),
        "project_evaluations": project_evaluation_tables(shown, pack.layouts["项目绩效自评"], words, rule),
    }
