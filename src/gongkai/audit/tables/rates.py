"""Columns that compare: the change against another year, the rate of growth, the share, how much was carried out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.intake.export.reading.found import Column
from gongkai.prose.numbers import ratio_percent, round_half_up

from .facts import TOTAL, Body, Fact, facts_of
from .words import amount, in_unit

_RATE = re.compile(r"%|率|占比|比重|比例|幅度")
_CHANGE = re.compile(r"增减(?:额|数|金额)?$|变动(?:额|数)|增加(?:额|数)|差额")
_PERCENT = re.compile(r"^([+-]?\d[\d,]*(?:\.\d+)?)%?$")
_NEAR, _MOST = 8, 20_000
"""Columns beside one that compare, and cells that compare in one table."""
_LEAST = 2
"""Rows that must bear a reading out."""

Interval = tuple[Decimal, Decimal]
Reckon = Callable[[Fact, Fact], Interval | None]
"""Between which limits a rate is, by two figures as they are printed."""


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate as it stands in a cell, percent."""

    row: Mapping[int, Fact]
    column: Column
    value: Decimal
    half: Decimal
    """Half a unit of its last decimal."""


@dataclass(frozen=True)
class _Reading:
    """What a column of rates says of which columns."""

    words: str
    first: int
    second: int
    """0 for the total of the first column."""
    reckon: Reckon
    rates: Sequence[tuple[_Rate, Interval]]

    @property
    def failing(self) -> list[tuple[_Rate, Interval]]:
        """Rates that are not what they should be."""
        return [(rate, limits) for rate, limits in self.rates if not _within(rate, limits)]


def _within(rate: _Rate, limits: Interval) -> bool:
    low, high = limits
    return any(low - rate.half <= value <= high + rate.half for value in (rate.value, -rate.value))


@audit_rule("GK813", "请按本年数和上年数（总数、预算数）重算这一格")
def comparisons_are_right(document: Audited) -> Iterator[Fault]:
    """检查什么：表里的增减额、增减率、占比、完成率，等于用同一行的数重算的结果（按印出的位数四舍五入）。
    为何重要：比率最容易在改了数以后忘记重算。
    依据：增减率＝（本年－上年）÷上年，占比＝本行÷合计，完成率＝决算÷预算。
    反例：本年 31.23，上年 39.88，增减率 -12.67%。
    正例：本年 31.23，上年 39.88，增减率 -21.69%。
    怎样改：重算；数改过的，一并核对说明里的比率。
    """
    for body in facts_of(document).bodies:
        comparing = [c for c in body.table.region.columns if _RATE.search(c.path[-1]) or _CHANGE.search(c.path[-1])]
        if len(comparing) * len(body.rows) > _MOST:
            continue
        amounts = {c.number for c in body.table.region.columns} - {c.number for c in comparing}
        for column in comparing:
            near = sorted(amounts, key=lambda number: abs(number - column.number))[:_NEAR]
            if _RATE.search(column.path[-1]):
                yield from _rates(body, column, sorted(near))
            else:
                yield from _changes(body, column, sorted(near))


def _rates(body: Body, column: Column, near: Sequence[int]) -> Iterator[Fault]:
    rates = [rate for row in body.rows if (rate := _rate(body, row, column)) is not None]
    best = min(_readings(body, rates, column, near), key=lambda reading: len(reading.failing), default=None)
    if best is None or len(best.rates) - len(best.failing) < max(_LEAST, 2 * len(best.failing)):
        return
    for rate, (low, high) in best.failing:
        fact = rate.row[best.first]
        due = round_half_up((low + high) / 2)
        message = (
            f"{fact.table.name}{fact.row_said}“{column.shown}”是 {rate.value:f}%，"
            f"按{best.words}应是 {due:f}%，相差 {abs(abs(rate.value) - abs(due)):f} 个百分点"
        )
        place = body.table.region.place((fact.line.row, column.number))
        yield Fault(place, message, rate.value, due, f"{rate.value:f}%", cause=place)


