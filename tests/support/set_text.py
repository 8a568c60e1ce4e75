"""Short texts set on pages, to look at their lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from gongkai.document.parse import parse_html
from gongkai.output.pdf.weasyprint import render
from gongkai.output.pdf.weasyprint.render import Pages
from gongkai.packs.open import open_pack
from gongkai.packs.style import Style

STYLE = open_pack("base", "预算", 2024).style


POINT = 4 / 3
"""CSS pixels, the renderer's unit, in a point."""


def set_text(content: str, style: Style = STYLE) -> Pages:
    """A document of this content alone."""
    head = (
        '<title>某单位</title><meta name="author" content="某单位"><meta name="dcterms.created" content="2024-02-25">'
    )
    text = f'<html lang="zh-CN"><head>{head}</head><body><section class="part">{content}</section></body></html>'
    return render.paginate(parse_html(text), style)


def paragraphs(layout: Pages, tag: str = "p") -> Iterator[list[Any]]:
    """The lines of every paragraph of the running text, page by page."""
    for page in layout._document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.BlockBox) and box.element_tag == tag and not box.element.get("class"):
                yield [line for line in box.children if isinstance(line, boxes.LineBox)]


def text_of(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
