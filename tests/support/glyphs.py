"""Where the characters of a PDF stand on its pages: whether any is cut off, or set over another."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from unicodedata import combining

import pypdfium2
import pypdfium2.raw as pdfium

_SQUARE = 24.0
"""Points of the squares by which neighbours are found."""
_HAIR = 0.75
"""Points that an outline may reach over an edge."""
_SHARED = 0.15
"""The part of the smaller outline that may lie over another: letters lean on their neighbours."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page (from 1): its outline in points from the lower left, and whether it is content."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    is_content: bool

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.top - self.bottom)

    def over(self, other: Glyph) -> float:
        """The area that both have."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(wide, 0.0) * max(high, 0.0)

    def __str__(self) -> str:
        return f"{self.text}@{self.page}:{self.left:.0f},{self.bottom:.0f}"


def glyphs_of(data: bytes) -> Iterator[tuple[tuple[float, float], list[Glyph]]]:
    """The size of every page with the characters on it that can be seen, but marks on letters."""
    for number, page in enumerate(pypdfium2.PdfDocument(data), 1):
        yield page.get_size(), [*_on_page(page.get_textpage(), number)]


def _on_page(text: pypdfium2.PdfTextPage, number: int) -> Iterator[Glyph]:
    sides = [ctypes.c_double() for _ in range(4)]
    places = [*map(ctypes.byref, sides)]
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if letter.isspace() or combining(letter) or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium.FPDFText_GetCharBox(text, index, *places)
        left, right, bottom, top = (side.value for side in sides)
        if right > left and top > bottom:
            run = pdfium.FPDFText_GetTextObject(text, index)
            yield Glyph(letter, number, left, bottom, right, top, pdfium.FPDFPageObj_GetMarkedContentID(run) >= 0)


def cut_off(data: bytes) -> list[str]:
    """The characters that reach over an edge of their page."""
    return [
        str(glyph)
        for (width, height), glyphs in glyphs_of(data)
        for glyph in glyphs
        if glyph.left < -_HAIR or glyph.bottom < -_HAIR or glyph.right > width + _HAIR or glyph.top > height + _HAIR
    ]


def overlapping(data: bytes) -> list[str]:
    """Pairs of characters that are set over each other."""
    return [pair for _, glyphs in glyphs_of(data) for pair in _pairs(glyphs)]


def _pairs(glyphs: list[Glyph]) -> Iterator[str]:
    squares: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        across = range(int(glyph.left // _SQUARE), int(glyph.right // _SQUARE) + 1)
        upward = range(int(glyph.bottom // _SQUARE), int(glyph.top // _SQUARE) + 1)
        for place in product(across, upward):
            squares[place].append(glyph)
    found = {
        (str(one), str(other)): None
        for square in squares.values()
        for one, other in combinations(square, 2)
        if one.over(other) > _SHARED * min(one.area, other.area) and one.over(other) > 0.5
    }
    return (f"{one} over {other}" for one, other in found)


def outside(data: bytes, margins: dict[bool, tuple[float, float, float, float]]) -> list[str]:
    """Content outside the type area; ``margins`` by whether a page lies: left, bottom, right, top."""
    found = []
    for (width, height), glyphs in glyphs_of(data):
        left, bottom, right, top = margins[width > height]
        found += [
            str(glyph)
            for glyph in glyphs
            if glyph.is_content
            and (
                glyph.left < left - _HAIR
                or glyph.bottom < bottom - _HAIR
                or glyph.right > width - right + _HAIR
                or glyph.top > height - top + _HAIR
            )
        ]
    return found
