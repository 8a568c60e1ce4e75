"""What templates get: each name and each function, with what it means for those who write templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from gongkai.prose import numbers, phrases

from .adding import less, sum_of
from .names import VARIABLES
from .wording import Wording, keeping_marks

DOCUMENT = "document.html"
"""The template that a document is made with; it includes the parts."""

CONTEXT_MEANINGS: Mapping[str, str] = {
    "文种": "预算 或 决算",
    "单位": "单位.名称",
    "年度": "年度",
    "上年度": "上一年度",
    "口径": "单位 或 部门",
    "公开日期": "公开日期",
    "是事业单位": "是否事业单位",
    "选项": "选项.选项名；这个文种的选项，不写文种",
    "填写": "填写(文字)：填好 {单位}、{年度}、{口径}",
    "表号": '表号(名称)：这张表的编号，照选项 表格 的次序，如 表号("三公经费") 印 表 10',
    "数": "说明里要印的各个数，见下",
    "数据": "单位的数据文件，名称同数据文件里写的：数据.概况.主要职能",
    "各表": "各表，次序按选项",
    "各图": "各图，画哪些按选项",
    "各短图": "各图，每张最多七条，放得进一页",
    "整体绩效表": "整体绩效目标表或自评表，没有时为空",
    "各项目绩效表": "各项目绩效目标表或自评表",
}
"""What a template finds by name, beside the functions."""

CONTEXT_NAMES = frozenset(name for pair in VARIABLES for name in pair) | {"own"}
"""The same names with their English ones, which templates may still use; ``own`` is empty now."""


def in_both_languages(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Variables under their Chinese names too."""
    chinese = {name: variables[english] for name, english in VARIABLES if english in variables}
    return {**variables, **chinese}


FUNCTION_MEANINGS: Mapping[Callable[..., Any], str] = {
    Wording.amount: "金额，万元，两位小数：1,046.82；零印 0.00",
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
    Wording.difference: "决算与预算比较，连同后面的逗号，按选项 差异率句式：预决算差异率12.19%，；"
    "base 是哪个预算，如 年初预算",
    Wording.completion: "完成率，连同前面的逗号，按选项 完成率句式：，完成年初预算的98.10%；base 是什么的，如 年初预算",
    sum_of: "合计一个清单里的金额，得出的还是金额，可以再印、再比；field 是加哪一个，写中文名称，清单里就是金额的不写",
    less: "一个金额减去另一个，得出的还是金额，可以是负的",
    phrases.growth: "增减率的数，不带 %，不带正负，不问选项：12.19",
    phrases.change_case: "增减的情形，就是选项 增减句式 里的名称：增加、减少、没有变化、上年为零……，用在 if 里",
    phrases.share: "占比，不问选项：占52.13%",
    phrases.percent_of: "占比、完成率的数，不带 %，不问选项：42.55",
    phrases.variance: "预决算差异率的数，不带 %，不问选项：（决算－预算）÷预算；没有预算的印 100.00",
    phrases.headcount_change: "人数增减：增加3人、减少2人；没有增减印 增加0人",
    phrases.listing: "用顿号列举；last 是最后一项前面的字，如 和",
    phrases.points: "一是……；二是……。",
    phrases.numeral: "序号：一、十二、二十一、一百零一（1 至 999）",
    phrases.sentence: "财务人员写的话，去掉句末的标点和句首与模板重复的话；"
    "after 是模板在前面说的 主要原因是 或 主要用于",
}
"""What templates may call, and what it prints."""

FUNCTION_EXAMPLES: Mapping[Callable[..., Any], tuple[Any, ...]] = {
    Wording.amount: (Decimal("1046.82"),),
    numbers.percent: (Decimal("12.1913"),),
    numbers.count: (1220,),
    Wording.table_amount: (Decimal("1046.82"),),
    Wording.form_amount: (Decimal("1046.82"),),
    Wording.change: (Decimal("545.70"), Decimal("486.40"), "上年预算"),
    Wording.class_name: ("一般公共服务支出",),
    Wording.item_name: (
        SimpleNamespace(class_name="卫生健康支出", group_name="行政事业单位医疗", name="行政单位医疗"),
    ),
    Wording.ordinal: (12, "（一）"),
    Wording.date_text: (date(2024, 2, 5), "{年}年{两位月}月{两位日}日"),
    Wording.portion: (Decimal("545.70"), Decimal("1046.82"), "本年支出合计的"),
    Wording.chart_share: (Decimal("545.70"), Decimal("1046.82")),
    Wording.difference: (Decimal("545.70"), Decimal("486.40"), "年初预算"),
    Wording.completion: (Decimal("486.40"), Decimal("545.70"), "年初预算"),
    sum_of: ([Decimal("545.70"), Decimal("501.12")],),
    less: (Decimal("545.70"), Decimal("486.40")),
    phrases.growth: (Decimal("545.70"), Decimal("486.40")),
    phrases.change_case: (Decimal("545.70"), Decimal(0)),
    phrases.share: (Decimal("545.70"), Decimal("1046.82")),
    phrases.percent_of: (Decimal("545.70"), Decimal("1046.82")),
    phrases.variance: (Decimal("545.70"), Decimal("486.40")),
    phrases.headcount_change: (-2,),
    phrases.listing: (["办公室", "预算科", "国库科"], "和"),
    phrases.points: (["完成了采购。", "加强了管理"],),
    phrases.numeral: (21,),
    phrases.sentence: ("主要原因是人员增加。",),
}
"""What each function is called with in the manual, which says what it then gives."""

FUNCTIONS = tuple(FUNCTION_MEANINGS)

FUNCTION_NAMES: Mapping[str, Callable[..., Any]] = {
    "金额": Wording.amount,
    "百分数": numbers.percent,
    "整数": numbers.count,
    "表格金额": Wording.table_amount,
    "表单金额": Wording.form_amount,
    "增减": Wording.change,
    "类名": Wording.class_name,
    "项名": Wording.item_name,
    "序号": Wording.ordinal,
    "日期": Wording.date_text,
    "占比": Wording.portion,
    "图表占比": Wording.chart_share,
    "差异率": Wording.difference,
    "完成率": Wording.completion,
    "合计": sum_of,
    "相减": less,
    "占": phrases.share,
    "占比数": phrases.percent_of,
    "增减率数": phrases.growth,
    "增减情形": phrases.change_case,
    "差异率数": phrases.variance,
    "人数增减": phrases.headcount_change,
    "列举": phrases.listing,
    "要点": phrases.points,
    "汉字序号": phrases.numeral,
    "句": phrases.sentence,
}
"""The functions by their Chinese names; their English ones are those of the program."""

KNOWN_NAMES = CONTEXT_NAMES | set(FUNCTION_NAMES) | {function.__name__ for function in FUNCTIONS}
"""Every name that a template may use without having set it."""


def functions_of(wording: Wording) -> dict[str, Callable[..., Any]]:
    """The functions under both names, those whose words a pack's options decide bound to its wording."""
    bound = {f: keeping_marks(getattr(wording, f.__name__) if hasattr(Wording, f.__name__) else f) for f in FUNCTIONS}
    chinese = {name: bound[function] for name, function in FUNCTION_NAMES.items()}
    for name, made in chinese.items():
        made.__name__ = name  # by which a mistake in a call is told
    return {**{function.__name__: made for function, made in bound.items()}, **chinese}
