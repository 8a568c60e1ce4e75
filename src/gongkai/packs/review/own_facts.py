"""What a pack declares of facts, as ``gongkai pack show`` lists it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.model.own.declared import Comparison, OwnFact
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.load.facts import COMPARISONS, FACTS, declarers


def fact_lines(pack: AssembledPack) -> Iterator[str]:
    """Each fact that holds: type, what it belongs to, the packs that declare it; its parts below it."""
    for fact in pack.declared.facts:
        yield f"{_told(fact, fact.owner)}，{_by(pack, FACTS, fact.name)}）{_meaning(fact.meaning)}"
        yield from (f"    {comparison}" for comparison in map(_compared, fact.comparisons))
        yield from (f"    {_told(one)}）{_meaning(one.meaning)}" for one in fact.fields)


def comparison_lines(pack: AssembledPack) -> Iterator[str]:
    """Each further comparison that holds: of what, with which reason, and the packs that declare it."""
    places: dict[Comparison, list[str]] = {}
    for own in pack.declared.comparisons:
        places.setdefault(own.comparison, []).append(own.place)
    for comparison, having in places.items():
        by = _by(pack, COMPARISONS, comparison.name)
        yield f"{_compared(comparison)}  用于：{'、'.join(having)}  {by}"


def _told(fact: OwnFact, *owner: str) -> str:
    parts: Sequence[str] = (fact.type, *filter(None, [fact.unit]), *owner, *(["必填"] if fact.required else []))
    return f"{fact.name}（{'，'.join(parts)}"


def _meaning(text: str) -> str:
    return f"：{text}" if text else ""


def _compared(comparison: Comparison) -> str:
    reason = f"，原因写在“{comparison.reason}”" if comparison.reason else ""
    required = "，必填" if comparison.required else ""
    return f"比 {comparison.name}{reason}{required}{_meaning(comparison.meaning)}"


def _by(pack: AssembledPack, key: str, name: str) -> str:
    return "、".join(declarers(pack.chain, key, name))
