"""Lines to paragraphs, over the ends of lines and of pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
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
_ASKEW = 3.0
"""Points: lines that begin so far apart do not begin at the same place."""
_OFTEN = 40
"""One of so many lines must begin or end at an edge of the text."""
_LEAST_INDENTED = 2
_ITEM = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、．](?!\d)|第[一二三四五六七八九十]"
)
_LONG = 8
"""Characters: shorter lines tell nothing of where lines begin."""
_FILLING = 0.75
"""The part of the breadth that the first line of a title takes which goes on in the next."""
_ENDED = re.compile(r"[。；！？：]$")
_WHOLE = re.compile(
    r"(?:[（(][^（）()]{1,4}[）)])?[\dA-Za-z.,%％+-]*(?:万元|亿元|元|[^\dA-Za-z]|$)[，。；：、）”》！？]*"
)
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
    indent: float | None = None
    """Where paragraphs begin, where that is further to the right than their other lines."""
    element: Element | None = None
    """To which paragraph or heading it belongs, where the document says so."""

    @property
    def begins(self) -> bool:
        """Whether it begins further to the right than the lines of a paragraph do."""
        return self.line.left > self.left + _INDENT * self.line.size

    @property
    def is_askew(self) -> bool:
        """Whether it begins where neither paragraphs nor their lines do: somebody broke a line by hand."""
        near = self.line.left < self.left + _DEEPEST * self.line.size
        return self.begins and near and self.indent is not None and abs(self.line.left - self.indent) > _ASKEW


class Edges:
    """Where the text of a document begins and ends on pages of one size."""

    def __init__(self, pages: Sequence[Page]) -> None:
        lines: dict[int, list[TextLine]] = defaultdict(list)
        for page in pages:
            lines[_width(page)] += page.lines
        self._of_width = {width: _edges(some) for width, some in lines.items() if some}

    def placed(self, page: Page) -> list[Placed]:
        """The lines of a page with the edges of its text: its own, or where it has too little the document's."""
        lines = page.lines
        if not lines:
            return []
        (left, right), (usual, furthest) = _edges(lines), self._of_width[_width(page)]
        size = sorted(line.size for line in lines)[len(lines) // 2]
        if usual <= left <= usual + _DEEPEST * size:
            left, right = usual, max(right, furthest)
        right = max([right, *(piece.grid.xs[-1] for piece in page.pieces)])
        indents = Counter(
            round(line.left, 0) for line in lines if _INDENT * line.size < line.left - left < _DEEPEST * line.size
        )
        most = indents.most_common(1)
        indent = most[0][0] if most and indents.total() >= _LEAST_INDENTED else None
        elements = page.content.elements
        return [Placed(line, page.number, left, right, indent, elements.get(line.run)) for line in lines]


def _width(page: Page) -> int:
    return round(page.content.frame.size[0])


def _edges(lines: Sequence[TextLine]) -> tuple[float, float]:
    """Where lines begin at the left, and where the longest end."""
    starts = Counter(round(line.left / 2) for line in lines if len(line.text) > _LONG)
    least = max(2, len(lines) // _OFTEN)
    often = [start for start, count in starts.items() if count >= least]
    ends = Counter(round(line.right / 4) for line in lines if len(line.text) > _LONG)
    ends_often = [end for end, count in ends.items() if count >= least]
    left = min(often) * 2.0 - 1 if often else min(line.left for line in lines)
    return left, max(ends_often) * 4.0 + 2 if ends_often else max(line.right for line in lines)


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
    if _ENDED.search(before.text) and _ITEM.match(after.text):
        return False
    if not (other.is_askew and _is_broken_off(one)):
        room = _room_wanted(after, size, patient=other.indent is not None)
        if other.begins or one.right - before.right > room:
            return False
    if one.page == other.page:
        return 0 < after.base - before.base <= _APART * size
    return other.page == one.page + 1


def _is_broken_off(one: Placed) -> bool:
    """Whether a line ends within a sentence that is under way."""
    text = one.line.text
    return len(text) > _LONG and "，" in text and _ENDED.search(text) is None


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
    return max(_SHORT * size, reach - line.left + _SHORT * size)


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
