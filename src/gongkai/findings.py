"""Findings: what intake, checks, packs and output have to say, always as the same data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Path = tuple[str | int, ...]
"""The way to a value in the input: keys and list indexes from the top."""


class Level(StrEnum):
    """How grave a finding is; an error stops every output."""

    ERROR = "错误"
    WARNING = "警告"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is; line and column count from 1, 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: what it is, where it is, the two figures that disagree, and what to do.

    ``stated`` and ``expected`` are in the unit that ``message`` names. ``path`` leads to
    the value in the input; ``place`` is filled from it by the reader that knows the file.
    """

    code: str
    level: Level
    message: str
    advice: str = ""
    path: Path = ()
    place: Place | None = None
    stated: Decimal | None = None
    expected: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """``stated`` − ``expected``, where both are known."""
        if self.stated is None or self.expected is None:
            return None
        return self.stated - self.expected


class FindingsError(Exception):
    """Work cannot go on: the findings say why. Carries at least one error."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("；".join(finding.message for finding in self.findings))


def has_errors(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """Whether output must not be written; with ``strict`` a warning counts as an error."""
    return any(strict or finding.level is Level.ERROR for finding in findings)
