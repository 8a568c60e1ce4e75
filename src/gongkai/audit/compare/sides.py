"""One of two documents that are compared: what stands in it, and its official tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.audit.cover import title_on
from gongkai.findings import Finding, Level, Place, shown
from gongkai.intake.export.mapping import Mapped
from gongkai.intake.export.reading.found import Found
from gongkai.intake.export.reading.recognise import Recogniser
from gongkai.intake.export.reading.tables import Tables, together
from gongkai.source.printed.document import Printed, Table
from gongkai.texts.plain import folded

_YEAR = re.compile(r"(20\d\d)(?=年)")
_NAMES = {0: "本年", 1: "上年", 2: "前年", -1: "下年"}


@dataclass(frozen=True)
class Side:
    """A document, its tables, its kind (文种) and year."""

    printed: Printed
    tables: Tables
    findings: Sequence[Finding] = ()
    """Tables that were not recognised, or left out."""

    @property
    def file(self) -> str:
        """What it is called."""
        return self.printed.file

    @property
    def year(self) -> int | None:
        """Its year, where it says one."""
        return self.tables.year

    @property
    def others(self) -> list[Table]:
        """Tables of which no form knows columns: those of performance, and such as nobody knows."""
        known = {id(found.region.sheet) for found in self.tables.by_key.values()}
        return [table for table in self.printed.tables if id(table.sheet) not in known]

    def found(self, key: str) -> Found | None:
        """An official table by the key of its form."""
        return self.tables.by_key.get(key)

    def relative(self, text: str) -> str:
        """A text with its years as seen from that of the document: 2023年 in one of 2024 is 上年."""
        if self.year is None:
            return text
        return _YEAR.sub(lambda found: self._named(int(found[1])), text)

    def _named(self, year: int) -> str:
        distance = (self.year or year) - year
        return _NAMES.get(distance, f"{distance}年前")


def side_of(printed: Printed) -> Side:
    """A document with its official tables recognised."""
    recogniser = Recogniser(Mapped())
    found = recogniser.tables([printed.workbook])
    title = title_on(printed)
    tables = together(found, "" if found or title is None else title["kind"])
    if tables.year is None and title is not None:
        tables.year = int(title["year"])
    told = [finding for finding in recogniser.findings if finding.level is not Level.HINT]
    return Side(printed, tables, [*printed.findings, *told, *tables.findings])


def strangers(one: Side, other: Side) -> list[Finding]:
    """What shows that two documents are not of one unit."""
    names = one.tables.unit_name, other.tables.unit_name
    if not all(names) or folded(names[0]) == folded(names[1]):
        return []
    message = f"两个文件不是一个单位的：“{shown(names[0])}”和“{shown(names[1])}”"
    return [Finding("GK896", Level.WARNING, message, "请核对文件；单位改了名称的，不用理会", place=Place(other.file))]
