"""The lines that findings speak of, as reports show them; never a line that could tell a secret (涉密)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from gongkai.findings import Finding, FindingsError

from .discretion import marks_secret, may_hide
from .files import read_text
from .scene import known_names
from .tree import MAX_DEPTH

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
    """The findings, each with the line of its place where that line may be shown."""
    findings = list(findings)
    concealed = {(f.place.file, f.place.line) for f in findings if f.place and f.code.startswith(_CONFIDENTIAL)}
    pages = {file: _Page.of(file) for file in {f.place.file for f in findings if f.place and f.place.line}}
    return [_quoted(finding, pages, concealed) for finding in findings]


def _quoted(finding: Finding, pages: dict[str, _Page | None], concealed: set[tuple[str, int]]) -> Finding:
    place = finding.place
    page = pages.get(place.file) if place else None
    if place is None or page is None or not place.line or (place.file, place.line) in concealed:
        return finding
    return replace(finding, excerpt=page.line(place.line, place.column))


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a file, and which of them tell of secret projects; None where that cannot be known."""

    lines: list[str]
    secret: frozenset[int] | None

    @classmethod
    def of(cls, file: str) -> _Page | None:
        try:
            text = read_text(Path(file))
        except FindingsError:
            return None
        return cls(text.split("\n"), _secret_lines(text) if may_hide(text) else frozenset())

    def line(self, number: int, column: int) -> str:
        """The line (from 1), cut to what stands around the column; empty when it must not be shown."""
        if number > len(self.lines) or self.secret is None or number in self.secret:
            return ""
        line = self.lines[number - 1]
        if _PERSONAL.search(line) or (self.secret and _tells(line)):
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
    return re.compile("|".join(map(re.escape, sorted(known_names(), key=len, reverse=True))))


def _secret_lines(text: str) -> frozenset[int] | None:
    """The lines (from 1) of everything that is marked 涉密; None where the text cannot be read for it."""
    try:
        ranges = list(_secret_ranges(text))
    except yaml.YAMLError:
        return None if may_hide(text) else frozenset()
    return frozenset(number for first, last in ranges for number in range(first, last + 1))


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    first: int
    mapping: bool
    key: str | None = None
    at_key: bool = True
    secret: bool = False

    def take(self, event: yaml.Event) -> None:
        """An entry of it: in a mapping, a key or its value in turn."""
        if not self.mapping:
            return
        value = event.value if isinstance(event, yaml.ScalarEvent) else None
        if self.at_key:
            self.key = value
        elif self.key is not None:
            self.secret |= marks_secret(self.key, value)
        self.at_key = not self.at_key


def _secret_ranges(text: str) -> Iterator[tuple[int, int]]:
    """First and last line of each mapping that says 涉密, by the parser's events; raises YAMLError."""
    lines = text.split("\n")
    around: list[_Open] = []
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if around:
                around[-1].take(event)
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                assert event.start_mark is not None, "the C parser marks every event"
                if len(around) > MAX_DEPTH:
                    raise yaml.YAMLError  # no file of ours, and slow to read on
                around.append(_Open(event.start_mark.line + 1, isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            ended = around.pop()
            mark = event.end_mark
            assert mark is not None, "the C parser marks every event"
            if ended.secret:
                # A block ends where the next thing begins, perhaps some lines further down.
                outside = mark.line >= len(lines) or not lines[mark.line][: mark.column].strip()
                yield ended.first, mark.line if outside else mark.line + 1
