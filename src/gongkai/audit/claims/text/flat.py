"""A paragraph in one spelling: no blanks, full-width signs; each of its characters knows where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.source.printed.document import Paragraph

LONGEST = 8_000
"""Characters of a paragraph that are looked at: no paragraph of a disclosure has as many."""

_SIGNS = str.maketrans("(),;:?!％．－[]【】〔〕０１２３４５６７８９", "（），；：？！%.-（）（）（）0123456789")
_LEFT_OUT = frozenset(" \t\n\r\u00a0\u2002\u2003\u2009\u200a\u200b\u3000\ufeff“”\"‘’'「」『』")
"""Blanks and quotation marks."""
_SPELLING = {**_SIGNS, **{ord(letter): None for letter in _LEFT_OUT}}
_GROUPED = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
"""A comma that parts the thousands of a figure."""


@dataclass(frozen=True)
class Flat:
    """The words of a paragraph, quotation marks and blanks left out, and where each character of them stood."""

    paragraph: Paragraph
    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the paragraph characters from ``start`` up to ``end`` stand."""
        if not self.at:
            return 0, 0
        first = self.at[min(start, len(self.at) - 1)]
        return first, self.at[min(end, len(self.at)) - 1] + 1 if end > start else first


def flat(paragraph: Paragraph) -> Flat:
    """A paragraph in one spelling; a comma within a figure stays what it is."""
    text, at = _spelt(paragraph.text[:LONGEST])
    return Flat(paragraph, text, at)


def flat_text(text: str) -> str:
    """A text in the same spelling: a name of a table, a sentence of a pack."""
    return _spelt(text)[0]


def _spelt(said: str) -> tuple[str, list[int]]:
    at = [place for place, letter in enumerate(said) if letter not in _LEFT_OUT]
    return _GROUPED.sub(",", said.translate(_SPELLING)), at
