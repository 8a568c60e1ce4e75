"""Figures that stand a row too high or too low: each is what another table has for the row beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..facts import Fact
from .relations import Relation

_LEAST = 2
"""Figures, different ones, that must stand so."""


@dataclass(frozen=True, eq=False)
class Shift:
    """A run of figures in a column that belong a row higher or lower."""

    facts: Sequence[Fact]
    other: str
    """The table by which it is seen."""
    down: bool
    """Whether they stand too low."""

    @property
    def first(self) -> Fact:
        """Where it begins."""
        return self.facts[0]


def shifts(relations: Iterable[Relation]) -> Iterator[Shift]:
    """Every run of such figures."""
    columns: dict[tuple[int, str, str], list[tuple[Fact, Fact]]] = defaultdict(list)
    for relation in relations:
        if len(relation.parts) == 1:
            for fact, other in ((relation.whole, relation.parts[0][0]), (relation.parts[0][0], relation.whole)):
                columns[fact.column.number, fact.table.name, other.table.name].append((fact, other))
    told: set[str] = set()
    for pairs in columns.values():
        if all(fact.value == other.value for fact, other in pairs):
            continue
        pairs.sort(key=lambda pair: pair[0].line.row)
        for shift in _runs(pairs):
            names = "".join(sorted((shift.first.table.name, shift.other)))
            if names not in told:
                told.add(names)
                yield shift


def _runs(pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[Shift]:
    """Runs of rows of which each has the figure that the row before it, or after it, should have."""
    for down in (True, False):
        run: list[Fact] = []
        for (fact, other), (below, other_below) in pairwise(pairs):
            moved, due, own = (below, other, other_below) if down else (fact, other_below, other)
            if moved.value and moved.value == due.value and moved.value != own.value:
                run.append(moved)
                continue
            if len({one.value for one in run}) >= _LEAST:
                break
            run = []
        if len({one.value for one in run}) >= _LEAST:
            yield Shift(run, pairs[0][1].table.name, down)
