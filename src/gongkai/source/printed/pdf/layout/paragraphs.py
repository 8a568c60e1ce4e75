"""Lines to paragraphs, over the ends of lines and of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.source.printed.document import Line, Paragraph, Spot
from gongkai.source.printed.pdf.stored.geometry import Element, Frame

from .lines import TextLine, needs_blank
from .parts import Page

_SHORT = 1.6
"""Of the size: a line that ends so far before the others ends its paragraph."""
_INDENT = 0.8
"""Of the size: what begins so far to the right begins a paragraph."""
_APART = 2.6
"""Of the size: lines further apart are of two paragraphs."""
_DEEPEST = 4.0
"""Of the size: what begins still further to the right stands in the middle, or at the end."""
_LEAST_INDENTED = 2
_LONG = 8
"""Characters: shorter lines tell nothing of where lines begin."""
_FILLING = 0.75
"""The part of the breadth that the first line of a title takes which goes on in the next."""
_ENDED = re.compile(r"[。；！？：]$")
_WHOLE = re.compile(r"[\dA-Za-z.,%％+-]*(?:万元|亿元|元|[^\dA-Za-z]|$)[，。；：、）”》！？]*")
_PHRASE = re.compile(r"[^，。；：、]{0,12}[，。；：、）”》！？]*")
_LIKE = 0.12
"""The part of the size by which lines of one paragraph may differ."""


@dataclass(frozen=True)
class Placed:
    """A line and its page, with the edges of the text of that page."""

    line: TextLine
    page: int
    left: float
    right: float
    indenting: bool = False
    """Whether paragraphs of the page begin further to the right than their other lines."""
    element: Element | None = None
    """To which paragraph or heading it belongs, where the document says so."""

    @property
    def begins(self) -> bool:
        """Whether it begins where the first line of a paragraph does."""
        return self.line.left > self.left + _INDENT * self.line.size


def placed(page: Page) -> list[Placed]:
    """The lines of a page; the edges of its text are where most lines begin, and where the longest end."""
    lines = page.lines
    if not lines:
        return []
    starts = Counter(round(line.left / 2) for line in lines if len(line.text) > _LONG)
    often = [start for start, count in starts.items() if count >= 2]
    left = min(often) * 2.0 - 1 if often else min(line.left for line in lines)
    right = max(line.right for line in lines)
    indented = sum(_INDENT * line.size < line.left - left < _DEEPEST * line.size for line in lines)
    elements = page.content.elements
    return [
        Placed(line, page.number, left, right, indented >= _LEAST_INDENTED, elements.get(line.run)) for line in lines
    ]


def continues(one: Placed, other: Placed) -> bool:
    """Whether a line goes on with the paragraph of another."""
    before, after = one.line, other.line
    size = before.size
    if one.element is not None and other.element is not None:
        if one.page == other.page and one.element == other.element:
            return True
        if one.element.level or other.element.level:
            return False
    if abs(after.size - size) > _LIKE * size:
        return False
    if one.page == other.page and _is_centred_title(one, other):
        return True
    if other.begins or one.right - before.right > _room_wanted(after, size, patient=other.indenting):
        return False
    if one.page == other.page:
        return 0 < after.base - before.base <= _APART * size
    return other.page == one.page + 1


def _is_centred_title(one: Placed, other: Placed) -> bool:
    """Whether two lines are one title: both in the middle, the first as long as a line can be."""
    middle = (one.left + one.right) / 2
    both = (one.line, other.line)
    return (
        all(abs((line.left + line.right) / 2 - middle) < 0.5 * line.size for line in both)
        and one.line.right - one.line.left >= _FILLING * (one.right - one.left)
        and other.line.left > other.left + _INDENT * other.line.size
        and other.line.right < other.right - _INDENT * other.line.size
        and not _ENDED.search(one.line.text)
        and 0 < other.line.base - one.line.base <= _APART * one.line.size
    )


def _room_wanted(line: TextLine, size: float, *, patient: bool) -> float:
    """How much room the line before could have left free, as what a line begins with is not divided.

    Where paragraphs are known by their first lines, phrases kept whole are, too: a figure with its unit, （项）：.
    """
    match = (_PHRASE if patient else _WHOLE).match(line.text)
    end = match.end() if match else 1
    reach = line.edges[end] if end < len(line.text) else line.right
    return max(_SHORT * size, reach - line.left + 0.8 * size)


def paragraph(
    lines: Sequence[Placed], number: int, frames: Mapping[int, Frame], levels: Mapping[tuple[int, str], int]
) -> Paragraph:
    """A paragraph of lines; ``levels`` are those of headings by page and words."""
    text = ""
    kept = []
    for each in lines:
        text += " " if needs_blank(text, each.line.text) else ""
        frame = frames[each.page]
        spot = Spot(each.page, frame.seen(each.line.box))
        edges = each.line.edges if not frame.text % 4 else ()
        kept.append(Line(len(text), spot, edges))
        text += each.line.text
    element = lines[0].element
    heading = element.level if element is not None else 0
    heading = heading or levels.get((lines[0].page, re.sub(r"\s", "", text)), 0)
    return Paragraph(text, number, kept, heading)
