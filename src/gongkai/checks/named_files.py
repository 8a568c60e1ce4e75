"""Whether the figures of a file that another names (上年文件, 预算文件) agree among themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from gongkai.findings import Finding, Level
from gongkai.model.disclosure import Disclosure
from gongkai.model.validation import Setting

from .policy import Policy
from .run import check

SUMS = frozenset(
    {"GK304", "GK401", "GK402", "GK403", "GK404", "GK407", "GK413", "GK438", "GK451", "GK452", "GK456", "GK468"}
)
"""Rules about sums within a year. What such a file says of the year before it, and its texts, are not taken from it."""


def wrong_in_named(
    named: Mapping[str, Disclosure], levels: Mapping[str, Setting], regions: Collection[str] = ()
) -> Iterator[Finding]:
    """For each file that is wrong in itself, one finding that counts its errors; those it waives do not count."""
    for key, model in named.items():
        found = Policy(model.validation, levels).judge(check(model, regions))
        wrong = (f for f in found if f.code in SUMS and f.level is Level.ERROR and f.waived is None)
        counts = Counter(finding.code for finding in wrong)
        if counts:
            told = "、".join(f"{code} {number} 处" for code, number in sorted(counts.items()))
            message = f"{key}自己的数对不上：{told}；从它得出的数靠不住"
            advice = f"请先用 gongkai check 核对{key}，改好它；它已经公开、不再改的，在它的“校验”里写明豁免的理由"
            yield Finding("GK127", Level.ERROR, message, advice, (key,))
