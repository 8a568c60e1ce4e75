"""Numbers of a workbook as the programs themselves reckon them: exact, of at most 15 significant digits.

No figure is rounded for print here. A program keeps 0.1 + 0.2 as 0.30000000000000004 and takes it for 0.3.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

SIGNIFICANT = 15
"""Digits that the programs show of a number, and a clerk can have meant."""

_MOST_EXPONENT = 308
"""The largest number that a program keeps has so many digits."""

_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_SHORTENED = Context(prec=SIGNIFICANT, rounding=ROUND_HALF_UP)


def decimal_of(text: str) -> Decimal | None:
    """The number that a file has written, exactly; None for what is none, or beyond what the programs keep."""
    text = text.strip()
    if len(text) > 2 * _MOST_EXPONENT or not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    return value if in_range(value) else None


def in_range(value: Decimal) -> bool:
    """Whether a program could keep it."""
    return value.is_finite() and (value.is_zero() or abs(value.adjusted()) <= _MOST_EXPONENT)


def digits_of(value: Decimal) -> str:
    """The number in plain digits without needless zeros, of 15 significant ones: ``0.3``, ``-1200``."""
    short = _SHORTENED.plus(value)
    return "0" if short.is_zero() else f"{short.normalize(_SHORTENED):f}"


def number_text(text: str) -> str | None:
    """The same of a number as a file has written it; None for what is none."""
    if len(text) <= SIGNIFICANT and _PLAIN.fullmatch(text) and text != "-0":
        return text
    value = decimal_of(text)
    return None if value is None else digits_of(value)


def at_decimals(value: Decimal, places: int) -> Decimal:
    """What ROUND of a program gives, and what it shows of a number: half away from zero; ``places`` may be negative."""
    with localcontext(prec=2 * _MOST_EXPONENT + 40):
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
