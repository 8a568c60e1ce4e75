"""The fields of a data file as templates name them, what each is, and what it means: read from the models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from gongkai.kinds import KINDS
from gongkai.model.base import MONEY
from gongkai.packs.names import ATTRIBUTES, names_of_kind

from .meanings import DERIVED, TITLES

_PLAIN: Mapping[type, str] = {bool: "是否", int: "整数", Decimal: "数", date: "日期", str: "文字"}


def data_models() -> Mapping[str, type[BaseModel]]:
    """Every part of a data file of any kind by what the manual calls it, the whole first."""
    found: dict[str, type[BaseModel]] = {}
    for kind in KINDS.values():
        _collect(kind.model.value, f"{kind.name}的 `数据`", found)
    return found


def _collect(model: type[BaseModel], title: str, found: dict[str, type[BaseModel]]) -> None:
    if model not in found.values():
        found[title] = model
        for field in model.model_fields.values():
            for inner in _models_in(field.annotation):
                _collect(inner, _title(inner), found)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def data_rows(model: type[BaseModel]) -> Iterator[tuple[str, str, str]]:
    """Each field of a part of a data file: how it is written, what it is, what it means; then what is derived."""
    aliases = {str(field.alias) for field in model.model_fields.values()}
    for name, field in model.model_fields.items():
        alias = str(field.alias)
        dotted = next((chinese for chinese, english in ATTRIBUTES.items() if english == name), f'["{alias}"]')
        what = kind_of_field(field.annotation, field.metadata)
        if alias in DERIVED and _derived(model, alias):
            yield alias, what, DERIVED[alias]
        else:
            meaning = field.description or (f"{alias}，万元" if what.startswith("金额") else alias)
            yield alias if alias.isidentifier() else dotted, what, meaning
    for name in names_of_kind(model):
        if name in DERIVED and name not in aliases and _derived(model, name):
            yield name, "由别的字段得出", DERIVED[name]


def _derived(model: type[BaseModel], name: str) -> bool:
    return any(isinstance(vars(base).get(ATTRIBUTES.get(name, "")), property) for base in model.__mro__)


def kind_of_field(annotation: Any, metadata: Sequence[Any] = ()) -> str:
    """What a field is, in a designer's words: 金额, 文字, 清单（…）, 对照（…）, or the title of what has fields."""
    if any(mark in MONEY for mark in metadata):
        return "金额"
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        return kind_of_field(arguments[0], arguments[1:])
    if origin in {Union, UnionType}:
        kinds = dict.fromkeys(kind_of_field(each) for each in arguments if each is not type(None))
        return " 或 ".join(kinds) + ("，可空" if type(None) in arguments else "")
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"对照（{kind_of_field(arguments[1])}）"
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return f"清单（{kind_of_field(arguments[0])}）"
    if isinstance(annotation, type):
        return _title(annotation)
    return "文字"


def _title(kind: type) -> str:
    if issubclass(kind, BaseModel):
        return str(kind.model_config.get("title", kind.__name__))
    if kind in TITLES:
        return TITLES[kind]
    assert not is_dataclass(kind), "every kind of value that templates get has a title"
    return next((name for plain, name in _PLAIN.items() if issubclass(kind, plain)), "文字")
