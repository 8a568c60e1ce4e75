"""Phrases of the explanations: 增减, 占比, lists, numerals and dates."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.packs.wording import Wording
from gongkai.prose.numbers import amount
from gongkai.prose.phrases import (
    date_words,
    growth_percent,
    headcount_change,
    listing,
    numeral,
    sentence,
    share,
)
from support.examples import pack_of

cents = st.integers(0, 10**10).map(lambda n: Decimal(n) / 100)
some_cents = st.integers(1, 10**10).map(lambda n: Decimal(n) / 100)


def change(current: Decimal, prior: Decimal, base: str = "") -> str:
    return Wording(pack_of("base").options).change(current, prior, base).striptags()


CHANGE = re.compile(r"(增加|减少)([\d,]+\.\d\d)万元，(增长|下降)([\d,]+\.\d\d)%")


@pytest.mark.parametrize(
    ("current", "prior", "said"),
    [
        ("545.70", "486.40", "增加59.30万元，增长12.19%"),
        ("287.46", "290.14", "减少2.68万元，下降0.92%"),
        ("501.12", "0.18", "增加500.94万元，增长278,300.00%"),
        ("20.00", "0", "增加20.00万元，增长100.00%"),
        ("0", "20.00", "减少20.00万元，下降100.00%"),
        ("0", "0", "增加0.00万元，增长0.00%"),
        ("20.00", "20.00", "增加0.00万元，增长0.00%"),
        ("0.125", "0.120", "增加0.01万元，增长4.17%"),  # the difference 0.005 is rounded, not 0.13 − 0.12
        ("1.004", "1.006", "减少0.00万元，下降0.20%"),
    ],
)
def test_a_change_is_said_as_published_budgets_say_it(current, prior, said):
    assert change(Decimal(current), Decimal(prior)) == said


@given(some_cents)
def test_from_nothing_to_something_grows_by_one_hundred_percent(current):
    assert change(current, Decimal(0)) == f"增加{amount(current)}万元，增长100.00%"


@given(some_cents)
def test_from_something_to_nothing_falls_by_one_hundred_percent(prior):
    assert change(Decimal(0), prior) == f"减少{amount(prior)}万元，下降100.00%"


@given(cents)
def test_no_change_is_an_increase_of_zero(value):
    assert change(value, value) == "增加0.00万元，增长0.00%"


@given(cents, some_cents)
def test_a_change_leads_from_last_years_figure_to_this_years(current, prior):
    match = CHANGE.fullmatch(change(current, prior))
    assert match is not None
    direction, difference, growth, percentage = match.groups()
    assert (direction, growth) in {("增加", "增长"), ("减少", "下降")}
    sign = 1 if direction == "增加" else -1
    assert prior + sign * Decimal(difference.replace(",", "")) == current
    rate = Decimal(percentage.replace(",", ""))
    assert abs(rate * prior - 100 * abs(current - prior)) <= Decimal("0.005") * prior


@given(some_cents, st.data())
def test_a_rise_and_a_fall_by_the_same_amount_have_the_same_percentage(prior, data):
    difference = data.draw(st.integers(0, int(prior * 100))) / Decimal(100)
    assert growth_percent(prior + difference, prior) == growth_percent(prior - difference, prior)


@given(some_cents, st.data())
def test_the_shares_of_a_whole_add_up_to_one_hundred_but_for_rounding(whole, data):
    part = data.draw(st.integers(0, int(whole * 100))) / Decimal(100)
    shares = [share(part, whole), share(whole - part, whole)]
    values = [Decimal(text.removeprefix("占").removesuffix("%").replace(",", "")) for text in shares]
    assert abs(sum(values) - 100) <= Decimal("0.01")
    assert abs(values[0] * whole - 100 * part) <= Decimal("0.005") * whole


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [("467.68", "545.70", "占85.70%"), ("1", "3", "占33.33%"), ("0", "0", "占0.00%"), ("7", "7", "占100.00%")],
)
def test_a_share_is_said_with_two_decimals(part, whole, said):
    assert share(Decimal(part), Decimal(whole)) == said


@pytest.mark.parametrize(
    ("difference", "said"), [(3, "增加3人"), (0, "增加0人"), (-2, "减少2人"), (-1200, "减少1,200人")]
)
def test_people_come_and_go(difference, said):
    assert headcount_change(difference) == said


def read_numeral(text: str) -> int:
    """A Chinese numeral below one thousand: 百 and 十 multiply the digit before them, 零 counts for nothing."""
    total = 0
    for digit, unit in re.findall("([一二三四五六七八九]?)([百十]?)", text.replace("零", "")):
        value = "零一二三四五六七八九".index(digit) if digit else 1 if unit else 0
        total += value * {"百": 100, "十": 10, "": 1}[unit]
    return total


@given(st.integers(1, 999))
def test_heading_numerals_read_back_as_their_number(number):
    assert read_numeral(numeral(number)) == number


def test_heading_numerals_are_all_different_and_written_without_zero_or_a_leading_one():
    numerals = [numeral(number) for number in range(1, 1000)]
    assert len(set(numerals)) == 999
    assert [n for n in numerals[:99] if "零" in n or n.startswith("一十")] == []
    # 零 stands where the tens are missing, and only there.
    assert [n for n in numerals[99:] if ("零" in n) != (re.search("百[^零十]$", n.replace("零", "")) is not None)] == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "一百"),
        (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (123, "一百二十三"), (200, "二百"),
        (215, "二百一十五"), (909, "九百零九"), (999, "九百九十九"),
    ],
)  # fmt: skip
def test_a_heading_numeral_is_written_as_official_documents_write_it(number, said):
    assert numeral(number) == said


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_a_heading_number_out_of_range_is_refused(number):
    with pytest.raises(ValueError, match=str(number)):
        numeral(number)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_date_reads_back_as_its_day(day):
    words = date_words(day)
    assert date(int(words["年"]), int(words["月"]), int(words["日"])) == day
    assert (words["两位月"], words["两位日"]) == (f"{day:%m}", f"{day:%d}")
    assert len(words["汉字年"]) == 4
    assert [numeral(day.month), numeral(day.day)] == [words["汉字月"], words["汉字日"]]


def test_a_list_is_joined_by_the_enumeration_comma():
    assert listing(["综合科", "招商科", "外贸科"]) == "综合科、招商科、外贸科"
    assert listing(["综合科"]) == "综合科"
    assert listing([]) == ""
    assert listing(["a", "b"], "；") == "a；b"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("本年人员增加", "本年人员增加"),
        ("本年人员增加。", "本年人员增加"),
        ("本年人员增加；", "本年人员增加"),
        ("  本年人员增加,\n", "本年人员增加"),
        ("本年人员增加。。", "本年人员增加"),
        ("社保；公积金增加.", "社保；公积金增加"),
        ("增长5.5%", "增长5.5%"),
        ("主要是没有安排", "没有安排"),
        ("主要原因是：主要是没有安排", "没有安排"),
        ("用于人员的经费增加", "用于人员的经费增加"),
        ("主要是", "主要是"),
    ],
)
def test_a_reason_ends_without_the_stop_that_the_template_sets(written, said):
    assert sentence(written) == said


@pytest.mark.parametrize(
    "written", ["人员工资", "用于人员工资", "主要用于人员工资；", "主要用于：人员工资", "主要是用于人员工资。"]
)
def test_a_use_does_not_repeat_what_the_template_says_before_it(written):
    assert sentence(written, "主要用于") == "人员工资"
