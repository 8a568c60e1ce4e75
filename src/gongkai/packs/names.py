"""The Chinese names of what templates use, each with the English one, which templates may still write.

Variables and functions have their names in the contract; here are those of what is behind a dot (``数.收入``). The
fields of a data file are known by the names that clerks write (``数据.概况.主要职能``) as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel

VARIABLES: tuple[tuple[str, str], ...] = (
    ("文种", "kind"),
    ("单位", "unit"),
    ("年度", "year"),
    ("上年度", "last_year"),
    ("口径", "scope"),
    ("公开日期", "published"),
    ("是事业单位", "is_institution"),
    ("选项", "opt"),
    ("填写", "fill"),
    ("表号", "table_number"),
    ("数", "d"),
    ("数据", "budget"),
    ("数据", "account"),
    ("各表", "tables"),
    ("各图", "charts"),
    ("各短图", "short_charts"),
    ("整体绩效表", "unit_target"),
    ("整体绩效表", "unit_evaluation"),
    ("各项目绩效表", "project_targets"),
    ("各项目绩效表", "project_evaluations"),
)
"""Variables by their Chinese and their English name."""

ATTRIBUTES: Mapping[str, str] = {
    # what is said of any figure, item or line
    "名称": "name", "金额": "amount", "合计": "total", "上年": "prior", "原因": "reason", "都没有": "idle",
    "所写": "stated",
    "来源": "key", "各项": "items", "各类": "classes", "类名": "class_name", "款名": "group_name", "用途": "use",
    "数量": "count", "增减": "change", "预算": "budget", "预算原因": "budget_reason", "变动": "movement",
    # 预算
    "财政拨款": "appropriated", "各项拨款": "appropriations", "一般公共预算": "general", "政府性基金": "government",
    "国有资本经营": "capital", "收入": "income", "收入种类": "income_kinds", "支出类": "spending_classes",
    "基本支出": "basic", "项目支出": "project", "人员经费": "staff_costs", "人员经费各款": "staff_items",
    "公用经费": "operating_costs", "公用经费各款": "operating_items", "各项目": "projects", "项目": "listed_project",
    "三公经费": "three_public", "因公出国": "abroad", "公务用车购置": "vehicle_purchase",
    "公务用车运行": "vehicle_running", "公务接待": "reception", "上年结转": "carried",
    "上年结转各项": "carried_sources", "运行经费": "running_costs", "政府采购": "procurement",
    "是事业单位": "is_institution",
    "整体绩效目标数": "unit_target_count", "整体绩效目标金额": "unit_target_amount", "项目数": "project_count",
    "财政项目数": "fiscal_project_count", "财政项目金额": "fiscal_project_amount",
    "其他项目数": "other_project_count", "其他项目金额": "other_project_amount", "涉密项目": "secret_projects",
    "没有目标的项目数": "untargeted_count", "没有目标的项目金额": "untargeted_amount",
    # 决算
    "收入总计": "income_total", "支出总计": "spending_total", "支出": "spent", "使用结余": "used_balance",
    "年初结转": "opening", "年末结转": "closing", "结余分配": "distributed", "财政": "fiscal",
    "收入各项": "income_parts", "支出各项": "spending_parts", "公务用车": "vehicles",
    "自评预算": "evaluated_budget", "自评执行": "evaluated_spent", "整体自评数": "unit_evaluation_count",
    "项目预算": "project_budget", "项目执行": "project_spent", "涉密项目数": "secret_count",
    "涉密项目执行": "secret_spent", "绩效说明": "narrative",
    # 数据文件
    "概况": "profile", "职能引言": "lead", "主要职能": "duties", "职能编号": "duties_numbered",
    "机构设置": "organisation", "人员": "staffing", "编制数": "posts", "在职": "serving", "退休": "retired",
    "离休": "veteran_retired", "下属单位": "subordinates", "内设机构": "offices", "机构叫法": "office_word",
    "货物": "goods", "工程": "works", "服务": "services", "面向中小企业": "reserved_small_medium",
    "面向小微企业": "reserved_small", "中小企业": "small_medium", "小微企业": "small", "国有资产": "assets",
    "面积": "area", "房屋": "houses", "保有量": "fleet", "执法执勤": "enforcement", "其他": "other",
    "家具": "furniture", "五十万元以上": "over_half_million", "一百万元以上": "over_million", "计划购置": "planned",
    "固定资产": "fixed_assets", "车辆种类": "kinds", "其他用车说明": "other_note", "其他说明": "other_notes",
    "未公开绩效目标原因": "untargeted_reason", "政策依据": "basis", "承担单位": "bearer", "资金分配": "allocation",
    "执行时间": "period", "成绩": "achievements", "问题": "problems", "措施": "measures", "开支内容": "content",
    "批次": "groups", "人次": "persons", "接待批次": "batches", "保有量差异原因": "fleet_reason",
    "补充说明": "supplements",
    # 表和图
    "编号": "number", "标题": "title", "副题": "subtitle", "表头左": "left_line", "表头右": "right_line",
    "表单": "form", "表单各栏": "form_columns", "紧凑": "dense", "横向": "landscape", "各栏": "columns",
    "栏目": "header", "各行": "rows", "各格": "cells", "注": "notes", "类型": "kind", "值": "value", "价值": "value",
    "文字": "text", "格式": "format", "计量单位": "unit",
    "小数": "places", "零": "zero", "千分位": "grouped",
    "缩进": "indent", "宽": "width", "跨列": "colspan", "跨行": "rowspan", "全部": "whole", "条形": "bars",
    "叫法": "label", "长": "length", "上年长": "prior_length", "所在章节": "section",
}  # fmt: skip
"""What is behind a dot, by its Chinese name."""

OLD_BLOCKS: Mapping[str, str] = {
    "cover": "封面", "contents": "目录", "glance": "一图读懂", "body": "正文", "signature": "落款",
    "figures": "要点数", "charts": "图", "people": "机构和人员", "organisation": "机构", "staffing": "人员",
    "terms": "各名词", "three_public_term": "三公经费", "scale": "规模", "total": "总额", "uses": "用途",
    "change": "比较", "carried": "结转结余", "carried_empty": "没有结转结余", "running": "运行经费",
    "procurement": "政府采购", "assets": "国有资产", "assets_lead": "资产引语", "performance": "绩效",
    "against_last_year": "与上年比", "details": "具体情况", "against_budget": "与预算比",
}  # fmt: skip
"""Blocks by the English names that they had before; a template that has one means the block of the Chinese name."""

_ENGLISH = {"数": "d", "选项": "opt"}
_BEHIND_A_DOT = re.compile(r"\.([一-鿿]\w*)")
_BEFORE_A_DOT = re.compile(r"(?<![\w.])(数|选项)(?=\.)")


def field_of(value: object, name: str) -> str:
    """The name by which a program asks a value for what a template calls so."""
    if name.isascii() or isinstance(value, Mapping):
        return name
    english = ATTRIBUTES.get(name, "")
    if english and hasattr(value, english):
        return english
    return _fields(type(value)).get(name, name) if isinstance(value, BaseModel) else name


def names_behind(value: object) -> list[str]:
    """The Chinese names of what may be asked of a value, for who has asked for what it has not; none of a mapping."""
    return names_of_kind(type(value))


def names_of_kind(kind: type) -> list[str]:
    """The same for all values of a kind: the clerk's names of a model's fields, and those of what is derived."""
    derived = {name for base in kind.__mro__ for name, entry in vars(base).items() if isinstance(entry, property)}
    if issubclass(kind, BaseModel):
        return list(dict.fromkeys((*_fields(kind), *(c for c, english in ATTRIBUTES.items() if english in derived))))
    stated = {*getattr(kind, "__dataclass_fields__", ()), *getattr(kind, "_fields", ())}
    return [name for name, english in ATTRIBUTES.items() if english in stated | derived] if stated else []


@cache
def _fields(model: type[BaseModel]) -> Mapping[str, str]:
    return {field.alias: name for name, field in model.model_fields.items() if field.alias}


def in_english(source: str) -> str:
    """The source of a template with the English names, by which what it prints is looked for."""
    source = _BEHIND_A_DOT.sub(lambda match: f".{ATTRIBUTES.get(match[1], match[1])}", source)
    return _BEFORE_A_DOT.sub(lambda match: _ENGLISH[match[1]], source)
