"""Days as the programs count them: from 1900 with a 29 February that never was, or from 1904."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

_FALSE_DAY = 60
_FALSE_DATE = "1900-02-29"
"""The programs count it, and show it; nobody can have meant it."""

_LAST_DAY = date(9999, 12, 31)


def _first(since_1904: bool) -> date:
    """Day 0 of those that count right."""
    return date(1904, 1, 1) if since_1904 else date(1899, 12, 30)


def date_text(days: Decimal, *, since_1904: bool) -> str | None:
    """The date of a count of days, as ``2024-02-25``; the time of day is dropped. None where there is no such day."""
    if not Decimal(0 if since_1904 else 1) <= days < (_LAST_DAY - _first(since_1904)).days + 1:
        return None
    whole = int(days.to_integral_value(rounding=ROUND_FLOOR))
    if not since_1904 and whole <= _FALSE_DAY:
        if whole == _FALSE_DAY:
            return _FALSE_DATE
        whole += 1
    return (_first(since_1904) + timedelta(days=whole)).isoformat()


def days_of(text: str, *, since_1904: bool) -> Decimal:
    """The count of days of a date that ``date_text`` has given."""
    if text == _FALSE_DATE:
        return Decimal(_FALSE_DAY)
    days = (date.fromisoformat(text) - _first(since_1904)).days
    return Decimal(days if since_1904 or days > _FALSE_DAY else days - 1)
