"""Tables without lines: columns found by what stands under each other, rows by what stands beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .grids import Grid, Region
from .lines import TextLine
from .parts import Filled, Page, Piece

_GAP = 1.2
"""Of the size: what is so far apart in a line stands in two columns."""
_LEAST_ROWS, _LEAST_NUMBERS = 4, 3
"""Rows of several columns, and of these with a number, that make a table."""
_CLEAR = 0.5
"""Of the size: how much room is between two columns all the way down."""
_FAR = 3.2
"""Of the size: how far apart two rows of one table may be."""
_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?|[-—－]+")


@dataclass(frozen=True)
class _Row:
    line: TextLine
    pieces: Sequence[TextLine]

    @property
    def numbers(self) -> int:
        return sum(_NUMBER.fullmatch(piece.text) is not None for piece in self.pieces)


def take_unruled(page: Page) -> list[float]:
    """Makes tables of those lines of a page that are sure to be rows of one.

    Returns how far from the top each of those begins of which it is not sure where their columns are.
    """
    unsure = []
    taken: set[int] = set()
    for block in _blocks(page):
        piece = _piece(page.number, block)
        if piece is None:
            unsure.append(block[0].line.top)
            continue
        page.pieces.append(piece)
        taken.update(id(row.line) for row in block)
    page.lines = [line for line in page.lines if id(line) not in taken]
    page.pieces.sort(key=lambda piece: piece.top)
    return unsure


def _blocks(page: Page) -> Iterator[list[_Row]]:
    """Lines below each other that look like rows: most have several pieces, several have numbers."""
    block: list[_Row] = []
    for line in page.lines:
        row = _Row(line, line.pieces(_GAP))
        parted = any(block[-1].line.base < piece.top < line.base for piece in page.pieces) if block else False
        near = block and line.base - block[-1].line.base <= _FAR * line.size and not parted
        if len(row.pieces) > 1 and (near or not block):
            block.append(row)
            continue
        yield from _if_table(block)
        block = [row] if len(row.pieces) > 1 else []
    yield from _if_table(block)


def _if_table(block: list[_Row]) -> Iterator[list[_Row]]:
    """The block from its header on, where it is a table."""
    while block and any(":" in piece.text or "：" in piece.text for piece in block[0].pieces):
        block = block[1:]  # 编制单位：…… 单位：万元 stands over the table
    if len(block) >= _LEAST_ROWS and sum(row.numbers > 0 for row in block) >= _LEAST_NUMBERS:
        yield block


def _piece(page: int, block: Sequence[_Row]) -> Piece | None:
    """The table that a block is; None where its columns are not sure."""
    size = max(row.line.size for row in block)
    spans = _columns(block, size)
    places = [[_column(spans, piece) for piece in row.pieces] for row in block]
    if len(spans) < 2 or any(len(set(columns)) < len(columns) for columns in places):
        return None
    xs = [spans[0][0] - size, *((one[1] + two[0]) / 2 for one, two in pairwise(spans))]
    xs.append(spans[-1][1] + size)
    bases = [row.line for row in block]
    ys = [bases[0].top - 1, *((one.bottom + two.top) / 2 for one, two in pairwise(bases))]
    ys.append(bases[-1].bottom + 1)
    cells = []
    for at, (row, columns) in enumerate(zip(block, places, strict=True)):
        by_column = dict(zip(columns, row.pieces, strict=True))
        for column in range(len(spans)):
            lines = [by_column[column]] if column in by_column else []
            cells.append(Filled(Region(at, column, at, column), lines, any(line.clipped for line in lines)))
    return Piece(page, Grid(xs, ys, [cell.region for cell in cells]), cells)


def _columns(block: Sequence[_Row], size: float) -> list[tuple[float, float]]:
    """Where columns are: stretches over which something stands, with room between them all the way down."""
    spans: list[tuple[float, float]] = []
    for piece in sorted((piece for row in block for piece in row.pieces), key=lambda piece: piece.left):
        if spans and piece.left - spans[-1][1] < _CLEAR * size:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.right))
        else:
            spans.append((piece.left, piece.right))
    return spans


def _column(spans: Sequence[tuple[float, float]], piece: TextLine) -> int:
    return next(at for at, (left, right) in enumerate(spans) if left <= piece.left <= right)
