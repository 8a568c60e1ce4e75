"""The comments of one sheet with their boxes: the two parts that they take, and what binds them to the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from gongkai.source.workbook.cells import Position
from gongkai.source.workbook.names import local_name
from gongkai.source.workbook.refused import damaged

from . import boxes, comments
from .book import Book
from .boxes import Boxes
from .cells import insert_before, part_of
from .comments import Comments
from .parts import Link, attribute
from .sizes import Measures, box

_AFTER_DRAWING = {
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
}  # fmt: skip


class Notes:
    """The comments of a sheet."""

    def __init__(self, book: Book, sheet: str) -> None:
        self._book, self._parts, self._sheet = book, book.parts, sheet

    def _link(self, kind: str) -> Link | None:
        """The reference to the comments, or to the drawing that the sheet names as the one of their boxes."""
        links = [link for link in self._parts.links(self._sheet) if link.type == kind and self._parts.has(link.target)]
        if kind == "vmlDrawing":
            drawing = part_of(self._parts.root(self._sheet), "legacyDrawing")
            named = "" if drawing is None else attribute(drawing, "id")
            links = [link for link in links if link.id == named]
        return links[0] if links else None

    def mention(self, text: str) -> bool:
        """Whether the comments say this somewhere."""
        link = self._link("comments")
        return link is not None and text.encode() in self._parts.read(link.target)

    def strip(self) -> None:
        """Take ours away, with what they needed."""
        link, drawing = self._link("comments"), self._link("vmlDrawing")
        assert link is not None
        kept = Comments(self._parts.root(link.target))
        found, gone = kept.strip()
        if not found:
            return
        self._parts.root(link.target, touch=True)
        if drawing is not None and gone:
            shapes = Boxes.read(self._parts.read(drawing.target), self._parts.file)
            shapes.remove(gone)
            self._parts.put(drawing.target, shapes.data())
            if kept.empty and shapes.empty and not self._parts.links(drawing.target):
                root = self._parts.root(self._sheet, touch=True)
                named = part_of(root, "legacyDrawing")
                assert named is not None  # it names the drawing that was found
                root.remove(named)
                self._parts.cut(self._sheet, drawing)
        if kept.empty:
            self._parts.cut(self._sheet, link)

    def add(self, remarks: Mapping[Position, Sequence[str]], block: int) -> None:
        """Add remarks to cells; their boxes are numbered from the block. Raises FindingsError for what is damaged."""
        root, measures = self._comments(), Measures(self._parts.root(self._sheet))
        ours = Comments(root)
        sizes = {at: box(ours.add(at, list(texts))) for at, texts in remarks.items() if not ours.is_thread(at)}
        drawing = self._link("vmlDrawing")
        shapes = (
            Boxes.new(self._parts.file)
            if drawing is None
            else Boxes.read(self._parts.read(drawing.target), self._parts.file)
        )
        there = shapes.cells()
        shapes.enlarge({at: size for at, size in sizes.items() if at in there}, measures)
        shapes.add([(at, measures.anchor(at, size), size) for at, size in sizes.items() if at not in there], block)
        self._parts.put(self._new_drawing() if drawing is None else drawing.target, shapes.data())

    def _comments(self) -> etree._Element:
        link = self._link("comments")
        if link is None:
            part = self._parts.free_name("xl/comments{}.xml")
            self._parts.add_link(self._sheet, "comments", part)
            self._parts.put(part, comments.new_comments(self._book.tag))
            self._parts.declare(part, comments.CONTENT_TYPE)
            return self._parts.root(part)
        root = self._parts.root(link.target, touch=True)
        if local_name(root) != "comments":
            raise damaged(self._parts.file, "里面的批注不完整")
        return root

    def _new_drawing(self) -> str:
        """The name of a new drawing that the sheet names as the one of its boxes."""
        part = self._parts.free_name("xl/drawings/vmlDrawing{}.vml")
        link = self._parts.add_link(self._sheet, "vmlDrawing", part)
        if not self._parts.declare_ending("vml", boxes.CONTENT_TYPE):
            self._parts.declare(part, boxes.CONTENT_TYPE)
        root = self._parts.root(self._sheet, touch=True)
        named = part_of(root, "legacyDrawing")
        if named is not None:  # what it names is not there
            root.remove(named)
        entry = root.makeelement(f"{self._book.tag}legacyDrawing", {}, nsmap={"r": self._parts.office})
        entry.set(f"{{{self._parts.office}}}id", link)
        insert_before(root, entry, _AFTER_DRAWING)
        return part


def blocks_of(book: Book) -> Iterator[int]:
    """The blocks of numbers that drawings of the workbook take."""
    for tab in book.tabs():
        for part in book.parts.targets(tab.part, "vmlDrawing") if tab.part else ():
            yield from Boxes.read(book.parts.read(part), book.parts.file).blocks
