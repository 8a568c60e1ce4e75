"""Where pages begin within tables, by the reckoned heights of rows: no row alone below a head, no short tail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

_BELOW_HEAD = 2
"""Rows below a table's head on the page where it begins."""
_TAIL = 5
"""Rows on a table's last page: nobody turns a page for less."""
_WHOLE_LINES = 4
"""A row of fewer lines is not divided between pages, since two lines stay together on either side."""


@dataclass(frozen=True)
class Breaks:
    """The rows of a table that begin a page, where its last page is filled to, and if the renderer would do other."""

    rows: list[int]
    used: float
    moved: bool = False


def grid_breaks(heights: Sequence[float], head: int, page: float, used: float, *, follows: bool) -> Breaks:
    """The pages of a table whose rows stay whole and whose first ``head`` rows stand on every page.

    ``used`` is what stands above it on its page; where another table does (``follows``) it may leave that page.
    """
    top = sum(heights[:head])
    usual = rows = _filled(heights, head, page, used + top)
    leaves = follows and bool(rows) and rows[0] < head + _BELOW_HEAD
    if leaves:
        rows = [head, *_filled(heights, head, page, top)]
    rows = _longer_tail(rows, heights, head, page)
    start = top if rows else used + top
    return Breaks(rows, start + sum(heights[rows[-1] if rows else head :]), moved=leaves or rows != usual)


def _filled(heights: Sequence[float], head: int, page: float, used: float) -> list[int]:
    """The rows that begin a page when every page takes as many as it can."""
    rows = []
    for row in range(head, len(heights)):
        if used + heights[row] > page:
            rows.append(row)
            used = sum(heights[:head])
        used += heights[row]
    return rows


def _longer_tail(rows: list[int], heights: Sequence[float], head: int, page: float) -> list[int]:
    """The same pages, but rows of the last but one moved to the last while that is short and has room."""
    if not rows:
        return rows
    *before, last = rows
    least = (before[-1] if before else head) + _BELOW_HEAD
    top = sum(heights[:head])
    while len(heights) - last < _TAIL and last > least and top + sum(heights[last - 1 :]) <= page:
        last -= 1
    return [*before, last]


def form_breaks(heights: Sequence[float], page: float, used: float, line: float) -> Breaks:
    """The pages of a table whose rows may go on on the next page; ``line`` is what may be lost at each page's foot."""
    rows = []
    for row, needed in enumerate(heights):
        used += needed
        if used > page and needed < _WHOLE_LINES * line:
            rows.append(row)
            used = needed
        while used > page:
            rows.append(row)
            used -= page - line
    return Breaks(rows, used)
