"""The codes of 科目 in tables: a code that is none is read as what its row can only mean, so that sums go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from gongkai import catalog
from gongkai.audit.document import Audited
from gongkai.catalog import Catalogue
from gongkai.intake.export.forms.form import CODE, CODE_PARTS
from gongkai.intake.export.forms.words import plain
from gongkai.intake.export.reading.found import Found, Line
from gongkai.intake.export.reading.tables import Tables

CODE_COLUMNS = (*CODE_PARTS, CODE, "编码1")
"""Where the code of a row may stand, the last of those that it has being the lowest level."""
_SHORTEST = 4
"""Last digits of a code that must be those of the one that is meant."""


@dataclass(frozen=True, eq=False)
class Miswritten:
    """A row whose code is none, and the code that its name and its last digits tell; empty where they tell none."""

    table: Found
    line: Line
    written: str
    """As the cells say it: 7 11 02."""
    meant: str


@dataclass(frozen=True)
class Coded:
    """The tables of a document with every code as it is meant."""

    tables: Tables
    miswritten: Sequence[Miswritten]


def coded(document: Audited) -> Coded:
    """The tables of a document, made once."""
    return document.once(_coded)


def is_economic(table: Found) -> bool:
    """Whether a table goes by the economic classification."""
    return table.form.key == "基本支出"


def catalogue_of(table: Found) -> Catalogue:
    """The classification by which a table goes."""
    return catalog.economic() if is_economic(table) else catalog.functional()


def _coded(document: Audited) -> Coded:
    found: list[Miswritten] = []
    by_key: dict[str, Found] = {}
    for key, table in document.tables.by_key.items():
        wrong = [one for line in table.lines if (one := _miswritten(table, line)) is not None]
        meant = {id(one.line): one.meant for one in wrong if one.meant}
        lines = [replace(line, code=meant.get(id(line), line.code)) for line in table.lines]
        by_key[key] = replace(table, lines=lines) if meant else table
        found += wrong
    return Coded(replace(document.tables, by_key=by_key), found)


def _miswritten(table: Found, line: Line) -> Miswritten | None:
    code = line.code
    known = catalogue_of(table)
    if not code or code in known or (len(code) in (3, 5, 7) and code[:3] in known):
        return None
    parts = [line.texts.get(key, "").strip() for key in CODE_COLUMNS]
    written = " ".join(part for part in parts if part)
    same = [other for other in codes_named(table, line.name) if other[-_SHORTEST:] == code[-_SHORTEST:]]
    return Miswritten(table, line, written or code, same[0] if len(same) == 1 else "")


def codes_named(table: Found, name: str) -> Sequence[str]:
    """The codes that have a name in the classification of a table."""
    return _by_name(economic=is_economic(table)).get(plain(name), ())


@cache
def _by_name(*, economic: bool) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for subject in catalog.economic() if economic else catalog.functional():
        found.setdefault(plain(subject.name), []).append(subject.code)
    return found
