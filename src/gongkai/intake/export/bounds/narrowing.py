"""Bounds of amounts narrowed by rows, each the sum of some amounts between two limits; in whole units."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

Var = Any
"""What names an amount: anything that can be a key."""

ENDLESS = 10**18
"""More units than any amount has."""
_FAR = ENDLESS // 2
_MOST_STEPS = 4_000
"""Rows that one change may set in motion: bounds that are left wider ask more, and are never wrong."""

_MOST_OF_ALL, _LEAST_STEPS = 60_000, 200
"""Rows set in motion by all changes together; after so many, every further change sets only a few in motion."""

T = TypeVar("T")


class Row(Generic[T]):
    """Some amounts, added (1) or taken away (-1), come to something between two limits."""

    __slots__ = ("high", "low", "of", "terms")

    def __init__(self, terms: Sequence[tuple[Var, int]], low: int, high: int, of: T) -> None:
        self.terms = terms
        self.low = low
        self.high = high
        self.of = of


class Narrowing(Generic[T]):
    """Amounts between bounds, and the rows that bind them. A change that cannot be leaves everything as it was."""

    def __init__(self) -> None:
        self.low: dict[Var, int] = {}
        self.high: dict[Var, int] = {}
        self.rows: list[Row[T]] = []
        self.of_var: dict[Var, list[int]] = defaultdict(list)
        self._steps = 0
        self.stuck: Row[T] | None = None
        """The row that could not be true after the last change that could not be."""

    def bounds(self, var: Var) -> tuple[int, int]:
        """The least and the most that an amount can be."""
        return self.low.get(var, 0), self.high.get(var, ENDLESS)

    def reach(self, row: Row[T]) -> tuple[int, int]:
        """The least and the most that the amounts of a row can come to."""
        least = most = 0
        for var, sign in row.terms:
            low, high = self.bounds(var)
            least += low if sign > 0 else -high
            most += high if sign > 0 else -low
        return least, most

    def add(self, row: Row[T]) -> bool:
        """Bind amounts by a row; whether that can be."""
        at = len(self.rows)
        self.rows.append(row)
        for var, _ in row.terms:
            self.of_var[var].append(at)
        if self._propagate([at], {}):
            return True
        self.rows.pop()
        for var, _ in row.terms:
            self.of_var[var].pop()
        return False

    def change(self, bounds: Mapping[Var, tuple[int, int]]) -> bool:
        """Set bounds of amounts; whether that can be."""
        before = {var: self.bounds(var) for var in bounds}
        for var, (low, high) in bounds.items():
            self.low[var], self.high[var] = low, high
        touched = dict.fromkeys(at for var in bounds for at in self.of_var[var])
        return self._propagate(touched, before)

    def snapshot(self) -> tuple[dict[Var, int], dict[Var, int]]:
        """The bounds as they are, to be restored."""
        return dict(self.low), dict(self.high)

    def restore(self, saved: tuple[dict[Var, int], dict[Var, int]]) -> None:
        """Take back what was narrowed since."""
        self.low, self.high = dict(saved[0]), dict(saved[1])

    def _propagate(self, start: Iterable[int], before: dict[Var, tuple[int, int]]) -> bool:
        """Narrow until nothing changes; ``before`` are the bounds of what was changed already."""
        waiting = deque(start)
        queued = set(waiting)
        left = _MOST_STEPS if self._steps < _MOST_OF_ALL else _LEAST_STEPS
        while waiting and left:
            at = waiting.popleft()
            queued.discard(at)
            left -= 1
            self._steps += 1
            changed = self._narrow(self.rows[at], before)
            if changed is None:
                self.stuck = self.rows[at]
                for var, (low, high) in before.items():
                    self.low[var], self.high[var] = low, high
                return False
            others = {other for var in changed for other in self.of_var[var]} - queued - {at}
            queued |= others
            waiting.extend(sorted(others))
        return True

    def _narrow(self, row: Row[T], before: dict[Var, tuple[int, int]]) -> list[Var] | None:
        """Narrow the amounts of one row; those that changed, or None where the row cannot be true."""
        least, most = self.reach(row)
        if least > row.high or most < row.low:
            return None
        changed = []
        for var, sign in row.terms:
            low, high = self.bounds(var)
            rest_least = least - (low if sign > 0 else -high)
            rest_most = most - (high if sign > 0 else -low)
            if sign > 0:
                new = max(low, row.low - rest_most), min(high, row.high - rest_least)
            else:
                new = max(low, rest_least - row.high), min(high, rest_most - row.low)
            if new[0] > new[1]:
                return None
            if new != (low, high) and not _still_far(new, (low, high)):
                before.setdefault(var, (low, high))
                self.low[var], self.high[var] = new
                least = rest_least + (new[0] if sign > 0 else -new[1])
                most = rest_most + (new[1] if sign > 0 else -new[0])
                changed.append(var)
        return changed


def _still_far(new: tuple[int, int], old: tuple[int, int]) -> bool:
    """Whether only a bound has moved that says nothing before and after."""
    return (new[0] == old[0] or new[0] <= -_FAR) and (new[1] == old[1] or new[1] >= _FAR)
