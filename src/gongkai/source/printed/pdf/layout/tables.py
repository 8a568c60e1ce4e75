"""Parts of tables to tables: what goes on over pages is one, its repeated header left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.source.printed.cells import printed_cell
from gongkai.source.printed.document import Spot, Table
from gongkai.source.printed.pdf.stored.geometry import Frame
from gongkai.source.workbook.cells import Cell, Kind, Merge, Position, Sheet

from .heads import title_of
from .over_pages import Columns, is_rest, often_filled
from .parts import Filled, Piece

_LEAST_HEADS = 3
_FIGURE = re.compile(r"[-+<>=≥≤]*[\d,.]+%?")
_CODE = re.compile(r"0\d{1,6}")
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


def _said(piece: Piece) -> list[list[str]]:
    """What each cell says, by the row in which it begins."""
    rows: list[list[str]] = [[] for _ in range(_rows(piece))]
    for cell in piece.cells:
        rows[cell.region.top].append(_plain(cell.text))
    return rows


def _repeated(first: Piece, piece: Piece) -> int:
    """How many rows at the top of a part are the header of the table: its first rows, or others that are all heads."""
    rows, others = _said(first), _said(piece)
    count = _alike(rows, others)
    if not count and _are_heads(others[0]):
        starts = (at for at, row in enumerate(rows) if row == others[0])
        count = next((_alike(rows[at:], others) for at in starts), 0)
        count = next((at for at in range(count) if not _are_heads(others[at])), count)
    # A cell that reaches further down than the rows that are alike is not repeated as a whole.
    while count and any(cell.region.top < count <= cell.region.bottom for cell in piece.cells):
        count -= 1
    return count if any(cell.text for cell in piece.cells if cell.region.top < count) else 0


def _alike(rows: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> int:
    """How many first rows of two tables say the same."""
    count = 0
    while count < min(len(rows), len(others)) and rows[count] == others[count]:
        count += 1
    return count


def _are_heads(row: Sequence[str]) -> bool:
    """Whether a row has nothing but heads: several texts, all different, and no amount."""
    texts = [text for text in row if text]
    different = len(set(texts)) == len(texts) >= _LEAST_HEADS
    return different and not any(_FIGURE.fullmatch(text) for text in texts)


class Builder:
    """Builds the sheet of a table from its parts."""

    def __init__(self, whole: Whole, number: int, index: int, frames: Mapping[int, Frame]) -> None:
        self._whole = whole
        self._number, self._index = number, index
        self._frames = frames
        self._xs = _columns(whole.pieces)
        self._texts: dict[Position, str] = {}
        self._spots: dict[Position, Spot] = {}
        self._merges: dict[Position, Merge] = {}
        self._clipped: set[Position] = set()
        self._last: dict[Columns, Position] = {}
        """The cells that reach to the last row, by their columns."""

    def table(self) -> Table:
        """The table."""
        row = self._put_heads(self._whole.first)
        often = often_filled([self._row(piece, at) for piece in self._whole.pieces for at in range(_rows(piece))])
        for at, (piece, skipped) in enumerate(zip(self._whole.pieces, self._whole.skipped, strict=True)):
            before = self._whole.pieces[at - 1] if at else None
            row = self._put_rows(piece, skipped, row, before, often)
        name = title_of(self._whole.first) or f"第{self._whole.first.page}页的表{self._index}"
        cells = {at: cell for at, text in sorted(self._texts.items()) if (cell := printed_cell(text)) is not None}
        sheet = Sheet(name, self._index, _codes_as_text(cells), tuple(self._merges.values()))
        return Table(sheet, self._spots, self._number, frozenset(self._clipped))

    def _put_heads(self, piece: Piece) -> int:
        """What stands over the table; returns the first row below."""
        last = len(self._xs) - 1
        for row, line in enumerate(piece.heads, 1):
            column = 0
            for part in line.pieces():
                column = 1 if not column else max(column + 1, min(self._column(part.left + 1) + 1, last))
                self._say((row, column), part.text, piece.page, part.box)
            if column == 1 and last > 1:
                self._merges[row, 1] = Merge(row, 1, row, last)
        return len(piece.heads) + 1

    def _put_rows(self, piece: Piece, skipped: int, first: int, before: Piece | None, often: set[Columns]) -> int:
        """The rows of a part but those that are repeated; returns the first row below."""
        rest = before is not None and is_rest(
            self._row(before, _rows(before) - 1), self._row(piece, skipped), often, before
        )
        first -= rest  # what is left of the last row stands in it
        above, self._last = self._last, {}
        for cell in sorted(piece.cells, key=lambda cell: cell.region.top):
            if cell.region.bottom >= skipped:
                self._put(piece, cell, first - skipped, above if cell.region.top <= skipped else {}, rest=rest)
        return first + _rows(piece) - skipped

    def _put(self, piece: Piece, cell: Filled, shift: int, above: Mapping[Columns, Position], *, rest: bool) -> None:
        """One cell; one at the top may be the rest of one of those ``above``, on the page before."""
        start, end = self._columns_of(piece, cell)
        if end < start:
            return
        top, bottom = max(cell.region.top + shift, 1), cell.region.bottom + shift
        at = above.get((start, end))
        if at is not None and (rest or self._goes_on_below(at, cell, bottom - top)):
            top = at[0]
            self._texts[at] = self._texts.get(at, "") + cell.text
            if cell.text and cell.text == self._texts[at]:
                self._spots[at] = Spot(piece.page, self._frames[piece.page].seen(piece.grid.box_of(cell.region)))
        else:
            at = (top, start)
            self._say(at, cell.text, piece.page, piece.grid.box_of(cell.region))
        if (top, start) != (bottom, end):
            self._merges[at] = Merge(top, start, bottom, end)
        if cell.region.bottom == _rows(piece) - 1:
            self._last[start, end] = at
        if cell.clipped:
            self._clipped.add(at)

    def _goes_on_below(self, at: Position, cell: Filled, height: int) -> bool:
        """Whether a cell is the rest of one that was merged over several rows; what it says stands in one of both."""
        merge = self._merges.get(at)
        tall = merge is not None and merge.bottom > merge.top
        said = printed_cell(self._texts.get(at, ""))
        if said is None:
            return tall and bool(cell.text)
        return not cell.text and (tall or height > 0) and said.kind is Kind.TEXT

    def _row(self, piece: Piece, row: int) -> dict[Columns, Filled]:
        """The cells of a part that begin in a row, by their columns."""
        return {self._columns_of(piece, cell): cell for cell in piece.cells if cell.region.top == row}

    def _columns_of(self, piece: Piece, cell: Filled) -> Columns:
        left, _, right, _ = piece.grid.box_of(cell.region)
        return self._column(left) + 1, self._column(right)

    def _say(self, at: Position, text: str, page: int, box: tuple[float, float, float, float]) -> None:
        if text:
            self._texts[at] = text
        self._spots[at] = Spot(page, self._frames[page].seen(box))

    def _column(self, x: float) -> int:
        """The column, from 0, that begins at or before a place."""
        return bisect_right(self._xs, x + _NEAR) - 1


def _rows(piece: Piece) -> int:
    return len(piece.grid.ys) - 1


def _columns(pieces: Sequence[Piece]) -> list[float]:
    """The lines of a table from left to right, of all its parts."""
    xs: list[float] = []
    for x in sorted(x for piece in pieces for x in piece.grid.xs):
        if not xs or x - xs[-1] > _NEAR:
            xs.append(x)
    return xs


def _codes_as_text(cells: Mapping[Position, Cell]) -> dict[Position, Cell]:
    """The same cells, with columns of codes all texts: where one begins with 0 (05), the others (11) do not count."""
    coded = {column for (_, column), cell in cells.items() if _CODE.fullmatch(cell.text)}
    return {
        at: Cell(Kind.TEXT, cell.text, cell.shown) if at[1] in coded and cell.shown.isdecimal() else cell
        for at, cell in cells.items()
    }
