"""All rules of the audit over one document, and what comes of one mistake told once, under its cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from gongkai.findings import Finding, Level, Place

from .document import Audited
from .register import RULES
from .rule import AuditRule, Fault

_LEVELS = list(Level)
_MOST_TOLD, _MOST_COUNTED = 200, 5_000


def audit(document: Audited, rules: Iterable[AuditRule] = RULES) -> list[Finding]:
    """Everything that is wrong in a document and what of it could not be read; consequences under their cause.

    Of one rule so many are told as anybody reads; how many more there are is told, too.
    """
    pairs: list[tuple[Finding, Fault]] = []
    more: list[Finding] = []
    for rule in rules:
        found = list(islice(rule.findings(document), _MOST_COUNTED))
        pairs += found[:_MOST_TOLD]
        if len(found) > _MOST_TOLD:
            more.append(_more(found[_MOST_TOLD:]))
    return [*under_causes(pairs), *more, *document.unread]


def _more(left: Sequence[tuple[Finding, Fault]]) -> Finding:
    first, _ = left[0]
    number = f"{len(left)} 处" if len(left) < _MOST_COUNTED - _MOST_TOLD else f"{len(left)} 处以上"
    return replace(first, message=f"从这里起还有 {number}同样的问题，不再一一列出；如：{first.message}")


def under_causes(pairs: Sequence[tuple[Finding, Fault]]) -> list[Finding]:
    """The findings, those of one cause as one: what stands at the cause itself leads, or else the gravest."""
    causes = {_key(fault.cause) for _, fault in pairs if fault.cause is not None}
    groups: dict[object, list[tuple[Finding, Fault]]] = {}
    for number, (finding, fault) in enumerate(pairs):
        key = _key(fault.cause or fault.place)
        groups.setdefault(key if key in causes else number, []).append((finding, fault))
    return [_led(group) for group in groups.values()]


def _key(place: Place) -> object:
    return place.file, place.order


def _led(group: Sequence[tuple[Finding, Fault]]) -> Finding:
    ordered = sorted(group, key=lambda pair: (_LEVELS.index(pair[0].level), not _at_cause(pair[1])))
    first, *rest = [finding for finding, _ in ordered]
    return replace(first, consequences=tuple(dict.fromkeys(rest))) if rest else first


def _at_cause(fault: Fault) -> bool:
    return fault.cause is None or _key(fault.cause) == _key(fault.place)
