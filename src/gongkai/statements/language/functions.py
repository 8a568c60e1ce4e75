"""The functions of expressions (占比, 增减率 …), each with what it means; there are no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.prose.numbers import amount, percent, ratio_percent, round_half_up
from gongkai.statements.tables.table import Figure, Value

Reckoned = Callable[..., Value]

MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class Function:
    """A function: how many arguments it takes, what it gives and means. One of ``texts`` takes words as well."""

    reckon: Reckoned
    arguments: tuple[str, ...]
    meaning: str
    optional: int = 0
    words: tuple[int, ...] = ()
    """The arguments that are words in quotes."""
    places: tuple[int, ...] = ()
    """The arguments that are a number of decimals."""


def _rate(of: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Decimal | None, Decimal | None], Value]:
    """A rate in percent, two decimals; nothing where there is nothing to compare with."""

    def reckon(one: Decimal | None, other: Decimal | None) -> Value:
        return Figure(percent(of(one, other)), "%") if one is not None and other else None

    return reckon


def _growth(current: Decimal | None, prior: Decimal | None) -> Value:
    """A change in percent of last year's figure, below zero where it became less."""
    if current is None or prior is None or prior <= 0:
        return None
    return Figure(percent(ratio_percent(current - prior, prior)), "%")


def _difference(one: Decimal | None, other: Decimal | None) -> Value:
    return None if one is None or other is None else one - other


def _most(*values: Decimal | None) -> Value:
    return max((value for value in values if value is not None), default=None)


def _least(*values: Decimal | None) -> Value:
    return min((value for value in values if value is not None), default=None)


def _rounded(value: Decimal | None, places: Decimal) -> Value:
    return None if value is None else round_half_up(value, int(places))


def _as_written(value: Decimal | None) -> Value:
    return None if value is None else Figure(f"{value:f}")


def _score(value: Decimal | None, unit: str = "") -> Value:
    return None if value is None else Figure(amount(value), unit)


FUNCTIONS: Mapping[str, Function] = {
    "占比": Function(_rate(ratio_percent), ("部分", "整体"), "部分占整体的百分比，两位小数；整体为零的空着"),
    "完成率": Function(_rate(ratio_percent), ("完成数", "预算数"), "完成数占预算数的百分比；没有预算的空着"),
    "增减": Function(_difference, ("本年", "上年"), "本年减上年，照各自印出的数"),
    "增减率": Function(_growth, ("本年", "上年"), "（本年－上年）÷上年的百分比，减少的是负数；上年不大于零的空着"),
    "取大": Function(_most, ("甲", "乙"), "两个数中大的一个"),
    "取小": Function(_least, ("甲", "乙"), "两个数中小的一个"),
    "四舍五入": Function(_rounded, ("数", "小数位"), f"四舍五入到几位小数，0 到 {MOST_PLACES}", places=(1,)),
    "照写": Function(_as_written, ("数",), "照数据文件写的印，不加千分位、不补零，如权重"),
    "分数": Function(_score, ("数", "“单位”"), '两位小数的得分，后面可加单位，如 分数(得分, "分")', 1, words=(1,)),
}
"""By name. Those that a kind of document or an option decides (执行率, 执行得分) are handed in by it."""
