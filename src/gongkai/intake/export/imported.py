"""What the import of official tables gives: data, where each fact of it came from, what is left to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from gongkai.findings import Finding, Path, Place
from gongkai.source.tree import Node


class How(StrEnum):
    """How sure a fact is that was taken from tables."""

    TABLE = "由表得出"
    """The tables leave it no other value, but for the rounding of what they print."""
    ATTACHED = "附件原样"
    """The document carries it as data, exactly as its file had it."""
    LIKELY = "推定"
    """One value is likely and was taken; the tables would allow others. It is said of each."""
    ASKED = "待确认"
    """The tables leave it open: it is no part of the data, but a question."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one fact of the data came from."""

    how: How
    places: tuple[Place, ...]
    """The cells that it was taken from; empty for one that was reckoned from many."""
    table: str
    """The table, as a clerk calls it: 表5 一般公共预算支出情况表."""
    why: str = ""
    """Of a likely fact: why it is taken to be so, in the clerk's words."""


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that the tables leave open. Amounts are in 万元."""

    path: Path
    """Where in ``Imported.data`` the answer belongs."""
    what: str
    """What is asked, in the clerk's words."""
    low: Decimal | None = None
    high: Decimal | None = None
    """What the tables allow; None where they set no bound, or it is no amount."""
    likely: Decimal | str | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Imported:
    """What became of the tables of some workbooks."""

    data: dict[str, Node]
    """As a data file says it, texts under Chinese keys: what was known already, and every fact of the tables.

    金额单位 (and 分节金额单位) are chosen so that every amount stands as exactly as its table has it.
    """
    origins: Mapping[Path, Origin]
    """Every fact in ``data`` that was not known already."""
    questions: Sequence[Question] = ()
    findings: Sequence[Finding] = field(default_factory=tuple)
    """Contradictions, what was not used, what was not recognised: each with its cells."""
