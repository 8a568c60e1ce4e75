"""What stands in a finished document: paragraphs and tables in reading order, each character with its place.

A document is read without knowing what it should say. Tables become sheets of a workbook, so that whatever
recognises official tables in workbooks recognises them here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gongkai.findings import Box, Finding, Place
from gongkai.source.workbook.cells import Position, Sheet, Workbook


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands on paper; without pages (DOCX, workbook) the page is 0 and there is no box."""

    page: int = 0
    """From 1."""
    box: Box | None = None
    cell: Place | None = None
    """Running text in a workbook: its cell."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph as it was set: from which character of the paragraph on, and where it stands."""

    start: int
    spot: Spot
    edges: Sequence[float] = ()
    """The left edge of each of its characters, points from the left of the page; empty where it is not known."""


@dataclass(frozen=True)
class Paragraph:
    """Running text, its lines joined as they read: no blank between Chinese characters of two lines."""

    text: str
    number: int
    """From 1, among all blocks of the document."""
    lines: Sequence[Line] = ()
    heading: int = 0
    """The level of a heading where the document says so (tags, styles, outline); 0 for what is none."""

    def spots(self, start: int = 0, end: int | None = None) -> list[Spot]:
        """Where the characters from ``start`` up to ``end`` stand: a box for each line of them."""
        end = len(self.text) if end is None else end
        if not self.lines or end <= start:
            return [self.lines[0].spot] if self.lines else []
        starts = [line.start for line in self.lines]
        first = max(bisect_right(starts, start) - 1, 0)
        found = []
        for at in range(first, len(self.lines)):
            line = self.lines[at]
            if line.start >= end and at > first:
                break
            following = self.lines[at + 1].start if at + 1 < len(self.lines) else len(self.text)
            found.append(_part(line, max(start, line.start), min(end, following)))
        return found


def _part(line: Line, start: int, end: int) -> Spot:
    """The place of some characters of a line."""
    box = line.spot.box
    if box is None or not line.edges:
        return line.spot
    first, last = start - line.start, end - line.start
    left = line.edges[first] if first < len(line.edges) else box.left
    right = line.edges[last] if last < len(line.edges) else box.right
    return Spot(line.spot.page, Box(left, box.top, right, box.bottom))


@dataclass(frozen=True)
class Table:
    """A table: a sheet whose first rows are what stands over it (title, 编制单位, 单位：万元), then its header.

    A table that goes on over pages is one, its repeated header left out.
    """

    sheet: Sheet
    spots: Mapping[Position, Spot]
    """Where each cell stands that is not blank, and each blank one whose box is known."""
    number: int
    """From 1, among all blocks of the document."""
    clipped: frozenset[Position] = frozenset()
    """Cells of which a part is not seen on paper."""


Block = Paragraph | Table


@dataclass(frozen=True)
class Printed:
    """A finished document that was read."""

    file: str
    form: str
    """What it is: pdf, docx, xlsx."""
    blocks: Sequence[Block]
    pages: int = 0
    """How many pages; 0 where there are none."""
    blank: Sequence[int] = ()
    """Pages on which nothing stands, not even a number of the page."""
    outline: Sequence[tuple[str, int]] = ()
    """The contents as the document prints them: the text of an entry, and the page that it names (0: none)."""
    findings: Sequence[Finding] = ()
    """What could not be read (读不出), and where."""
    attached: Mapping[str, bytes] = field(default_factory=dict)
    """Data that the document carries itself, by file name."""

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Its running text, in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> Iterator[Table]:
        """Its tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))

    @cached_property
    def workbook(self) -> PrintedBook:
        """Its tables as a workbook; places of its cells name the page and the box."""
        tables = list(self.tables)
        return PrintedBook(self.file, [table.sheet for table in tables], tables=tables, paper=self.form != "xlsx")

    def place(self, paragraph: Paragraph, start: int = 0, end: int | None = None) -> Place:
        """The place of some characters of a paragraph: that of the first line of them."""
        spots = paragraph.spots(start, end)
        spot = spots[0] if spots else Spot()
        if spot.cell is not None:
            return spot.cell
        boxes = tuple(each.box for each in spots if each.box and each.page == spot.page)
        return Place(self.file, 0, start + 1, page=spot.page, boxes=boxes, paragraph=paragraph.number)


@dataclass(frozen=True)
class PrintedBook(Workbook):
    """The tables of a document, as sheets."""

    tables: Sequence[Table] = ()
    paper: bool = True
    """Whether it has pages or running text: a cell of a workbook has its name only."""

    def place(self, sheet: Sheet, row: int = 0, column: int = 0) -> Place:
        """The place of a cell on paper, or of the table as a whole."""
        if not self.paper:
            return super().place(sheet, row, column)
        table = next((table for table in self.tables if table.sheet is sheet), None)
        spot = table.spots.get(sheet.first_of(row, column)) if table else None
        if spot is None and table is not None:
            spot = next((table.spots[at] for at in sorted(table.spots) if not row or at[0] == row), None)
        spot = spot or Spot()
        boxes = (spot.box,) if spot.box and row else ()
        number = table.number if table else 0
        return Place(self.file, row, column, sheet.name, sheet.number, spot.page, boxes, number)
