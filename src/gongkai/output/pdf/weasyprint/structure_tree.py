"""The structure of a PDF: what a reader who cannot see the page, or another program, goes by.

The renderer's own tags follow its boxes: a table of two pages becomes two tables, its header is read
twice, and its cells no longer fill their rows. Here every element of the document becomes one
structure element (ISO 32000-1, 14.8), on however many pages its boxes lie, and whatever the layout
alone has made (repeated headers, leaders, page numbers) is an artifact, as PDF/UA-1 asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import Document
from weasyprint.formatting_structure import boxes

from gongkai.document.grid import names_row
from gongkai.document.vocabulary import ELEMENTS, LABEL, NEXT_HEADING, PICTURE, classes_of, role_of

_TAGS: Mapping[str, str] = {name: e.tag for name, e in ELEMENTS.items() if e.tag} | {PICTURE: "Figure"}
_CELLS = frozenset({"th", "td"})
_TEXTS = frozenset({"p", "h1", "h2", "h3"})
_SCOPES = {"row": "Row", "rowgroup": "Row"}
_SPANS = {"colspan": "ColSpan", "rowspan": "RowSpan"}
_ARTIFACT = "/Artifact"
_POINTS_PER_PIXEL = 0.75


@dataclass
class _Content:
    """What of an element stands on the pages: marked text as (page, mark), link annotations as (page, annotation)."""

    marks: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, Any]] = field(default_factory=list)


class _Pages:
    """Walks the boxes of all pages and gathers for each element what is written of it."""

    def __init__(self, document: Document, streams: Sequence[Any]) -> None:
        self.root: Element = _html_box(document.pages[0]).element
        self._parents = {child: parent for parent in self.root.iter() for child in parent}
        self.content: dict[Element, _Content] = {}
        self.frames: dict[Element, pydyf.Array] = {}
        """Where on its page each picture is."""
        self._heads: dict[Element, int] = {}
        for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
            marks = stream._tags
            artifacts = {marks[box]["mcid"] for box in self._walk(page._page_box, number, marks)}
            self.frames |= {
                box.element: _frame(box, page) for box in page._page_box.descendants() if box.element_tag == PICTURE
            }
            _mark_artifacts(stream, artifacts)

    def _walk(self, box: Any, page: int, marks: Mapping[Any, Any]) -> Iterator[Any]:
        """Note the content of a box and of all in it; yield the texts that are no content."""
        box = getattr(box, "_box", box)  # what stands in for a positioned box
        if box.link_annotation:
            self._content(box.element).links.append((page, box.link_annotation))
        if box in marks:
            if self._is_artifact(box, page):
                yield box
            else:
                self._content(box.element).marks.append((page, marks[box]["mcid"]))
        elif isinstance(box, boxes.MarginBox):
            yield from (text for text in box.descendants() if text in marks)
        else:
            for child in getattr(box, "children", ()):
                yield from self._walk(child, page, marks)

    def parent(self, element: Element) -> Element:
        """The element in which this one stands."""
        parent: Element = self._parents[element]
        return parent

    def _content(self, element: Element) -> _Content:
        """The content of the element with a role of its own in which this one is."""
        while element.tag not in _TAGS:
            element = self._parents[element]
        return self.content.setdefault(element, _Content())

    def _is_artifact(self, box: Any, page: int) -> bool:
        """Whether a text is a leader, or in a header that was already read on an earlier page."""
        if box.element.tag == "a" and not box.text.strip(" ."):
            return True
        head = next((element for element in self._ancestors(box.element) if element.tag == "thead"), None)
        return head is not None and self._heads.setdefault(head, page) != page

    def _ancestors(self, element: Element) -> Iterator[Element]:
        while element in self._parents:
            yield element
            element = self._parents[element]


def _html_box(page: Any) -> Any:
    return next(child for child in page._page_box.children if not isinstance(child, boxes.MarginBox))


def _frame(box: Any, page: Any) -> pydyf.Array:
    """The corners of a box in points, from the lower left corner of the page."""
    left, top = box.content_box_x(), page.height - box.content_box_y()
    corners = (left, top - box.height, left + box.width, top)
    return pydyf.Array([round(pixels * _POINTS_PER_PIXEL, 2) for pixels in corners])


def _mark_artifacts(stream: Any, artifacts: set[int]) -> None:
    """Write the marks of these texts as those of artifacts."""
    parts = stream.stream
    for index, part in enumerate(parts):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in artifacts:
            parts[index - 1 : index + 2] = [_ARTIFACT, b"", b"BMC"]


class _Tree:
    """The structure tree, written from the document's elements."""

    def __init__(self, pdf: pydyf.PDF, pages: _Pages) -> None:
        self._pdf = pdf
        self._pages = pages
        self._page_references: Sequence[bytes] = pdf.page_references
        self._marks: dict[int, dict[int, bytes]] = {}
        self._link_owners: list[tuple[Any, bytes]] = []
        self._heading = 0

    def write(self, page_count: int) -> None:
        """Add the tree to the catalog, with the way back from each page's marks to their elements."""
        numbers = pydyf.Dictionary({"Nums": pydyf.Array()})
        self._pdf.add_object(numbers)
        root = pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": numbers.reference})
        self._pdf.add_object(root)
        document = self._element("Document", root)
        document["K"] = pydyf.Array(self._children(self._pages.root, document))
        root["K"] = pydyf.Array([document.reference])
        for page in range(page_count):
            marks = self._marks.get(page, {})
            owners = pydyf.Array([marks.get(mark, b"null") for mark in range(max(marks, default=-1) + 1)])
            numbers["Nums"].extend([page, owners])
        for key, (annotation, owner) in enumerate(self._link_owners, start=page_count):
            annotation["StructParent"] = key
            numbers["Nums"].extend([key, owner])
        self._pdf.catalog.update({
            "StructTreeRoot": root.reference,
            "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": b"true"}),
            "MarkInfo": pydyf.Dictionary({"Marked": b"true"}),
        })  # fmt: skip

    def _element(self, role: str, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        element = pydyf.Dictionary({"S": f"/{role}", "P": parent.reference})
        self._pdf.add_object(element)
        return element

    def _children(self, element: Element, parent: pydyf.Dictionary) -> Iterator[Any]:
        for child in element:
            if child.tag in _TAGS and not _lone_head(child, element):
                yield from self._written(child, parent)
            else:
                yield from self._children(child, parent)

    def _written(self, source: Element, parent: pydyf.Dictionary) -> Iterator[Any]:
        """The structure element of one element of the document, unless there is nothing to it."""
        content = self._pages.content.get(source)
        if content is None and not len(source) and source.tag not in _CELLS:  # an empty tbody, an empty paragraph
            return
        heads_row = self._names_row(source)
        element = self._element("TH" if heads_row else self._role(source), parent)
        yield element.reference
        if source.tag == "a":  # a contents entry refers by a link
            for _, annotation in content.links if content else ():
                annotation["Contents"] = pydyf.String("".join(source.itertext()))
            parent, element = element, self._element("Link", element)
            parent["K"] = pydyf.Array([element.reference])
        if source.tag == PICTURE:
            element["Alt"] = pydyf.String(source.get("alt", ""))
            element["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": self._pages.frames[source], "Placement": "/Block"})
        if source.tag in _CELLS:
            element["A"] = _cell_attributes(source, heads_row=heads_row)
        kids = pydyf.Array(self._own(content or _Content(), element))
        kids.extend(self._children(source, element))
        if kids:
            element["K"] = kids

    def _role(self, source: Element) -> str:
        """The role of an element; table titles are headings under the heading before them."""
        if source.tag == "a":
            return "Reference"
        if source.tag in _TEXTS:
            tag = role_of(source).tag
            if tag == NEXT_HEADING:
                return f"H{self._heading + 1}"
            if tag.startswith("H"):
                self._heading = int(tag[1:])
            return tag
        return "TH" if LABEL in classes_of(source) else _TAGS[source.tag]

    def _names_row(self, source: Element) -> bool:
        return source.tag == "td" and names_row(source, list(self._pages.parent(source)))

    def _own(self, content: _Content, element: pydyf.Dictionary) -> Iterator[Any]:
        """What stands in an element itself: its links and its marked texts, in reading order."""
        for page, annotation in content.links:
            self._link_owners.append((annotation, element.reference))
            reference = self._page_references[page]
            yield pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": reference})
        for page, mark in content.marks:
            self._marks.setdefault(page, {})[mark] = element.reference
            reference = self._page_references[page]
            if element.setdefault("Pg", reference) == reference:
                yield mark
            else:
                yield pydyf.Dictionary({"Type": "/MCR", "Pg": reference, "MCID": mark})


