"""Figures as a reader of a document sees them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from gongkai.statements.tables.table import Value

ZERO = Decimal(0)


def number(value: Value) -> Decimal:
    assert not isinstance(value, str)
    return ZERO if value is None else value


def half_up(value: Fraction | Decimal) -> str:
    """Two decimals, half away from zero, in whole numbers; thousands separated."""
    exact = Fraction(value)
    cents = (abs(exact) * 200 + 1) // 2
    sign = "-" if exact < 0 and cents else ""
    return f"{sign}{cents // 100:,}.{cents % 100:02d}"
