"""The header of a table: which rows it is, and which heads stand over each column."""

from __future__ import annotations

import re
from collections.abc import Collection

from gongkai.findings import shown

from .found import Column
from .grid import Grid

_DEEPEST = 6
"""Rows that a header may have."""


def first_header_row(grid: Grid, top: int, bottom: int, words: Collection[str]) -> int | None:
    """The first row that has two heads of official tables, or the one above that stands over it."""
    for row in range(top, bottom + 1):
        if grid.has_number(row) or sum(_known(head, words) for head in grid.heads(row)) < 2:
            continue
        above = grid.heads(row - 1) if row > top else []
        wide = any(merge.right > merge.left for merge in grid.merges(row - 1))
        return row - 1 if above and wide and all(_known(head, words) for head in above) else row
    return None


def _known(head: str, words: Collection[str]) -> bool:
    return head in words or bool(re.fullmatch(r"(?:20\d\d)?年?(?:预算|决算)数?", head))


def last_header_row(grid: Grid, first: int, bottom: int, words: Collection[str]) -> int:
    """The last row of the header that begins in ``first``: where its merges end, and nothing is left to divide."""
    last = first
    while last < min(bottom, first + _DEEPEST):
        reach = max((m.bottom for row in range(first, last + 1) for m in grid.merges(row)), default=last)
        if last < reach < first + _DEEPEST:
            last = reach
        elif _divided(grid, last) or _goes_on(grid, last + 1, words):
            last += 1
        else:
            break
    return last


def _divided(grid: Grid, row: int) -> bool:
    """Whether a head of the row, over several columns, has heads below it."""
    wide = [m for m in grid.merges(row) if m.bottom == row and m.right > m.left and grid.said(m.top, m.left)]
    return bool(wide) and len(grid.heads(row + 1)) > 1 and not grid.has_number(row + 1)


def _goes_on(grid: Grid, row: int, words: Collection[str]) -> bool:
    heads = grid.heads(row)
    known = sum(_known(head, words) for head in heads)
    return known >= 2 and known * 3 >= len(heads) * 2 and not grid.has_number(row)


def columns_of(grid: Grid, first: int, last: int) -> list[Column]:
    """Every column with its heads, from the top."""
    columns = []
    for number in range(1, grid.sheet.columns + 1):
        path: list[str] = []
        for row in range(first, last + 1):
            text = _head_at(grid, row, number, last)
            if text and (not path or path[-1] != text):
                path.append(text)
        if path:
            columns.append(Column(number, tuple(path), shown(path[-1])))
    return columns


def _head_at(grid: Grid, row: int, column: int, last: int) -> str:
    """The head over a column in a row: its own, or that of the cell to its left where only rows below have one."""
    own = grid.said(row, column)
    if own or row == last or not _has_below(grid, row, column, last):
        return own
    for left in range(column - 1, 0, -1):
        before = grid.said(row, left)
        if before:
            # A head with nothing of its own below it is that of one column.
            return before if _has_below(grid, row, left, last) else ""
    return ""


def _has_below(grid: Grid, row: int, column: int, last: int) -> bool:
    """Whether a head of its own stands below, not the same one reaching down."""
    return any(grid.said(lower, column) not in ("", grid.said(row, column)) for lower in range(row + 1, last + 1))
