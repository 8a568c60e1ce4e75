"""Of one mistake only its cause is told: a 科目 that is missing makes sums of last year's figures disagree, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from gongkai.findings import Finding, Level

_MISSING = "GK123"
"""A 科目 of last year's file of which this year's says nothing; ``expected`` is its money."""

_SUMS = frozenset({"GK405", "GK406", "GK455", "GK467"})
"""What then disagrees: sums of last year's figures."""

_MANY = 8
"""Of more missing 科目 than this only all together are tried."""


def causes(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without the sums that disagree by just what is missing: that is the mistake, and an error then."""
    told = list(findings)
    missing = [finding for finding in told if finding.code == _MISSING]
    gaps = _sums([finding.expected for finding in missing if finding.expected])
    caused = [f for f in told if f.code in _SUMS and f.difference is not None and abs(f.difference) in gaps]
    if not caused:
        return told
    gravest = Level.ERROR if any(finding.level is Level.ERROR for finding in caused) else Level.WARNING
    return [
        replace(finding, level=gravest) if finding.code == _MISSING else finding
        for finding in told
        if finding not in caused
    ]


def _sums(amounts: Sequence[Decimal]) -> set[Decimal]:
    sizes = range(1, len(amounts) + 1) if len(amounts) <= _MANY else (len(amounts),)
    return {sum(chosen, Decimal(0)) for size in sizes for chosen in combinations(amounts, size)}
