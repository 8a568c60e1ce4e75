"""A document as the rules of the audit see it: its tables recognised, its paragraphs in their sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from gongkai.findings import Finding
from gongkai.intake.export.reading.found import Found
from gongkai.intake.export.reading.tables import Tables
from gongkai.packs.assembled import AssembledPack
from gongkai.source.printed.document import Paragraph, Printed, Table

T = TypeVar("T")


@dataclass(frozen=True)
class Audited:
    """One document that is audited."""

    printed: Printed
    tables: Tables
    """The official tables in it; with its kind (文种), its year, and its scope: 部门 or 单位."""
    pack: AssembledPack | None = None
    """The pack whose sentences and titles it is read by; None where none was named and none fits."""
    unread: Sequence[Finding] = field(default_factory=tuple)
    """Tables and pages of which nothing is known: said, never guessed."""
    last_year: Audited | None = None
    """The unit's document of the year before, where one is there to compare with."""
    _made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its running text in reading order, contents, running heads and page numbers left out."""
        return list(self.printed.paragraphs)

    @property
    def found(self) -> list[Found]:
        """Every official table in it."""
        return list(self.tables.all)

    @property
    def unrecognised(self) -> list[Table]:
        """Every table that is none of the official ones, or was not recognised."""
        known = {id(found.region.sheet) for found in self.found}
        return [table for table in self.printed.tables if id(table.sheet) not in known]

    def once(self, make: Callable[[Audited], T]) -> T:
        """What several rules need of the document, made by the first that asks."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made
