"""Short texts set on pages by Typst, and what is in the PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

from gongkai.document.parse import HtmlDocument, parse_html
from gongkai.output.pdf.typst import render
from gongkai.packs.style import Style

from .set_text import STYLE


def parsed(content: str, title: str = "某单位") -> HtmlDocument:
    """A document of this content alone."""
    head = (
        f'<title>{title}</title><meta name="author" content="某单位"><meta name="dcterms.created" content="2024-02-25">'
    )
    text = f'<html lang="zh-CN"><head>{head}</head><body><section class="part">{content}</section></body></html>'
    return parse_html(text)


def compiled(content: str, style: Style = STYLE) -> render.Pages:
    """A document of this content alone on its pages."""
    return render.paginate(parsed(content), style)


def page_texts(data: bytes) -> list[str]:
    """The text of every page, without blanks and line ends."""
    return ["".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(data)]


def structure(data: bytes) -> Iterator[Any]:
    """The structure elements of a PDF in their order."""
    pdf = pikepdf.open(io.BytesIO(data))

    def below(element: Any) -> Iterator[Any]:
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot)  # as long as the file is open
