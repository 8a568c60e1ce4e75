"""Samples of what a pack declares, for the built-in examples, which know nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from .adopt import adopted
from .extend import plain_of, records_in

_FIGURE, _NUMBER, _WORDS = Decimal("12.34"), 3, "示例"


def sampled(document: Any, model: type[Any], *, whole: bool) -> Any:
    """A document as ``model`` has it, with samples of what a pack declares: of all of it, or of what is required."""
    return _filled(adopted(document, model), whole=whole)


def _filled(value: Any, *, whole: bool) -> Any:
    if isinstance(value, tuple):
        return tuple(_filled(one, whole=whole) for one in value)
    if isinstance(value, dict):
        return {key: _filled(one, whole=whole) for key, one in value.items()}
    if not isinstance(value, BaseModel):
        return value
    model = type(value)
    own = [name for name in model.model_fields if name not in plain_of(model).model_fields]
    inner = {name: _filled(getattr(value, name), whole=whole) for name in plain_of(model).model_fields}
    changed = {name: found for name, found in inner.items() if found is not getattr(value, name)}
    for name in own:
        field = model.model_fields[name]
        if whole or field.is_required():
            changed[name] = _sample(field.annotation, whole=whole)
    return value.model_copy(update=changed) if changed else value


def _sample(annotation: Any, *, whole: bool) -> Any:
    record = next(records_in(annotation), None)
    if record is not None:
        fields = record.model_fields.items()
        values = {name: _sample(f.annotation, whole=whole) if whole or f.is_required() else None for name, f in fields}
        one = record.model_construct(**values)
        return (one,) if get_origin(annotation) is tuple else one
    kinds = [*_kinds(annotation)]
    samples: tuple[tuple[type, Any], ...] = (
        (Decimal, _FIGURE),
        (int, _NUMBER),
        (date, date(2024, 1, 1)),
        (str, _WORDS),
    )
    return next(sample for kind, sample in samples if any(issubclass(one, kind) for one in kinds))


def _kinds(annotation: Any) -> Iterator[type]:
    """The plain types in a type."""
    if isinstance(annotation, type):
        yield annotation
    for argument in get_args(annotation):
        yield from _kinds(argument)
