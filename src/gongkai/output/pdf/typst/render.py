"""The document as PDF, through Typst: archival (PDF/A-3a) and accessible (PDF/UA-1)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.document.parse import HtmlDocument
from gongkai.findings import Finding
from gongkai.output.layout.prepared import prepared
from gongkai.output.look.fonts import locate_fonts
from gongkai.packs.style import Style

from .code import quoted
from .engine import Compiled
from .faces import faces_of
from .finish import Parts, finished
from .links import words_of_links
from .look import preamble
from .pages import DocumentWriter
from .pictures.emblem import head_emblem
from .settle import Source, settled


@dataclass(frozen=True)
class Pages:
    """A document set on pages: the page number of every heading, and what there is to complain of."""

    pages: Mapping[str, int]
    page_count: int
    findings: list[Finding]
    _pdf: bytes
    _parts: Parts
    _published: datetime.date

    def to_pdf(self, files: Mapping[str, bytes]) -> bytes:
        """The PDF with the files attached; the same document gives the same bytes."""
        return finished(self._pdf, self._parts, files, self._published)


def paginate(document: HtmlDocument, style: Style) -> Pages:
    """Set the document on pages.

    Raises FindingsError when a font of the style is missing, or has not all characters of the document.
    """
    root = prepared(document.root, style, locate_fonts(style))
    faces = faces_of(style)
    head = f"{_properties(document)}\n{preamble(style, faces)}"

    def write() -> Source:
        writer = DocumentWriter(root, style, faces)
        return Source(Compiled(f"#{{\n{head}\n{writer.write()}\n}}\n", faces.fonts), writer.tables)

    source = settled(root, style, write)
    pdf, findings = source.compiled.pdf()
    tables = source.tables
    found = [*tables.findings, *findings]
    compiled = source.compiled
    parts = Parts(tables.parts, words_of_links(root), grounds=bool(head_emblem(style, style.page.portrait)))
    return Pages(compiled.pages(), compiled.page_count(), found, pdf, parts, document.published)


def _properties(document: HtmlDocument) -> str:
    date = document.published
    day = f"datetime(year: {date.year}, month: {date.month}, day: {date.day})"
    return f"set document(title: {quoted(document.title)}, author: {quoted(document.author)}, date: {day})"
