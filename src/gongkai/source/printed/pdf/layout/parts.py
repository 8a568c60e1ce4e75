"""A page as tables and running lines, from top to bottom."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gongkai.source.printed.pdf.stored.geometry import Content, Glyph

from .grids import Grid, Region, grids_of
from .lines import TextLine, joined, lines_of

_OVER = 0.35
"""Of the size: how far above its foot the middle of a character is."""
_CLOSE, _TOUCHING = 0.5, 0.12
"""Of the size: how far apart characters of one cell are at most, and those over an edge that are one text."""
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
    within: list[list[Glyph]] = [[] for _ in grids]
    loose: list[Glyph] = []
    boxes = [grid.box for grid in grids]
    for glyph in content.glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.base - _OVER * glyph.size
        for at, (left, top, right, bottom) in enumerate(boxes):
            if left <= x <= right and top <= y <= bottom:
                within[at].append(glyph)
                break
        else:
            loose.append(glyph)
    pieces = []
    for grid, glyphs in zip(grids, within, strict=True):
        cells = _filled(grid, glyphs)
        if sum(bool(cell.lines) for cell in cells) < _LEAST_FILLED:
            loose += glyphs
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
    held: list[list[Glyph]] = [[] for _ in grid.regions]
    for run in _runs(glyphs, [_cell_at(grid, owner, glyph) for glyph in glyphs]):
        counts = Counter(at for _, at in run)
        held[counts.most_common(1)[0][0]] += [glyph for glyph, _ in run]
    filled = []
    for region, inside in zip(grid.regions, held, strict=True):
        lines = lines_of(inside) if inside else ()
        filled.append(Filled(region, lines, any(line.clipped for line in lines)))
    return filled


def _cell_at(grid: Grid, owner: dict[tuple[int, int], int], glyph: Glyph) -> int:
    x, y = (glyph.left + glyph.right) / 2, glyph.base - _OVER * glyph.size
    row = min(max(bisect_right(grid.ys, y) - 1, 0), len(grid.ys) - 2)
    column = min(max(bisect_right(grid.xs, x) - 1, 0), len(grid.xs) - 2)
    return owner[row, column]


def _runs(glyphs: Sequence[Glyph], cells: Sequence[int]) -> list[list[tuple[Glyph, int]]]:
    """Characters with the cells over which they stand, in groups that stand close and stay whole.

    Text of two cells that lie side by side never touches: there is room to both sides of the edge.
    """
    runs: list[list[tuple[Glyph, int]]] = []
    last: Glyph | None = None
    before = -1
    for glyph, cell in zip(glyphs, cells, strict=True):
        gap = abs(glyph.left - last.right) if last is not None and glyph.base == last.base else glyph.size
        if gap < (_CLOSE if cell == before else _TOUCHING) * glyph.size:
            runs[-1].append((glyph, cell))
        else:
            runs.append([(glyph, cell)])
        last, before = glyph, cell
    return runs
