"""A document as the model of another pack has it: what that pack declares is there, and nothing is written of it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from .extend import plain_of, records_in


def adopted(document: Any, model: type[Any]) -> Any:
    """A document of the plain model, or of another pack, as one of ``model``; facts that it cannot have are None."""
    if type(document) is model:
        return document
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if name in type(document).model_fields:
            inner = next(records_in(field.annotation), None)
            values[name] = _adopted(getattr(document, name), inner)
        else:
            values[name] = field.default if field.default is not PydanticUndefined else None
    written = document.model_fields_set & {*model.model_fields}
    return model.model_construct(_fields_set=written, **values)


def _adopted(value: Any, model: type[BaseModel] | None) -> Any:
    """A value with the records in it as those of ``model``."""
    if model is None:
        return value
    if isinstance(value, BaseModel):
        return adopted(value, model) if issubclass(model, plain_of(type(value))) else value
    if isinstance(value, tuple):
        return tuple(_adopted(one, model) for one in value)
    if isinstance(value, dict):
        return {key: _adopted(one, model) for key, one in value.items()}
    return value
