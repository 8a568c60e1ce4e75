"""The widths of characters in a face, as its font file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from gongkai.prose.sums import added


class FaceWidths:
    """The widths of characters in a face, in characters, and how far it reaches above and below its line."""

    def __init__(self, file: Path, index: int) -> None:
        self._file, self._index = file, index
        with TTFont(file, fontNumber=index, lazy=True) as font:
            em, line = font["head"].unitsPerEm, font["hhea"]
            # Some files give the descent without its sign.
            self.ascent, self.descent = line.ascent / em, abs(line.descent) / em

    @cached_property
    def _others(self) -> Mapping[str, float]:
        """The widths of the characters that are not square: few, where most are Chinese."""
        with TTFont(self._file, fontNumber=self._index, lazy=True) as font:
            em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
            names = font.getBestCmap().items()
            return {chr(code): metrics[name][0] / em for code, name in names if metrics[name][0] != em}

    def of(self, letter: str) -> float:
        """The width of a character; one that the face lacks is taken for a Chinese one."""
        return self._others.get(letter, 1.0)

    def of_all(self, letters: Iterable[str]) -> float:
        """The width of a text."""
        others = self._others
        return added(others.get(letter, 1.0) for letter in letters)


@lru_cache(maxsize=32)
def face_widths(file: Path, index: int = 0) -> FaceWidths:
    """The widths of a font file's characters, of a collection those of the face with this number."""
    return FaceWidths(file, index)
