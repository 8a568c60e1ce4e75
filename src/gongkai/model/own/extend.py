"""The model of a kind of document with what a pack declares: a class of its own, below the plain one.

Everything that is known from the model follows from it: reading with places and suggestions, the JSON Schema, what
templates find in 数据, open data, secrecy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Field, ValidationError, create_model
from pydantic.fields import FieldInfo

from gongkai.model.base import Amount, Count, Day, Model, Quantity, Text

from .declared import CURRENT, Comparison, Declared, FactType, Owner, OwnFact
from .places import COMPARED, OWNERS, Steps

_TYPES: Mapping[FactType, Any] = {
    FactType.AMOUNT: Amount,
    FactType.COUNT: Count,
    FactType.RATE: Quantity,
    FactType.TEXT: Text,
    FactType.DAY: Day,
}
_PACKS_REMEMBERED = 32
OWN_MARK = "x-模板事实"
"""The keyword of a pack's fact in the JSON Schema; it says the type (类型)."""

Fields = dict[str, tuple[Any, Any]]


@lru_cache(_PACKS_REMEMBERED)
def extended(model: type[Model], kind: str, declared: Declared) -> type[Model]:
    """The model of a kind of document with what a pack declares; the plain one where it declares nothing."""
    if not declared:
        return model
    wanted: dict[Steps, Fields] = {}
    for fact in declared.facts:
        for steps in OWNERS[kind][fact.owner]:
            wanted.setdefault(steps, {})[field_name(fact.name)] = _field(fact)
    for own in declared.comparisons:
        for steps in COMPARED[kind][own.place]:
            wanted.setdefault(steps, {}).update(_comparison(own.comparison))
    if declared.of(Owner.FILE):
        wanted.setdefault((), {})["section_units"] = _section_units(model, declared)
    made = _extended(model, wanted)
    made.own_declared = declared
    return made


def _section_units(model: type[Model], declared: Declared) -> tuple[Any, Any]:
    """分节金额单位, which may name the facts of the pack as well."""
    info = model.model_fields["section_units"]
    sections, unit = get_args(info.annotation)
    names = (*get_args(sections), *(fact.name for fact in declared.of(Owner.FILE)))
    said = copy(info)
    said.annotation = None
    return dict[Literal[names], unit], said  # type: ignore[valid-type]


def field_name(name: str) -> str:
    """What the program calls the field of a name that a pack has chosen."""
    return "own_" + "".join(f"{ord(character):x}" for character in name)


def _field(fact: OwnFact) -> tuple[Any, Any]:
    if fact.type is FactType.LIST:
        record = _record(fact.name, {field_name(one.name): _field(one) for one in fact.fields})
        mark = _mark(fact.type)
        if fact.required:
            return tuple[record, ...], Field(alias=fact.name, description=fact.meaning, min_length=1, **mark)  # type: ignore[valid-type]
        return tuple[record, ...], Field((), alias=fact.name, description=fact.meaning, **mark)  # type: ignore[valid-type]
    meaning = _with_unit(fact)
    if fact.comparisons:
        current = Field(alias=CURRENT, description=meaning, **_mark(fact.type))
        fields: Fields = {field_name(CURRENT): (_TYPES[fact.type], current)}
        for comparison in fact.comparisons:
            fields |= _comparison(comparison, fact.type)
        record = _record(fact.name, fields)
        return _optional(record, fact.type, fact.name, meaning, required=fact.required)
    return _optional(_TYPES[fact.type], fact.type, fact.name, meaning, required=fact.required)


def _mark(kind: FactType) -> dict[str, Any]:
    """What is said in the JSON Schema of a fact of a pack."""
    return {"json_schema_extra": {OWN_MARK: str(kind)}}


def _with_unit(fact: OwnFact) -> str:
    unit = f"单位：{fact.unit}" if fact.unit else ""
    return f"{fact.meaning}（{unit}）" if fact.meaning and unit else fact.meaning or unit


def _record(name: str, fields: Fields) -> type[Model]:
    made: type[Model] = create_model(field_name(name), __base__=Model, **fields)  # type: ignore[call-overload]
    made.model_config["title"] = name
    return made


