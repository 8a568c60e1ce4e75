"""The forms of self-evaluation as the rules on claims need them: their lines of money, what they tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.audit.claims.text.claim import Figure, figure
from gongkai.audit.document import Audited
from gongkai.audit.forms import Read, forms_of
from gongkai.findings import Place
from gongkai.intake.export.reading.performance import first

_AMOUNT = re.compile(r"\d[\d,]{0,19}(?:\.\d{1,6})?")
WHOLE = r"合计|(?:年度)?(?:预算|资金)总额"
"""The line of all money."""
FISCAL = r"(?:当年)?财政拨款"
"""The line of a project's money from 财政拨款."""
FISCAL_PARTS = r"(?:上级|本级)(?:资金|安排)"
"""The lines of the unit's money from 财政拨款."""
OTHER = r"其他(?:资金)?"
"""The line of all other money."""


@dataclass(frozen=True)
class Money:
    """An amount of a form, 万元."""

    figure: Figure
    place: Place
    text: str


def money(read: Read, line: str, column: str) -> list[Money]:
    """The amounts of a column (年初预算, 全年预算, 执行) in the lines whose label fits; none if one is not read."""
    found = [amounts.get(column) for label, amounts in read.form.money.items() if re.fullmatch(line, label)]
    said = [each for each in found if each is not None and each.text.strip("-—/")]
    if not all(_AMOUNT.fullmatch(each.text) for each in said):
        return []
    unit = "元" if read.table.yuan else "万元"
    return [Money(figure(each.text, (0, len(each.text)), unit=unit), each.place, each.text) for each in said]


def results(read: Read) -> str:
    """What a form tells of what was done (实际完成情况)."""
    said = first(read.form.below, "实际完成情况") or first(read.form.beside, "实际完成情况")
    return said.text if said is not None else ""


def projects_of(document: Audited) -> Iterator[Read]:
    """The self-evaluations of projects, each project once."""
    seen = set()
    for read in forms_of(document):
        if read.table.form.key == "项目绩效自评" and read.project and read.project not in seen:
            seen.add(read.project)
            yield read
