"""What stands in the data file by the names that its clerk writes: 整体绩效目标.联系人."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from gongkai.model.reading import read_quantity

Records = Sequence[BaseModel]


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, tuple[str, Any]]:
    """The fields of a record by the names that clerks write: what the program calls each, and its type."""
    return {str(field.alias or name): (name, field.annotation) for name, field in model.model_fields.items()}


def type_at(model: type[BaseModel], names: Sequence[str]) -> tuple[Any, int]:
    """The type of what stands at a path of names below a record, and how many of the names lead anywhere."""
    here: Any = model
    for count, name in enumerate(names):
        record = record_of(here)
        if record is None or name not in fields_of(record):
            return here, count
        here = fields_of(record)[name][1]
    return here, len(names)


def record_of(annotation: Any) -> type[BaseModel] | None:
    """The record of which a type is, of which it is a list, or which it may be."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {Annotated, Union, UnionType, tuple, list}:
        found = [record_of(argument) for argument in get_args(annotation)]
        return next((record for record in found if record is not None), None)
    return None


def is_list(annotation: Any) -> bool:
    """Whether a type is a list of records."""
    if get_origin(annotation) in {Annotated, Union, UnionType}:
        return any(map(is_list, get_args(annotation)))
    return get_origin(annotation) in {tuple, list} and record_of(annotation) is not None


def is_number(annotation: Any) -> bool:
    """Whether a type is a number: an amount, a count, a weight."""
    if get_origin(annotation) in {Annotated, Union, UnionType}:
        return any(map(is_number, get_args(annotation)))
    return annotation in {Decimal, int}


def is_plain(annotation: Any) -> bool:
    """Whether a type is a number or a text, and no record, list or mapping."""
    if get_origin(annotation) in {Annotated, Union, UnionType}:
        return all(
            is_plain(argument) for argument in get_args(annotation) if argument is not NoneType and _is_type(argument)
        )
    if get_origin(annotation) is Literal:
        return True
    return (
        isinstance(annotation, type)
        and issubclass(annotation, (str, Decimal, int, Enum, date))
        and annotation is not bool
    )


def _is_type(argument: Any) -> bool:
    """Whether an argument of an Annotated is a type, and no note about one."""
    return isinstance(argument, type) or get_origin(argument) is not None


def value_at(record: BaseModel | None, names: Sequence[str]) -> Any:
    """What stands at a path; the sum of the numbers where it leads through a list; None where nothing is written."""
    here: Any = record
    for count, name in enumerate(names):
        if here is None:
            return None
        if isinstance(here, tuple):
            numbers = [number for one in here if (number := value_at(one, names[count:])) is not None]
            counted = bool(numbers) and all(isinstance(number, int) for number in numbers)
            return sum(numbers, 0 if counted else Decimal(0))
        model: type[BaseModel] = type(here)
        here = getattr(here, fields_of(model)[name][0])
    return here


def is_measured(model: type[BaseModel], names: Sequence[str]) -> bool:
    """Whether what stands at a path is a measured number (a weight, a rate, 平方米), which is no money."""
    *before, last = names
    record = record_of(type_at(model, before)[0]) if before else model
    if record is None or any(is_list(type_at(model, before[:n])[0]) for n in range(1, len(before) + 1)):
        return False
    info = record.model_fields[fields_of(record)[last][0]]
    notes = [
        *info.metadata,
        *(note for each in get_args(info.annotation) for note in getattr(each, "__metadata__", ())),
    ]
    return any(getattr(note, "func", None) is read_quantity for note in notes)
