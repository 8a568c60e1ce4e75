"""A page as tables and running lines, from top to bottom."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .geometry import Content, Glyph
from .grids import Grid, Region, grids_of
from .lines import TextLine, joined, lines_of

_OVER = 0.35
"""Of the size: how far above its foot the middle of a character is."""
_LEAST_FILLED = 2
"""Cells that say something: with fewer it is a frame around text, no table."""


@dataclass(frozen=True)
class Filled:
    """A cell of a table on one page."""

    region: Region
    lines: Sequence[TextLine]
    clipped: bool = False

    @cached_property
    def text(self) -> str:
        """What it says."""
        return joined(self.lines)


@dataclass
class Piece:
    """A table, or the part of one, that stands on one page."""

    page: int
    grid: Grid
    cells: Sequence[Filled]
    heads: list[TextLine] = field(default_factory=list)
    """Lines over it that belong to it: its title, the unit's name, the unit of money."""

    @property
    def top(self) -> float:
        """Where it begins, its heads left out."""
        return self.grid.ys[0]


@dataclass
class Page:
    """What stands on one page."""

    content: Content
    pieces: list[Piece]
    lines: list[TextLine]
    """Those that are in no table."""

    @property
    def number(self) -> int:
        """From 1."""
        return self.content.number


def page_of(content: Content) -> Page:
    """The tables and lines of a page."""
    grids = grids_of(content.across, content.down)
    within: dict[int, list[Glyph]] = defaultdict(list)
    loose: list[Glyph] = []
    for glyph in content.glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.base - _OVER * glyph.size
        at = next((at for at, grid in enumerate(grids) if grid.holds(x, y)), None)
        (loose if at is None else within[at]).append(glyph)
    pieces = []
    for at, grid in enumerate(grids):
        cells = _filled(grid, within[at])
        if sum(bool(cell.lines) for cell in cells) < _LEAST_FILLED:
            loose += within[at]
            continue
        pieces.append(Piece(content.number, grid, cells))
    return Page(content, pieces, lines_of(loose))


def _filled(grid: Grid, glyphs: Sequence[Glyph]) -> list[Filled]:
    """Each cell with the characters that stand in it."""
    owner = {
        (row, column): at
        for at, region in enumerate(grid.regions)
        for row in range(region.top, region.bottom + 1)
        for column in range(region.left, region.right + 1)
    }
    held: dict[int, list[Glyph]] = defaultdict(list)
    for run in _runs(glyphs):
        counts: dict[int, int] = defaultdict(int)
        for glyph in run:
            counts[_cell_at(grid, owner, glyph)] += 1
        at = max(counts, key=lambda at: counts[at])
        held[at] += run
    filled = []
    for at, region in enumerate(grid.regions):
        lines = lines_of(held.get(at, ()))
        filled.append(Filled(region, lines, any(line.clipped for line in lines)))
    return filled


def _cell_at(grid: Grid, owner: dict[tuple[int, int], int], glyph: Glyph) -> int:
    x, y = (glyph.left + glyph.right) / 2, glyph.base - _OVER * glyph.size
    row = min(max(bisect_right(grid.ys, y) - 1, 0), len(grid.ys) - 2)
    column = min(max(bisect_right(grid.xs, x) - 1, 0), len(grid.xs) - 2)
    return owner[row, column]


def _runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters that were set as one and stand close: what reaches over an edge stays whole."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and (last := runs[-1][-1]).run == glyph.run and abs(glyph.left - last.right) < 0.5 * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs
