"""Conditions as they choose: what a condition of an expression lets through."""

from __future__ import annotations

from gongkai.statements.facts.store import Choice
from gongkai.statements.facts.vocabulary import Dimension

from .nodes import Condition

ALL = "全部"
"""The value of a condition that asks for everything, whatever row it stands in."""


def choice_of(condition: Condition, dimension: Dimension) -> Choice | None:
    """What a condition lets through; None where it asks for everything."""
    if condition.values == (ALL,):
        return None
    if dimension.codes:
        return Choice(frozenset(condition.values), codes=True)
    values = frozenset(one for value in condition.values for one in dimension.sets.get(value, (value,)))
    return Choice(frozenset(dimension.values) - values if condition.but else values)
