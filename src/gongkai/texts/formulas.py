"""Which texts a spreadsheet may take for a formula."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\s*[=+@＝＋＠\-－]")
_NO_FORMULA = re.compile(r"[+-][\d,]+(?:\.\d+)?%?|[-－]+", re.ASCII)
"""What begins with such a sign and is a number, or the dash of an empty cell."""


def like_a_formula(text: str) -> bool:
    """Whether a text that is typed into a cell, or read from a CSV, may be reckoned: =1+1, @SUM(A1), -甲."""
    return _FORMULA.match(text) is not None and _NO_FORMULA.fullmatch(text) is None
