"""Numbers in print: rounded once, half up, from the exact value."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

_WIDE = Context(prec=60)
"""Made once: a context for each of some thousand figures took longer than the rounding."""


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """四舍五入 to ``places`` decimals; the only place where a figure is rounded."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    return abs(rounded) if rounded.is_zero() else rounded


def amount(value: Decimal) -> str:
    """万元 as printed: ``1,046.82``, zero as ``0.00``."""
    return f"{round_half_up(value):,f}"


def as_stated(value: Decimal) -> str:
    """A figure of someone else's document with all the decimals that it has, two at least: ``287.4612``, ``65.00``."""
    two = round_half_up(value)
    return f"{two if two == value else value.normalize():,f}"


def ratio_percent(part: Decimal, whole: Decimal) -> Decimal:
    """``part`` / ``whole`` in percent, exact to far beyond print; 0 when the whole is 0."""
    if whole == 0:
        return Decimal(0)
    with localcontext(_WIDE):
        return part * 100 / whole


def exact_quotient(one: Decimal, other: Decimal) -> Decimal:
    """``one`` / ``other``, exact to far beyond print. Raises ZeroDivisionError where there is nothing to divide by."""
    with localcontext(_WIDE):
        return one / other


def percent(value: Decimal) -> str:
    """A percentage as printed, without the sign: ``12.19``, ``278,300.00``."""
    return amount(value)


def count(value: int) -> str:
    """Persons, vehicles, pieces: ``1,220``."""
    return f"{value:,d}"
