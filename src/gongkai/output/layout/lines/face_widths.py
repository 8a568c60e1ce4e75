"""The widths of characters in a face, as its font file says."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from gongkai.prose.sums import added


class FaceWidths:
    """The widths of characters in a face, in characters, and how far it reaches above and below its line."""

    def __init__(self, file: Path, index: int = 0) -> None:
        with TTFont(file, fontNumber=index, lazy=True) as font:
            self._names = font.getBestCmap()
            self._metrics = font["hmtx"].metrics
            self._em = font["head"].unitsPerEm
            # Some files give the descent without its sign.
            self.ascent, self.descent = font["hhea"].ascent / self._em, abs(font["hhea"].descent) / self._em
        self._known: dict[str, float] = {}

    def of(self, letter: str) -> float:
        """The width of a character; one that the face lacks is taken for a Chinese one."""
        width = self._known.get(letter)
        if width is None:
            name = self._names.get(ord(letter))
            width = self._known[letter] = self._metrics[name][0] / self._em if name else 1.0
        return width

    def of_all(self, letters: Iterable[str]) -> float:
        """The width of a text."""
        return added(map(self.of, letters))


@lru_cache(maxsize=32)
def face_widths(file: Path, index: int = 0) -> FaceWidths:
    """The widths of a font file's characters, of a collection those of the face with this number."""
    return FaceWidths(file, index)