def _comparison(comparison: Comparison, kind: FactType = FactType.AMOUNT) -> Fields:
    name, required = comparison.name, comparison.required
    fields = {field_name(name): _optional(_TYPES[kind], kind, name, comparison.meaning, required=required)}
    if comparison.reason:
        meaning = f"与{comparison.name}比变动的主要原因"
        fields[field_name(comparison.reason)] = _optional(
            Text, FactType.TEXT, comparison.reason, meaning, required=required
        )
    return fields


def _optional(kind: Any, type_: FactType, alias: str, meaning: str, *, required: bool) -> tuple[Any, Any]:
    if required:
        return kind, Field(alias=alias, description=meaning, **_mark(type_))
    return kind | None, Field(None, alias=alias, description=meaning, **_mark(type_))


def _extended(model: type[Model], wanted: Mapping[Steps, Fields]) -> type[Model]:
    """A model with further fields in itself and in the records below it."""
    fields: Fields = dict(wanted.get((), {}))
    for step in dict.fromkeys(steps[0] for steps in wanted if steps):
        below = {steps[1:]: added for steps, added in wanted.items() if steps[:1] == (step,)}
        info = model.model_fields[step]
        inner = next(records_in(info.annotation))
        replaced = _extended(inner, below)
        fields[step] = (_with(info.annotation, inner, replaced), _of(info, inner, replaced))
    made: type[Model] = create_model(model.__name__, __base__=model, **fields)  # type: ignore[call-overload]
    made.own_base = model
    return made


def own_fields(record: BaseModel) -> list[str]:
    """The fields of a record that a pack has added."""
    model = type(record)
    return [name for name in model.model_fields if name not in plain_of(model).model_fields]


def masked_own(record: BaseModel, refusal: str) -> dict[str, Any]:
    """What stands for the facts of a pack under a secret (涉密) record: ``refusal`` for texts, nothing for figures."""
    return {name: refusal if isinstance(getattr(record, name), str) else None for name in own_fields(record)}


def refused_own(record: BaseModel, refusal: str) -> dict[str, Any]:
    """What stands for the texts of a pack in a record whose figures are public, and whose money is all secret.

    A fact with comparisons is a record itself, with its reasons in it.
    """
    found: dict[str, Any] = {}
    for name in own_fields(record):
        value = getattr(record, name)
        if isinstance(value, str):
            found[name] = refusal
        elif isinstance(value, BaseModel):
            texts = {inner: refusal for inner in type(value).model_fields if isinstance(getattr(value, inner), str)}
            found[name] = value.model_copy(update=texts)
    return found


def own_texts(record: BaseModel) -> Iterator[str]:
    """Every text that a record has in the facts of a pack."""
    for name in own_fields(record):
        value = getattr(record, name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, BaseModel):
            yield from (text for text in (getattr(value, f) for f in type(value).model_fields) if isinstance(text, str))


def plain_of(model: type[BaseModel]) -> type[BaseModel]:
    """The model of the product from which that of a pack was made; any other is itself."""
    base: type[BaseModel] = model.__dict__.get("own_base", model)
    return base


def records_in(annotation: Any) -> Iterator[type[Model]]:
    """The records in a type."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from records_in(argument)


def _with(annotation: Any, inner: type[BaseModel], replaced: type[BaseModel]) -> Any:
    """A type with one record in the place of another."""
    if annotation is inner:
        return replaced
    origin, arguments = get_origin(annotation), get_args(annotation)
    if not arguments:
        return annotation
    changed = tuple(_with(argument, inner, replaced) for argument in arguments)
    if origin in {Union, UnionType}:
        return Union[changed]  # noqa: UP007 - of types that are known only now
    return Annotated[changed] if origin is Annotated else origin[changed]


def _of(info: FieldInfo, inner: type[BaseModel], replaced: type[BaseModel]) -> FieldInfo:
    """What is said of a field, of the record that stands in it now; one that must say something more is required."""
    said = copy(info)
    said.annotation = None
    if isinstance(info.default, inner):
        try:
            said.default = replaced()
        except ValidationError:
            return Field(alias=info.alias, description=info.description)  # type: ignore[no-any-return]
    return said
