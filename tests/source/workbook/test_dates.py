"""Days as the programs count them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.source.workbook.dates import date_text, days_of


@pytest.mark.parametrize(
    ("days", "since_1904", "text"),
    [
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("60", False, "1900-02-29"),
        ("61", False, "1900-03-01"),
        ("45347", False, "2024-02-25"),
        ("45347.999", False, "2024-02-25"),
        ("2958465.9", False, "9999-12-31"),
        ("0", True, "1904-01-01"),
        ("43885", True, "2024-02-25"),
    ],
)
def test_days_are_counted_from_1900_or_from_1904(days, since_1904, text):
    assert date_text(Decimal(days), since_1904=since_1904) == text
    assert days_of(text, since_1904=since_1904) == int(Decimal(days))


@pytest.mark.parametrize(
    ("days", "since_1904"),
    [("0", False), ("0.5", False), ("-1", False), ("2958466", False), ("-1", True), ("1e300", True)],
)
def test_there_is_no_such_day(days, since_1904):
    assert date_text(Decimal(days), since_1904=since_1904) is None
