"""How wide a sheet's columns must be: Excel shows ### for a number that its column is too narrow for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.texts.width import ems

_SPARE = 1.2
"""What a figure may need more than half a character: where 宋体 is missing, broader faces stand in."""
_CHARACTER = 5.25
"""Points of Excel's unit for widths: a figure of the workbook's own face, Calibri 11."""
_WIDEST = 255.0
"""Excel's limit."""


@dataclass(frozen=True, slots=True)
class Unbroken:
    """A text that must stand in one line: its first column, the columns that it covers, its size in points."""

    text: str
    column: int
    columns: int
    size: float

    @property
    def width(self) -> float:
        """What it needs, in Excel's unit; Excel adds the room at both sides itself."""
        return ems(self.text) * self.size * _SPARE / _CHARACTER


def widened(widths: Sequence[float], texts: Iterable[Unbroken]) -> list[float]:
    """Columns as wide as given, or as these texts need; merged cells widen all that they cover in proportion."""
    wide = list(widths)
    for text in sorted(texts, key=lambda text: text.columns):
        covered = slice(text.column, text.column + text.columns)
        scale = text.width / sum(wide[covered])
        if scale > 1:
            wide[covered] = [min(round(width * scale, 2), _WIDEST) for width in wide[covered]]
    return wide
