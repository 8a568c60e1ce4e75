"""Amounts that are not known, the sums that contain them, and what these leave possible.

A sum is what some amounts come to, within half a step of its last decimal. Sums are taken in one after
another, those of few amounts first; one that cannot be true beside those before it is set aside as
contradicting, and bounds nothing. All arithmetic is exact, in whole units of 10⁻⁸ 万元.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.findings import Place

Var = Any
"""What names an amount: anything that can be a key."""

_SCALE = 8
_ENDLESS = 10 ** (10 + _SCALE)
"""More than any amount: 10¹⁰ 万元."""
_MOST_STEPS = 200_000


@dataclass(frozen=True, slots=True)
class Sum:
    """What some amounts come to: those of ``terms`` added (1) or taken away (-1)."""

    terms: Mapping[Var, int]
    value: Decimal
    slack: Decimal
    what: str
    """Where it stands, in the clerk's words: 《支出总体情况表》2011301“合计”."""
    places: tuple[Place, ...] = ()
    group: str = ""
    """The 科目 of whose amounts it tells; sums of one 科目 are held against each other."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an amount may be, 万元; None is no bound."""

    low: Decimal | None
    high: Decimal | None

    @property
    def width(self) -> Decimal | None:
        """How far apart they are; None where one is missing."""
        return None if self.low is None or self.high is None else self.high - self.low


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sum that cannot be true beside others, and what those leave it."""

    sum: Sum
    expected: Decimal
    against: tuple[Sum, ...]


class _Row:
    """A sum in whole units."""

    __slots__ = ("high", "low", "of", "terms")

    def __init__(self, terms: Sequence[tuple[Var, int]], low: int, high: int, of: tuple[Sum, ...]) -> None:
        self.terms = terms
        self.low = low
        self.high = high
        self.of = of


class System:
    """Amounts between bounds; every amount is at least nothing unless it is told to be ``free``."""

    def __init__(self) -> None:
        self._low: dict[Var, int] = {}
        self._high: dict[Var, int] = {}
        self._sums: list[Sum] = []
        self._rows: list[_Row] = []
        self._of_var: dict[Var, list[int]] = defaultdict(list)
        self.contradictions: list[Contradiction] = []
        self.doubted: set[Var] = set()
        """Amounts of a 科目 whose own sums contradict each other."""
        self.shaken: set[Var] = set()
        """Amounts in any other sum that contradicts."""
        self.stuck: tuple[Sum, ...] = ()
        """The sums at which the last supposition failed."""

    def add(self, found: Sum) -> None:
        """Take in a sum; one of no amounts is left to ``solve`` to hold against nothing."""
        self._sums.append(found)

    def know(self, var: Var, value: Decimal) -> None:
        """An amount is known, whatever the tables say."""
        self._low[var] = self._high[var] = _units(value)

    def free(self, var: Var) -> None:
        """An amount may be less than nothing."""
        self._low.setdefault(var, -_ENDLESS)

    def solve(self) -> None:
        """Take all sums in, and narrow the bounds as far as they allow."""
        zeros = [s for s in self._sums if not s.value and not s.slack]
        others = [s for s in self._sums if s.value or s.slack]
        for found in [*sorted(zeros, key=_size), *sorted(others, key=_size)]:
            self._take(found)
        self._differences()

    def _take(self, found: Sum) -> None:
        fixed = 0
        terms = []
        for var, sign in found.terms.items():
            low, high = self._bounds(var)
            if low == high:
                fixed += sign * low
            else:
                terms.append((var, sign))
        value, slack = _units(found.value), _units(found.slack)
        row = _Row(terms, value - slack - fixed, value + slack - fixed, (found,))
        least, most = self._reach(row)
        if least > row.high or most < row.low:
            self._contradict(found, least + fixed if least > row.high else most + fixed)
            return
        self._accept(row)

    def _accept(self, row: _Row) -> None:
        self._rows.append(row)
        for var, _ in row.terms:
            self._of_var[var].append(len(self._rows) - 1)
        self._propagate([len(self._rows) - 1])

    def _bounds(self, var: Var) -> tuple[int, int]:
        return self._low.get(var, 0), self._high.get(var, _ENDLESS)

    def _reach(self, row: _Row) -> tuple[int, int]:
        """The least and the most that the amounts of a row can come to."""
        least = most = 0
        for var, sign in row.terms:
            low, high = self._bounds(var)
            least += low if sign > 0 else -high
            most += high if sign > 0 else -low
        return least, most

    def _propagate(self, start: Iterable[int]) -> bool:
        """Narrow bounds until nothing changes; whether all rows can still be true."""
        waiting = deque(start)
        queued = set(waiting)
        steps = 0
        fits = True
        while waiting and steps < _MOST_STEPS:
            at = waiting.popleft()
            queued.discard(at)
            steps += 1
            changed, possible = self._narrow(self._rows[at])
            if not possible:
                self.stuck = self._rows[at].of
            fits = fits and possible
            for var in changed:
                for other in self._of_var[var]:
                    if other not in queued and other != at:
                        queued.add(other)
                        waiting.append(other)
        return fits

    def _narrow(self, row: _Row) -> tuple[list[Var], bool]:
        least, most = self._reach(row)
        if least > row.high or most < row.low:
            return [], False
        changed = []
        for var, sign in row.terms:
            low, high = self._bounds(var)
            rest_least = least - (low if sign > 0 else -high)
            rest_most = most - (high if sign > 0 else -low)
            if sign > 0:
                new_low, new_high = max(low, row.low - rest_most), min(high, row.high - rest_least)
            else:
                new_low, new_high = max(low, rest_least - row.high), min(high, rest_most - row.low)
            if (new_low, new_high) != (low, high) and new_low <= new_high:
                self._low[var], self._high[var] = new_low, new_high
                least = rest_least + (new_low if sign > 0 else -new_high)
                most = rest_most + (new_high if sign > 0 else -new_low)
                changed.append(var)
        return changed, True

    def _differences(self) -> None:
        """Where one sum of a 科目 contains another, what is left of it is a sum, too."""
        groups: dict[str, list[_Row]] = defaultdict(list)
        for row in self._rows:
            if row.of[0].group:
                groups[row.of[0].group].append(row)
        for rows in groups.values():
            open_rows = [(row, self._open(row)) for row in rows]
            for small, inner in open_rows:
                for large, outer in open_rows:
                    if inner and len(inner) < len(outer) and inner.items() <= outer.items():
                        self._subtract(large, small)

    def _open(self, row: _Row) -> dict[Var, int]:
        return {var: sign for var, sign in row.terms if self._low.get(var, 0) != self._high.get(var, _ENDLESS)}

    def _subtract(self, large: _Row, small: _Row) -> None:
        """Take in the difference of two rows, of which one contains the other's open amounts."""
        of_small = dict(small.terms)
        left = [(var, sign) for var, sign in large.terms if of_small.get(var) != sign]
        beyond = [(var, -sign) for var, sign in small.terms if dict(large.terms).get(var) != sign]
        row = _Row([*left, *beyond], large.low - small.high, large.high - small.low, (*large.of, *small.of))
        least, most = self._reach(row)
        if least <= row.high and most >= row.low:
            self._accept(row)

    def _contradict(self, found: Sum, expected: int) -> None:
        against = self._like(found)
        self.contradictions.append(Contradiction(found, _amount(expected), against))
        (self.doubted if found.group else self.shaken).update(found.terms)

    def _like(self, found: Sum) -> tuple[Sum, ...]:
        """The sums that were taken in before of the same amounts, or of parts of them."""
        wanted = {var for var in found.terms}
        same = [r.of[0] for r in self._rows if len(r.of) == 1 and r.of[0].terms.keys() == wanted]
        if same:
            return tuple(same[:1])
        parts = [
            row.of[0]
            for at in dict.fromkeys(at for var in wanted for at in self._of_var[var])
            if len((row := self._rows[at]).of) == 1 and row.of[0].terms.keys() <= wanted
        ]
        return tuple(parts)

    def bounds(self, var: Var) -> Bounds:
        """What an amount may be."""
        low, high = self._bounds(var)
        return Bounds(None if low <= -_ENDLESS // 2 else _amount(low), None if high >= _ENDLESS // 2 else _amount(high))

    def direct(self, var: Var) -> Sum | None:
        """The sum, sharpest first, that tells of an amount alone: every other one in it is nothing."""
        found = [
            row.of[0]
            for at in self._of_var[var]
            if len((row := self._rows[at]).of) == 1
            and all(other == var or self.nothing(other) for other in row.of[0].terms)
            and row.of[0].terms.get(var) == 1
        ]
        return min(found, key=lambda s: s.slack, default=None)

    def telling(self, var: Var) -> list[Sum]:
        """The sums that an amount is in, those of few amounts first."""
        found = {id(s): s for at in self._of_var[var] for s in self._rows[at].of}
        return sorted(found.values(), key=_size)

    def nothing(self, var: Var) -> bool:
        """Whether an amount can only be nothing, but for what rounding may leave of it."""
        low, high = self._bounds(var)
        return low <= 0 <= high < _TINY

    def drop_tails(self) -> None:
        """What can only be the tail of some rounding is nothing."""
        for var in list(self._of_var):
            low, high = self._bounds(var)
            if low != high and self.nothing(var):
                self.suppose([var])

    def suppose(self, none: Iterable[Var]) -> bool:
        """Suppose that these amounts are nothing; whether that can be, and if not, nothing has changed."""
        before = dict(self._low), dict(self._high)
        touched: list[int] = []
        for var in none:
            low, high = self._bounds(var)
            if low > 0 or high < 0:
                self._low, self._high = before
                return False
            self._low[var] = self._high[var] = 0
            touched += self._of_var[var]
        if self._propagate(dict.fromkeys(touched)):
            return True
        self._low, self._high = before
        return False

    def suppose_not_negative(self, vars_: Iterable[Var]) -> bool:
        """Suppose that these amounts are at least nothing; whether that can be, and if not, nothing has changed."""
        before = dict(self._low), dict(self._high)
        touched: list[int] = []
        for var in vars_:
            low, high = self._bounds(var)
            if high < 0:
                self._low, self._high = before
                return False
            if low < 0:
                self._low[var] = 0
                touched += self._of_var[var]
        if self._propagate(dict.fromkeys(touched)):
            return True
        self._low, self._high = before
        return False

    def suppose_sum(self, found: Sum) -> bool:
        """Suppose a sum that no table states; whether that can be."""
        before = dict(self._low), dict(self._high)
        count = len(self.contradictions), set(self.doubted), set(self.shaken)
        self._take(found)
        if len(self.contradictions) == count[0]:
            return True
        del self.contradictions[count[0] :]
        self.doubted, self.shaken = count[1], count[2]
        self._low, self._high = before
        return False

    def snapshot(self) -> tuple[dict[Var, int], dict[Var, int]]:
        """The bounds as they are, to be restored."""
        return dict(self._low), dict(self._high)

    def restore(self, saved: tuple[dict[Var, int], dict[Var, int]]) -> None:
        """Take back what was supposed."""
        self._low, self._high = dict(saved[0]), dict(saved[1])


_TINY = 3 * 10 ** (_SCALE - 2)
"""0.03 万元: what the rounding of a few cells may leave of nothing."""


def _size(found: Sum) -> tuple[int, Decimal]:
    return len(found.terms), found.slack


def _units(amount: Decimal) -> int:
    return int(amount.scaleb(_SCALE))


def _amount(units: int) -> Decimal:
    return Decimal(units).scaleb(-_SCALE)
