"""Findings as they are shown: with the lines that they speak of, and nothing that could tell a secret (涉密)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, reduce
from pathlib import Path
from typing import Protocol

from gongkai.files.data_files import BOOKS
from gongkai.findings import Finding, FindingsError, Place
from gongkai.model.schema import known
from gongkai.source.text_file import read_text
from gongkai.texts.plain import with_joined_numbers, with_plain_numbers

from .untold import Untold

_MAX_WIDTH = 60
CONFIDENTIAL = ("GK75", "GK77")
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
    concealed = {_row(f.place) for f in findings if f.place and f.code.startswith(CONFIDENTIAL)}
    pages = {file: _page_of(file) for file in {f.place.file for f in findings if f.place}}
    told = (_quoted(finding, pages, concealed) for finding in findings)
    untold = [page.untold for page in pages.values() if page]
    return [reduce(lambda finding, each: each.conceal(finding), untold, finding) for finding in told]


_Row = tuple[str, str, int]
"""File, sheet, line."""


def _row(place: Place) -> _Row:
    return place.file, place.sheet, place.line


def _quoted(finding: Finding, pages: Mapping[str, _Page | None], concealed: set[_Row]) -> Finding:
    place = finding.place
    page = pages.get(place.file) if place else None
    if place is not None and place.sheet:
        from .book.advice import in_cells

        finding = replace(finding, advice=in_cells(finding.advice))
    if place is None or page is None or not place.line or _row(place) in concealed:
        return finding
    return replace(finding, excerpt=_shown(page, place))


class _Page(Protocol):
    """What a file says, line by line, and what of it may not be told."""

    @property
    def untold(self) -> Untold:
        """The lines and words of secret projects."""

    def line(self, place: Place) -> tuple[str, int] | None:
        """The line of a place as it is written, and the index in it of what the place means."""


@dataclass(frozen=True, slots=True)
class _TextPage:
    """A file of text."""

    lines: list[str]
    untold: Untold

    @classmethod
    def of(cls, file: str) -> _TextPage:
        text = read_text(Path(file))
        return cls(text.split("\n"), Untold.of(text))

    def line(self, place: Place) -> tuple[str, int] | None:
        return (self.lines[place.line - 1], place.column - 1) if place.line <= len(self.lines) else None


def _page_of(file: str) -> _Page | None:
    try:
        if Path(file).suffix.lower() not in BOOKS:
            return _TextPage.of(file)
        from .book.pages import BookPage

        return BookPage.of(Path(file))
    except FindingsError:
        return None


def _shown(page: _Page, place: Place) -> str:
    """The line of a place, cut to what stands around it; empty when it must not be shown."""
    secret = page.untold.lines
    found = page.line(place)
    if found is None or secret is None or (place.sheet, place.line) in secret:
        return ""
    line, at = found
    numbers = f"{with_plain_numbers(line)}\n{with_joined_numbers(line)}"
    if _PERSONAL.search(numbers) or (secret and _tells(line)):
        return ""
    start = max(0, min(at - _MAX_WIDTH // 2, len(line) - _MAX_WIDTH))
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
