"""Validation errors of the model, in a clerk's words and at their place."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from gongkai.findings import Finding, Level, Path

from .tree import Tree

# The model's own refusals carry a Chinese message; this gives each its code.
_CODES: Mapping[str, str] = {
    "scalar_expected": "GK203",
    "number_full_width": "GK205",
    "number_letter": "GK205",
    "number_unit": "GK205",
    "number_grouping": "GK205",
    "number_invalid": "GK205",
    "amount_precision": "GK205",
    "amount_negative": "GK206",
    "count_negative": "GK206",
    "count_fraction": "GK205",
    "amount_implausible": "GK207",
    "date_format": "GK208",
    "date_impossible": "GK208",
    "code_format": "GK209",
    "flag_invalid": "GK204",
    "text_empty": "GK202",
    "text_control": "GK210",
}

Schema = Mapping[str, Any]


def describe(path: Path) -> str:
    """A path in words: 支出 › 第2条 › 科目."""
    return " › ".join(f"第{step + 1}条" if isinstance(step, int) else step for step in path)


def _resolve(schema: Schema, definitions: Schema) -> Schema:
    while True:
        if "$ref" in schema:
            schema = definitions[schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema:
            schema = next(option for option in schema["anyOf"] if option.get("type") != "null")
        else:
            return schema


def _schema_at(schema: Schema, path: Path) -> Schema:
    """The part of the input schema that rules the value at ``path``."""
    definitions = schema.get("$defs", {})
    here = _resolve(schema, definitions)
    for step in path:
        if isinstance(step, int):
            child = here.get("items", {})
        else:
            child = here.get("properties", {}).get(step, here.get("additionalProperties", {}))
        if not isinstance(child, dict):
            return {}
        here = _resolve(child, definitions)
    return here


def _near(word: str, choices: list[str]) -> str:
    matches = get_close_matches(word, choices, n=1, cutoff=0.5)
    within = [c for c in choices if len(word) > 1 and (c in word or word in c)]
    best = matches or within[:1]
    return f"是否想写“{best[0]}”？" if best else f"此处可写：{'、'.join(choices)}"


def _colon_hint(value: object) -> str:
    if isinstance(value, str) and "：" in value:
        return "此处像是用了全角冒号“：”，作分隔的冒号要用半角“: ”，后面空一格"
    return ""


class _Translator:
    def __init__(self, tree: Tree, schema: Schema) -> None:
        self._tree = tree
        self._schema = schema

    def finding(self, error: ErrorDetails) -> Finding:
        path: Path = error["loc"]
        kind = error["type"]
        if path and path[-1] == "[key]":
            return self._bad_key(path[:-1], error)
        if kind == "missing":
            return self._missing(path)
        if kind == "extra_forbidden":
            return self._unknown(path)
        if kind in _CODES:
            return self._make(_CODES[kind], path, error["msg"], "")
        return self._wrong_value(path, kind, error)

    def _make(self, code: str, path: Path, message: str, advice: str, *, at_key: bool = False) -> Finding:
        place = self._tree.key_place(path) if at_key else self._tree.place(path)
        where = f"“{describe(path)}”：" if path and not at_key else ""
        return Finding(code, Level.ERROR, where + message, advice, path, place)

    def _missing(self, path: Path) -> Finding:
        parent, name = path[:-1], path[-1]
        description = _schema_at(self._schema, path).get("description", "")
        properties = _schema_at(self._schema, parent).get("properties", {})
        advice = properties.get(name, {}).get("description", description)
        if path in self._tree.keys:
            return self._make("GK202", path, f"“{describe(path)}”没有填写", advice, at_key=True)
        where = f"“{describe(parent)}”" if parent else "文件"
        place = self._tree.key_place(parent) if parent else self._tree.place(())
        return Finding("GK202", Level.ERROR, f"{where}缺少“{name}”", advice, path, place)

    def _unknown(self, path: Path) -> Finding:
        name = str(path[-1])
        choices = list(_schema_at(self._schema, path[:-1]).get("properties", {}))
        advice = _colon_hint(name) or _near(name, choices)
        where = f"“{describe(path[:-1])}”里" if path[:-1] else ""
        return self._make("GK201", path, f"{where}不认识“{name}”", advice, at_key=True)

    def _bad_key(self, path: Path, error: ErrorDetails) -> Finding:
        name = str(path[-1])
        keys = _schema_at(self._schema, path[:-1]).get("propertyNames", {})
        definitions = self._schema.get("$defs", {})
        choices = list(_resolve(keys, definitions).get("enum", [])) if keys else []
        if choices:
            message = f"“{describe(path[:-1])}”里不认识“{name}”"
            return self._make("GK201", path, message, _colon_hint(name) or _near(name, choices), at_key=True)
        code = _CODES.get(error["type"], "GK209")
        return self._make(code, path, f"“{describe(path[:-1])}”里：{error['msg']}", "", at_key=True)

    def _wrong_value(self, path: Path, kind: str, error: ErrorDetails) -> Finding:
        value = error["input"]
        shape = _schema_at(self._schema, path)
        if kind in {"enum", "literal_error"}:
            choices = [str(choice) for choice in shape.get("enum", [shape.get("const", "")])]
            return self._make("GK204", path, f"不能写“{value}”", _near(str(value), choices))
        if kind in {"model_type", "model_attributes_type", "dict_type"}:
            names = "、".join(shape.get("properties", {}))
            hint = _colon_hint(value) or (f"写作 名称: 内容，名称可用：{names}" if names else "写作 名称: 内容")
            return self._make("GK203", path, "此处应有若干“名称: 内容”的子项", hint)
        if kind in {"list_type", "tuple_type"}:
            return self._make("GK203", path, "此处应是清单", "每条一行，以“- ”开头")
        if kind == "too_short":
            return self._make("GK202", path, "清单是空的，至少要有一条", "每条一行，以“- ”开头")
        if kind in {"greater_than_equal", "less_than_equal"}:
            low, high = shape.get("minimum"), shape.get("maximum")
            return self._make("GK204", path, f"“{value}”不在合理范围内", f"应在 {low} 至 {high} 之间")
        raise AssertionError(f"no Chinese message for validation error {kind!r}")


def translate(error: ValidationError, tree: Tree, schema: Schema) -> list[Finding]:
    """One finding for every validation error, with the place of the value it speaks of."""
    translator = _Translator(tree, schema)
    return [translator.finding(detail) for detail in error.errors(include_url=False)]
