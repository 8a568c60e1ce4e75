"""All rules over one disclosure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from gongkai.findings import Finding
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.statements.common import figures_of

from . import (
    approved,
    balance,
    claims,
    codes,
    crosswise,
    editions,
    elsewhere,
    empty,
    final,
    final_balance,
    final_evaluation,
    final_reasons,
    final_three_public,
    form,
    leaks,
    names,
    needed,
    plausible,
    prior,
    privacy,
    projects,
    stated,
    targets,
    three_public,
    unused,
    wording,
    words,
)
from .planned import planned
from .repeated import repeated_reasons
from .rule import Rule

LAST_YEAR_KEY, PLAN_KEY = "上年文件", "预算文件"


def _rules(*modules: ModuleType) -> tuple[Rule, ...]:
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Rule))
    return tuple(sorted(dict.fromkeys(found), key=lambda rule: rule.code))


_OF_TEXTS = (claims, elsewhere, empty, wording, names, stated, privacy, leaks, form, unused)
"""What is said in words is held to the same rules in both documents."""

_OF_FIGURES = (codes, editions, crosswise, plausible, approved)
"""Codes, and figures that both documents have."""

RULES = _rules(*_OF_FIGURES, balance, needed, prior, three_public, targets, projects, words, *_OF_TEXTS)
"""The rules of a budget."""

FINAL_RULES = _rules(
    *_OF_FIGURES, final, final_balance, final_three_public, final_evaluation, final_reasons, *_OF_TEXTS
)
"""The rules of a final account."""


def check(
    disclosure: Disclosure, regions: Collection[str] = (), named: Mapping[str, Disclosure] = MappingProxyType({})
) -> list[Finding]:
    """Every finding of every rule that applies, in the order of the rules; ``regions`` are the packs in its chain.

    With the disclosures that the file ``named`` (by 上年文件, 预算文件), its reasons are held against those of
    last year, its projects against those that were planned, and the secrets of all of them are kept.
    """
    figures: Any = figures_of(disclosure)
    kind, year = disclosure.kind, disclosure.year
    beside: list[Finding] = []
    for key, model in named.items():
        other: Any = figures_of(model)  # of the kind that its key asks for
        beside += leaks.secrets_elsewhere(figures, other, key)
        if key == LAST_YEAR_KEY:
            beside += repeated_reasons(figures, other)
        if key == PLAN_KEY:
            beside += planned(figures, other)
    applying = (rule for rule in KINDS[kind].rules.value if rule.applies(kind, year, regions))
    return [*beside, *(finding for rule in applying for finding in rule.findings(figures))]
