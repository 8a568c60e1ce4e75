"""The editions of a pack, for those who design it: every combination that a document can meet, and idle ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from gongkai.findings import Finding, Level
from gongkai.kinds import KINDS
from gongkai.packs.load.find import Pack
from gongkai.packs.load.manifest import SCOPES

LATEST = 9999
"""A year in which the newest edition holds."""


def combinations(line: Sequence[Pack], scopes: Sequence[str] = SCOPES) -> list[tuple[str, int, str]]:
    """Kind, year and 口径 for every choice of editions that a pack and its parents lead to, each choice once."""
    years = sorted({edition.year for pack in line for edition in pack.manifest.editions}) or [LATEST]
    found: dict[tuple[object, ...], tuple[str, int, str]] = {}
    for kind, year, scope in product(KINDS, years, scopes):
        chosen = tuple(pack.manifest.edition(kind, year, scope) for pack in line)
        found.setdefault((kind, *chosen), (kind, year, scope))
    return list(found.values())


def idle_editions(pack: Pack) -> list[Finding]:
    """A warning for every edition that is never chosen, with those that are chosen instead."""
    findings = []
    editions = pack.manifest.editions
    for number, others in pack.manifest.hidden_editions():
        instead = "、".join(
            f"第 {pack.place('版本', other, '年度').line} 行的 {editions[other].label}" for other in others
        )
        message = f"{editions[number].label}永远选不上：它管的文种和口径，都先用{instead}"
        advice = "同一年的，先用写明一个口径的，再用写在前面的；请改年度、文种或口径，或把两版并成一版"
        place = pack.place("版本", number, "年度")
        findings.append(Finding("GK508", Level.WARNING, message, advice, place=place))
    return findings
