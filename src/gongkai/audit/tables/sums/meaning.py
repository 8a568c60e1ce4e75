"""What every cell is of: the amounts 科目 × money × nature that it holds together, as the import of tables has it.

The import states each cell as a sum of such amounts (``budget.sums``, ``final.sums``). Here nothing is solved: two
cells of the same amounts must be the same figure, and a cell is what others come to that have its amounts between
them. Sets of amounts are bits of a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gongkai.intake.export.bounds.narrowing import Var
from gongkai.intake.export.bounds.system import Sum, System
from gongkai.intake.export.budget.carried import CarriedRows
from gongkai.intake.export.budget.income import UnitIncomeParts
from gongkai.intake.export.budget.sums import BudgetSums
from gongkai.intake.export.final.sums import FinalSums
from gongkai.intake.export.reading.amounts import ZERO
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

from ..facts import Fact, Facts


class Collected(System):
    """The sums as they stand in the tables."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Sum] = []
        self.may_be_less: set[Var] = set()
        """Amounts that may be less than nothing."""

    def add(self, found: Sum) -> None:
        """Note a sum."""
        self.found.append(found)

    def free(self, var: Var) -> None:
        """Note an amount that may be less than nothing."""
        self.may_be_less.add(var)


@dataclass(frozen=True, eq=False)
class Node:
    """One cell, or a few that are told together, and the amounts it is of."""

    facts: Sequence[Fact]
    """None for a row that a table does not have."""
    more: int
    """The amounts that are added, as bits."""
    less: int
    """Those that are taken away."""
    table: str
    code: str
    what: str

    @cached_property
    def value(self) -> Decimal:
        """The figure, or what several come to, 万元."""
        return sum((fact.value for fact in self.facts), ZERO)

    def without(self, nothing: int) -> Node:
        """The same, amounts that are nothing left out."""
        return Node(self.facts, self.more & ~nothing, self.less & ~nothing, self.table, self.code, self.what)


@dataclass(frozen=True)
class Meaning:
    """Every cell of which it is known what it is of."""

    nodes: Sequence[Node]
    free: int
    """The amounts that may be less than nothing, as bits."""


def meaning_of(facts: Facts) -> Meaning:
    """What the cells of a document's tables are of."""
    system = Collected()
    if facts.tables.kind == "预算":
        sums = BudgetSums(facts.tables, system)
        sums.fill()
        CarriedRows(sums).fill()
        UnitIncomeParts(facts.tables, sums).fill()
    else:
        FinalSums(facts.tables, system).fill()
    bits: dict[Var, int] = {}
    for found in system.found:
        for var in found.terms:
            bits.setdefault(var, 1 << len(bits))
    nodes = [node for found in system.found if (node := _node(found, bits, facts)) is not None]
    return Meaning(nodes, _mask(system.may_be_less, bits))


def _node(found: Sum, bits: Mapping[Var, int], facts: Facts) -> Node | None:
    cells = [fact for place in found.places if place.line and (fact := facts.at(place)) is not None]
    if not cells and (found.value or any(place.line for place in found.places)):
        return None
    more = _mask((var for var, sign in found.terms.items() if sign > 0), bits)
    less = _mask((var for var, sign in found.terms.items() if sign < 0), bits)
    codes = {fact.code for fact in cells}
    code = codes.pop() if len(codes) == 1 else found.group
    table = cells[0].table.form.key if cells else found.what.partition("》")[0]
    return Node(cells, more, less, table, code, found.what)


def _mask(amounts: Iterable[Var], bits: Mapping[Var, int]) -> int:
    mask = 0
    for var in amounts:
        mask |= bits.get(var, 0)
    return mask
