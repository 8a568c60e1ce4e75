"""Findings as they are shown: with the lines that they speak of, and nothing that could tell a secret (涉密)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, reduce
from pathlib import Path

from gongkai.findings import Finding, FindingsError
from gongkai.model.schema import known
from gongkai.source.text_file import read_text
from gongkai.texts.plain import with_joined_numbers, with_plain_numbers

from .untold import Untold

_MAX_WIDTH = 60
_CONFIDENTIAL = ("GK75", "GK77")
"""Findings of privacy and secrecy: their very line holds what must not be shown."""

_PERSONAL = re.compile(
    r"联系人|联系电话|(?<!主要)负责人"
    r"|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    r"|\d{3,4}[-—）)] ?\d{7,8}"
    r"|(?<!\d)\d{14}(\d{3})?[\dXx](?!\d)",
    re.ASCII,
)
"""What may be a person, or a number of one: where reading stopped, no rule has looked for them (GK75…)."""


def quote(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each with the line of its place where that line may be shown.

    What a secret project says is in none of them, whoever found it: this is the last that touches them.
    """
    findings = list(findings)
    concealed = {(f.place.file, f.place.line) for f in findings if f.place and f.code.startswith(_CONFIDENTIAL)}
    pages = {file: _Page.of(file) for file in {f.place.file for f in findings if f.place}}
    told = (_quoted(finding, pages, concealed) for finding in findings)
    untold = [page.untold for page in pages.values() if page]
    return [reduce(lambda finding, each: each.conceal(finding), untold, finding) for finding in told]


def _quoted(finding: Finding, pages: dict[str, _Page | None], concealed: set[tuple[str, int]]) -> Finding:
    place = finding.place
    page = pages.get(place.file) if place else None
    if place is None or page is None or not place.line or (place.file, place.line) in concealed:
        return finding
    return replace(finding, excerpt=page.line(place.line, place.column))


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a file, and what of them may not be told."""

    lines: list[str]
    untold: Untold

    @classmethod
    def of(cls, file: str) -> _Page | None:
        try:
            text = read_text(Path(file))
        except FindingsError:
            return None
        return cls(text.split("\n"), Untold.of(text))

    def line(self, number: int, column: int) -> str:
        """The line (from 1), cut to what stands around the column; empty when it must not be shown."""
        secret = self.untold.lines
        if number > len(self.lines) or secret is None or number in secret:
            return ""
        line = self.lines[number - 1]
        numbers = f"{with_plain_numbers(line)}\n{with_joined_numbers(line)}"
        if _PERSONAL.search(numbers) or (secret and _tells(line)):
            return ""
        start = max(0, min(column - 1 - _MAX_WIDTH // 2, len(line) - _MAX_WIDTH))
        cut = line[start : start + _MAX_WIDTH]
        before, after = "…" if line[:start].strip() else "", "…" if line[start + _MAX_WIDTH :].strip() else ""
        return before + " ".join(cut.split()) + after


def _tells(line: str) -> bool:
    """Whether a line says more than the names of the input and figures.

    In a file with secret projects a reason or a use may speak of them anywhere.
    """
    return any(character.isalpha() for character in _names().sub("", line))


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(known().names, key=len, reverse=True))))
