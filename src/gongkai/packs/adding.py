"""What templates reckon: the total of a list, and one amount less another; nothing is rounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import TemplateRuntimeError

from gongkai.findings import shown
from gongkai.texts.suggest import alike

from .names import field_of, names_behind

_ZERO = Decimal(0)
_NOTHING = object()


def sum_of(items: Iterable[Any], field: str = "") -> Decimal:
    """The amounts of a list added up: those that its entries have under a name, or the entries themselves.

    Of a mapping its values are added. Raises TemplateRuntimeError where an entry has no amount under the name,
    with the names under which it has one: an amount that is left out would make a wrong total.
    """
    if isinstance(items, str) or not isinstance(items, Iterable):
        raise TemplateRuntimeError("合计：第一个应是清单，如 数.收入")
    entries = items.values() if isinstance(items, Mapping) else items
    return sum((_amount(entry, field, number) for number, entry in enumerate(entries, 1)), _ZERO)


def less(left: Decimal, right: Decimal) -> Decimal:
    """One amount less another, below zero where the other is larger. Raises TypeError for what is no amount."""
    if not (isinstance(left, Decimal) and isinstance(right, Decimal)):
        raise TypeError("only amounts are taken from each other")
    return left - right


def _amount(entry: Any, field: str, number: int) -> Decimal:
    value = _behind(entry, field) if field else entry
    if isinstance(value, Decimal):
        return value
    amounts = [name for name in _names(entry) if isinstance(_behind(entry, name), Decimal)]
    known = f"可写：{'、'.join(amounts)}" if amounts else "这里没有可加的金额"
    if not field:
        raise TemplateRuntimeError(f"合计：第 {number} 项不是金额，要写明加哪一个，{known}")
    near = alike(field, amounts)
    meant = f"，是否想写“{near[0]}”？" if near else "，"
    problem = f"没有“{shown(field)}”" if value is _NOTHING else f"的“{shown(field)}”不是金额"
    raise TemplateRuntimeError(f"合计：第 {number} 项{problem}{meant}{known}")


def _behind(entry: Any, name: str) -> Any:
    """What an entry has under a name; only data is looked at, as behind a dot."""
    if isinstance(entry, Mapping):
        return entry.get(name, _NOTHING)
    field = field_of(entry, name)
    return _NOTHING if field.startswith(("_", "model_")) else getattr(entry, field, _NOTHING)


def _names(entry: Any) -> list[str]:
    return [str(name) for name in entry] if isinstance(entry, Mapping) else names_behind(entry)
