"""The answers in a file beside the model: each with the field that asks for it; what answers nothing goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

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
    for field in model.model_fields.values():
        name = str(field.alias)
        if name not in value:
            continue
        yield Answer(value, name, field, (*path, name))
        if name in value:  # whoever took it may have struck it out
            yield from _within(field.annotation, value[name], (*path, name))


def _within(annotation: Any, value: Node, path: Path) -> Iterator[Answer]:
    parts = list(_parts(annotation))
    model = next((part for part in parts if isinstance(part, type) and issubclass(part, Model)), None)
    if model is None:
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from answers(model, item, (*path, index))
    elif isinstance(value, dict) and any(get_origin(part) is dict for part in parts):
        for key, item in value.items():
            yield from answers(model, item, (*path, key))
    else:
        yield from answers(model, value, path)


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)
