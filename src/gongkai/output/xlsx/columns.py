"""The columns of a sheet on which a form and a grid stand, each with columns of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.statements.tables.table import Column

_NEAR = Decimal("0.6")
"""Per cent of the width within which an edge of the form and one of the grid are the same edge."""
_LEAST = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """Edges of the sheet's columns in per cent, and at which of them the grid's and the form's columns begin."""

    edges: Sequence[Decimal]
    grid: Sequence[int]
    form: Sequence[int]

    @property
    def widths(self) -> list[Decimal]:
        """The width of every column of the sheet, in per cent of the table's."""
        return [right - left for left, right in pairwise(self.edges)]


def sheet_columns(grid: Sequence[Column], form: Sequence[Column]) -> SheetColumns:
    """The columns that a sheet needs so that both fit: an edge for each of theirs, near ones together."""
    ours, theirs = _edges(grid), _edges(form)
    same = _same_edges(ours, theirs) if form else {}
    marks = [(edge, 0, i) for i, edge in enumerate(ours)]
    marks += [(edge, 1, j) for j, edge in enumerate(theirs) if form and j not in same]
    places = {(side, number): place for place, (_, side, number) in enumerate(sorted(marks))}
    return SheetColumns(
        [edge for edge, _, _ in sorted(marks)],
        [places[0, i] for i in range(len(ours))],
        [places[0, same[j]] if j in same else places[1, j] for j in range(len(theirs))] if form else [],
    )


def _edges(columns: Sequence[Column]) -> list[Decimal]:
    """Where columns begin and end; the last edge is 100."""
    widths = [max(Decimal(column.width), _LEAST) for column in columns]
    return [Decimal(0), *(reached * 100 / sum(widths) for reached in accumulate(widths))]


def _same_edges(ours: Sequence[Decimal], theirs: Sequence[Decimal]) -> dict[int, int]:
    """Which of their edges is which of ours: the first and the last, and near ones where the order allows it."""
    same = {0: 0}
    free = 1
    for j in range(1, len(theirs) - 1):
        fits = [
            i
            for i in range(free, len(ours) - 1)
            if abs(ours[i] - theirs[j]) <= _NEAR and theirs[j - 1] < ours[i] < theirs[j + 1]
        ]
        if fits:
            _, same[j] = min((abs(ours[i] - theirs[j]), i) for i in fits)
            free = same[j] + 1
    return {**same, len(theirs) - 1: len(ours) - 1}
