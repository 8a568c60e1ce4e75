"""What an amount is taken to be: the one value that its bounds leave, a likely one, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.findings import Place
from gongkai.intake.export.imported import How
from gongkai.prose.numbers import round_half_up

from .narrowing import Var
from .system import Bounds, System

_STEP = Decimal("0.005")
_TAIL = Decimal("0.06")
"""万元: the widest bounds that rounding alone may leave."""
_NOISE = Decimal("0.03")
"""万元: what rounding alone may make of nothing where an amount is a difference."""
_ROUNDED = "由几个四舍五入的数相减得出，末位可能差 {width} 万元"
_SHAKEN = "有一个合计与它的各项不符"


@dataclass(frozen=True, slots=True)
class Decided:
    """What is known of an amount; ``value`` is None where it is open."""

    how: How
    value: Decimal | None
    bounds: Bounds
    places: tuple[Place, ...]
    table: str
    why: str = ""
    guess: Decimal | None = None
    """Of what is open: what it likely is, where anything is likely."""

    @property
    def is_something(self) -> bool:
        """Whether there is an amount to state or to ask for."""
        return self.value is None or bool(self.value)


def decide(
    system: System, var: Var, supposed: Mapping[Var, str] | None = None, sure: Mapping[Var, Bounds] | None = None
) -> Decided:
    """What an amount is; ``supposed`` gives the reasons of what was decided by supposing something.

    ``sure`` are its bounds before anything was supposed, which a question states.
    """
    bounds = system.bounds(var)
    certain = (sure or {}).get(var, bounds)
    direct = system.direct(var)
    telling = [direct] if direct is not None else system.telling(var)[:3]
    places = tuple(dict.fromkeys(place for found in telling for place in found.places))[:4]
    table = "、".join(dict.fromkeys(found.what.partition("》")[0] + "》" for found in telling if "《" in found.what))
    if bounds.low is None or bounds.high is None:
        return Decided(How.ASKED, None, certain, places, table)
    value, exact = _value(bounds, direct.value if direct else None, direct.slack if direct else None)
    too_small = direct is None and value and abs(value) < _NOISE and bounds.low != bounds.high
    if value is None or too_small or (var in system.doubted and value):
        return Decided(How.ASKED, None, certain, places, table)
    why = (supposed or {}).get(var, "")
    if not why and not exact:
        why = _ROUNDED.format(width=round_half_up(bounds.high - bounds.low, 2))
    if not why and var in system.shaken and value:
        why = _SHAKEN
    return Decided(How.LIKELY if why else How.TABLE, value, bounds, places, table, why)


def _value(bounds: Bounds, stated: Decimal | None, slack: Decimal | None) -> tuple[Decimal | None, bool]:
    """The value of an amount, and whether it is as sure as what is printed."""
    low, high = bounds.low, bounds.high
    assert low is not None
    assert high is not None
    if low == high:
        return low, True
    step = _STEP if slack is None else slack
    if stated is not None and low - step <= stated <= high + step:
        return stated, stated - low <= step and high - stated <= step
    if high - low > _TAIL:
        return None, False
    value = round_half_up((low + high) / 2, 2)
    return value, value - low <= _STEP and high - value <= _STEP
