"""Which names may stand at a place of a pack's YAML file, as the model of the file declares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from gongkai.findings import Path


def names_at(model: type[BaseModel], path: Path) -> list[str]:
    """The names of a part of a model, by the way to that part; none where a designer is free to choose them."""
    found: Any = model
    for step in path:
        found = _inside(found, step)
    part = _model(found)
    return [] if part is None else [field.alias or name for name, field in part.model_fields.items()]


def _inside(annotation: Any, step: str | int) -> Any:
    """The type of what stands under a name, or of the entries of a list or mapping."""
    part = _model(annotation)
    if part is not None:
        fields = {field.alias or name: field.annotation for name, field in part.model_fields.items()}
        return fields.get(str(step))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return arguments[1]
    if isinstance(origin, type) and issubclass(origin, tuple | list):
        return arguments[0]
    # Of alternatives (str | dict) the one that has something inside.
    return next((inner for inner in (_inside(each, step) for each in arguments) if inner is not None), None)


def _model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return None
