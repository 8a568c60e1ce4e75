"""The reasons that a pack asks for beside those of the forms: of its facts, and of its further comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pydantic import BaseModel

from gongkai.checks.rule import Figures, disclosure
from gongkai.findings import Path
from gongkai.model.own.declared import CURRENT, Comparison, FactType
from gongkai.model.own.extend import field_name
from gongkai.model.own.places import OWNERS, Steps

from .reason import Reason


def of_facts(figures: Figures) -> Iterator[Reason]:
    """The reasons of the pack's own facts that are money, wherever they stand."""
    document = disclosure(figures)
    for fact in document.own_declared.facts:
        if fact.type is not FactType.AMOUNT or not fact.comparisons:
            continue
        for steps in OWNERS[document.kind][fact.owner]:
            for path, record in _records(document, steps, ()):
                value = getattr(record, field_name(fact.name), None)
                now = getattr(value, field_name(CURRENT), None)
                if isinstance(now, Decimal):
                    yield from _compared((*path, fact.name), fact.name, now, value, fact.comparisons)


def of_comparisons(figures: Figures, path: Path, what: str, now: Decimal, record: BaseModel | None) -> Iterator[Reason]:
    """The reasons of a pack's further comparisons (``比较``) in a record whose figure of this year is ``now``, 万元."""
    comparisons = dict.fromkeys(own.comparison for own in disclosure(figures).own_declared.comparisons)
    yield from _compared(path, what, now, record, tuple(comparisons))


def _compared(
    path: Path, what: str, now: Decimal, record: object, comparisons: tuple[Comparison, ...]
) -> Iterator[Reason]:
    for one in comparisons:
        before = getattr(record, field_name(one.name), None)
        text = getattr(record, field_name(one.reason), None) if one.reason else None
        if isinstance(before, Decimal) and isinstance(text, str):
            yield Reason((*path, one.reason), what, text, now, before, one.name)


def _records(value: object, steps: Steps, path: Path) -> Iterator[tuple[Path, object]]:
    """The records at the end of some steps, into lists and mappings too, each with its way."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _records(item, steps, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _records(item, steps, (*path, str(key)))
    elif not steps:
        yield path, value
    elif isinstance(value, BaseModel):
        alias = type(value).model_fields[steps[0]].alias
        yield from _records(getattr(value, steps[0]), steps[1:], (*path, str(alias)))
