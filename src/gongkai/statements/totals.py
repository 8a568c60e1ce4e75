"""Sums of a file's facts, the rounding of what was typed, and the approved totals (核定数) that are printed.

A total is known by the facts that it adds up. Whoever asks for the same money, a table, a sentence or a
data file, gets the same figure: the approved one where the file states it, otherwise the exact sum.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from gongkai.model.reading import ZERO
from gongkai.model.traced import Traced
from gongkai.prose.numbers import round_half_up

_LEAST_PLACES, _EXACT_PLACES = 2, 6
"""万元: a bare 20 is a 20.00, and six places are exact to the 分."""

Fact = Hashable
"""What names one amount of the file."""

Terms = Sequence[tuple[Fact, int]]
"""The facts that a total adds up (1) and takes away (-1)."""


def places(amount: Decimal) -> int:
    """The decimals (of 万元) with which an amount was typed; one in 元 has all six."""
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int), "an amount is finite"
    return max(_LEAST_PLACES, -exponent)


def half_step(amount: Decimal) -> Decimal:
    """How far the exact amount may be from what was typed, 万元: half of the last place, nothing if exact.

    A bare 0 is nothing; a 0.00 may be 30 元 that were rounded.
    """
    typed = places(amount)
    if typed >= _EXACT_PLACES or not _counts(amount):
        return ZERO
    return Decimal(5).scaleb(-typed - 1)


def _counts(amount: Decimal) -> bool:
    """Whether an amount is something, or a nothing that was typed with decimals and may be a little."""
    return bool(amount) or (amount.as_tuple().exponent != 0 and places(amount) < _EXACT_PLACES)


def rounding_bound(amounts: Iterable[Decimal]) -> Decimal:
    """How far two sums of typed amounts may differ because each amount was rounded, 万元.

    ``amounts`` are those of both sides.
    """
    return sum(map(half_step, amounts), ZERO)


def leeway(amounts: Iterable[Decimal]) -> Decimal:
    """How much more than the whole its parts may seem because each was rounded, 万元.

    ``amounts`` are all that was typed of both; one part against one whole is rounded as it is, and never more.
    """
    typed = [amount for amount in amounts if _counts(amount)]
    return rounding_bound(typed) if len(typed) > 2 else ZERO


@dataclass(frozen=True, slots=True)
class Total:
    """A total of the statements under its name in 核定数.

    Of several ``ways`` to add it up, all must come to one figure: income and spending, or the same
    money by 功能分类 and by 经济分类. Without an approved figure, the first way's is printed.
    """

    name: str
    ways: Sequence[Terms]


def _counted(terms: Terms) -> Mapping[Fact, int]:
    """How often each fact is added, less how often it is taken away."""
    counts: dict[Fact, int] = {}
    for fact, sign in terms:
        counts[fact] = counts.get(fact, 0) + sign
    return counts


class Sums:
    """Sums of the facts; ``approved`` are the figures (万元) that stand for the totals of these names."""

    def __init__(self, amounts: Mapping[Fact, Decimal]) -> None:
        self._amounts = amounts
        self._printed: dict[frozenset[tuple[Fact, int]], Decimal] = {}
        self._approved: set[frozenset[tuple[Fact, int]]] = set()
        self._differs = False

    def state(self, totals: Iterable[Total], approved: Mapping[str, Decimal]) -> None:
        """Let approved figures within rounding stand for their totals, and one figure for all ways of a total."""
        totals = list(totals)
        self._differs = any(
            self.exact(way) != approved.get(total.name, self.exact(way)) for total in totals for way in total.ways
        )
        for total in totals:
            figure = approved.get(total.name)
            if figure is not None and all(self.within(way, figure) for way in total.ways):
                for key in self._keys(total):
                    self._printed.setdefault(key, figure)
                    self._approved.add(key)
        for total in totals:
            keys = self._keys(total)
            if len(keys) > 1 and all(self.equal(total.ways[0], way) for way in total.ways[1:]):
                known = [key for key in keys if key in self._approved]
                figure = self._printed[known[0]] if known else self.exact(total.ways[0])
                self._approved.update(keys if known else ())
                if any(self.exact(way) != figure for way in total.ways):
                    self._printed |= dict.fromkeys(keys, figure)

    def beside(self, amounts: Mapping[Fact, Decimal]) -> Sums:
        """The same sums over these facts too, of which no total of the statements is made."""
        more = copy(self)
        more._amounts = {**self._amounts, **amounts}
        return more

    @property
    def facts(self) -> Collection[Fact]:
        """What names each amount."""
        return self._amounts.keys()

    @property
    def rounded(self) -> bool:
        """Whether any total is printed otherwise than it adds up."""
        return bool(self._printed) and self._differs

    def _keys(self, total: Total) -> list[frozenset[tuple[Fact, int]]]:
        return list(dict.fromkeys(key for key in map(self._key, total.ways) if key))

    def _key(self, terms: Terms) -> frozenset[tuple[Fact, int]]:
        """The facts without those that are nothing or cancel out."""
        return frozenset(
            (fact, count) for fact, count in _counted(terms).items() if count and _counts(self._amounts[fact])
        )

    def approved(self, terms: Terms) -> bool:
        """Whether an approved figure is printed for this total, stated under its own name or another."""
        return self._key(terms) in self._approved

    def exact(self, terms: Terms) -> Decimal:
        """The sum of what was typed."""
        amounts = self._amounts
        return sum([amounts[fact] if sign > 0 else -amounts[fact] for fact, sign in terms], ZERO)

    def printed(self, terms: Terms) -> Decimal:
        """The figure that is printed, and from which shares, changes and rates are reckoned."""
        if self._printed:
            approved = self._printed.get(self._key(terms))
            if approved is not None:
                return approved.standing_for(self.exact(terms)) if isinstance(approved, Traced) else approved
        return self.exact(terms)

    def fact(self, fact: Fact) -> Decimal:
        """What was typed for a fact, 万元; nothing where the file does not state it."""
        return self._amounts[fact]

    def amounts(self, terms: Terms) -> list[Decimal]:
        """The typed amounts that a total comes from."""
        counted = (self._amounts[fact] for fact, count in _counted(terms).items() if count)
        return [amount for amount in counted if _counts(amount)]

    def difference(self, one: Terms, other: Terms) -> list[Decimal]:
        """The typed amounts by which two ways to add up differ: not what stands in both."""
        return self.amounts([*one, *((fact, -sign) for fact, sign in other)])

    def equal(self, one: Terms, other: Terms) -> bool:
        """Whether two ways to add up come to the same but for the rounding of what was typed."""
        return abs(self.exact(one) - self.exact(other)) <= rounding_bound(self.difference(one, other))

    def same(self, one: Terms, other: Terms) -> bool:
        """Whether two statements of the same money come to the same but for the rounding of what was typed of both."""
        bound = rounding_bound([*self.amounts(one), *self.amounts(other)])
        return abs(self.exact(one) - self.exact(other)) <= bound

    def within(self, terms: Terms, stated: Decimal) -> bool:
        """Whether a stated total is the sum but for rounding; a single fact must round to it."""
        typed = self.amounts(terms)
        if len(typed) == 1:
            least = min(places(typed[0]), places(stated))
            return round_half_up(self.exact(terms), least) == round_half_up(stated, least)
        return abs(self.exact(terms) - stated) <= rounding_bound([*typed, stated])
