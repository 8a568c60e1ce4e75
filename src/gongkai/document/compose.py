"""From a disclosure's data and a pack to the one HTML document that every output is made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from gongkai.findings import Place
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.model.unit import UnitNature
from gongkai.packs.load.assembled import ReadyPack
from gongkai.packs.load.load_checks import COMPOSED_WORDS
from gongkai.packs.load.manifest import OptionValue
from gongkai.packs.load.yaml_file import pack_error
from gongkai.packs.review.inspect import template_files
from gongkai.packs.sandbox.environment import read_template
from gongkai.packs.sandbox.limits import MAX_STEPS
from gongkai.packs.sandbox.templates import render_template
from gongkai.packs.wording import Wording
from gongkai.prose import numbers, phrases
from gongkai.statements.tables.fill import TableError
from gongkai.statements.tables.form import fill
from gongkai.statements.tables.table import Table

from .contexts import public_part

DOCUMENT = "document.html"

_STEPS_PER_CELL = 20
"""A cell of a table costs a template some five loop turns and calls."""

CONTEXT_MEANINGS: Mapping[str, str] = {
    "kind": "文种：预算 或 决算",
    "own": '这个文种的选项名称前面的字：预算没有，决算是“决算”，如 opt[own ~ "表格"]',
    "unit": "单位：unit.name 名称",
    "year": "年度",
    "last_year": "上一年度",
    "scope": "口径：单位 或 部门",
    "published": "公开日期",
    "is_institution": "是否事业单位",
    "opt": "选项：opt.选项名",
    "fill": "fill(文字)：填好 {单位}、{年度}、{口径}",
    "d": "说明里要印的各个数，见下",
    "tables": "各表，次序按选项",
    "budget": "预算的数据文件（预算）",
    "charts": "各图，画哪些按选项",
    "short_charts": "各图，每张最多七条，放得进一页",
    "unit_target": "整体绩效目标表，没有时为空（预算）",
    "project_targets": "各项目绩效目标表（预算）",
    "account": "决算的数据文件（决算）",
    "unit_evaluation": "整体绩效自评表，没有时为空（决算）",
    "project_evaluations": "各项目绩效自评表（决算）",
}
"""What a template finds by name, beside the functions."""

CONTEXT_NAMES = frozenset(CONTEXT_MEANINGS)


FUNCTION_MEANINGS: Mapping[Callable[..., Any], str] = {
    numbers.amount: "金额，万元，两位小数：1,046.82；零印 0.00",
    numbers.percent: "百分数，不带 %：12.19",
    numbers.count: "人数、辆数等整数：1,220",
    Wording.table_amount: "表格里的金额；单位、小数、零怎样印，见选项 表格金额单位、表格小数、表格零值",
    Wording.form_amount: "绩效表表单里的金额，万元，两位小数；有没有千分位逗号，见选项 绩效表千分位",
    Wording.change: "增减，按选项 增减句式：比上年预算增加59.30万元，增长12.19%；base 是与什么比，如 上年预算",
    Wording.class_name: "结构情况里的“类”，按选项 类名称：一般公共服务支出（类）",
    Wording.item_name: "“项”的全称，按选项 科目全称",
    Wording.ordinal: "列项的序号；form 是选项给的样子，如 1. 或（一）",
    Wording.date_text: "日期，按选项给的样子：{年}年{月}月{日}日",
    Wording.portion: "占比，连同前面的逗号，按选项 占比句式：，占52.13%；of 是占什么的，如 本年支出合计的",
    Wording.chart_share: "图里的占比，按选项 图表占比：52.13%",
    Wording.difference: "决算与预算比较，连同后面的逗号，按选项 差异率句式：预决算差异率12.19%，",
    phrases.share: "占比，不问选项：占52.13%",
    phrases.percent_of: "占比的数，不带 %，不问选项：42.55",
    phrases.variance: "预决算差异率的数，不带 %，不问选项：（决算－预算）÷预算；没有预算的印 100.00",
    phrases.headcount_change: "人数增减：增加3人、减少2人；没有增减印 增加0人",
    phrases.listing: "用顿号列举；last 是最后一项前面的字，如 和",
    phrases.points: "一是……；二是……。",
    phrases.numeral: "序号：一、十二、二十一、一百零一（1 至 999）",
    phrases.sentence: "财务人员写的话，去掉句末的标点和句首与模板重复的话；"
    "after 是模板在前面说的 主要原因是 或 主要用于",
}
"""What templates may call, and what it prints."""

FUNCTIONS = tuple(FUNCTION_MEANINGS)


class Rendered(str):
    """A document as HTML, which knows the pack that it was made with, and the data that stand in it.

    ``public`` is the disclosure without anything secret, ``tables`` are all its tables in their order.
    """

    pack: ReadyPack
    public: Disclosure
    tables: Sequence[Table]
    wording: Wording

    def place(self, *words: str) -> Place:
        """Where these words of the document stand in the pack's templates: the first of them that any template has.

        It is the pack as a whole where no template has them, because they were put together.
        """
        files = [file for _, _, file in template_files(self.pack)]
        for wanted in words:
            # <b is not the beginning of <br.
            pattern = re.compile(re.escape(wanted) + (r"(?![\w-])" if re.search(r"<\w+$", wanted) else ""))
            for file in files:
                source = read_template(file)
                found = pattern.search(source)
                if found:
                    return Place(str(file), source.count("\n", 0, found.start()) + 1, 1)
        return self.pack.place


def render_disclosure(disclosure: Disclosure, pack: ReadyPack) -> Rendered:
    """The disclosure of checked data as semantic HTML, with nothing secret in it.

    Raises FindingsError for mistakes of the pack, with its file and line.
    """
    words = words_of(disclosure, pack)

    def fill_words(text: str) -> str:
        return fill(text, words)

    fill_words.__name__ = "fill"
    public = public_part(disclosure, pack, words)
    try:
        context = KINDS[disclosure.kind].context.value(public, pack, words)
    except TableError as error:
        raise _layout_error(pack, error) from error
    tables = _tables(context)
    wording = Wording(pack.options)
    functions = [getattr(wording, f.__name__) if hasattr(Wording, f.__name__) else f for f in FUNCTIONS]
    environment = pack.environment((*functions, fill_words), MAX_STEPS + _STEPS_PER_CELL * _cells(tables))
    environment.globals |= {
        "kind": disclosure.kind,
        "own": pack.prefix,
        "unit": disclosure.unit,
        "year": disclosure.year,
        "last_year": disclosure.year - 1,
        "scope": disclosure.scope.value,
        "published": disclosure.published,
        "is_institution": disclosure.unit.nature is UnitNature.PUBLIC_INSTITUTION,
        "opt": _filled(pack, words),
        **context,
    }
    rendered = Rendered(render_template(environment, DOCUMENT, {}))
    rendered.pack = pack
    rendered.public = public
    rendered.tables = tables
    rendered.wording = wording
    return rendered


def _layout_error(pack: ReadyPack, error: TableError) -> Exception:
    """The finding for a layout that asks for what its table does not give: a figure, a column, or that is no table."""
    key, merged = error.table, pack.table_texts[error.table]
    order = f"{pack.prefix}表格"
    if error.asked == key and key in pack.listed(order):
        place = pack.option_texts[order].place((pack.listed(order).index(key),))
        return pack_error(f"选项“{order}”：“{key}”不是公开表", place, code="GK504")
    path = merged.find(error.asked) if error.asked else None
    if path is not None:
        return pack_error(f"表格“{key}”：没有名为“{error.asked}”的列或数", merged.place(path), code="GK504")
    return pack_error(f"表格“{key}”排不出来，布局里的行或列不合要求", merged.place(), code="GK504")


def _filled(pack: ReadyPack, words: Mapping[str, str]) -> dict[str, OptionValue]:
    """The options as templates see them, filled in; a function fills those that have words of their own."""
    filled: dict[str, OptionValue] = dict(pack.options)
    for name, value in pack.options.items():
        if pack.definitions[name].words:
            continue
        if isinstance(value, str):
            filled[name] = fill(value, words)
        elif isinstance(value, dict):
            filled[name] = {key: fill(text, words) for key, text in value.items()}
    return filled


def _tables(context: Mapping[str, Any]) -> list[Table]:
    """All tables, in the order in which the context names them."""
    values = (value if isinstance(value, list) else [value] for value in context.values())
    return [table for value in values for table in value if isinstance(table, Table)]


def _cells(tables: Iterable[Table]) -> int:
    """How many cells all tables have together."""
    return sum(len(row.cells) for table in tables for row in (*table.rows, *table.form))


def words_of(disclosure: Disclosure, pack: ReadyPack) -> Mapping[str, str]:
    """What {单位}, {年度} and {口径} stand for in a pack's texts, and the words that the pack makes of them."""
    words = {"单位": disclosure.unit.name, "年度": str(disclosure.year), "口径": disclosure.scope.value}
    return {**words, **{name: fill(str(pack.options[name]), words) for name in COMPOSED_WORDS}}
