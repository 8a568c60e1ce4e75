"""Formats of numbers: dates and percents are told from what only looks different."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.source.workbook.formats import BUILT_IN, GENERAL, format_of


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("yyyy-mm-dd", "2024-02-05"),
        ("yyyy/m/d;@", "2024/2/5"),
        ('yyyy"年"m"月"d"日";@', "2024年2月5日"),
        ("yyyy年m月d日", "2024年2月5日"),
        ('[$-804]yyyy"年"m"月";@', "2024年2月"),
        ("[DBNum1][$-804]m\\月d\\日", "2月5日"),
        ("e!年m!月", "2024年2月"),
        ("yy.mm.dd", "24.02.05"),
        ("m月", "2月"),
        ("YYYY-MM-DD", "2024-02-05"),
        ("d-mmm-yy", "2024-02-05"),
        ("[$-F800]dddd, mmmm dd, yyyy", "2024-02-05"),
        ("[$-804]aaaa;@", "2024-02-05"),
        ("yyyy-mm-dd hh:mm:ss.000", "2024-02-05"),
        (BUILT_IN[14], "2024/2/5"),
        (BUILT_IN[57], "2024年2月"),
    ],
)
def test_dates_are_known_and_shown_as_the_clerk_saw_them(code, shown):
    looks = format_of(code)
    assert looks.dated
    assert looks.date_shown("2024-02-05") == shown


@pytest.mark.parametrize(
    "code",
    [
        "General", "G/通用格式", "0", "0.00", "#,##0.00_);[Red]\\(#,##0.00\\)", "0!.0,", "0.00,", '0.00"元"', '0"days"',
        "0.00E+00", "##0.0e-0", "@", "h:mm", "mm:ss", "mm:ss.0", "[h]:mm:ss", "[mm]", "上午/下午h\"时\"mm\"分\"",
        "h:mm AM/PM", "[$¥-804]#,##0.00", "[红色]0.00", '"yyyy"0', "\\d0", "_d0", "", "y" * 256, '"', "[", "\\",
        "0;yyyy", "# ?/?", "[>=100]0;0.0",
    ],
)  # fmt: skip
def test_figures_and_times_are_no_dates(code):
    assert not format_of(code).dated


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0%", "1", "100%"),
        ("0%", "0.125", "13%"),
        ("0.00%", "0.125", "12.50%"),
        ("0.00%", "-0.125", "-12.50%"),
        ("0.0%", "0.00005", "0.0%"),
        ("0.0%", "-0.0004", "0.0%"),
        ("0.##%", "0.125", "12.5%"),
        ("0.0#%", "1", "100.0%"),
        ("#,##0%", "123.4", "12,340%"),
        ("0.00%;[Red]-0.00%", "-0.5", "-50.00%"),
        ("0.00%_);(0.00%)", "-0.5", "-50.00%"),
        ('0%;0%;"无"', "0.5", "50%"),
        ("0.0%", "1.0005", "100.1%"),
    ],
)
def test_percents_are_shown_with_the_decimals_of_the_format(code, value, shown):
    assert format_of(code).percent_shown(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("0.00", "1"),
        ('0"%"', "1"),
        ("0\\%", "1"),
        ("0!%", "1"),
        ('0%;0%;"无"', "0"),
        ("[<1]0%;0.0", "0.5"),
        ("0%%", "1"),
    ],
)
def test_what_only_looks_like_a_percent_is_none(code, value):
    assert format_of(code).percent_shown(Decimal(value)) is None


def test_as_many_decimals_as_a_format_names_do_no_harm():
    assert format_of(f"0.{'0' * 200}%").percent_shown(Decimal("0.5")) == f"50.{'0' * 30}%"


def test_no_format_means_nothing():
    assert (GENERAL.plain, GENERAL.dated, GENERAL.percent_shown(Decimal(1))) == (True, False, None)
