"""What must be equal: one figure, and others that come to it; with the rounding that their printed places allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gongkai.intake.export.reading.amounts import ZERO
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

from ..facts import CellKey, Fact

Signed = tuple[Fact, int]
"""A figure that is added (1) or taken away (-1)."""


@dataclass(frozen=True, eq=False)
class Relation:
    """A figure is what others come to."""

    rule: str
    """The code of the rule that tells where it does not hold."""
    whole: Fact
    parts: Sequence[Signed]
    words: str
    """What the parts are: 各列相加, 下级各行相加; or where the other figure stands."""
    group: str = ""
    """Relations of one hypothesis about a layout: where most of them fail, it is the hypothesis that is wrong."""

    @cached_property
    def cells(self) -> Sequence[Signed]:
        """Every figure with its sign in ``whole − parts = 0``."""
        return ((self.whole, 1), *((fact, -sign) for fact, sign in self.parts))

    @cached_property
    def identity(self) -> frozenset[tuple[CellKey, int]]:
        """What tells it from another, whichever of its figures is called the whole."""
        signed = [(fact.cell, sign) for fact, sign in self.cells]
        first = min(signed)
        return frozenset((cell, sign * first[1]) for cell, sign in signed)

    @cached_property
    def expected(self) -> Decimal:
        """What the parts come to, 万元."""
        return sum((fact.value * sign for fact, sign in self.parts), ZERO)

    @cached_property
    def residual(self) -> Decimal:
        """How much the whole is beyond it."""
        return self.whole.value - self.expected

    @cached_property
    def slack(self) -> Decimal:
        """How far rounding alone may bring both apart: half a unit for each printed figure."""
        return sum((fact.figure.slack for fact, _ in self.cells), ZERO)

    @property
    def says(self) -> bool:
        """Whether there is anything to compare."""
        return any(fact.value for fact, _ in self.cells)

    @property
    def holds(self) -> bool:
        """Whether both are equal but for rounding."""
        return abs(self.residual) <= self.slack

    @property
    def telling(self) -> bool:
        """Whether more than two figures of it are something: then that it holds is no copy of one figure."""
        return len([fact for fact, _ in self.cells if fact.value]) > 2


def distinct(relations: Iterable[Relation]) -> list[Relation]:
    """Each relation once, that which comes first; a figure is never held against itself."""
    found: dict[frozenset[tuple[CellKey, int]], Relation] = {}
    for relation in relations:
        if len({cell for cell, _ in relation.identity}) == len(relation.cells) > 0:
            found.setdefault(relation.identity, relation)
    return list(found.values())
