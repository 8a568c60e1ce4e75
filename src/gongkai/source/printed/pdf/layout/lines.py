"""Characters to lines, and lines to text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.source.printed.pdf.stored.geometry import Glyph, bottom_of, top_of

_BESIDE = 0.45
"""Of the size: how far the feet of two characters of a line may be apart."""
_WORD, _GAP = 0.22, 0.85
"""Of the size: what parts Latin words, and what parts anything."""
_TWICE = 0.2
"""Of the size: a character that stands again so near is the same, printed twice to look bold."""

_CHARACTER = 0.7
"""Of the size: the breadth of a digit in a broad face."""


@dataclass(frozen=True)
class TextLine:
    """A line as it was set; edges in points as read."""

    text: str
    edges: Sequence[float]
    """The left edge of each character of the text."""
    left: float
    right: float
    base: float
    size: float
    clipped: bool = False
    run: int = 0
    """The first of the runs in it."""

    @property
    def top(self) -> float:
        """The top of its characters."""
        return top_of(self.base, self.size)

    @property
    def bottom(self) -> float:
        """The bottom of its characters."""
        return bottom_of(self.base, self.size)

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    def pieces(self, gap: float = 1.8) -> list[TextLine]:
        """Its parts between wide gaps (of so many times its size)."""
        # A blank was put where there is a gap: what follows a wide one begins a piece.
        wide = gap * self.size
        cuts = [0]
        cuts += [
            at
            for at in range(1, len(self.text))
            if self.text[at - 1] == " " and self.edges[at] - self.edges[at - 1] > wide
        ]
        if len(cuts) == 1:
            return [self]
        ends = [*cuts[1:], len(self.text)]
        parts = []
        for start, end in zip(cuts, ends, strict=True):
            text = self.text[start:end].rstrip()
            right = self.edges[end - 1] if end < len(self.text) else self.right
            parts.append(
                TextLine(text, self.edges[start : start + len(text)], self.edges[start], right, self.base, self.size)
            )
        return parts


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The lines that some characters form, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.base, glyph.left)):
        for row in rows[-1:-4:-1]:
            if glyph.base - row[0].base <= _BESIDE * min(glyph.size, row[0].size):
                row.append(glyph)
                break
        else:
            rows.append([glyph])
    lines = [line for row in rows if (line := _line(sorted(row, key=lambda glyph: glyph.left))) is not None]
    return sorted(lines, key=lambda line: (line.base, line.left))


def _line(row: Sequence[Glyph]) -> TextLine | None:
    """A line of characters from left to right; None where nothing but blanks is."""
    letters: list[str] = []
    edges: list[float] = []
    last: Glyph | None = None
    right = 0.0
    pending = False
    for glyph in row:
        if glyph.text.isspace():
            pending = pending or bool(letters)
            continue
        if last is not None:
            if glyph.text == last.text and glyph.run != last.run and glyph.left - last.left < _TWICE * glyph.size:
                continue
            gap = glyph.left - right
            words = last.text.isascii() and glyph.text.isascii() and last.text.isalnum() and glyph.text.isalnum()
            if pending or gap > (_WORD if words else _GAP) * glyph.size:
                letters.append(" ")
                edges.append(right)
        letters.append(glyph.text)
        edges.append(glyph.left)
        pending, last = False, glyph
        right = max(right, glyph.right) if right else glyph.right
    if last is None:
        return None
    seen = [glyph for glyph in row if not glyph.text.isspace()]
    sizes = sorted(glyph.size for glyph in seen)
    bases = sorted(glyph.base for glyph in seen)
    middle = len(seen) // 2
    return TextLine(
        "".join(letters),
        edges,
        edges[0],
        right,
        bases[middle],
        sizes[middle],
        any(glyph.clipped for glyph in seen),
        seen[0].run,
    )


def needs_blank(before: str, after: str) -> bool:
    """Whether a blank stands between the ends of two lines that are one text: between Latin words only."""
    return (
        bool(before and after)
        and before[-1].isascii()
        and after[0].isascii()
        and before[-1].isalpha()
        and after[0].isalpha()
    )


def joined(lines: Sequence[TextLine]) -> str:
    """Lines as one text."""
    text = ""
    for line in lines:
        text += (" " if needs_blank(text, line.text) else "") + line.text
    return text


def is_full(line: TextLine, left: float, right: float) -> bool:
    """Whether no further character finds room in a line of a cell; both its margins are as the smaller one."""
    margin = max(0.0, min(line.left - left, right - line.right))
    return (right - left) - (line.right - line.left) - 2 * margin < _CHARACTER * line.size
