"""Numbers keep their digits, as far as a program has them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.source.workbook.digits import at_decimals, decimal_of, number_text


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("0.30000000000000004", "0.3"),
        ("1.1000000000000001", "1.1"),
        ("287.45999999999998", "287.46"),
        ("1234567.8899999999", "1234567.89"),
        ("12.50", "12.5"),
        ("100", "100"),
        ("1E2", "100"),
        ("1.5e-3", "0.0015"),
        ("-3.0000000000000001E-2", "-0.03"),
        ("1E+22", "1" + "0" * 22),
        ("123456789012345678", "123456789012346000"),
        ("0.1234567890123455", "0.123456789012346"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("0e9", "0"),
        ("007", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+5", "5"),
        (" 5 ", "5"),
        ("9.9999999999999999", "10"),
    ],
)
def test_a_number_in_plain_digits(stored, text):
    assert number_text(stored) == text


@pytest.mark.parametrize(
    "stored",
    ["", "甲", "NaN", "INF", "-Infinity", "1e999", "1e-999", "1e99999", "1_000", "１２", "1,000", "0x10", "9" * 700],
)
def test_what_is_no_number(stored):
    assert number_text(stored) is None
    assert decimal_of(stored) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**10), max_value=10**10))
def test_what_a_program_stores_of_a_figure_is_that_figure(figure):
    """As every program stores it: the nearest binary number, of which it writes 17 digits."""
    assert Decimal(number_text(f"{float(figure):.17g}")) == figure


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("2.345", 2, "2.35"), ("-2.345", 2, "-2.35"), ("1250", -2, "1300"), ("1e300", 330, "1e300")],
)
def test_rounding_is_half_away_from_zero(value, places, rounded):
    assert at_decimals(Decimal(value), places) == Decimal(rounded)
