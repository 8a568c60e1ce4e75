"""The blocks of a Word document in reading order, before it is known what belongs to which table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from gongkai.source.text_file import NOT_PRINTABLE

from .names import child, name_of, unwrapped, value
from .numbering import Numbering
from .runs import BREAK, PAGE, joined_with_next, level_of, page_break_in, said_in
from .styles import ParagraphStyle
from .tables import TooManyCellsError, WordTable, read_table

BLANKS = " \t\n\f\u3000\xa0"
_PLAIN = ParagraphStyle()
_MOST_BLOCKS = 200_000
_FEW_CELLS = 4
_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—"
_ENDS = re.compile(r"[。！？；：:;…]$")
_BEGINS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十]+部分|[①-⑳])"
)
"""How a paragraph begins that has a number; behind a line break it is one of its own."""


@dataclass(slots=True)
class Text:
    """A paragraph."""

    text: str
    heading: int = 0
    contents: bool = False
    """Whether it is an entry of the contents."""
    parts: bool = False
    """Whether a new page or section begins before it or after it."""

    @property
    def blank(self) -> bool:
        """Whether it says nothing."""
        return not self.text.strip(BLANKS)


@dataclass(slots=True)
class Grid:
    """A table and what its cells say, in their order."""

    table: WordTable
    texts: list[str]


Draft = Text | Grid


@dataclass
class Drafts:
    """Reads blocks; counts what it meets on the way."""

    styles: Mapping[str, ParagraphStyle]
    numbering: Numbering
    pictures: int = 0
    objects: int = 0
    chunks: int = 0
    """Other files that are only put in when the document is opened."""
    _blocks: int = 0
    _open: str | None = field(default=None)
    """The text of a paragraph whose end was deleted: the next goes on in it."""

    def read(self, parent: etree._Element, *, contents: bool = False) -> Iterator[Draft]:
        """The blocks in an element. Raises TooManyCellsError when there are more than in any document."""
        for element in parent:
            name = name_of(element)
            self._blocks += 1
            if self._blocks > _MOST_BLOCKS:
                raise TooManyCellsError
            if name == "p":
                yield from self._paragraph(element, contents=contents)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "altChunk":
                self.chunks += 1
            elif name == "AlternateContent":
                yield from self.read(element[0], contents=contents) if len(element) else ()
            elif name == "sdt":
                gallery = value(child(element, "sdtPr", "docPartObj", "docPartGallery"))
                inner = child(element, "sdtContent")
                own = contents or gallery == "Table of Contents"
                yield from self.read(inner, contents=own) if inner is not None else ()
            elif name not in ("del", "moveFrom", "sectPr"):
                yield from self.read(element, contents=contents)

    def _paragraph(self, element: etree._Element, *, contents: bool) -> Iterator[Draft]:
        properties = child(element, "pPr")
        style = self.styles.get(value(child(properties, "pStyle")), self.styles.get("", _PLAIN))
        said = said_in(element)
        self.pictures += said.pictures
        self.objects += said.objects
        text = said.text
        if text.strip(BLANKS):
            text = self.numbering.before(child(properties, "numPr"), style.numbering) + text
        if self._open is not None:
            text, self._open = self._open + text, None
        if joined_with_next(properties):
            self._open = text
            return
        stated = level_of(properties)
        heading = style.heading if stated is None else stated
        parts = page_break_in(properties) or PAGE in text
        entry = contents or style.contents
        lines = [text] if entry else divided(text)
        yield from (Text(clean(line), 0 if entry else heading, entry, parts) for line in lines)
        for box in said.boxes:
            yield from self.read(box)

    def _table(self, element: etree._Element) -> Iterator[Draft]:
        table = read_table(element)
        inner = [each for cell in table.cells for each in unwrapped(cell.element) if name_of(each) == "tbl"]
        if inner and len(table.cells) <= _FEW_CELLS:  # a frame around what is to be read
            for cell in table.cells:
                yield from self.read(cell.element)
            return
        nested: list[Draft] = []
        texts = []
        for cell in table.cells:
            blocks = list(self.read(cell.element))
            texts.append(BREAK.join(block.text for block in blocks if isinstance(block, Text) and not block.blank))
            nested += [block for block in blocks if isinstance(block, Grid)]
        yield Grid(table, texts)
        for block in nested:
            yield Text("", parts=True)
            yield block


def clean(text: str) -> str:
    """A text without what nobody sees."""
    return NOT_PRINTABLE.sub("", text).strip(BLANKS)


def divided(text: str) -> list[str]:
    """The paragraphs in a text with line breaks of its own: one ends with a sentence, or where a number follows."""
    if BREAK not in text and PAGE not in text:
        return [text]
    found: list[str] = []
    for line in (piece.strip(BLANKS) for piece in re.split(f"[{BREAK}{PAGE}]", text)):
        if not line:
            continue
        if not found or _ENDS.search(found[-1]) or _BEGINS.match(line):
            found.append(line)
        else:
            found[-1] = joined(found[-1], line)
    return found or [""]


def joined(one: str, other: str) -> str:
    """Two lines of a text as they read: no blank where either side is Chinese."""
    apart = not re.search(f"[{_HAN}]$", one) and not re.match(f"[{_HAN}]", other)
    return f"{one} {other}" if apart else one + other
