"""What a finished document is: its official tables, whose it is, of which kind, year and 口径, and which pack fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gongkai.findings import Finding, FindingsError, Level
from gongkai.intake.export.mapping import read_mapping
from gongkai.intake.export.reading.found import Found
from gongkai.intake.export.reading.recognise import Recogniser
from gongkai.intake.export.reading.tables import Tables, together
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.import_mapping import import_mapping
from gongkai.packs.open import ANY_YEAR, open_pack, usual_scope
from gongkai.source.printed.document import Printed

from .cover import title_on
from .document import Audited
from .fitting import fitting

UNREAD = "GK890"
_NOT_USED = re.compile("，没有取用$|，取用了(?:前)?一张$")
_ADVICE = "这里没有核对，请人工看一看"
_EXPLAINED = re.compile(r"(预算|决算)(?:总体)?(?:情况|公开|编制)")
_USUAL = "预算"


def recognised(printed: Printed, pack: str | None = None, folders: Sequence[Path] = ()) -> Audited:
    """The document with its tables and its pack: the one named, or else the one that fits.

    Raises FindingsError where a pack that is named cannot be opened.
    """
    mapping = import_mapping(pack, folders) if pack else None
    tables, unread = _tables(printed, mapping)
    opened = _named(tables, pack, folders) if pack else _fitting(printed, tables, folders)
    if opened is not None and not pack and unread:
        own = import_mapping(opened.chain[0].pack.id, folders)
        if own:
            tables, unread = _tables(printed, own)
    return Audited(printed, tables, opened, tuple(unread))


def _tables(printed: Printed, mapping: Mapping[str, Any] | None) -> tuple[Tables, list[Finding]]:
    said, _ = read_mapping(mapping)
    recogniser = Recogniser(said)
    found = recogniser.tables([printed.workbook])
    tables = _all_together(found)
    title = title_on(printed)
    tables.year = tables.year or (int(title["year"]) if title else None)
    if not found:
        tables.kind = title["kind"] if title else _kind(printed)
    tables.scope = tables.scope or _scope(printed, title)
    told = [*recogniser.findings, *tables.findings, *(f for table in tables.all for f in table.findings)]
    return tables, [*printed.findings, *_unread(told)]


def _all_together(found: Sequence[Found]) -> Tables:
    """All tables of one document: one that names another unit or year is still its own, and wrong."""
    heads = [(table, table.unit_name, table.year) for table in found]
    unit, year = _most(name for _, name, _ in heads if name), _most(year for _, _, year in heads if year)
    for table in found:
        table.unit_name, table.year = "", None
    tables = together(found, _most(table.form.kind for table in found) or "")
    for table, name, own in heads:
        table.unit_name, table.year = name, own
    tables.unit_name, tables.year = unit or "", year
    return tables


def _most(values: Iterable[Any]) -> Any:
    counted = Counter(values)
    return counted.most_common(1)[0][0] if counted else None


def _kind(printed: Printed) -> str:
    """文种 by the headings of a document that has no official table."""
    said = Counter(found for paragraph in printed.paragraphs for found in _EXPLAINED.findall(paragraph.text))
    return said.most_common(1)[0][0] if said else _USUAL


def _scope(printed: Printed, title: re.Match[str] | None) -> str:
    """口径 by the cover, or by the words that a document uses of itself."""
    if title and title["scope"]:
        return title["scope"]
    counted = Counter(
        found for paragraph in printed.paragraphs for found in re.findall("[本我](部门|单位)", paragraph.text)
    )
    return counted.most_common(1)[0][0] if counted else ""


def _unread(told: Sequence[Finding]) -> Iterator[Finding]:
    """What the recogniser has to say, as a reader of a finished document needs it: once for each table."""
    of_sheets: dict[object, list[Finding]] = {}
    for finding in told:
        of_sheets.setdefault(finding.place and finding.place.sheet_number, []).append(finding)
    for findings in of_sheets.values():
        said = "；".join(dict.fromkeys(_NOT_USED.sub("", finding.message) for finding in findings))
        yield replace(findings[0], code=UNREAD, level=Level.HINT, message=f"读不出：{said}", advice=_ADVICE)


def _named(tables: Tables, pack: str, folders: Sequence[Path]) -> AssembledPack:
    return open_pack(pack, tables.kind, _year(tables), folders, tables.scope or None)


def _fitting(printed: Printed, tables: Tables, folders: Sequence[Path]) -> AssembledPack | None:
    scope = tables.scope or usual_scope(tables.kind)
    text = "\n".join(paragraph.text for paragraph in printed.paragraphs)
    name = fitting(text, tables.kind, _year(tables), scope, folders)
    if name is None:
        return None
    try:
        return open_pack(name, tables.kind, _year(tables), folders, scope)
    except FindingsError:
        return None  # whoever wants this pack names it, and is told what is wrong with it


def _year(tables: Tables) -> int:
    return tables.year or ANY_YEAR
