"""The document as a web page of its own: no external resource, readable on any screen and without sight."""

from __future__ import annotations

import base64
import copy
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement, builder

from gongkai.document.grid import names_row
from gongkai.document.parse import HtmlDocument
from gongkai.document.vocabulary import CHART_TITLE, COVER, COVER_TITLE, LABEL, NAMES_ROW, TABLE_TITLE, classes_of
from gongkai.output.layout.emblem import emblem_on_cover, place_emblem, space_below
from gongkai.output.look.css import web_print_css
from gongkai.packs.style import Style

from .emblem import POINTS_PER_PIXEL, emblem_css
from .screen import screen_css

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The page loads nothing and runs nothing, whatever a pack or a clerk has written into it."""

_PICTURES = "img-src data:"
"""The emblem stands in the page itself; in a picture nothing runs."""

_MAIN = "main"


def render_html(document: HtmlDocument, style: Style, more: str = "") -> bytes:
    """The page as UTF-8 with its style sheets inside; printed, it is much like the PDF, without numbers of pages.

    ``more`` is added to the style sheet of screens.
    """
    root = copy.deepcopy(document.root)
    body, head = root.find("body"), root.find("head")
    assert body is not None, "a parsed document always has a body"
    assert head is not None, "a parsed document always has a head"
    policy = _POLICY if style.emblem is None or style.emblem.cover is None else f"{_POLICY}; {_PICTURES}"
    head.append(builder.META(**{"http-equiv": "Content-Security-Policy", "content": policy}))
    head.append(builder.META(name="viewport", content="width=device-width, initial-scale=1"))
    for media, text in (("screen", screen_css(style) + more), ("print", web_print_css(style))):
        sheet = builder.STYLE(media=media)
        sheet.text = text
        head.append(sheet)
    named: Counter[str] = Counter()
    emblem = place_emblem(root, style)
    if emblem is not None:
        _show(emblem, style, head)
    for table in [*body.iter("table")]:
        _label(table, named)
    _landmarks(body)
    page = HtmlDocument(root, document.title, document.author, document.published)
    return page.to_string().encode("utf-8")


def _show(made: HtmlElement, style: Style, head: HtmlElement) -> None:
    """Put the bytes of the emblem into the page, and let it stand as on paper."""
    emblem, place = emblem_on_cover(style)
    data = base64.b64encode(emblem.picture.data).decode("ascii")
    made.set("src", f"data:{emblem.picture.media_type};base64,{data}")
    made.set("width", str(round(emblem.width(place) / POINTS_PER_PIXEL)))
    made.set("height", str(round(place.height / POINTS_PER_PIXEL)))
    sheet = builder.STYLE()
    sheet.text = emblem_css(emblem, place, space_below(made, style))
    head.append(sheet)


def _landmarks(body: HtmlElement) -> None:
    """Cover, contents and main part as landmarks, and the link that leads past the contents."""
    main = builder.MAIN(id=_MAIN, tabindex="-1")
    header = builder.HEADER()
    contents = [element for element in body if element.tag == "nav"]
    for element in list(body):
        if COVER in classes_of(element):
            header.append(element)
        elif element.tag != "nav":
            main.append(element)
    for nav in contents:
        nav.set("aria-label", "目录")
    for title in header.iterfind(f".//p[@class='{COVER_TITLE}']"):
        # The title of the whole; the parts below have headings of the same level in the document.
        title.set("role", "heading")
        title.set("aria-level", "1")
    for element in [*main.iter("h1", "h2", "h3")]:
        element.set("aria-level", str(int(element.tag[1]) + 1))
    skip = builder.A("跳到正文", builder.CLASS("skip"), href=f"#{_MAIN}")
    body[:] = [skip, header, *contents, main]


def _label(table: HtmlElement, named: Counter[str]) -> None:
    """Name a table after its title, give its labels scopes, and put it into a region that scrolls.

    ``named`` counts the titles: one that stands again is numbered.
    """
    for row in table.iter("tr"):
        _head_cells(row)
    above = table.getprevious()
    if above is not None and "scroll" in classes_of(above):  # the grid under its form
        region = above
    else:
        region = builder.DIV(builder.CLASS("scroll"), role="region", tabindex="0")
        title = _title(table)
        named[title] += 1
        region.set("aria-label", title if named[title] == 1 else f"{title}（{named[title]}）")
        table.addprevious(region)
    table.set("aria-label", region.get("aria-label") or "")
    region.append(table)


def _head_cells(row: HtmlElement) -> None:
    """Names of rows head their amounts; labels of a form head what stands beside them, else what stands below."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    for cell in [cell for cell in cells if cell.tag == "td" and names_row(cell, cells)]:
        cell.tag = "th"
        cell.set("scope", "row")
        cell.set("class", f"{cell.get('class')} {NAMES_ROW}")
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        if not cell.text_content().strip():
            if cell.tag == "th":  # a corner of the form that heads nothing
                cell.set("role", "none")
        elif LABEL in classes_of(cell) and cell.tag == "td":
            cell.tag = "th"
            beside = following is not None and LABEL not in classes_of(following)
            cell.set("scope", "row" if beside else "col")


def _title(table: HtmlElement) -> str:
    """The words over a table that name it."""
    names = {TABLE_TITLE, CHART_TITLE}
    found = (e for e in table.itersiblings(preceding=True) if names & set(classes_of(e)))
    nearest = next(found, None)
    if nearest is None:
        nearest = next((e for e in _before(table) if e.tag in ("h1", "h2", "h3")), table)
    return "".join(nearest.text_content().split())[:60]


def _before(table: HtmlElement) -> Iterator[HtmlElement]:
    """Elements before a table, the nearest first."""
    for element in (table, *table.iterancestors()):
        yield from element.itersiblings(preceding=True)
