"""What may stand in a cell of the book, by the schema of the input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from gongkai.findings import Path
from gongkai.intake.guide import Guide
from gongkai.model.own.declared import FactType


class Entry(Enum):
    """What a cell is for."""

    TEXT = auto()
    NUMBER = auto()
    """An amount or a measured number."""
    WHOLE = auto()
    CODE = auto()
    DAY = auto()
    CHOICE = auto()


@dataclass(frozen=True, slots=True)
class Shape:
    """What is due at a path: ``choices`` where it is one of a few words, and what it means (``description``)."""

    entry: Entry
    choices: Sequence[str] = ()
    description: str = ""
    rate: bool = False
    """Whether a number is no amount but a rate (比率) of a pack."""


def shape_of(guide: Guide, path: Path) -> Shape:
    """The shape of the value at a path of a data file; a text where the schema says nothing.

    What may be one value or divided into several is what its parts are.
    """
    rule = guide.at(path)
    parts = guide.names(path)
    if parts:
        return replace(shape_of(guide, (*path, parts[0])), description=guide.description(path))
    description = guide.description(path)
    choices = [choice for choice in rule.get("enum", [rule.get("const")]) if isinstance(choice, str)]
    if choices:
        return Shape(Entry.CHOICE, choices, description)
    types = rule.get("type", "string")
    kinds = {types} if isinstance(types, str) else {*types}
    if "integer" in kinds and rule.get("pattern", "").startswith(r"^\d"):
        return Shape(Entry.CODE, (), description)
    if "integer" in kinds:
        return Shape(Entry.WHOLE, (), description)
    if kinds & {"number"} and "minLength" not in rule:
        return Shape(Entry.NUMBER, (), description, rate=guide.own_type(path) == FactType.RATE)
    return Shape(Entry.DAY if rule.get("format") == "date" else Entry.TEXT, (), description)


def leaves(guide: Guide, path: Path) -> Iterator[Path]:
    """The paths of all single values in the mapping at ``path``, itself where it is one; lists are left out."""
    rule = guide.at(path)
    names = guide.names(path)
    if names:
        for name in names:
            yield from leaves(guide, (*path, name))
    elif "items" not in rule and rule.get("type") != "object":
        yield path


def is_required(guide: Guide, path: Path) -> bool:
    """Whether the schema asks for what is at ``path``, and for all around it."""
    return all(path[end] in guide.at(path[:end]).get("required", ()) for end in range(len(path)))
