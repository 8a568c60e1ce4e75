"""A finished document (PDF) with what was found in it highlighted, each place with a note."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.findings import Finding, Level
from gongkai.result import Result
from gongkai.source.printed.pdf.marks import Colour, Mark, highlighted
from gongkai.source.text_file import read_bytes

from .report import consequence, exact

_AUTHOR = "公开情况检查"
_COLOURS: dict[Level, Colour] = {
    Level.ERROR: (255, 160, 150),
    Level.WARNING: (255, 230, 100),
    Level.HINT: (170, 210, 255),
}


def pdf_report(report: Result) -> bytes:
    """A copy of the document with every finding in it. Raises FindingsError when it cannot be read."""
    return highlighted(read_bytes(report.path), marks(report), report.file)


def marks(report: Result) -> Iterator[Mark]:
    """What is to be highlighted: every finding that counts, and what comes of it at its own place."""
    for finding in report.counted:
        yield _mark(finding, _note(finding))
        for each in finding.consequences:
            yield _mark(each, f"{each.code} {each.message}\n见 {finding.code} {finding.message}")


def _mark(finding: Finding, note: str) -> Mark:
    place = finding.place
    page, boxes = (place.page, place.boxes) if place else (0, ())
    return Mark(page, boxes, note, _AUTHOR, _COLOURS[finding.level])


def _note(finding: Finding) -> str:
    lines = [f"{finding.level} {finding.code}", finding.message]
    if finding.difference is not None:
        stated, expected, difference = map(exact, (finding.stated, finding.expected, finding.difference))
        lines.append(f"本处数 {stated}，应为数 {expected}，差额 {difference}")
    lines += [f"由此还有：{consequence(each, finding)}" for each in finding.consequences]
    return "\n".join([*lines, finding.advice] if finding.advice else lines)
