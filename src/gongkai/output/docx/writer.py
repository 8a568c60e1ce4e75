"""The document as a Word file that is pleasant to edit in Word and WPS."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.document.parse import HtmlDocument
from gongkai.output.layout.fit import fitted
from gongkai.output.look.bars import COLOURS, pixel
from gongkai.packs.style import Style

from . import package as package
from .bars import bars_of
from .body import BodyWriter
from .page import FooterKind, footer_paragraph
from .styles import font_table_xml, styles_xml

_RESERVE = 1.25
"""Figures of DejaVu Sans are so much wider than those of 宋体, which not every machine has."""
_FOOTERS: tuple[FooterKind, ...] = ("default", "even")


def _bars(document: HtmlDocument) -> Mapping[str, bytes]:
    """The pixel of every kind of bar that the document has."""
    kinds = {bar.get("class") for bar in bars_of(document.root)}
    return {kind: pixel(colour) for kind, colour in COLOURS.items() if kind in kinds}


def render_docx(document: HtmlDocument, style: Style, pages: Mapping[str, int]) -> bytes:
    """The Word file of a document.

    ``pages`` gives the printed page number of every heading in the contents, by its id.
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
    root = fitted(document.root, style, reserve=_RESERVE)
    package.set_body(word, BodyWriter(root, style, pages, footers, pictures).write())
    package.add_properties(word, document.title, document.author, document.published)
    return package.package_bytes(word)
