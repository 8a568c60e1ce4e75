"""Parts of tables to tables: what goes on over pages is one, its repeated header left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.source.printed.cells import printed_cell
from gongkai.source.printed.document import Spot, Table
from gongkai.source.printed.pdf.stored.geometry import Frame
from gongkai.source.workbook.cells import Cell, Merge, Position, Sheet

from .heads import title_of
from .parts import Piece

_LEAST_HEADS = 3
_NEAR = 3.0
"""Points: lines of two pages that stand so near are one line of the table."""


@dataclass
class Whole:
    """A table with all its parts."""

    pieces: list[Piece]
    skipped: list[int] = field(default_factory=list)
    """How many rows at the top of each part are its header once more."""

    @property
    def first(self) -> Piece:
        """Where it begins."""
        return self.pieces[0]


def goes_on(whole: Whole, piece: Piece) -> int | None:
    """How many rows of a part repeat the header of a table that it continues; None where it is another table."""
    if not _same_columns(whole.pieces[-1].grid.xs, piece.grid.xs) and not _same_columns(
        whole.first.grid.xs, piece.grid.xs
    ):
        return None
    title, own = _plain(title_of(piece)), _plain(title_of(whole.first))
    if title and _unnumbered(title) != _unnumbered(own):
        return None
    repeated = _repeated(whole.first, piece)
    if title and not (repeated and _is_header(piece)):
        return None  # the same title over another table: one of several of a kind
    return repeated


def _is_header(piece: Piece) -> bool:
    """Whether the first row of a part has heads, rather than a label and what it says (项目名称, 预算单位)."""
    first = [cell for cell in piece.cells if cell.region.top == 0 and cell.text]
    return len(first) >= _LEAST_HEADS and "绩效" not in title_of(piece)


def _same_columns(xs: Sequence[float], others: Sequence[float]) -> bool:
    """Whether two parts have the same edges, and all lines of one are lines of the other."""
    if abs(xs[0] - others[0]) > _NEAR or abs(xs[-1] - others[-1]) > _NEAR:
        return False
    few, many = sorted((xs, others), key=len)
    return all(any(abs(x - other) <= _NEAR for other in many) for x in few)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def _unnumbered(title: str) -> str:
    return re.sub(r"[（(]?续表?[）)]?|[（(]\d+[）)]$", "", title)


def _rows(piece: Piece) -> list[list[tuple[int, int, str]]]:
    """The rows of a part: first and last column and text of each cell that begins there."""
    rows: list[list[tuple[int, int, str]]] = [[] for _ in range(len(piece.grid.ys) - 1)]
    for cell in piece.cells:
        rows[cell.region.top].append((cell.region.left, cell.region.right, _plain(cell.text)))
    return rows


def _repeated(first: Piece, piece: Piece) -> int:
    """How many rows at the top of two parts say the same."""
    count = 0
    for one, other in zip(_rows(first), _rows(piece), strict=False):
        if [text for *_, text in one] != [text for *_, text in other]:
            break
        count += 1
    # A cell that reaches further down than the rows that are alike is not repeated as a whole.
    while count and any(cell.region.top < count <= cell.region.bottom for cell in piece.cells):
        count -= 1
    return count if any(cell.text for cell in piece.cells if cell.region.top < count) else 0


class Builder:
    """Builds the sheet of a table from its parts."""

    def __init__(self, whole: Whole, number: int, index: int, frames: Mapping[int, Frame]) -> None:
        self._whole = whole
        self._number, self._index = number, index
        self._frames = frames
        self._xs = _columns(whole.pieces)
        self._cells: dict[Position, Cell] = {}
        self._spots: dict[Position, Spot] = {}
        self._merges: list[Merge] = []
        self._clipped: set[Position] = set()

    def table(self) -> Table:
        """The table."""
        row = self._put_heads(self._whole.first)
        for piece, skipped in zip(self._whole.pieces, self._whole.skipped, strict=True):
            row = self._put_rows(piece, skipped, row)
        name = title_of(self._whole.first) or f"第{self._whole.first.page}页的表{self._index}"
        sheet = Sheet(name, self._index, dict(sorted(self._cells.items())), tuple(self._merges))
        return Table(sheet, self._spots, self._number, frozenset(self._clipped))

    def _put_heads(self, piece: Piece) -> int:
        """What stands over the table; returns the first row below."""
        for row, line in enumerate(piece.heads, 1):
            column = 0
            for part in line.pieces():
                column = 1 if not column else max(column + 1, min(self._column(part.left + 1) + 1, len(self._xs)))
                self._say((row, column), part.text, piece.page, part.box)
            if column == 1 and len(self._xs) > 2:
                self._merges.append(Merge(row, 1, row, len(self._xs) - 1))
        return len(piece.heads) + 1

    def _put_rows(self, piece: Piece, skipped: int, first: int) -> int:
        """The rows of a part but those that are repeated; returns the first row below."""
        for cell in piece.cells:
            region = cell.region
            if region.bottom < skipped:
                continue
            left, _, right, _ = piece.grid.box_of(region)
            top, bottom = first + max(region.top - skipped, 0), first + region.bottom - skipped
            start, end = self._column(left) + 1, self._column(right)
            if (top, start) != (bottom, end) and end >= start:
                self._merges.append(Merge(top, start, bottom, end))
            self._say((top, start), cell.text, piece.page, piece.grid.box_of(region))
            if cell.clipped:
                self._clipped.add((top, start))
        return first + len(piece.grid.ys) - 1 - skipped

    def _say(self, at: Position, text: str, page: int, box: tuple[float, float, float, float]) -> None:
        cell = printed_cell(text)
        if cell is not None:
            self._cells[at] = cell
        self._spots[at] = Spot(page, self._frames[page].seen(box))

    def _column(self, x: float) -> int:
        """The column, from 0, that begins at or before a place."""
        return bisect_right(self._xs, x + _NEAR) - 1


def _columns(pieces: Sequence[Piece]) -> list[float]:
    """The lines of a table from left to right, of all its parts."""
    xs: list[float] = []
    for x in sorted(x for piece in pieces for x in piece.grid.xs):
        if not xs or x - xs[-1] > _NEAR:
            xs.append(x)
    return xs
