"""What is found when two documents are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.findings import Finding, Place

from .sides import Side


@dataclass(frozen=True, slots=True)
class FactChange:
    """A cell of a table that says something else, or stands in one document only (None on the other side)."""

    table: str
    row: str
    column: str
    before: Decimal | str | None
    """An amount in 万元, or a text."""
    after: Decimal | str | None
    place_before: Place | None
    place_after: Place | None

    @property
    def difference(self) -> Decimal | None:
        """By how much an amount grew, 万元; None for what is no amount on both sides."""
        if isinstance(self.before, Decimal) and isinstance(self.after, Decimal):
            return self.after - self.before
        return None


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table that only one of the documents has."""

    table: str
    place: Place
    added: bool


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence that changed, or that only one of the documents has (empty on the other side)."""

    before: str
    after: str
    place_before: Place | None
    place_after: Place | None
    pieces: Sequence[tuple[str, str]] = ()
    """What was put in the place of what, in a sentence that both have."""
    figures: bool = False
    """Whether nothing but its figures changed."""


@dataclass(frozen=True)
class Comparison:
    """Two documents, and all that differs."""

    before: Side
    after: Side
    facts: Sequence[FactChange]
    tables: Sequence[TableChange]
    sentences: Sequence[SentenceChange]
    compared: int
    """Figures that stand in both."""
    findings: Sequence[Finding] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.facts or self.tables or self.sentences)

    @property
    def same_year(self) -> bool:
        """Whether both are the same document, of one kind and year, at two times."""
        return self.before.tables.kind == self.after.tables.kind and self.before.year == self.after.year
