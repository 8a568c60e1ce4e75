"""Amounts that are not known, the sums that contain them, and what these leave possible.

A sum is what some amounts come to, within half a step of its last decimal. Sums are taken in one after
another, those of few amounts first; one that cannot be true beside those before it is set aside as
contradicting, and bounds nothing. All arithmetic is exact, in whole units of 10⁻⁸ 万元.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.findings import Place

from .narrowing import ENDLESS, Narrowing, Row, Var

_SCALE = 8
_TINY = 3 * 10 ** (_SCALE - 2)
"""0.03 万元: what the rounding of a few cells may leave of nothing."""
_MOST_OF_GROUP = 60
"""Sums of one 科目 of which each is taken from each."""


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
    """A sum that cannot be true beside others; ``expected`` is what those leave it, where they leave one figure."""

    sum: Sum
    expected: Decimal | None
    against: tuple[Sum, ...]


_Sums = tuple[Sum, ...]


class System:
    """Amounts between bounds; every amount is at least nothing unless it is told to be ``free``."""

    def __init__(self) -> None:
        self._sums: list[Sum] = []
        self._within: Narrowing[_Sums] = Narrowing()
        self._by_terms: dict[frozenset[tuple[Var, int]], Row[_Sums]] = {}
        self.contradictions: list[Contradiction] = []
        self.doubted: set[Var] = set()
        """Amounts of a 科目 whose own sums contradict each other."""
        self.shaken: set[Var] = set()
        """Amounts in any other sum that contradicts."""

    def add(self, found: Sum) -> None:
        """Note a sum; ``solve`` takes it in."""
        self._sums.append(found)

    def know(self, var: Var, value: Decimal) -> None:
        """An amount is known, whatever the tables say."""
        self._within.low[var] = self._within.high[var] = _units(value)

    def free(self, var: Var) -> None:
        """An amount may be less than nothing."""
        self._within.low.setdefault(var, -ENDLESS)

    def solve(self) -> None:
        """Take all sums in, and narrow the bounds as far as they allow."""
        zeros = [s for s in self._sums if not s.value and not s.slack]
        others = [s for s in self._sums if s.value or s.slack]
        for found in [*sorted(zeros, key=_size), *sorted(others, key=_size)]:
            self._take(found)
        self._differences()

    def _take(self, found: Sum) -> None:
        row, fixed = self._row(found)
        least, most = self._within.reach(row)
        if least > row.high or most < row.low:
            expected = least if least > row.high else most
            self._contradict(found, _amount(expected + fixed), self._like(found))
        elif (other := self._same_and_other(row)) is not None:
            self._contradict(found, None, (other,))
        elif not self._within.add(row):
            stuck = self._within.stuck
            self._contradict(found, None, stuck.of if stuck is not None and stuck.of[0] is not found else ())

    def _same_and_other(self, row: Row[_Sums]) -> Sum | None:
        """A sum of the same open amounts that comes to something else; where there is none, the row is remembered."""
        key = frozenset(row.terms)
        known = self._by_terms.get(key)
        if known is not None and (known.low > row.high or known.high < row.low):
            return known.of[0]
        if key and (known is None or row.high - row.low < known.high - known.low):
            self._by_terms[key] = row
        return None

    def _row(self, found: Sum) -> tuple[Row[_Sums], int]:
        """A sum as a row of the amounts that are open, and what the others come to."""
        fixed = 0
        terms = []
        for var, sign in found.terms.items():
            low, high = self._within.bounds(var)
            if low == high:
                fixed += sign * low
            else:
                terms.append((var, sign))
        value, slack = _units(found.value), _units(found.slack)
        return Row(terms, value - slack - fixed, value + slack - fixed, (found,)), fixed

    def _differences(self) -> None:
        """Where one sum of a 科目 contains another, what is left of it is a sum, too."""
        groups: dict[str, list[Row[_Sums]]] = defaultdict(list)
        for row in self._within.rows:
            if row.of[0].group:
                groups[row.of[0].group].append(row)
        for rows in groups.values():
            opened = [(row, self._open(row)) for row in rows[:_MOST_OF_GROUP]]
            for small, inner in opened:
                for large, outer in opened:
                    if inner and len(inner) < len(outer) and inner.items() <= outer.items():
                        self._subtract(large, small)

    def _open(self, row: Row[_Sums]) -> dict[Var, int]:
        bounds = self._within.bounds
        return {var: sign for var, sign in row.terms if (at := bounds(var))[0] != at[1]}

    def _subtract(self, large: Row[_Sums], small: Row[_Sums]) -> None:
        """Take in the difference of two rows, of which one contains the other's open amounts."""
        of_large, of_small = dict(large.terms), dict(small.terms)
        left = [(var, sign) for var, sign in large.terms if of_small.get(var) != sign]
        beyond = [(var, -sign) for var, sign in small.terms if of_large.get(var) != sign]
        self._within.add(Row([*left, *beyond], large.low - small.high, large.high - small.low, (*large.of, *small.of)))

    def _contradict(self, found: Sum, expected: Decimal | None, against: _Sums) -> None:
        self.contradictions.append(Contradiction(found, expected, against))
        for one in (found, *against):
            (self.doubted if one.group else self.shaken).update(one.terms)

    def _like(self, found: Sum) -> _Sums:
        """The sums that were taken in before of the same amounts, or of parts of them."""
        wanted = set(found.terms)
        near = dict.fromkeys(at for var in found.terms for at in self._within.of_var[var])
        singles = [row.of[0] for at in near if len((row := self._within.rows[at]).of) == 1]
        same = [one for one in singles if one.terms.keys() == wanted]
        return tuple(same[:1] or [one for one in singles if one.terms.keys() <= wanted])

    def bounds(self, var: Var) -> Bounds:
        """What an amount may be."""
        low, high = self._within.bounds(var)
        return Bounds(None if low <= -ENDLESS // 2 else _amount(low), None if high >= ENDLESS // 2 else _amount(high))

    def direct(self, var: Var) -> Sum | None:
        """The sum, sharpest first, that tells of an amount alone: every other one in it is nothing."""
        rows = (self._within.rows[at] for at in self._within.of_var[var])
        found = [
            row.of[0]
            for row in rows
            if len(row.of) == 1
            and row.of[0].terms.get(var) == 1
            and all(other == var or self.nothing(other) for other in row.of[0].terms)
        ]
        return min(found, key=lambda one: one.slack, default=None)

    def telling(self, var: Var) -> list[Sum]:
        """The sums that an amount is in, those of few amounts first."""
        found = {id(one): one for at in self._within.of_var[var] for one in self._within.rows[at].of}
        return sorted(found.values(), key=_size)

    def nothing(self, var: Var) -> bool:
        """Whether an amount can only be nothing, but for what rounding may leave of it."""
        low, high = self._within.bounds(var)
        return low <= 0 <= high and high < _TINY

    def drop_tails(self) -> None:
        """What can only be the tail of some rounding is nothing."""
        for var in list(self._within.of_var):
            low, high = self._within.bounds(var)
            if low != high and self.nothing(var):
                self.suppose([var])

    def suppose(self, none: Iterable[Var]) -> bool:
        """Suppose that these amounts are nothing; whether that can be, and if not, nothing has changed."""
        wanted = list(none)
        if any(not low <= 0 <= high for low, high in map(self._within.bounds, wanted)):
            return False
        return self._within.change(dict.fromkeys(wanted, (0, 0)))

    def suppose_not_negative(self, amounts: Iterable[Var]) -> bool:
        """Suppose that these amounts are at least nothing; whether that can be, and if not, nothing has changed."""
        bounds = {var: self._within.bounds(var) for var in amounts}
        if any(high < 0 for _, high in bounds.values()):
            return False
        return self._within.change({var: (0, high) for var, (low, high) in bounds.items() if low < 0})

    def suppose_sum(self, found: Sum) -> bool:
        """Suppose a sum that no table states; whether that can be."""
        return self._within.add(self._row(found)[0])

    @property
    def stuck(self) -> Sum | None:
        """The sum that could not be true when a supposition failed."""
        row = self._within.stuck
        return row.of[0] if row is not None else None

    def snapshot(self) -> tuple[dict[Var, int], dict[Var, int]]:
        """The bounds as they are, to be restored."""
        return self._within.snapshot()

    def restore(self, saved: tuple[dict[Var, int], dict[Var, int]]) -> None:
        """Take back what was supposed."""
        self._within.restore(saved)


def _size(found: Sum) -> tuple[int, Decimal]:
    return len(found.terms), found.slack


def _units(amount: Decimal) -> int:
    return int(amount.scaleb(_SCALE))


def _amount(units: int) -> Decimal:
    return Decimal(units).scaleb(-_SCALE)
