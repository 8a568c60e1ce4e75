"""How wide a text is, where no face is asked: Chinese characters are square, figures and letters half as wide."""

from __future__ import annotations

import unicodedata

_WIDE = "WFA"
_WIDE_SIGNS = frozenset("%+<=>@~MW")


def ems(text: str) -> float:
    """The width of a text in characters: Chinese ones and some signs are square, figures half as wide."""
    return sum(
        1.0 if letter in _WIDE_SIGNS or unicodedata.east_asian_width(letter) in _WIDE else 0.5 for letter in text
    )


def columns(text: str) -> int:
    """The same in the columns of a workbook or a terminal: a figure takes one, a Chinese character two."""
    return round(2 * ems(text))
