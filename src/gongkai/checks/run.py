"""All rules over one disclosure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from gongkai.checks.confidential.secrecy import secrets_elsewhere
from gongkai.checks.final.planned import planned
from gongkai.checks.texts.repeated import repeated_reasons
from gongkai.findings import Finding
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.statements.figures import figures_of

LAST_YEAR_KEY, PLAN_KEY = "上年文件", "预算文件"


def check(
    disclosure: Disclosure, regions: Collection[str] = (), named: Mapping[str, Disclosure] = MappingProxyType({})
) -> list[Finding]:
    """Every finding of every rule that applies to a disclosure, as ``check_figures`` tells them."""
    return check_figures(figures_of(disclosure), regions, named)


def check_figures(
    figures: Any, regions: Collection[str] = (), named: Mapping[str, Disclosure] = MappingProxyType({})
) -> list[Finding]:
    """Every finding of every rule that applies, in the order of the rules; ``regions`` are the packs in its chain.

    With the disclosures that the file ``named`` (by 上年文件, 预算文件), its reasons are held against those of
    last year, its projects against those that were planned, and the secrets of all of them are kept.
    """
    kind, year = figures.document.kind, figures.document.year
    beside: list[Finding] = []
    for key, model in named.items():
        other: Any = figures_of(model)  # of the kind that its key asks for
        beside += secrets_elsewhere(figures, other, key)
        if key == LAST_YEAR_KEY:
            beside += repeated_reasons(figures, other)
        if key == PLAN_KEY:
            beside += planned(figures, other)
    applying = (rule for rule in KINDS[kind].rules.value if rule.applies(kind, year, regions))
    return [*beside, *(finding for rule in applying for finding in rule.findings(figures))]
