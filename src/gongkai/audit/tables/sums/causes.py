"""What is wrong at bottom: of several sums that do not hold, the one figure whose change mends them.

A figure is suspected where the same change of it mends several sums and breaks none. Two tables that differ row by
row by one amount are told once, at the deepest row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

from ..facts import CellKey, Fact
from .identities import by_cell
from .relations import Relation

_MOST = 400
"""Failing sums that are looked into; a document with more is wrong all over."""
_MOST_SEARCHED, _MOST_CELLS = 40, 8_000
"""Causes, and figures in failing sums, among which the wrong figure is looked for; the rest is told sum by sum."""


@dataclass(frozen=True, eq=False)
class Cause:
    """Sums that fail for one reason."""

    fact: Fact
    """The figure that is most likely wrong."""
    relations: Sequence[Relation]
    """What fails, that first in which the figure is the whole."""
    expected: Decimal | None = None
    """What it should be, 万元; None where another figure may as well be the wrong one."""


def causes(relations: Sequence[Relation], *, exact: bool = False) -> list[Cause]:
    """The causes of all that fails; with ``exact`` what differs by rounding alone fails, too."""
    failing = [relation for relation in relations if _fails(relation, exact=exact)][:_MOST]
    at = by_cell(relations)
    found: list[Cause] = []
    while failing:
        searched = len(found) < _MOST_SEARCHED and sum(len(relation.cells) for relation in failing) < _MOST_CELLS
        cause = _cause(failing, at, exact=exact) if searched else _together(failing, failing[0])
        found.append(cause)
        told = {id(relation) for relation in cause.relations}
        failing = [relation for relation in failing if id(relation) not in told]
    return found


def _fails(relation: Relation, *, exact: bool) -> bool:
    return bool(relation.residual) if exact else not relation.holds


@dataclass(frozen=True, slots=True)
class _Suspect:
    fact: Fact
    change: Decimal
    mended: Sequence[Relation]
    broken: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """What makes it more likely than another: what it mends without breaking, and that it is a whole."""
        wholes = sum(relation.whole is self.fact for relation in self.mended)
        return len(self.mended) - self.broken, len(self.mended), wholes


def _cause(failing: Sequence[Relation], at: Mapping[CellKey, Sequence[Relation]], *, exact: bool) -> Cause:
    suspects = list(_suspects(failing, at, exact=exact))
    best = max(suspects, key=lambda suspect: suspect.rank)
    peers = [s for s in suspects if s.rank[:2] == best.rank[:2] and s.fact is not best.fact]
    if best.broken == 0 and not peers:
        mended = sorted(best.mended, key=lambda relation: relation.whole is not best.fact)
        return Cause(best.fact, mended, best.fact.value + best.change)
    if best.broken == 0 and len(best.mended) > 1:
        return Cause(best.fact, best.mended)
    return _together(failing, best.mended[0])


def _suspects(
    failing: Sequence[Relation], at: Mapping[CellKey, Sequence[Relation]], *, exact: bool
) -> Iterator[_Suspect]:
    """Every figure that one of the failing sums is about, with the change that mends most of them."""
    own: dict[CellKey, list[tuple[Relation, Fact, Decimal]]] = defaultdict(list)
    for relation in failing:
        for fact, sign in relation.cells:
            own[fact.cell].append((relation, fact, -relation.residual * sign))
    for cell, wanted in own.items():
        best: tuple[list[Relation], Decimal] = ([], Decimal(0))
        for change, _ in Counter(change for _, _, change in wanted).most_common(3):
            mended = [r for r, _, other in wanted if abs(other - change) <= (0 if exact else r.slack)]
            if len(mended) > len(best[0]):
                best = mended, change
        mended, change = best
        told = {id(relation) for relation in mended}
        holding = [r for r in at.get(cell, ()) if id(r) not in told]
        broken = sum(not _stays(r, cell, change, exact=exact) for r in holding)
        yield _Suspect(wanted[0][1], change, mended, broken)


def _stays(relation: Relation, cell: CellKey, change: Decimal, *, exact: bool) -> bool:
    """Whether a sum still holds, or fails no worse, after a change of a figure in it."""
    sign = next(sign for fact, sign in relation.cells if fact.cell == cell)
    after = abs(relation.residual + sign * change)
    return after <= (0 if exact else relation.slack) or after < abs(relation.residual)


def _together(failing: Sequence[Relation], first: Relation) -> Cause:
    """No single figure explains it: what differs between the same tables by the same amount is one cause."""
    same = [relation for relation in failing if _alike(relation, first)]
    same = same or [first]
    deepest = max(same, key=lambda relation: len(relation.whole.code))
    return Cause(deepest.whole, sorted(same, key=lambda relation: relation is not deepest))


def _alike(relation: Relation, first: Relation) -> bool:
    """Whether two tables differ by the same amount, or the same figure is as wrong in another place."""
    if abs(abs(relation.residual) - abs(first.residual)) > min(relation.slack, first.slack):
        return False
    return (relation.rule, relation.group) == (first.rule, first.group) or relation.whole.value == first.whole.value