def _lone_head(child: Element, table: Element) -> bool:
    """Whether this is the header of a table without rows: PDF/UA has no THead where there is no TBody."""
    return child.tag == "thead" and table.find("tbody/tr") is None


def _cell_attributes(cell: Element, *, heads_row: bool) -> pydyf.Dictionary:
    """Spans of a cell, and of a heading the cells for which it speaks."""
    attributes: dict[str, Any] = {"O": "/Table"}
    for name, key in _SPANS.items():
        if (span := int(cell.get(name) or 1)) > 1:
            attributes[key] = span
    if heads_row or LABEL in classes_of(cell):
        attributes["Scope"] = "/Row"
    elif cell.tag == "th":
        attributes["Scope"] = f"/{_SCOPES.get(cell.get('scope') or '', 'Column')}"
    return pydyf.Dictionary(attributes)


def number_pages(pdf: pydyf.PDF, front: int) -> None:
    """Let readers call pages by the numbers printed on them, those before the first part i, ii, and show bookmarks."""
    roman, arabic = pydyf.Dictionary({"S": "/r"}), pydyf.Dictionary({"S": "/D"})
    labels = pydyf.Array([0, roman, front, arabic] if front else [0, arabic])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})
    pdf.catalog["PageMode"] = "/UseOutlines"


def add_structure(pdf: pydyf.PDF, document: Document, pdf_version: object, page_streams: Sequence[Any]) -> None:
    """Tag a PDF; stands in for the renderer's own function of the same parameters."""
    _Tree(pdf, _Pages(document, page_streams)).write(len(document.pages))
