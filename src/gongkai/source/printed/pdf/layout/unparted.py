"""Rows without lines between them: a cell that holds a column of amounts is as many cells as there are amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .grids import Grid, Region
from .lines import TextLine, is_full
from .parts import Filled, Piece

_AMOUNT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|[-—－]+")
_LEAST = 2
_BESIDE = 0.5
"""Of the size: how far the feet of what stands in one row may be apart."""


def part_rows(piece: Piece) -> None:
    """Makes rows between which no line is drawn rows of their own.

    A row is parted where at least one of its cells has several amounts below each other.
    """
    grid, cells = piece.grid, piece.cells
    cuts = {row: lines for row in range(len(grid.ys) - 1) if len(lines := _rows_within(grid, cells, row)) >= _LEAST}
    if not cuts:
        return
    ys: list[float] = []
    first: dict[int, int] = {}
    for row in range(len(grid.ys) - 1):
        first[row] = len(ys)
        ys.append(grid.ys[row])
        lines = cuts.get(row, [])
        ys += [(one.bottom + two.top) / 2 for one, two in pairwise(lines)]
    first[len(grid.ys) - 1] = len(ys)
    ys.append(grid.ys[-1])
    parted = [part for cell in cells for part in _parted(cell, ys, first, cuts)]
    piece.grid, piece.cells = Grid(grid.xs, ys, [cell.region for cell in parted]), parted


def _rows_within(grid: Grid, cells: Sequence[Filled], row: int) -> list[TextLine]:
    """One line for each of the rows that stand in a row of the grid, from the top; none where it is one row."""
    inside = [cell for cell in cells if cell.region.top == cell.region.bottom == row and cell.lines]
    several = [cell for cell in inside if len(cell.lines) >= _LEAST and all(map(_is_amount, cell.lines))]
    columns = [cell.lines for cell in several if not _wrapped(cell, grid)]
    if not columns:
        return []
    feet: list[TextLine] = []
    for line in sorted((line for cell in inside for line in cell.lines), key=lambda line: line.base):
        if not feet or line.base - feet[-1].base > _BESIDE * line.size:
            feet.append(line)
    return feet if len(feet) <= max(map(len, columns)) + _LEAST else []


def _wrapped(cell: Filled, grid: Grid) -> bool:
    """Whether the lines of a cell are one number that was too long for its column: all but the last are full."""
    left, _, right, _ = grid.box_of(cell.region)
    return _AMOUNT.fullmatch("".join(line.text for line in cell.lines)) is not None and all(
        is_full(line, left, right) for line in cell.lines[:-1]
    )


def _is_amount(line: TextLine) -> bool:
    return _AMOUNT.fullmatch(line.text) is not None


def _parted(cell: Filled, ys: Sequence[float], first: dict[int, int], cuts: dict[int, list[TextLine]]) -> list[Filled]:
    """A cell in the rows that there are now."""
    region = cell.region
    top, bottom = first[region.top], first[region.bottom + 1] - 1
    if region.top != region.bottom or region.top not in cuts:
        return [Filled(Region(top, region.left, bottom, region.right), cell.lines, cell.clipped)]
    found = []
    for row in range(top, bottom + 1):
        lines = [line for line in cell.lines if ys[row] <= (line.top + line.bottom) / 2 < ys[row + 1]]
        clipped = any(line.clipped for line in lines)
        found.append(Filled(Region(row, region.left, row, region.right), lines, clipped))
    return found
