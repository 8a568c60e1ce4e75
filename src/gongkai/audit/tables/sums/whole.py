"""All sums and identities of a document's tables: which hold, which do not, and what is wrong at bottom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.audit.document import Audited
from gongkai.intake.export.reading.found import Found

from ..facts import Body, Facts, body_of, facts_of
from ..others import others
from .causes import Cause, causes
from .columns import across
from .identities import EQUAL, between, within
from .meaning import meaning_of
from .relations import Relation, distinct
from .rows import down
from .shifted import Shift, shifts
from .sides import both_sides

_LEAST = 2
"""Sums of several figures that must hold in a table that is none of the official ones."""
_FEW = 3
"""So few sums of a reading say nothing against it."""
_SHARE = 15
"""So many must hold to the last place for each that does not."""
_ENOUGH = 30
"""Sums that hold to the last place, before one that does not is worth a word."""


@dataclass(frozen=True)
class Sums:
    """The relations of a document."""

    facts: Facts
    relations: Sequence[Relation]
    unsure: Sequence[tuple[Found, int, int]] = ()
    """Tables whose reading fails more often than not: how many sums of how many."""
    equal: Sequence[Relation] = ()
    """Of all tables, also of those of which most fails: two cells that are one figure."""

    @property
    def failing(self) -> list[Relation]:
        """Those that do not hold."""
        return [relation for relation in self.relations if not relation.holds]

    @cached_property
    def causes(self) -> Sequence[Cause]:
        """Why they do not."""
        first = {fact.cell: shift.first for shift in self.shifts for fact in shift.facts}
        return [
            Cause(first[cause.fact.cell], cause.relations) if cause.fact.cell in first else cause
            for cause in causes(self.relations)
        ]

    @cached_property
    def shifts(self) -> Sequence[Shift]:
        """Columns whose figures stand a row too high or too low."""
        return list(shifts(self.equal))

    @cached_property
    def tails(self) -> Sequence[Cause]:
        """Sums that differ by no more than rounding may make of them, in a document where nearly all others do not."""
        exact = [relation for relation in self.relations if not relation.residual]
        if len(exact) < _ENOUGH:
            return ()
        found = causes([relation for relation in self.relations if relation.holds], exact=True)
        return found if len(found) * _SHARE <= len(exact) else ()


def sums_of(document: Audited) -> Sums:
    """The relations of a document, made once."""
    return document.once(_sums)


def _sums(document: Audited) -> Sums:
    facts = facts_of(document)
    alone: list[Relation] = []
    for body in facts.bodies:
        alone += [*across(body), *down(body), *both_sides(body)]
    for table in others(document):
        alone += _understood(body_of(table))
    meaning = meaning_of(facts)
    alone += within(meaning)
    alone, unsure = borne_out(distinct(alone))
    doubted = frozenset(cell for relation in alone if not relation.holds for cell, _ in relation.identity)
    both = distinct([*alone, *between(meaning, doubted)])
    relations, unsure_too = borne_out(both)
    equal = [relation for relation in both if relation.rule == EQUAL and relation.says]
    return Sums(facts, relations, [*unsure, *unsure_too], equal)


def _understood(body: Body) -> list[Relation]:
    """The sums of a table that nobody knows: where most of them hold, and more than one tells."""
    relations = distinct([*across(body), *down(body)])
    holding = [relation for relation in relations if relation.says and relation.holds]
    failing = [relation for relation in relations if not relation.holds]
    telling = [relation for relation in holding if relation.telling]
    return relations if len(telling) >= _LEAST and len(failing) * 2 < len(holding) else []


def borne_out(relations: Iterable[Relation]) -> tuple[list[Relation], list[tuple[Found, int, int]]]:
    """The relations that say anything, without those of a reading of the tables that fails more often than not."""
    saying = [relation for relation in relations if relation.says]
    groups: dict[str, list[Relation]] = defaultdict(list)
    for relation in saying:
        groups[relation.group].append(relation)
    wrong: dict[str, tuple[Found, int, int]] = {}
    for name, group in groups.items():
        failing = [relation for relation in group if not relation.holds]
        if name and len(group) > _FEW and len(failing) * 2 > len(group):
            wrong[name] = (group[0].whole.table, len(failing), len(group))
    return [relation for relation in saying if relation.group not in wrong], list(wrong.values())
