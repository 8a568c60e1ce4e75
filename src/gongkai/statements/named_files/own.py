"""What named files say of the facts and comparisons that a pack declares: 上年 of an own fact, 年初预算 of a 科目."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gongkai.model.disclosure import Disclosure
from gongkai.model.own.declared import CURRENT, Declared, FactType, Owner, OwnFact
from gongkai.model.own.extend import field_name
from gongkai.statements.language.own import records_of

from .facts import Entry, Fact, Measure, Use, Where
from .prior import PRIOR, last_years_facts

_SAME: Mapping[str, Collection[str]] = {
    "预算": {PRIOR, "上年预算", "上年预算数"},
    "决算": {PRIOR, "上年决算", "上年决算数"},
}
"""Comparisons with what last year's file of the same kind says."""
_PLANNED = {"年初预算", "年初预算数", "全年预算", "全年预算数"}
"""Comparisons of a final account with the budget of its year."""
_ADJUSTED = {"全年预算", "全年预算数"}
"""Of these, those that the year may have changed."""
_CARRIED_OUT = {"上年执行数", "上年执行", "上年决算", "上年决算数"}
"""Comparisons of a budget with the final account of last year."""
SECTIONS: Mapping[str, tuple[str, str]] = {"预算": ("支出", "项目"), "决算": ("科目收支", "项目绩效自评")}
"""The lists of 科目 and of projects."""
_ITEMS = {"公务用车运行费": "公务用车运行维护费"}
"""Items of 三公经费 that a final account calls otherwise than a budget."""


def supplied(kind: str) -> frozenset[str]:
    """The comparisons of a kind of document that files which it names may supply."""
    return frozenset({*_SAME[kind], *(_PLANNED if kind == "决算" else _CARRIED_OUT)})


def own_facts(disclosure: Disclosure, kind: str, wanted: Declared) -> Iterator[Fact]:
    """What a named file says of what is ``wanted`` in a file of a ``kind`` that names it."""
    if not wanted:
        return
    names = _comparisons(kind, disclosure.kind)
    if kind == disclosure.kind or kind == "决算":
        yield from _of_facts(disclosure, kind, wanted, names)
    yield from _of_comparisons(disclosure, kind, wanted, names - {PRIOR})


def _comparisons(kind: str, other: str) -> frozenset[str]:
    """The comparisons that a file of one kind takes from one of another."""
    if kind == other:
        return frozenset(_SAME[kind])
    return frozenset(_PLANNED if kind == "决算" else _CARRIED_OUT)


def _of_facts(disclosure: Disclosure, kind: str, wanted: Declared, names: Collection[str]) -> Iterator[Fact]:
    """Facts that both files may state: this year's figure there is a comparison here."""
    stated = {(fact.name, fact.owner): fact for fact in disclosure.own_declared.facts}
    for fact in wanted.facts:
        other = stated.get((fact.name, fact.owner))
        compared = [one.name for one in fact.comparisons if one.name in names]
        if other is None or other.type is not fact.type or not compared:
            continue
        for values, record in records_of(disclosure, fact.owner):
            amount = _current(other, getattr(record, field_name(other.name)))
            if amount is not None:
                where = (*_way(fact.owner, values, record, kind, disclosure.kind), fact.name)
                sealed = bool(getattr(record, "secret", False))
                yield from (_row(where, name, amount, fact, kind, disclosure.kind, sealed) for name in compared)


def _row(
    where: Where, name: str, amount: Decimal, fact: OwnFact, kind: str, other: str, sealed: bool
) -> Fact:  # fmt: skip
    measure = Measure.MONEY if fact.type is FactType.AMOUNT else Measure.NUMBER
    what = f"{fact.name}的{name}"
    return replace(_told(Fact(where, name, amount, measure, what=what), kind, other), sealed=sealed)


def _told(fact: Fact, kind: str, other: str) -> Fact:
    """A row as it is held against what is written: 全年预算 may have been adjusted."""
    code = "GK122" if kind == other or kind == "预算" else "GK129"
    return replace(fact, code=code, use=Use.FILLED if fact.key in _ADJUSTED else Use.TAKEN)


def _current(fact: OwnFact, stated: Any) -> Decimal | None:
    """This year's figure of a fact."""
    if stated is not None and fact.comparisons:
        stated = getattr(stated, field_name(CURRENT))
    if stated is None or isinstance(stated, Decimal):
        return stated
    return Decimal(stated)


def _way(owner: Owner, values: Sequence[str], record: Any, kind: str, other: str) -> Where:
    """The way to the same record in a file of a ``kind``."""
    subjects, projects = SECTIONS[kind]
    if owner is Owner.FILE:
        return ()
    if owner is Owner.SUBJECT:
        return (subjects, Entry("科目", values[0]))
    if owner is Owner.PROJECT:
        return (projects, Entry("名称", record.name))
    return ("三公经费", _item(values[0], kind, other))


def _item(name: str, kind: str, other: str) -> str:
    if kind == other:
        return name
    names = _ITEMS if kind == "决算" else {final: budget for budget, final in _ITEMS.items()}
    return names.get(name, name)


def _of_comparisons(disclosure: Disclosure, kind: str, wanted: Declared, names: Collection[str]) -> Iterator[Fact]:
    """Further comparisons of what both kinds of document state: what next year's file would have as 上年."""
    asked = {(own.place, own.comparison.name) for own in wanted.comparisons if own.comparison.name in names}
    if not asked:
        return
    for row in last_years_facts(disclosure):
        if row.key != PRIOR:
            continue
        where = _moved(row.where, kind, disclosure.kind)
        for place, name in sorted(asked):
            if place == _place(where):
                what = f"{where[-1]}的{name}"
                yield _told(replace(row, where=where, key=name, what=what, missing=""), kind, disclosure.kind)


def _moved(where: Where, kind: str, other: str) -> Where:
    if kind == other:
        return where
    if where[0] == SECTIONS[other][0]:
        return (SECTIONS[kind][0], *where[1:])
    if where[0] == "三公经费":
        return ("三公经费", _item(str(where[1]), kind, other))
    return where


def _place(where: Where) -> str:
    """The place of comparisons to which a way leads, as a pack calls it (用于)."""
    if "变动" in where:
        return "科目变动"
    return {"三公经费": "三公项"}.get(str(where[0]), str(where[0]))
