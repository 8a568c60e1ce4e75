"""Facts of finished documents and of official tables, wherever they stand: a PDF, a Word document, workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path as File
from typing import Any

from gongkai.findings import Finding
from gongkai.intake.export.imported import Imported, Question
from gongkai.intake.export.importing import import_tables
from gongkai.intake.models import Models
from gongkai.kinds import KINDS
from gongkai.model.published import NOT_PUBLISHED
from gongkai.source.printed.document import Printed
from gongkai.source.printed.read import read_printed
from gongkai.source.workbook.cells import Workbook
from gongkai.source.workbook.read import read_workbook

from .attached import attached_facts
from .cover import with_cover

DOCUMENTS = (".pdf", ".docx", ".docm")
"""How the names of documents end whose tables stand among running text; all others are workbooks."""


def import_files(
    files: Sequence[File], mapping: Mapping[str, Any] | None, pack: str | None, models: Models
) -> Imported:
    """The facts of these files: those that one carries as data exactly, else what their official tables say.

    ``mapping`` says of sheets and headers what the program does not know; ``pack`` is the pack of the documents.
    Raises FindingsError where a file cannot be read; what of it is not is among the findings.
    """
    books: list[Workbook] = []
    findings: list[Finding] = []
    documents: list[Printed] = []
    exact: Imported | None = None
    for file in files:
        if file.suffix.lower() not in DOCUMENTS:
            books.append(read_workbook(file))
            continue
        printed = read_printed(file)
        documents.append(printed)
        books.append(printed.workbook)
        findings += printed.findings
        if exact is None:
            exact, told = attached_facts(str(file), printed.attached, pack, models)
            findings += told
    if exact is not None:
        against = import_tables(books, mapping, exact.data).findings
        return replace(exact, findings=[*findings, *_contradictions(against)])
    imported = import_tables(books, mapping)
    imported = replace(imported, findings=[*findings, *imported.findings])
    if not documents:
        return imported
    imported = replace(imported, questions=[*imported.questions, *_untold(imported)])
    return with_cover(imported, documents[0])


def _contradictions(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Where the pages say another amount than the data that are attached."""
    return (finding for finding in findings if finding.code == "GK172" and finding.stated is not None)


def _untold(imported: Imported) -> Iterator[Question]:
    """The sections of which no table tells anything: left blank, and said."""
    kind = KINDS.get(str(imported.data.get("文种", "")))
    for name, field in kind.model.value.model_fields.items() if kind else ():
        alias = str(field.alias)
        if name not in NOT_PUBLISHED and alias not in imported.data:
            said = field.title or field.description
            yield Question((alias,), f"各表里没有，请照原来的文件补上{f'：{said}' if said and said != alias else ''}")
