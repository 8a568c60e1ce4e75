"""Rates recomputed from printed amounts: between which two the exact one is, and what the printed amounts give."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gongkai.audit.claims.text.claim import Amount, Change, Figure, Ratio
from gongkai.prose import numbers

from .told import Range, Told

_HUNDRED = Decimal(100)
_ZERO = Decimal(0)
_FAR = Decimal(10) ** 12
_CLOSE = Decimal("0.0000001")


@dataclass(frozen=True, slots=True)
class Rates:
    """Between which two rates an exact one is, percent."""

    low: Decimal
    high: Decimal
    point: Decimal | None = None
    """What the amounts give as they are printed; None where they give nothing."""

    def allow(self, rate: Figure) -> bool:
        """Whether a rate may be printed so."""
        return self.low - _CLOSE <= rate.high and rate.low <= self.high + _CLOSE

    def are_wide(self, rate: Figure) -> bool:
        """Whether more than one rate may be printed in its place."""
        return self.high - self.low > 2 * rate.half

    def gives(self, rate: Figure) -> bool:
        """Whether the printed amounts give just this rate."""
        return self.point is not None and abs(self.point - rate.value) <= rate.half + _CLOSE

    def apart(self, rate: Figure) -> Decimal:
        """How far a rate is from what may be printed."""
        return max(self.low - rate.high, rate.low - self.high, _ZERO)

    @property
    def expected(self) -> Decimal | None:
        """The rate that should be printed, to two decimals; None where it has no bound."""
        if self.high >= _FAR:
            return None
        return numbers.round_half_up(self.point if self.point is not None else (self.low + self.high) / 2)

    def __str__(self) -> str:
        expected = self.expected
        return f"{numbers.amount(expected)}%" if expected is not None else f"不低于 {numbers.percent(self.low)}%"


def _exactly(rate: Decimal) -> Rates:
    return Rates(rate, rate, rate)


def quotient(part: Range, whole: Range, point: Decimal | None = None) -> Rates:
    """Part against whole in percent, neither below zero; a whole that may be nothing leaves it without bound."""
    low = numbers.ratio_percent(max(part.low, _ZERO), whole.high) if whole.high > 0 else _FAR
    high = numbers.ratio_percent(max(part.high, _ZERO), whole.low) if whole.low > 0 else _FAR
    return Rates(low, high, point)


def _ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    return numbers.ratio_percent(part, whole) if whole > 0 else None


def growth(seen: Told, change: Change) -> list[Rates]:
    """What the rate of a comparison may be, the likeliest first; nothing where the text does not say enough."""
    if change.rate is None:
        return []
    if change.prior is not None and change.current is not None and change.gap is None:
        return [_between(change.current.figure, change.prior.figure)]
    return _by_gap(seen, change, change.gap) if change.gap is not None else []


def _between(now: Figure, before: Figure) -> Rates:
    """By the amounts of both years; with nothing before it is 100 by custom."""
    if not before.value:
        return _exactly(_HUNDRED if now.value else _ZERO)
    up = now.value >= before.value
    apart = Range(now.low - before.high, now.high - before.low)
    if not up:
        apart = Range(-apart.high, -apart.low)
    point = _ratio(abs(now.value - before.value), before.value)
    return quotient(apart, Range(before.low, before.high), point)


def _by_gap(seen: Told, change: Change, gap: Figure) -> list[Rates]:
    """By this year's amount and the difference."""
    direction = change.rate_direction or change.direction
    possible: list[Rates] = []
    for now in seen.current_of(change):
        before = Range(now.low - gap.high, now.high - gap.low)
        if direction < 0:
            before = Range(max(now.low, _ZERO) + gap.low, now.high + gap.high)
        middle = now.printed - gap.value if direction > 0 else now.printed + gap.value
        if not gap.value:
            most = quotient(Range(gap.low, gap.high), before).high if now.low > 0 else _ZERO
            possible.append(Rates(_ZERO, most, _ZERO))
            continue
        may_be_new = direction > 0 and now.low <= gap.high and gap.low <= now.high
        if may_be_new:
            possible.append(_exactly(_HUNDRED))
        if middle or not may_be_new:
            possible.append(quotient(Range(gap.low, gap.high), before, _ratio(gap.value, middle)))
    return possible


def share(seen: Told, amount: Amount) -> list[Rates]:
    """What the share of an amount may be; nothing where its whole is not known."""
    part = seen.range(amount)
    found = [
        quotient(part, whole, _ratio(part.printed, whole.printed)) for whole in seen.whole_of(amount) if whole.high > 0
    ]
    if not amount.figure.value and (not found or any(rates.high >= _FAR for rates in found)):
        return [_exactly(_ZERO)]
    return found


def outturn(seen: Told, ratio: Ratio) -> list[Rates]:
    """What a completion or variance may be; nothing where an amount is not said, or nothing was planned."""
    if ratio.current is None:
        return []
    now = seen.range(ratio.current)
    if ratio.planned is None:
        # What was planned stands in the table alone.
        cells = [] if ratio.variance else seen.counterparts.planned(ratio.subject)
        plans = [Range(cell.value - cell.slack, cell.value + cell.slack) for cell in cells if cell.value]
        return [quotient(now, plan, _ratio(now.printed, plan.printed)) for plan in plans]
    plan = seen.range(ratio.planned)
    if not ratio.planned.figure.value:
        return [_exactly(_HUNDRED if ratio.current.figure.value else _ZERO)] if ratio.variance else []
    if not ratio.variance:
        return [quotient(now, plan, _ratio(now.printed, plan.printed))]
    point = _ratio(now.printed - plan.printed, plan.printed)
    more = quotient(Range(now.low - plan.high, now.high - plan.low), plan)
    less = quotient(Range(plan.low - now.high, plan.high - now.low), plan)
    low = more.low if now.low >= plan.high else -less.high
    high = -less.low if now.high <= plan.low else more.high
    return [Rates(low, high, point)]
