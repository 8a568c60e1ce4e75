"""Phrases that follow from figures: 增减, 占比, lists, numerals, dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from .numbers import amount, percent, ratio_percent

_HUNDRED = Decimal(100)
_DIGITS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


def growth_percent(current: Decimal, prior: Decimal) -> Decimal:
    """|change| in percent of last year's figure; from nothing to something counts as 100."""
    if prior == 0:
        return _HUNDRED if current else Decimal(0)
    return ratio_percent(abs(current - prior), prior)


def change(current: Decimal, prior: Decimal, comma: str = "，") -> str:
    """增加 59.30 万元，增长 12.19%; no change is an increase of 0.00 (domain: GROW)."""
    difference = current - prior
    rise, grow = ("减少", "下降") if difference < 0 else ("增加", "增长")
    return f"{rise}{amount(abs(difference))}万元{comma}{grow}{percent(growth_percent(current, prior))}%"


def share(part: Decimal, whole: Decimal) -> str:
    """占 52.13%."""
    return f"占{percent(ratio_percent(part, whole))}%"


def percent_of(part: Decimal, whole: Decimal) -> str:
    """42.55: a part in percent of the whole, without the sign; 0.00 of nothing."""
    return percent(ratio_percent(part, whole))


def headcount_change(difference: int) -> str:
    """增加 3 人, 减少 2 人; no change is an increase of 0."""
    return f"{'减少' if difference < 0 else '增加'}{abs(difference):,d}人"


def listing(items: Iterable[str], last: str = "、") -> str:
    """Items joined by 顿号; ``last`` stands before the last one (和)."""
    *before, end = [*items] or [""]
    return f"{'、'.join(before)}{last}{end}" if before else end


def numeral(number: int) -> str:
    """一, 十二, 二十一: the number of a heading or an item, 1 to 99."""
    if not 1 <= number <= 99:
        raise ValueError(f"heading numbers run from 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + _DIGITS[ones]


def long_date(day: date) -> str:
    """2024年2月25日."""
    return f"{day.year}年{day.month}月{day.day}日"


def padded_date(day: date) -> str:
    """2024年02月25日."""
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def sentence(text: str) -> str:
    """A clerk's words as the end of a sentence: without the lead and the stop that the template sets itself."""
    words = text.strip().rstrip("。；;，,.")
    for lead in ("主要原因是", "主要原因：", "原因是", "原因："):
        if words.startswith(lead):
            return words.removeprefix(lead).lstrip("：:， ")
    return words


def variance(actual: Decimal, budget: Decimal) -> str:
    """预决算差异率 in percent, without the sign %: (actual − budget) ÷ budget; 100.00 without a budget."""
    if budget == 0:
        return percent(_HUNDRED if actual else Decimal(0))
    return percent(ratio_percent(actual - budget, budget))


def points(items: Iterable[str]) -> str:
    """一是…；二是…。 from a list of points."""
    return "；".join(f"{numeral(number)}是{sentence(item)}" for number, item in enumerate(items, 1)) + "。"
