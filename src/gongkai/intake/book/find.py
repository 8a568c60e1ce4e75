"""Where the blocks of a sheet are in a workbook: by the texts of their headings and headers, wherever these stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.source.workbook.cells import Cell, Kind, Position, Sheet, Workbook

from .blocks.block import Block, Column
from .blocks.lines import Line
from .blocks.titles import plain

_TOTALS = {"合计", "小计", "总计", "共计"}
_REMARK = re.compile(r"[备附]?注\s*[:：]|说明\s*[:：]")
_NEAR = 3
"""Rows below its heading within which the header of a block stands."""


@dataclass(frozen=True)
class Found:
    """A block that was found: its header row, the column of each title, and where it ends."""

    block: Block
    columns: Sequence[Column]
    book: Workbook
    sheet: Sheet
    header: int
    at: Mapping[str, int]
    last: int

    @cached_property
    def lines(self) -> Sequence[Line]:
        """Its rows with anything in them, without totals and remarks."""
        return [line for line in self._rows() if not self.is_aside(line)]

    @cached_property
    def asides(self) -> Sequence[Line]:
        """Rows of totals, and of remarks below the rows."""
        return [line for line in self._rows() if self.is_aside(line)]

    def _rows(self) -> Iterator[Line]:
        columns = {*self.at.values()}
        rows = {row for row, column in self.sheet.cells if self.header < row <= self.last and column in columns}
        for merge in self.sheet.merges:
            if (merge.top, merge.left) in self.sheet.cells and self.header < merge.top <= self.last:
                rows |= set(range(merge.top, min(merge.bottom, self.last) + 1))
        yield from (Line(self.book, self.sheet, row, self.at) for row in sorted(rows))

    def is_aside(self, line: Line) -> bool:
        """Whether a row is a total, with figures alone behind the word, or a remark, and nothing of the data."""
        if not self.block.key:
            return False
        titles = [column.title for column in self.columns if not column.formula and not column.label]
        said = [cell for title in titles if (cell := line.cell(title))]
        others = [cell for cell in said if plain(cell.text) not in _TOTALS]
        if plain(line.text(self.block.key)) in _TOTALS:
            return all(cell.kind is Kind.NUMBER for cell in others)
        first = self.sheet.at(line.row, min(self.at.values()))
        return said == [first] and first is not None and _REMARK.match(first.text.strip()) is not None

    @cached_property
    def strangers(self) -> Mapping[int, str]:
        """Columns that the block does not know and that have something in them: their headers (perhaps blank)."""
        known = {*self.at.values()}
        rows = range(self.header + 1, self.last + 1)
        filled = sorted({column for (row, column), _ in self.sheet.cells.items() if row in rows} - known)
        return {column: _text(self.sheet.at(self.header, column)) for column in filled}

    @property
    def missing(self) -> Sequence[str]:
        """Titles of columns to fill in that the header has not."""
        return [c.title for c in self._gone if not c.own]

    @property
    def missing_own(self) -> Sequence[Column]:
        """The same of facts that a pack declares: it may have begun to after the book was written."""
        return [column for column in self._gone if column.own]

    @property
    def _gone(self) -> Sequence[Column]:
        return [c for c in self.columns if not c.formula and not c.label and c.title not in self.at]


def find(book: Workbook, sheet: Sheet, blocks: Sequence[tuple[Block, Sequence[Column]]]) -> list[Found]:
    """The blocks of a sheet that are there, each with the rows down to the next."""
    texts: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        texts.setdefault(row, {}).setdefault(plain(cell.text), column)
    headings = {row: next(iter(said)) for row, said in texts.items() if len(said) == 1}
    starts: dict[str, int] = {}
    headers: dict[str, int] = {}
    for block, columns in blocks:
        said = [row for row, text in headings.items() if text == plain(block.title)]
        start, header = _start(columns, texts, said, {*headers.values()})
        if header is not None:
            starts[block.title], headers[block.title] = start, header
    return [
        Found(block, columns, book, sheet, headers[block.title], _places(columns, texts[headers[block.title]]),
              _end(starts[block.title], starts, sheet.rows))
        for block, columns in blocks
        if block.title in headers
    ]  # fmt: skip


def _start(
    columns: Sequence[Column], texts: Mapping[int, Mapping[str, int]], headings: Sequence[int], taken: set[int]
) -> tuple[int, int | None]:
    """Where a block begins and its header: below its heading, or the first anywhere where that is gone.

    A text of another block may read like the heading: it has no header below it.
    """
    for heading in headings:
        near = [row for row in range(heading + 1, heading + 1 + _NEAR) if row in texts and row not in taken]
        header = _best(columns, texts, near)
        if header is not None:
            return heading, header
    header = _best(columns, texts, [row for row in texts if row not in taken])
    return header or 0, header


def _best(columns: Sequence[Column], texts: Mapping[int, Mapping[str, int]], rows: Sequence[int]) -> int | None:
    """The row that has most of the titles, and at least half of those that do not depend on a pack."""
    titles = {plain(column.title) for column in columns}
    due = {plain(column.title) for column in columns if not column.own} or titles
    scores = {row: len(titles & texts[row].keys()) for row in rows}
    best = max(scores, key=lambda row: (scores[row], -row), default=None)
    return best if best is not None and scores[best] * 2 >= len(due) else None


def _places(columns: Sequence[Column], header: Mapping[str, int]) -> dict[str, int]:
    return {column.title: header[plain(column.title)] for column in columns if plain(column.title) in header}


def _end(start: int, starts: Mapping[str, int], last: int) -> int:
    return min((other for other in starts.values() if other > start), default=last + 1) - 1


def _text(cell: Cell | None) -> str:
    return cell.text.strip() if cell else ""


def cells_in(sheet: Sheet, column: int, rows: range) -> list[Position]:
    """The cells of a column with anything in them."""
    return sorted((row, at) for row, at in sheet.cells if at == column and row in rows)
