"""Official tables of some workbooks become data: recognised, held against each other, stated or asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.findings import Finding, Level
from gongkai.intake.export.budget.importing import import_budget
from gongkai.intake.export.final.importing import import_final
from gongkai.intake.export.reading.recognise import Recogniser
from gongkai.intake.export.reading.tables import Tables, together
from gongkai.source.tree import Node
from gongkai.source.workbook.cells import Workbook

from .imported import Imported
from .mapping import read_mapping


def import_tables(
    books: Sequence[Workbook],
    mapping: Mapping[str, Any] | None = None,
    known: Mapping[str, Node] | None = None,
) -> Imported:
    """The facts of the official tables in these workbooks.

    ``mapping`` says of sheets and headers what the program does not know (see ``mapping``); ``known``
    is data that is known already, which wins over the tables and narrows what they leave open.
    What is wrong with either, and with the tables, is among the findings; nothing is raised.
    """
    said, wrong = read_mapping(mapping)
    known = known or {}
    kind = str(known.get("文种", ""))
    recogniser = Recogniser(said, kind if kind in ("预算", "决算") else "")
    found = recogniser.tables(books)
    year = str(known.get("年度", ""))
    tables = together(found, kind, int(year) if year.isdecimal() else None)
    findings = [f for book in books for f in book.findings]
    findings += [*wrong, *recogniser.findings, *tables.findings]
    if not found:
        message = "这些文件里没有认出任何一张公开表"
        findings.append(Finding("GK170", Level.ERROR, message, "请核对文件，或在对照文件的“工作表”里写明"))
        return Imported(dict(known), {}, (), findings)
    return _of_kind(tables, known, findings)


def _of_kind(tables: Tables, known: Mapping[str, Node], findings: list[Finding]) -> Imported:
    draft = (import_budget if tables.kind == "预算" else import_final)(tables, known)
    findings += [f for table in tables.all for f in table.findings]
    return Imported(draft.data, draft.origins, draft.questions, [*findings, *draft.findings])
