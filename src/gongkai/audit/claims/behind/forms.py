"""The forms of performance as the rules on claims need them: the project, its lines of money, its indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.audit.claims.text.claim import Figure, figure
from gongkai.audit.document import Audited
from gongkai.findings import Place
from gongkai.intake.export.forms.words import plain
from gongkai.intake.export.reading.found import Found
from gongkai.intake.export.reading.performance import Form, FormReader, Said, first, is_masked

_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?")
WHOLE = r"合计|(?:年度)?(?:预算|资金)总额"
"""The line of all money."""
FISCAL = r"(?:当年)?财政拨款"
"""The line of a project's money from 财政拨款."""
FISCAL_PARTS = r"(?:上级|本级)(?:资金|安排)"
"""The lines of the unit's money from 财政拨款."""
OTHER = r"其他(?:资金)?"


@dataclass(frozen=True)
class Money:
    """An amount of a form, 万元."""

    figure: Figure
    place: Place
    text: str


@dataclass(frozen=True)
class Read:
    """A form that was read."""

    table: Found
    form: Form

    @property
    def project(self) -> str:
        """The name of its project; empty where that is not told."""
        said = first(self.form.beside, "项目名称")
        return plain(said.text) if said is not None and not is_masked(said.text) else ""

    @property
    def results(self) -> str:
        """What it tells of what was done (实际完成情况)."""
        said = first(self.form.below, "实际完成情况") or first(self.form.beside, "实际完成情况")
        return said.text if said is not None else ""

    def money(self, line: str, column: str) -> list[Money]:
        """The amounts of a column (年初预算, 全年预算, 执行) in the lines whose label fits."""
        found = (amounts.get(column) for label, amounts in self.form.money.items() if re.fullmatch(line, label))
        return [money for said in found if said is not None and (money := _money(said)) is not None]


def _money(said: Said) -> Money | None:
    text = said.text.strip()
    return Money(figure(text, (0, len(text))), said.place, text) if _AMOUNT.fullmatch(text) else None


def forms_of(document: Audited) -> Sequence[Read]:
    """Every form of the document, read once."""
    return document.once(_read)


def _read(document: Audited) -> Sequence[Read]:
    return [Read(table, FormReader(table).read()) for table in document.tables.forms]


def projects_of(document: Audited) -> Iterator[Read]:
    """The self-evaluations of projects, each project once."""
    seen = set()
    for read in forms_of(document):
        if read.table.form.key == "项目绩效自评" and read.project and read.project not in seen:
            seen.add(read.project)
            yield read
