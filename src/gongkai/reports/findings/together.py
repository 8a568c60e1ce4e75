"""What was found in many files, all together: how many pass, and which rules find most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gongkai.checks.manual import pages
from gongkai.findings import Level
from gongkai.result import Result

from .report import summary

_MOST = 10


def together(files: Sequence[Result]) -> Iterator[str]:
    """共 12 份：通过 10，不通过 2；…; then the rules that found most, with how often and in how many files."""
    findings = [finding for result in files for finding in result.findings]
    passed = sum(result.passed for result in files)
    counts = f"通过 {passed}，不通过 {len(files) - passed}" if passed < len(files) else f"通过 {passed}"
    yield f"共 {len(files)} 份：{counts}；{summary(findings)}"
    for code, (often, where) in by_rule(files).items():
        yield f"  {code} {often} 处，{where} 份：{pages()[code].summary}"


def by_rule(files: Sequence[Result]) -> dict[str, tuple[int, int]]:
    """The codes that were found most, hints left out: how often, and in how many files."""
    often: Counter[str] = Counter()
    where: Counter[str] = Counter()
    for result in files:
        codes = [finding.code for finding in result.counted if finding.level is not Level.HINT]
        often.update(codes)
        where.update(set(codes))
    return {code: (count, where[code]) for code, count in sorted(often.items(), key=lambda c: (-c[1], c[0]))[:_MOST]}
