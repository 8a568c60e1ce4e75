"""One finished document: read, recognised, and everything found that is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gongkai.audit.cover import own_name
from gongkai.audit.document import Audited
from gongkai.audit.recognise import recognised
from gongkai.audit.run import audit
from gongkai.checks.policy import Policy
from gongkai.files.data_files import BOOKS, is_book, is_text
from gongkai.findings import Finding, FindingsError, Level, Place, has_errors, in_reading_order
from gongkai.model.validation import Validation
from gongkai.result import Result
from gongkai.source.printed.read import read_printed

ROLE = "公开文件"
NO_DOCUMENT = "GK870"


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """What an audit was asked for: a pack instead of the one that fits, last year's file, what counts as an error."""

    pack: str | None = None
    pack_folders: Sequence[Path] = ()
    strict: bool = False
    last_year: Path | None = None


def audit_file(path: Path, settings: AuditSettings = AuditSettings()) -> Result:
    """Read a finished document (PDF, DOCX, workbook) and find what is wrong with it.

    What cannot be read, the file itself included, is among the findings.
    """
    result = Result(path, role=ROLE)
    try:
        _audit(result, settings)
    except FindingsError as error:
        result.add(error.findings)
    result.findings = in_reading_order(result.findings, str(path))
    result.failed = has_errors(result.findings, strict=settings.strict)
    return result


def _audit(result: Result, settings: AuditSettings) -> None:
    if is_text(result.path) or (result.path.suffix.lower() in BOOKS and is_book(result.path)):
        raise FindingsError([_is_data(result.path)])
    document = recognised(read_printed(result.path), settings.pack, settings.pack_folders)
    tables = document.tables
    result.unit, result.kind, result.year = own_name(document), tables.kind, tables.year or 0
    result.pages = document.printed.pages
    if settings.last_year is not None:
        document = replace(document, last_year=_last_year(settings.last_year, settings))
    if document.pack is not None:
        result.pack = document.pack.chain[0].pack.id
    policy = Policy(Validation(), document.pack.levels if document.pack is not None else {})
    found = audit(document)
    result.hidden = dict(policy.switched_off(found))
    result.add(policy.judge(found))


def _is_data(path: Path) -> Finding:
    message = "这是数据文件（填报簿或 YAML），不是做好的公开文件"
    return Finding(NO_DOCUMENT, Level.ERROR, message, f"核对数据请用 gongkai check {path}", place=Place(str(path)))


def _last_year(path: Path, settings: AuditSettings) -> Audited:
    return recognised(read_printed(path), settings.pack, settings.pack_folders)
