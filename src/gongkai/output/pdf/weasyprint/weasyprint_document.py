"""A parsed document as the renderer takes it: it would parse the text again, a sixteenth of all its work."""

from __future__ import annotations

from functools import cache
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper
from lxml.etree import Comment, ProcessingInstruction, strip_tags
from lxml.html import HtmlElement
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

_DEFAULTS = """
head, meta, title { display: none }
html, body, section, div, nav, h1, h2, h3, p { display: block }
h1, h2, h3 { bookmark-label: content(text) }
h1 { bookmark-level: 1 }
h2 { bookmark-level: 2 }
h3 { bookmark-level: 3 }
br::before { content: "\\A"; white-space: pre-line }
:link { color: blue; text-decoration: underline }
table { display: table; box-sizing: border-box; text-indent: initial }
colgroup { display: table-column-group }
col { display: table-column }
thead { display: table-header-group }
tbody { display: table-row-group }
tr { display: table-row }
th, td { display: table-cell }
@page { @top-right { text-align: right } @bottom-left { text-align: left } @bottom-right { text-align: right } }
"""
"""What the renderer must know of the elements that a document may have, and our style does not state.

Its own style sheet knows all of HTML; its rules for footnotes and list markers, which no disclosure has,
make it work out five more styles for every element.
"""


class ParsedPage(HTML):
    """A document for the renderer, which sees the same tree as if it had read the text; it loses its comments."""

    def __init__(self, root: HtmlElement, fetcher: URLFetcher) -> None:
        strip_tags(root, Comment, ProcessingInstruction)
        # All that the renderer's own constructor sets; it only takes text.
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(_tree(root), content_language=None)
        self.etree_element: Element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_defaults()]


@cache
def _defaults() -> CSS:
    return CSS(string=_DEFAULTS)


def _tree(element: HtmlElement) -> Element:
    """A copy of an element; rows that stand in a table itself get the body that HTML gives them."""
    made = Element(element.tag, dict(element.attrib))
    made.text, made.tail = element.text, element.tail
    body: Element | None = None
    for child in element.iterchildren():
        if child.tag == "tr" and element.tag == "table":
            if body is None:
                body = Element("tbody")
                made.append(body)
            body.append(_tree(child))
        else:
            body = None
            made.append(_tree(child))
    return made
