"""Rows and cells that a page's end divides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .lines import is_full
from .parts import Filled, Piece

_ITEM = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]|其中|\d{3,}|[△*※●·-])")
_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?")
_ONE_NUMBER = re.compile(r"\d{3,7}|[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{1,2}")
"""A code, or an amount with decimals."""
_NEARLY_ALL = 0.8
_FULL = 1.6
"""Of the size: a line that ends so near the edge of its cell is full."""

Columns = tuple[int, int]
"""First and last column of a cell, in the table as a whole."""


def is_rest(
    before: Mapping[Columns, Filled], after: Mapping[Columns, Filled], often: set[Columns], edges: Piece
) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    ``often`` are the cells that nearly every row of the table fills; ``edges`` is the part where ``before`` stands.
    """
    texts = {at: cell for at, cell in after.items() if cell.text}
    whole = {at: cell for at, cell in before.items() if cell.text}
    numbers = {at for at, cell in texts.items() if _NUMBER.fullmatch(cell.text)}
    if not texts or not whole or (numbers and not _numbers_go_on(numbers, texts, whole, edges)):
        return False
    if numbers:
        return all(at in numbers or _goes_on(whole[at], cell, edges) for at, cell in texts.items())
    if not texts.keys() & whole.keys():  # what stands in the one is missing in the other
        return texts.keys() <= often and len(whole) > 1
    if not texts.keys() < whole.keys():
        return False
    return all(_goes_on(whole[at], cell, edges) for at, cell in texts.items())


def _numbers_go_on(
    numbers: set[Columns], texts: Mapping[Columns, Filled], whole: Mapping[Columns, Filled], edges: Piece
) -> bool:
    """Whether all numbers at the top of a page are the ends of numbers that were too long for their columns."""
    if not texts.keys() <= whole.keys():
        return False
    for at in numbers:
        left, _, right, _ = edges.grid.box_of(whole[at].region)
        joined = whole[at].text + texts[at].text
        if not is_full(whole[at].lines[-1], left, right) or _ONE_NUMBER.fullmatch(joined) is None:
            return False
    return True


def _goes_on(one: Filled, other: Filled, piece: Piece) -> bool:
    """Whether a text goes on: its last line was full, and the next does not begin an item."""
    last = one.lines[-1]
    _, _, right, _ = piece.grid.box_of(one.region)
    full = last.right > right - _FULL * last.size
    return full and _ITEM.match(other.text) is None and not one.text.endswith("。")


def often_filled(rows: Sequence[Mapping[Columns, Filled]]) -> set[Columns]:
    """The cells that nearly every row fills."""
    counts: dict[Columns, int] = {}
    for row in rows:
        for at, cell in row.items():
            counts[at] = counts.get(at, 0) + bool(cell.text)
    return {at for at, count in counts.items() if count >= _NEARLY_ALL * len(rows)}
