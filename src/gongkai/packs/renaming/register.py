"""The register of names that were changed: the old one, the new one, where, since when, until when the old one holds.

Whatever warns of an old name, lists the old names or writes the new ones in their place asks here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import BaseModel

from gongkai.kinds import KINDS
from gongkai.packs.contract import FUNCTION_NAMES
from gongkai.packs.names import ATTRIBUTES, OLD_BLOCKS, VARIABLES


class Where(StrEnum):
    """Where a name stands."""

    VARIABLE = "变量"
    FIELD = "点后面的字段"
    FUNCTION = "函数"
    BLOCK = "块"
    DATA = "数据文件"
    TABLES = "表格.yaml"
    STYLE = "style.yaml"


@dataclass(frozen=True, slots=True)
class Change:
    """When names were changed: the version of the program, and the end of the time in which the old ones hold."""

    since: str
    until: str


OPTIONS_BY_KIND = Change("0.2.0", "2027 年底")
"""Options of one kind of document moved beneath its name, and lost it from their own: 决算自称 → 决算: {自称}."""
CHINESE_NAMES = Change("0.2.0", "2027 年底")
"""What templates use has Chinese names."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name that was changed, once for each place where it stands."""

    old: str
    new: str
    where: Where
    change: Change


@cache
def renamings() -> tuple[Renaming, ...]:
    """Every name that was changed by itself; those of data files, 表格.yaml and style.yaml never were so far.

    Options were moved by a rule (``options.old_names``).
    """
    functions = ((function.__name__, name) for name, function in FUNCTION_NAMES.items())
    pairs = [
        *((english, chinese, Where.VARIABLE) for chinese, english in VARIABLES),
        *((english, chinese, Where.FIELD) for chinese, english in ATTRIBUTES.items()),
        *((english, chinese, Where.FIELD) for english, chinese in _fields_of_data().items()),
        *((english, chinese, Where.FUNCTION) for english, chinese in functions),
        *((english, chinese, Where.BLOCK) for english, chinese in OLD_BLOCKS.items()),
    ]
    return tuple(Renaming(old, new, where, CHINESE_NAMES) for old, new, where in pairs)


@cache
def new_names(*where: Where) -> Mapping[str, str]:
    """The new names by the old ones of these places; of several new ones, all of which are understood, the first."""
    found: dict[str, str] = {}
    for renaming in renamings():
        if renaming.where in where:
            found.setdefault(renaming.old, renaming.new)
    return found


def _fields_of_data() -> Mapping[str, str]:
    """The program's names of fields of a data file that are not in the list of names behind a dot.

    Only those whose clerk's name can stand behind a dot, and is the same wherever the program's name is used.
    """
    models: dict[type[BaseModel], None] = {}
    for kind in KINDS.values():
        _collect(kind.model.value, models)
    names: dict[str, set[str]] = {}
    for model in models:
        for name, field in model.model_fields.items():
            names.setdefault(name, set()).add(field.alias or name)
    known = set(ATTRIBUTES.values())
    single = {name: next(iter(of)) for name, of in names.items() if len(of) == 1 and name not in known}
    return {name: alias for name, alias in single.items() if alias.isidentifier() and alias != name}


def _collect(annotation: object, found: dict[type[BaseModel], None]) -> None:
    """The models in a type, in their order: what is made of them is printed."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in found:
        found[annotation] = None
        for field in annotation.model_fields.values():
            _collect(field.annotation, found)
    for argument in getattr(annotation, "__args__", ()):
        _collect(argument, found)
