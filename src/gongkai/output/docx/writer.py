"""The document as a Word file that is pleasant to edit in Word and WPS."""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document

from gongkai.document.parse import HtmlDocument
from gongkai.output.layout.emblem import place_emblem
from gongkai.output.layout.fit import fitted
from gongkai.output.look.bars import COLOURS, pixel
from gongkai.packs.style import Style

from . import package as package
from .bars import bars_of
from .body import BodyWriter, Margin
from .page import FooterKind, footer_paragraph
from .pictures import emblem_paragraph
from .styles import font_table_xml, styles_xml

_RESERVE = 1.25
"""Figures of DejaVu Sans are so much wider than those of 宋体, which not every machine has."""
_FOOTERS: tuple[FooterKind, ...] = ("default", "even")


def _bars(document: HtmlDocument) -> Mapping[str, bytes]:
    """The pixel of every kind of bar that the document has."""
    kinds = {bar.get("class") for bar in bars_of(document.root)}
    return {kind: pixel(colour) for kind, colour in COLOURS.items() if kind in kinds}


def _emblem(word: Document, style: Style, data: bytes) -> tuple[Mapping[FooterKind, str], str]:
    """The headers with the emblem, by the pages for which they are, and the id by which the cover refers to it."""
    emblem = style.emblem
    if emblem is None or not data:
        return {}, ""
    part = package.add_emblem(word, data)
    shown = package.show(word, part) if emblem.cover is not None else ""
    if (head := emblem.head) is None:
        return {}, shown

    def paragraph(relation: str, number: int) -> str:
        return emblem_paragraph(emblem, head, relation, number).xml()

    kinds = enumerate(_FOOTERS, start=1)
    return {kind: package.add_header(word, number, paragraph, part) for number, kind in kinds}, shown


def render_docx(document: HtmlDocument, style: Style, pages: Mapping[str, int], emblem: bytes = b"") -> bytes:
    """The Word file of a document.

    ``pages`` gives the printed page number of every heading in the contents, by its id; ``emblem`` is the emblem of
    the style as PNG, empty where it has none.
    """
    word = package.new_document()
    package.set_styles(word, styles_xml(style))
    body = style.fonts[style.roles["正文"].font]
    package.add_theme(word, body.office or body.family)
    package.add_font_table(word, font_table_xml(style))
    footers = {
        kind: package.add_footer(word, number, footer_paragraph(style.page, kind))
        for number, kind in enumerate(_FOOTERS, start=1)
    }
    pictures = package.add_pictures(word, _bars(document))
    headers, shown = _emblem(word, style, emblem)
    root = fitted(document.root, style, reserve=_RESERVE)
    if shown:
        place_emblem(root, style)
    package.set_body(word, BodyWriter(root, style, pages, Margin(headers, footers), pictures, shown).write())
    package.add_properties(word, document.title, document.author, document.published)
    return package.package_bytes(word)
