"""Findings as lines of text, for the screen and for text files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.findings import Finding, Place, visible
from gongkai.result import Result

from .report import consequence, level, position, verdict

_INDENT = "    "
_OF_RULES = ("GK3", "GK4", "GK7")
"""Only the position of what a rule found is told on its own: other messages name it already, or have none."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line and what it is: place, 错误, 警告, 提示, 豁免, quote, advice or plain text."""

    text: str
    role: str = ""


Line = tuple[Run, ...]


def finding_lines(findings: Iterable[Finding]) -> Iterator[Line]:
    """One finding after another: place, level, code and message; position, source line, and what to do.

    A waived finding (豁免) was looked into already: one line with the reason says enough.
    """
    quoted: Place | None = None
    for finding in findings:
        word = level(finding)
        place = Run(f"{finding.place}：" if finding.place else "", "place")
        message = visible(finding.message, lines=True)
        if finding.waived is not None:
            yield place, Run(f"{word} {finding.code} ", word), Run(f"{message}（理由：{finding.waived}）")
            continue
        yield place, Run(f"{word} {finding.code} ", word), Run(message)
        if finding.path and finding.code.startswith(_OF_RULES):
            yield (Run(f"{_INDENT}位置：{position(finding)}", "quote"),)
        if finding.excerpt and not _same_line(quoted, finding.place):
            yield (Run(f"{_INDENT}原文：{visible(finding.excerpt)}", "quote"),)
        quoted = finding.place
        for each in finding.consequences:
            yield (Run(f"{_INDENT}由此还有：{consequence(each, finding)}", "quote"),)
        if finding.advice:
            yield (Run(f"{_INDENT}→ {visible(finding.advice)}", "advice"),)


def _same_line(before: Place | None, place: Place | None) -> bool:
    """Whether two findings are on one line of data; of a finished document each shows its own words."""
    if before is None or place is None or place.page or place.paragraph:
        return False
    return (before.file, before.sheet, before.line) == (place.file, place.sheet, place.line)


def text_report(files: Sequence[Result]) -> str:
    """The report as plain text: the findings of each file and what they come to."""
    lines = [
        "".join(run.text for run in line)
        for report in files
        for line in (*finding_lines(report.findings), (Run(f"{report.file}：{verdict(report)}"),))
    ]
    return "".join(f"{line}\n" for line in lines)
