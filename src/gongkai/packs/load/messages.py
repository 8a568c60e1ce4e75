"""What the libraries say in English of a pack's mistakes, in a designer's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import DecimalException

from jinja2 import TemplateError, TemplateNotFound, TemplatesNotFound, TemplateSyntaxError, UndefinedError
from pydantic_core import ErrorDetails

from gongkai.findings import shown
from gongkai.statements.tables.words import WordError

from .needed import PATTERN as NEEDED

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WRONG = "写法有误"

_VALUES: Mapping[str, str] = {
    "extra_forbidden": "不认识的名称",
    "missing": "缺少此项",
    "string_type": "应为文字",
    "string_too_long": "文字太长",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "finite_number": "应为数字",
    "tuple_type": "应为清单，各条以“- ”开头",
    "list_type": "应为清单，各条以“- ”开头",
    "model_type": "应由“名称: 内容”组成",
    "model_attributes_type": "应由“名称: 内容”组成",
    "dict_type": "应由“名称: 内容”组成",
    "too_short": "不能空着",
    "string_pattern_mismatch": "有不能用的字，或写法不合要求",
}


_PATTERNS: Mapping[str, str] = {
    r"^\d{3}$": "应为三位的“类”编码，如 201",
    r"^[\w-]+$": "只能用汉字、字母、数字、下划线和连字符",
    r"^#[0-9a-fA-F]{6}$": "颜色应写作 #000000 这样的六位数",
    r"^$|^[\w.+-]+$": "只能用汉字、字母、数字、点、加号、下划线和连字符，如 1.2",
    f"^$|{NEEDED}": "写作 >=0.2 这样的版本号",
}
"""What texts of a form are to look like."""


def value_meaning(error: ErrorDetails) -> str:
    """What is wrong with a value in a YAML file, and what it is."""
    kind, given = error["type"], error["input"]
    now = f"，现为“{shown(given)}”" if isinstance(given, str) and kind != "extra_forbidden" else ""
    if kind in {"literal_error", "enum"}:
        choices = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        return f"只能是{'、'.join(choices)}{now}"
    if kind in {"greater_than_equal", "less_than_equal", "greater_than"}:
        [limit] = error["ctx"].values()
        word = {"greater_than_equal": "不能小于", "less_than_equal": "不能大于", "greater_than": "应大于"}[kind]
        return f"{word} {limit:g}{now}"
    if kind == "string_pattern_mismatch" and error["ctx"]["pattern"] in _PATTERNS:
        return _PATTERNS[error["ctx"]["pattern"]] + now
    if _CHINESE.search(error["msg"]):  # our own models speak Chinese, and say what there is
        return error["msg"].removeprefix("Value error, ")
    return _VALUES.get(kind, _WRONG) + now


# What Jinja says → what it means. First match wins; \1 is what it quotes.
_SYNTAX: tuple[tuple[str, str], ...] = (
    (r"unknown tag '([^']*)'", r"不认识标签“\1”"),
    (r"No filter named '([^']*)'", r"没有过滤器“\1”"),
    (r"No test named '([^']*)'", r"没有“is \1”这种判断"),
    (r"[Uu]nexpected end of template.*innermost block that needs to be closed is '([^']*)'", r"“\1”没有结束标签"),
    (r"[Uu]nexpected end of template", "模板没有写完"),
    (r"Expected an expression", "缺少表达式"),
    (r"expected token '[^']*', got '([^']*)'", r"“\1”写在这里不对"),
    (r"unexpected '([^']*)'", r"“\1”写在这里不对"),
    (r"unexpected char '([^']*)'", r"有不能用的字符“\1”"),
    (r"block '([^']*)' defined twice", r"块“\1”写了两次"),
    (r"Missing end of (comment|raw)", "注释没有结束"),
)
_TOKENS: Mapping[str, str] = {
    "end of statement block": "%}",
    "end of print statement": "}}",
    "end of template": "模板结尾",
    "begin of statement block": "{%",
    "begin of print statement": "{{",
}


def syntax_meaning(error: TemplateSyntaxError) -> str:
    """What is wrong with the text of a template."""
    said = error.message or ""
    if _CHINESE.search(said) and "'" not in said:
        return said
    for pattern, meaning in _SYNTAX:
        match = re.search(pattern, said, re.DOTALL)
        if match:
            quoted = match[1] if match.re.groups else ""
            return meaning.replace(r"\1", _TOKENS.get(quoted, shown(quoted)))
    return _WRONG


def runtime_meaning(error: Exception) -> str:
    """What went wrong when a template ran."""
    if isinstance(error, UndefinedError):
        return f"用了不存在的名称：{error}"
    if isinstance(error, TemplatesNotFound):
        return f"模板都不存在：{'、'.join(shown(str(name)) for name in error.templates)}"
    if isinstance(error, TemplateNotFound | WordError) or (isinstance(error, TemplateError) and _is_ours(error)):
        return str(error)
    if isinstance(error, RecursionError):
        return "模板或宏一层层调用或包含自己，没有尽头"
    if isinstance(error, ZeroDivisionError | DecimalException):
        return "除数是零，或算不出来"
    if isinstance(error, OverflowError | MemoryError):
        return "内容太大"
    return "模板执行出错：这里的值不能这样用"


def _is_ours(error: TemplateError) -> bool:
    return _CHINESE.search(error.message or "") is not None
