"""Reckoning as the programs do: exactly, and what they take for nothing is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_DOWN, Context, Decimal

from gongkai.source.workbook.digits import SIGNIFICANT, at_decimals, in_range

_EXACT = Context(prec=60)
_NOTHING = Decimal(1).scaleb(-SIGNIFICANT)
_MOST_PLACES = 330
_LONGEST_NUMBER = 100
"""Of a text; the programs take no longer one for a number."""

_IN_TEXT = re.compile(r"(?P<number>[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?)(?P<percent>%?)")


class FailedError(Exception):
    """The formula comes to an error, which its text names: #DIV/0!."""


class UnknownError(Exception):
    """What the formula comes to is not known."""


Value = Decimal | str | bool | None
"""What a cell holds for a formula; None for a blank one."""


def number_of(value: Value) -> Decimal:
    """What stands for a value where a number is due: 0 for a blank cell, the number that a text spells.

    Raises FailedError for other texts, and UnknownError for those that may be a date or an amount to the program.
    """
    if isinstance(value, str):
        return _number_in(value.strip())
    return Decimal(value or 0)


def _number_in(text: str) -> Decimal:
    found = _IN_TEXT.fullmatch(text) if len(text) <= _LONGEST_NUMBER else None
    if found:
        return Decimal(found["number"].replace(",", "")).scaleb(-2 if found["percent"] else 0)
    if any(letter.isdigit() for letter in text[:_LONGEST_NUMBER]):
        raise UnknownError
    raise FailedError("#VALUE!")


def combined(left: Decimal, sign: str, right: Decimal) -> Decimal:
    """Two numbers added, subtracted, multiplied or divided. Raises FailedError where that cannot be."""
    if sign in "+-":
        other = right if sign == "+" else -right
        return settled(_EXACT.add(left, other), max(abs(left), abs(right)))
    if sign == "*":
        return _kept(_EXACT.multiply(left, right))
    if right.is_zero():
        raise FailedError("#DIV/0!")
    return _kept(_EXACT.divide(left, right))


def total(numbers: Iterable[Decimal]) -> Decimal:
    """The sum of numbers."""
    result = largest = Decimal(0)
    for number in numbers:
        result, largest = _EXACT.add(result, number), max(largest, abs(number))
    return settled(result, largest)


def settled(result: Decimal, largest: Decimal) -> Decimal:
    """A sum; 0 where nothing is left of the larger part of it but what no program keeps: 1 / 3 * 3 − 1."""
    return Decimal(0) if abs(result) < largest * _NOTHING else _kept(result)


def rounded(value: Decimal, places: Decimal) -> Decimal:
    """ROUND: half away from zero, to so many decimals; the part of ``places`` behind the point does not count."""
    whole = int(max(min(places, Decimal(_MOST_PLACES)), Decimal(-_MOST_PLACES)).to_integral_value(ROUND_DOWN))
    return _kept(at_decimals(value, whole))


def _kept(value: Decimal) -> Decimal:
    if in_range(value):
        return value
    if value.is_finite() and value.adjusted() < 0:
        return Decimal(0)
    raise FailedError("#NUM!")
