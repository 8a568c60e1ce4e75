"""The facts that a pack declares, in the language of its tables: measures by what they belong to, and their amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from gongkai.model.own.declared import CURRENT, Comparison, Declared, FactType, Owner, OwnFact
from gongkai.model.own.extend import field_name
from gongkai.statements.facts.store import Facts
from gongkai.statements.facts.vocabulary import Measure, Vocabulary

from .language import Language

_SUMMED = (FactType.AMOUNT, FactType.COUNT)
_DIMENSIONS: Mapping[Owner, tuple[str, ...]] = {
    Owner.FILE: (),
    Owner.SUBJECT: ("科目",),
    Owner.PROJECT: ("项目",),
    Owner.THREE_PUBLIC: ("三公项",),
}
COMPARED_MEASURES: Mapping[str, str] = {"三公项": "三公经费", "科目变动": "支出", "机关运行经费": "机关运行经费核定"}
"""The measures that have further comparisons, by the name of the place."""

Stated = Iterator[tuple[str, str, tuple[str, ...], Decimal | None]]
"""Amounts with the measure, the comparison and the values of the dimensions; None where one is left out."""


def with_own(language: Language, model: type[Any], declared: Declared) -> Language:
    """The language of a kind with what a pack declares; ``model`` is that of the pack's files."""
    if not declared:
        return language
    vocabulary = language.vocabulary.with_measures(tuple(_measures(language.vocabulary, declared)))
    facts = partial(_facts_of, language.facts, vocabulary)
    return replace(language, vocabulary=vocabulary, model=model, facts=facts)


def _measures(vocabulary: Vocabulary, declared: Declared) -> Iterator[Measure]:
    known = vocabulary.by_name
    for fact in declared.facts:
        dimensions = tuple(name for name in _DIMENSIONS[fact.owner] if name in known)
        if fact.type in _SUMMED and len(dimensions) == len(_DIMENSIONS[fact.owner]):
            counted = fact.type is FactType.COUNT
            yield Measure(fact.name, "", dimensions, fact.meaning, counted=counted)
            for comparison in fact.comparisons:
                meaning = comparison.meaning or f"{fact.name}的{comparison.name}数"
                yield Measure(fact.name, comparison.name, dimensions, meaning, counted=counted)
    for own in declared.comparisons:
        name = COMPARED_MEASURES.get(own.place)
        if name is not None:
            prior = vocabulary.of_measure[name]["上年"]
            meaning = own.comparison.meaning or f"{name}的{own.comparison.name}数"
            yield replace(prior, comparison=own.comparison.name, meaning=meaning)


def _facts_of(plain: Callable[[Any], Facts], vocabulary: Vocabulary, figures: Any) -> Facts:
    """The amounts of a file with those of its pack's own facts."""
    document = figures.document
    return plain(figures).with_own(vocabulary, _stated(document))


def _stated(document: Any) -> Stated:
    declared: Declared = document.own_declared
    for fact in declared.facts:
        if fact.type in _SUMMED:
            for values, record in records_of(document, fact.owner):
                yield from _of_fact(fact, values, getattr(record, field_name(fact.name)))
    for own in declared.comparisons:
        for measure, values, record in _compared(document, own.place):
            yield measure, own.comparison.name, values, getattr(record, field_name(own.comparison.name))


def _of_fact(fact: OwnFact, values: tuple[str, ...], stated: Any) -> Stated:
    if stated is None:
        return
    if not fact.comparisons:
        yield fact.name, "", values, _exact(stated)
        return
    for comparison in (Comparison(CURRENT), *fact.comparisons):
        amount = getattr(stated, field_name(comparison.name))
        if amount is not None or comparison.name != CURRENT:
            name = "" if comparison.name == CURRENT else comparison.name
            yield fact.name, name, values, None if amount is None else _exact(amount)


def _exact(stated: Decimal | int) -> Decimal:
    """A figure as it was stated, which may know where; a count as a figure."""
    return stated if isinstance(stated, Decimal) else Decimal(stated)


def records_of(document: Any, owner: Owner) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What facts belong to, with its values in the dimensions."""
    if owner is Owner.FILE:
        yield (), document
    elif owner is Owner.SUBJECT:
        yield from (((entry.code,), entry) for entry in _subjects(document))
    elif owner is Owner.PROJECT:
        yield from (((str(number),), project) for number, project in enumerate(document.listed_projects))
    else:
        yield from (((name,), item) for name, item in document.three_public.by_name.items())


def _subjects(document: Any) -> Sequence[Any]:
    return [*getattr(document, "expenditures", ()), *getattr(document, "accounts", ())]


def _compared(document: Any, place: str) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    measure = COMPARED_MEASURES.get(place)
    if measure is None:
        return
    if place == "三公项":
        yield from ((measure, (name,), item) for name, item in document.three_public.by_name.items())
    elif place == "科目变动":
        for entry in _subjects(document):
            yield from ((measure, (entry.code, fund.value), change) for fund, change in entry.changes.items())
    else:
        yield measure, ("一般公共预算",), document.running_costs
