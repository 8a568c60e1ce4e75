"""Lines to paragraphs, over the ends of lines and of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.source.printed.document import Line, Paragraph, Spot

from .geometry import Frame
from .lines import TextLine, needs_blank

_SHORT = 1.6
"""Of the size: a line that ends so far before the others ends its paragraph."""
_INDENT = 0.8
"""Of the size: what begins so far to the right begins a paragraph."""
_APART = 2.6
"""Of the size: lines further apart are of two paragraphs."""
_DEEPEST = 4.0
"""Of the size: what begins still further to the right stands in the middle, or at the end."""
_LEAST_INDENTED = 2
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

    @property
    def begins(self) -> bool:
        """Whether it begins where the first line of a paragraph does."""
        return self.line.left > self.left + _INDENT * self.line.size


def placed(lines: Sequence[TextLine], page: int) -> list[Placed]:
    """The lines of a page; the edges of its text are where most lines begin, and where the longest end."""
    if not lines:
        return []
    starts = Counter(round(line.left / 2) for line in lines if len(line.text) > 8)
    often = [start for start, count in starts.items() if count >= 2]
    left = min(often) * 2.0 - 1 if often else min(line.left for line in lines)
    right = max(line.right for line in lines)
    indented = sum(_INDENT * line.size < line.left - left < _DEEPEST * line.size for line in lines)
    return [Placed(line, page, left, right, indented >= _LEAST_INDENTED) for line in lines]


def continues(one: Placed, other: Placed) -> bool:
    """Whether a line goes on with the paragraph of another."""
    before, after = one.line, other.line
    size = before.size
    if abs(after.size - size) > _LIKE * size:
        return False
    if other.begins or one.right - before.right > _room_wanted(after, size, patient=other.indenting):
        return False
    if one.page == other.page:
        return 0 < after.base - before.base <= _APART * size
    return other.page == one.page + 1


def _room_wanted(line: TextLine, size: float, *, patient: bool) -> float:
    """How much room the line before could have left free, as what a line begins with is not divided.

    Where paragraphs are known by their first lines, phrases kept whole are, too: a figure with its unit, （项）：.
    """
    match = (_PHRASE if patient else _WHOLE).match(line.text)
    end = match.end() if match else 1
    reach = line.edges[end] if end < len(line.text) else line.right
    return max(_SHORT * size, reach - line.left + 0.8 * size)


def paragraph(lines: Sequence[Placed], number: int, frames: dict[int, Frame], heading: int = 0) -> Paragraph:
    """A paragraph of lines."""
    text = ""
    kept = []
    for each in lines:
        text += " " if needs_blank(text, each.line.text) else ""
        frame = frames[each.page]
        spot = Spot(each.page, frame.seen(each.line.box))
        edges = each.line.edges if not frame.text % 4 else ()
        kept.append(Line(len(text), spot, edges))
        text += each.line.text
    return Paragraph(text, number, kept, heading)
