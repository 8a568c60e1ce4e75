"""Figures in print: rounded once, half up, from the exact value."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.prose.numbers import amount, count, percent, ratio_percent, round_half_up

exact_amounts = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**14), 10**14), st.integers(0, 6)
)
"""Amounts of 万元 as files give them: up to six decimals, exact to the 分."""


def cents_half_up(value: Decimal) -> int:
    """四舍五入 to hundredths in whole numbers only, independent of the decimal module's rounding."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    magnitude = int("".join(map(str, digits)))
    scaled = magnitude * 100 * 10 ** max(exponent, 0)
    unit = 10 ** max(-exponent, 0)
    cents = (2 * scaled + unit) // (2 * unit)
    return -cents if sign else cents


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("0", "0.00"),
        ("-0", "0.00"),
        ("0.004", "0.00"),
        ("-0.004", "0.00"),
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("0.0049999999999999999999999999999999", "0.00"),
        ("0.125", "0.13"),
        ("-0.125", "-0.13"),
        ("0.135", "0.14"),
        ("0.1249", "0.12"),
        ("1.005", "1.01"),
        ("2.675", "2.68"),
        ("2.6749999", "2.67"),
        ("9.995", "10.00"),
        ("999.995", "1,000.00"),
        ("1046.82", "1,046.82"),
        ("545.7", "545.70"),
        ("1E+3", "1,000.00"),
        ("1234567.005", "1,234,567.01"),
        ("99999999999999999999999999999999999999.995", "100,000,000,000,000,000,000,000,000,000,000,000,000.00"),
    ],
)
def test_an_amount_is_rounded_half_away_from_zero_to_two_decimals(value, printed):
    assert amount(Decimal(value)) == printed


@pytest.mark.parametrize(("places", "rounded"), [(0, "3"), (1, "2.7"), (2, "2.68"), (3, "2.675"), (4, "2.6750")])
def test_rounding_keeps_as_many_decimals_as_asked_for(places, rounded):
    assert str(round_half_up(Decimal("2.675"), places)) == rounded


@given(exact_amounts)
def test_rounding_is_the_schoolbook_rule(value):
    assert round_half_up(value) * 100 == cents_half_up(value)


@given(exact_amounts)
def test_rounding_twice_changes_nothing(value):
    assert amount(round_half_up(value)) == amount(value)


@given(exact_amounts)
def test_a_printed_amount_is_the_exact_value_to_half_a_hundredth(value):
    printed = amount(value)
    assert abs(Decimal(printed.replace(",", "")) - value) <= Decimal("0.005")
    whole, _, decimals = printed.lstrip("-").partition(".")
    assert len(decimals) == 2
    first, *groups = whole.split(",")
    assert 1 <= len(first) <= 3
    assert all(len(group) == 3 for group in groups)


@given(exact_amounts, st.integers(1, 10**9))
def test_a_ratio_is_not_rounded_before_it_is_printed(part, cents):
    whole = Decimal(cents) / 100
    numerator, denominator = part.as_integer_ratio()
    printed = Decimal(percent(ratio_percent(part, whole)).replace(",", ""))
    # |printed − 100·part/whole| ≤ 0.005, in whole numbers
    assert abs(printed * denominator * cents - numerator * 10_000) <= Decimal("0.005") * denominator * cents


def test_rounding_does_not_depend_on_the_ambient_decimal_context():
    with localcontext(prec=5, rounding=ROUND_DOWN):
        assert amount(Decimal("123456789.125")) == "123,456,789.13"
        assert percent(ratio_percent(Decimal(1), Decimal(3))) == "33.33"
        assert percent(ratio_percent(Decimal(2), Decimal(3))) == "66.67"


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [
        ("545.70", "1046.82", "52.13"),  # 一般公共预算 of a published budget
        ("501.12", "1046.82", "47.87"),
        ("500.94", "0.18", "278,300.00"),
        ("520.94", "0.18", "289,411.11"),
        ("1", "800", "0.13"),
        ("0", "5", "0.00"),
        ("5", "0", "0.00"),
        ("0", "0", "0.00"),
    ],
)
def test_a_percentage_is_printed_with_two_decimals_and_commas(part, whole, printed):
    assert percent(ratio_percent(Decimal(part), Decimal(whole))) == printed


@pytest.mark.parametrize(("number", "printed"), [(0, "0"), (41, "41"), (1220, "1,220"), (1234567, "1,234,567")])
def test_people_and_vehicles_are_counted_in_whole_numbers(number, printed):
    assert count(number) == printed
