"""What an amount of a table is, and how far the exact one may be from it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gongkai.findings import Place
from gongkai.intake.export.forms.words import DASHES, plain
from gongkai.prose.numbers import round_half_up
from gongkai.source.workbook.cells import Cell, Kind

ZERO = Decimal(0)
FEN_PLACES = 6
"""Decimals of 万元 that are exact to the 分."""
_LARGEST = Decimal(10) ** 15
_LEAST_PLACES = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount of a table, 万元; ``slack`` is how far the exact one may be from it to either side."""

    value: Decimal
    slack: Decimal
    place: Place
    stated: bool = True
    """Whether the cell says anything; a blank one is nothing."""

    @property
    def exact(self) -> bool:
        """Whether it was not rounded."""
        return not self.slack


class NoAmountError(ValueError):
    """A cell where an amount is due says something else."""


def number_of(cell: Cell | None) -> Decimal | None:
    """The number that a cell says in the unit of its table; None for one that says nothing (blank, -, —).

    Raises NoAmountError for a text that is no number, an error, and what is not known.
    """
    if cell is None:
        return None
    if cell.kind is Kind.NUMBER:
        return _decimal(cell.text)
    if cell.kind is not Kind.TEXT:
        raise NoAmountError(cell.text)
    said = plain(cell.text).lstrip("¥￥").rstrip("元")
    if not said or DASHES.match(said):
        return None
    said = unicodedata.normalize("NFKC", said)
    if re.fullmatch(r"\(\d[\d,.]*\)", said):
        said = f"-{said[1:-1]}"
    if not re.fullmatch(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?", said, re.ASCII):
        raise NoAmountError(cell.text)
    return _decimal(said.replace(",", ""))


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise NoAmountError(text) from None
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise NoAmountError(text)
    return number


def in_wan(number: Decimal, *, yuan: bool) -> Decimal:
    """An amount in 万元, to the 分: what is beyond it is the noise of a program's arithmetic."""
    wan = number.scaleb(-4) if yuan else number
    return trimmed(round_half_up(wan, FEN_PLACES))


def trimmed(amount: Decimal) -> Decimal:
    """The same amount without zeros at the end of its decimals."""
    whole = amount.normalize()
    exponent = whole.as_tuple().exponent
    return whole.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else whole


def _places(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def slack_of(amounts: Iterable[Decimal], *, yuan: bool) -> Decimal:
    """How far the exact amounts of a table may be from those it has (万元), by the most decimals that any has.

    A table in 元 is exact; one in 万元 is rounded to its last decimal, of which there are at least two.
    """
    if yuan:
        return ZERO
    most = max([_LEAST_PLACES, *(_places(amount) for amount in amounts)])
    return ZERO if most >= FEN_PLACES else Decimal(5).scaleb(-most - 1)
