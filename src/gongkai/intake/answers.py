"""The answers in a file beside the model: each with the field that asks for it; what answers nothing goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from gongkai.findings import Path
from gongkai.model.base import Model
from gongkai.model.reading import ANSWERS_NOTHING
from gongkai.source.tree import Node

_REMARKS = ("原因", "引言", "内容", "用车说明")
"""How the names of those texts end which a sentence leads in to: “……的原因是：无” says nothing."""

_PRINTED_AS_IT_IS = {"偏差原因"}
"""It stands in a cell of its own, where 无 is the usual answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands under a name (``container[name]``), and the field of the model that it is for."""

    container: dict[str, Node]
    name: str
    field: FieldInfo
    path: Path

    @property
    def value(self) -> Node:
        """What was answered."""
        return self.container[self.name]

    @property
    def says_nothing(self) -> bool:
        """Whether a text that need not be written is 无 or the like: the same as not written."""
        return (
            isinstance(self.value, str)
            and not self.field.is_required()
            and self.name.endswith(_REMARKS)
            and self.name not in _PRINTED_AS_IT_IS
            and ANSWERS_NOTHING.fullmatch(self.value.strip()) is not None
        )


def answers(model: type[Model], value: Node, path: Path = ()) -> Iterator[Answer]:
    """Every answer to a field of the model, in the order of the model; what the model does not know is none."""
    if not isinstance(value, dict):
        return
    for name, field, inner in _questions(model):
        if name not in value:
            continue
        yield Answer(value, name, field, (*path, name))
        if inner is not None and name in value:  # whoever took it may have struck it out
            yield from _within(inner, value[name], (*path, name))


class _Inner(NamedTuple):
    """The model of what stands under a name, once, in a list, or by names of its own."""

    model: type[Model]
    by_name: bool


@cache
def _questions(model: type[Model]) -> tuple[tuple[str, FieldInfo, _Inner | None], ...]:
    """The fields of a model by name, each with the model of what stands in it."""
    return tuple((str(field.alias), field, _inner(field.annotation)) for field in model.model_fields.values())


def _inner(annotation: Any) -> _Inner | None:
    parts = list(_parts(annotation))
    model = next((part for part in parts if isinstance(part, type) and issubclass(part, Model)), None)
    return None if model is None else _Inner(model, any(get_origin(part) is dict for part in parts))


def _within(inner: _Inner, value: Node, path: Path) -> Iterator[Answer]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from answers(inner.model, item, (*path, index))
    elif isinstance(value, dict) and inner.by_name:
        for key, item in value.items():
            yield from answers(inner.model, item, (*path, key))
    else:
        yield from answers(inner.model, value, path)


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)
