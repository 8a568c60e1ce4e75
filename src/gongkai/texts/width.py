"""How wide a text is, where no face is asked: Chinese characters are square, figures and letters half as wide."""

from __future__ import annotations

import unicodedata

_WIDE = "WFA"
_WIDE_SIGNS = frozenset("%+<=>@~MW")


_REMEMBERED = 20_000
"""Characters; texts of units have some three thousand different ones."""


class _Widths(dict[str, float]):
    """The widths of characters that were met: the tables of one document are measured several times over."""

    def __missing__(self, letter: str) -> float:
        width = 1.0 if letter in _WIDE_SIGNS or unicodedata.east_asian_width(letter) in _WIDE else 0.5
        if len(self) < _REMEMBERED:
            self[letter] = width
        return width


_width_of = _Widths().__getitem__


def ems(text: str) -> float:
    """The width of a text in characters: Chinese ones and some signs are square, figures half as wide."""
    return sum(map(_width_of, text))


def columns(text: str) -> int:
    """The same in the columns of a workbook or a terminal: a figure takes one, a Chinese character two."""
    return round(2 * ems(text))
