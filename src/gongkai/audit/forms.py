"""The forms of performance of a document, read once for all rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.findings import shown
from gongkai.intake.export.forms.words import plain
from gongkai.intake.export.reading.found import Found
from gongkai.intake.export.reading.performance import Form, FormReader, first, is_masked

from .document import Audited


@dataclass(frozen=True)
class Read:
    """A form with its table."""

    table: Found
    form: Form

    @property
    def project(self) -> str:
        """The project that it is of, as it can be compared; empty where that is not told."""
        said = first(self.form.beside, "项目名称")
        return plain(said.text) if said is not None and not is_masked(said.text) else ""

    @property
    def shown(self) -> str:
        """The form as messages call it, with its project where that is told."""
        return f"{self.table.name}“{shown(self.project)}”" if self.project else self.table.name


def forms_of(document: Audited) -> Sequence[Read]:
    """Every form of a document."""
    return document.once(_read)


def _read(document: Audited) -> Sequence[Read]:
    return [Read(table, FormReader(table).read()) for table in document.tables.forms]
