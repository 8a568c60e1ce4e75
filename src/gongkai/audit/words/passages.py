"""The passages of a document that rules about words go over: its paragraphs, and sentences in cells of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault
from gongkai.checks.confidential.privacy import personal_numbers
from gongkai.checks.texts.spans import Slip
from gongkai.findings import Level, Place
from gongkai.source.printed.document import Paragraph, Printed, Table
from gongkai.source.workbook.cells import Kind, Position

_AROUND = 12
"""Characters to either side of what is wrong that a quote has."""
_WORD, _STOP = re.compile("[一-鿿]{2}"), re.compile("[，。；：]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a document, and how to say where its characters stand."""

    printed: Printed
    text: str
    paragraph: Paragraph | None = None
    table: Table | None = None
    cell: Position = (0, 0)

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where some of its characters stand; of a cell, the cell."""
        if self.paragraph is not None:
            return self.printed.place(self.paragraph, start, end)
        assert self.table is not None, "either a paragraph or a cell"
        return self.printed.workbook.place(self.table.sheet, *self.cell)

    def fault(self, slip: Slip, message: str, level: Level | None = None) -> Fault:
        """What is wrong with some of its characters."""
        return Fault(self.place(slip.start, slip.end), message, quote=self.around(slip), level=level)

    def around(self, slip: Slip) -> str:
        """What is wrong with the words beside it; nothing of a text with a person's number in it."""
        if _is_personal(self.text):
            return ""
        return self.text[max(0, slip.start - _AROUND) : slip.end + _AROUND]


def passages(document: Audited) -> Iterator[Passage]:
    """Every paragraph, and every cell that has sentences, in reading order."""
    yield from paragraphs(document)
    yield from cells(document)


def paragraphs(document: Audited) -> Iterator[Passage]:
    """The running text."""
    for paragraph in document.paragraphs:
        yield Passage(document.printed, paragraph.text, paragraph)


def cells(document: Audited) -> Iterator[Passage]:
    """The cells of tables that have sentences: goals, results, notes."""
    return (passage for passage in texts_of_cells(document) if _has_sentence(passage.text))


def texts_of_cells(document: Audited) -> Iterator[Passage]:
    """Every cell with a text."""
    for table in document.printed.tables:
        yield from texts_in(document, table)


def texts_in(document: Audited, table: Table) -> Iterator[Passage]:
    """Every cell of a table with a text."""
    for position, cell in sorted(table.sheet.cells.items()):
        if cell.kind is Kind.TEXT:
            yield Passage(document.printed, cell.text, None, table, position)


def _has_sentence(text: str) -> bool:
    """Whether a stop follows a word in one of the lines of a text."""
    return any((word := _WORD.search(line)) and _STOP.search(line, word.end()) for line in text.split("\n"))


@lru_cache(maxsize=64)
def _is_personal(text: str) -> bool:
    """Whether a text has a number of a person; asked for every slip in it."""
    return next(personal_numbers(text), None) is not None
