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


CONTEXT_MEANINGS: Mapping[str, str] = {
    "kind": "文种：预算 或 决算",
    "unit": "单位：unit.name 名称",
    "year": "年度",
    "last_year": "上一年度",
    "scope": "口径：单位 或 部门",
    "published": "公开日期",
    "is_institution": "是否事业单位",
    "opt": "选项：opt.选项名",
    "fill": "fill(文字)：填好 {单位}、{年度}、{口径}",
    "d": "说明里要印的各个数，见 statements/budget_view.py 和 final_view.py",
    "tables": "各表，次序按选项",
    "budget": "预算的数据文件（预算）",
    "unit_target": "整体绩效目标表，没有时为空（预算）",
    "project_targets": "各项目绩效目标表（预算）",
    "account": "决算的数据文件（决算）",
    "unit_evaluation": "整体绩效自评表，没有时为空（决算）",
    "project_evaluations": "各项目绩效自评表（决算）",
}
"""What a template finds by name, beside the functions."""

CONTEXT_NAMES = frozenset(CONTEXT_MEANINGS)


def table_amount(value: Any) -> str:
    """An amount in an official table: nothing and zero are blank."""
    return numbers.cell(value)


FUNCTION_MEANINGS: Mapping[Callable[..., Any], str] = {
    numbers.amount: "金额，万元，两位小数：1,046.82；零印 0.00",
    numbers.percent: "百分数，不带 %：12.19",
    numbers.count: "人数、辆数等整数：1,220",
    table_amount: "表格里的金额；零和没有都是空白",
    phrases.change: "增减：增加59.30万元，增长12.19%；没有增减印 增加0.00万元，增长0.00%",
    phrases.share: "占比：占52.13%",
    phrases.percent_of: "占比的数，不带 %：42.55",
    phrases.variance: "预决算差异率，不带 %：（决算－预算）÷预算；没有预算的印 100.00",
    phrases.headcount_change: "人数增减：增加3人、减少2人；没有增减印 增加0人",
    phrases.listing: "用顿号列举；last 是最后一项前面的字，如 和",
    phrases.points: "一是……；二是……。",
    phrases.numeral: "序号：一、十二、二十一（1 至 99）",
    phrases.long_date: "日期：2024年2月25日",
    phrases.padded_date: "日期，月日两位：2024年02月25日",
    phrases.sentence: "财务人员写的话，去掉句末的标点，由模板自己加",
}
"""What templates may call, and what it prints."""

FUNCTIONS = tuple(FUNCTION_MEANINGS)


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
