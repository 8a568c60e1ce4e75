"""Phrases that follow from figures: 增减, 占比, lists, numerals, dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from .numbers import percent, ratio_percent

_HUNDRED = Decimal(100)
_YEAR_DIGITS = "〇一二三四五六七八九"
_LEADS = {
    "主要原因是": ("主要原因是", "主要是", "原因是", "主要原因：", "原因："),
    "主要用于": ("主要用于", "主要是", "用于"),
}
"""What a template says before a clerk's words, and what a clerk may have written to the same purpose."""
_DIGITS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


def growth_percent(current: Decimal, prior: Decimal) -> Decimal:
    """|change| in percent of last year's figure, whatever its sign; from nothing to something counts as 100."""
    if prior == 0:
        return _HUNDRED if current else Decimal(0)
    return ratio_percent(abs(current - prior), abs(prior))


def growth(current: Decimal, prior: Decimal) -> str:
    """12.19: |change| in percent of last year's figure as printed, without the sign %."""
    return percent(growth_percent(current, prior))


def change_case(current: Decimal, prior: Decimal) -> str:
    """Which of the sentences about a change holds, by name: 增加, 减少, or what is no growth of something."""
    if current == prior:
        return "没有变化" if prior else "两年为零"
    if prior < 0:
        return "上年为负而增加" if current > prior else "上年为负而减少"
    if prior == 0:
        return "上年为零"
    if current == 0:
        return "本年为零"
    return "增加" if current > prior else "减少"


def whole_case(whole: Decimal) -> str:
    """Whether there is something to have a share of: 有合计, or 合计为零."""
    return "有合计" if whole else "合计为零"


def budget_case(actual: Decimal, budget: Decimal) -> str:
    """Whether there is a budget to be compared with: 有预算, 没有预算, or 两数为零."""
    return "有预算" if budget else "没有预算" if actual else "两数为零"


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
    """一, 十二, 二十一, 一百零一, 一百一十: the number of a heading or an item, 1 to 999."""
    if not 1 <= number <= 999:
        raise ValueError(f"heading numbers run from 1 to 999, not {number}")
    hundreds, below = divmod(number, 100)
    tens, ones = divmod(below, 10)
    if not hundreds:
        return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + _DIGITS[ones]
    rest = f"{_DIGITS[tens]}十{_DIGITS[ones]}" if tens else f"零{_DIGITS[ones]}" if ones else ""
    return f"{_DIGITS[hundreds]}百{rest}"


def date_words(day: date) -> dict[str, str]:
    """The parts of a date by name: figures as they are, with two digits, and in Chinese (二〇二四年二月二十五日)."""
    return {
        "年": str(day.year),
        "月": str(day.month),
        "日": str(day.day),
        "两位月": f"{day.month:02d}",
        "两位日": f"{day.day:02d}",
        "汉字年": "".join(_YEAR_DIGITS[int(digit)] for digit in str(day.year)),
        "汉字月": numeral(day.month),
        "汉字日": numeral(day.day),
    }


def sentence(text: str, after: str = "主要原因是") -> str:
    """A clerk's words ``after`` the template's: without the stop, and the lead, that the template sets itself."""
    words = text.strip().rstrip("。；;，,.")
    while lead := next((lead for lead in _LEADS[after] if words.startswith(lead)), ""):
        rest = words.removeprefix(lead).lstrip("：:， ")
        if not rest:
            break
        words = rest
    return words


def variance(actual: Decimal, budget: Decimal) -> str:
    """预决算差异率 in percent, without the sign %: (actual − budget) ÷ budget; 100.00 without a budget."""
    if budget == 0:
        return percent(_HUNDRED if actual else Decimal(0))
    return percent(ratio_percent(actual - budget, budget))


def points(items: Iterable[str]) -> str:
    """一是…；二是…。 from a list of points; one alone is not numbered."""
    told = [sentence(item) for item in items]
    if len(told) == 1:
        return f"{told[0]}。"
    return "；".join(f"{numeral(number)}是{item}" for number, item in enumerate(told, 1)) + "。"
