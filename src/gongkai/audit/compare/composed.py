"""The document of a data file as what will stand in it, without setting its pages: read like one that is finished."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from gongkai.document.grid import column_shares, place_cells
from gongkai.document.parse import HtmlDocument
from gongkai.document.vocabulary import CONTAINERS, ROLES, TABLE_UNIT, classes_of
from gongkai.output.docx.text import paragraph_texts, text_of
from gongkai.source.printed.document import Printed
from gongkai.source.printed.docx.drafts import Draft, Grid, Text, divided
from gongkai.source.printed.docx.flow import Flow
from gongkai.source.printed.docx.tables import Placed, WordTable

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_TEXTS = frozenset(role.element for role in ROLES)
_WIDTH = 9_000
"""Twips: the width of every table; only the shares of its columns count."""


def composed(document: HtmlDocument, file: str) -> Printed:
    """What the document of a data file says; ``file`` is the data file."""
    flow = Flow()
    flow.take(list(_drafts(document.root.find("body"))))
    return Printed(file, "data", flow.blocks)


def _drafts(parent: HtmlElement) -> Iterator[Draft]:
    """Paragraphs and tables in their order; not the contents, which say the headings again."""
    for element in parent:
        tag = element.tag
        if not isinstance(tag, str) or tag == "nav":
            continue
        if tag == "table":
            yield _grid(element)
        elif tag in _TEXTS:
            yield from _texts(element)
        elif tag in CONTAINERS:
            yield Text("", parts=True)
            yield from _drafts(element)


def _texts(element: HtmlElement) -> Iterator[Text]:
    if TABLE_UNIT in classes_of(element):
        parts = [text_of(part) for part in element if part.tag == "span"] or [text_of(element)]
        yield Text("\t".join(parts))
        return
    heading = _HEADINGS.get(str(element.tag), 0)
    yield from (Text(line, heading) for line in divided(text_of(element)))


def _grid(element: HtmlElement) -> Grid:
    """A table with its columns as wide as they are shared out."""
    shares = column_shares(element)
    edges, reached = [0], 0.0
    for share in shares:
        reached += share
        edges.append(round(_WIDTH * reached / (sum(shares) or 1)))
    cells = list(place_cells(element))
    placed = [
        Placed(cell.row, cell.row + cell.rows, edges[cell.column], edges[cell.column + cell.columns], cell.cell)
        for cell in cells
    ]
    rows = sum(1 for _ in element.iter("tr"))
    return Grid(WordTable(placed, rows), ["\n".join(paragraph_texts(cell.cell)) for cell in cells])
