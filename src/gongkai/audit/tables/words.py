"""What is said of figures that disagree: in the unit of their table, with the difference."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gongkai.audit.rule import Fault
from gongkai.findings import Level
from gongkai.prose.numbers import as_stated

from .facts import Fact
from .sums.causes import Cause
from .sums.identities import ABSENT
from .sums.relations import Relation

_MOST_NAMED = 3


def amount(value: Decimal, fact: Fact) -> str:
    """An amount as the table of a figure prints it: 12,345 元, 1.23 万元; without a unit where the table has none."""
    if fact.table.yuan is None:
        return f"{value:,f}"
    if fact.table.yuan:
        yuan = value.scaleb(4)
        return f"{as_stated(yuan)} 元" if yuan % 1 else f"{yuan:,.0f} 元"
    return f"{as_stated(value)} 万元"


def in_unit(value: Decimal, fact: Fact) -> Decimal:
    """An amount of 万元 in the unit of a table."""
    return value.scaleb(4) if fact.table.yuan else value


def fault(relation: Relation, cause: Cause, level: Level | None = None) -> Fault:
    """The fault of a sum that does not hold; of a cause with several the first names it."""
    whole = relation.whole
    if relation.rule == ABSENT:
        message = f"{whole.said}是 {amount(whole.value, whole)}，{relation.words}"
    else:
        message = (
            f"{whole.said}是 {amount(whole.value, whole)}，{relation.words}是 {amount(relation.expected, whole)}，"
            f"相差 {amount(abs(relation.residual), whole)}"
        )
    if cause.expected is not None and len(cause.relations) > 1 and relation is cause.relations[0]:
        message += _blamed(relation, cause)
    stated, expected = in_unit(whole.value, whole), in_unit(relation.expected, whole)
    if not whole.table.form.kind:
        level = level or Level.WARNING  # nobody says what the columns of such a table are
    quote = f"{whole.row_said} {in_unit(whole.value, whole):,f}"
    return Fault(whole.place, message, stated, expected, quote, level, cause.fact.place)


def _blamed(relation: Relation, cause: Cause) -> str:
    """Which figure is most likely wrong, and what it should be."""
    assert cause.expected is not None, "the caller asks only where it is known"
    others = len(cause.relations) - 1
    which = "这个数" if relation.whole is cause.fact else f"{cause.fact.said}的 {amount(cause.fact.value, cause.fact)}"
    return f"；看来是{which}错了，应是 {amount(cause.expected, cause.fact)}（另有 {others} 处也因此对不上）"


def faults(found: Sequence[Cause], rule: str, level: Level | None = None) -> list[Fault]:
    """The faults of one rule."""
    return [fault(relation, cause, level) for cause in found for relation in cause.relations if relation.rule == rule]