def _rate(body: Body, row: Mapping[int, Fact], column: Column) -> _Rate | None:
    line = next((fact.line for fact in row.values()), None)
    cell = body.table.region.sheet.at(line.row, column.number) if line is not None else None
    if cell is None:
        return None
    said = cell.shown if "%" in cell.shown else cell.text
    found = _PERCENT.match(said.strip().replace("％", "%"))
    try:
        value = Decimal(found[1].replace(",", "")) if found else None
    except InvalidOperation:
        return None
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    return _Rate(row, column, value, Decimal(5).scaleb(min(int(exponent), 0) - 1))


def _readings(body: Body, rates: Sequence[_Rate], column: Column, near: Sequence[int]) -> Iterator[_Reading]:
    """Every pair of columns that a column of rates may be about."""
    head = "/".join(column.path)
    numbers = [number for number in near if any(number in rate.row for rate in rates)]
    if re.search("占|比重", head):
        total = next((row for row in body.rows if any(fact.row == TOTAL for fact in row.values())), {})
        for number in numbers:
            if number in total:
                reckon = partial(_share, total[number])
                yield _reading(rates, number, number, reckon, "本行占合计的比重")
        return
    completed = bool(re.search("完成|执行", head))
    for first in numbers:
        for second in numbers:
            if first != second:
                names = [next(r.row[n].column.shown for r in rates if n in r.row) for n in (first, second)]
                if completed:
                    yield _reading(rates, first, second, _quotient, f"“{names[0]}”占“{names[1]}”的比率")
                else:
                    yield _reading(rates, first, second, _growth, f"“{names[0]}”比“{names[1]}”的增减")


def _reading(rates: Sequence[_Rate], first: int, second: int, reckon: Reckon, words: str) -> _Reading:
    reckoned = [
        (rate, limits)
        for rate in rates
        if first in rate.row and second in rate.row
        if (limits := reckon(rate.row[first], rate.row[second])) is not None
    ]
    return _Reading(words, first, second, reckon, reckoned if len(reckoned) >= _LEAST else ())


def _share(total: Fact, part: Fact, _: Fact) -> Interval | None:
    return _quotient(part, total)


def _quotient(part: Fact, whole: Fact) -> Interval | None:
    (low, high), (least, most) = _limits(part), _limits(whole)
    if least <= 0 or low < 0:
        return None
    return ratio_percent(low, most), ratio_percent(high, least)


def _growth(now: Fact, before: Fact) -> Interval | None:
    quotient = _quotient(now, before)
    return None if quotient is None else (quotient[0] - 100, quotient[1] - 100)


def _limits(fact: Fact) -> Interval:
    return fact.value - fact.figure.slack, fact.value + fact.figure.slack


def _changes(body: Body, column: Column, near: Sequence[int]) -> Iterator[Fault]:
    """A column of changes: this year's figure less the other's, of the two columns that most rows bear out."""
    rows = [row for row in body.rows if column.number in row and row[column.number].figure.stated]
    numbers = [number for number in near if any(number in row for row in rows)]
    best: tuple[list[tuple[Fact, Fact, Fact]], int] = ([], 0)
    for first in numbers:
        for second in numbers:
            triples = [(row[column.number], row[first], row[second]) for row in rows if first in row and second in row]
            holding = sum(_differs(*triple) <= 0 and bool(triple[0].value) for triple in triples)
            if first != second and holding > best[1]:
                best = triples, holding
    failing = [triple for triple in best[0] if _differs(*triple) > 0]
    if best[1] < max(_LEAST, 2 * len(failing)):
        return
    for change, now, before in failing:
        due = now.value - before.value
        message = (
            f"{change.said}是 {amount(change.value, change)}，“{now.column.shown}”减“{before.column.shown}”"
            f"是 {amount(due, change)}，相差 {amount(abs(change.value - due), change)}"
        )
        figures = in_unit(change.value, change), in_unit(due, change)
        yield Fault(change.place, message, *figures, change.row_said, cause=change.place)


def _differs(change: Fact, now: Fact, before: Fact) -> Decimal:
    """How far beyond rounding a change is from the difference; what is printed without a sign counts as either."""
    slack = change.figure.slack + now.figure.slack + before.figure.slack
    due = now.value - before.value
    apart = abs(change.value - due)
    return (min(apart, abs(change.value + due)) if change.value > 0 else apart) - slack


RULES = (comparisons_are_right,)
