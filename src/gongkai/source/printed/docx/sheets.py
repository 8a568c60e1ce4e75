"""A table as a sheet: what stands over it and under it, and its cells, in the columns that all of them need."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.source.printed.cells import printed_cell
from gongkai.source.workbook.cells import Cell, Merge, Position, Sheet

from .drafts import BLANKS, Grid, Text
from .tables import column_at, columns_of

_LONGEST = 60
_MOST_ABOVE, _MOST_BETWEEN = 8, 2
_APART = re.compile(r"\t+|[ \u3000\xa0]{3,}")
"""What stands between the parts of a line over a table."""
_UNIT = re.compile(r"(?:单位|部门)(?:名称|（盖章）|\(盖章\))?[:：]|金额单位|^[（(]?(?:单位)?[:：]?[万百千]?元[）)]?$")
_NUMBER = re.compile(r"(?:附?表|公开|财决|预算|决算|附件)?[\d一二三四五六七八九十.-]*表?(?:\d[\d-]*)?")
_TITLE = re.compile(r"表(?:（[^）]*）|\([^)]*\))?$|^(?:附?表|公开)\d.*表")
_NO_TITLE = re.compile(r"^第[一二三四五六七八九十]+部分|[如见下]表|[。；！]$")
_NOTE = re.compile(r"^(?:备?注|说明|备注说明|附注)(?:\d*[:：、.])|为空表|(?:本|此)表.{0,8}(?:空|无)")
_BLANK = re.compile(r"\s+")


def over(texts: Sequence[Text]) -> int:
    """How many of the texts before a table, from its end, belong to it: number, title, unit, unit of money."""
    taken = between = 0
    for at, text in enumerate(reversed(texts), 1):
        said = _BLANK.sub("", text.text)
        if not said:
            continue
        if at > _MOST_ABOVE or len(said) > _LONGEST or _NO_TITLE.search(said):
            break
        if _UNIT.search(said) or _NUMBER.fullmatch(said):
            taken = taken if between else at
        elif _TITLE.search(said):
            return at + _numbers_before(texts[: len(texts) - at])
        elif text.heading or between == _MOST_BETWEEN:
            break
        else:
            between += 1
    return taken


def _numbers_before(texts: Sequence[Text]) -> int:
    """Whether the line before a title is the number of the table (表 1), with blank ones between."""
    for at, text in enumerate(reversed(texts), 1):
        said = _BLANK.sub("", text.text)
        if said:
            return at if _NUMBER.fullmatch(said) else 0
    return 0


def is_note(text: Text) -> bool:
    """Whether a text that follows a table is a note of it."""
    return bool(_NOTE.search(_BLANK.sub("", text.text)))


def title_of(lines: Sequence[str]) -> str:
    """The title among the lines over a table; empty for none."""
    said = [_BLANK.sub("", line) for line in lines]
    titles = (line for line in said if _TITLE.search(line) and not _NUMBER.fullmatch(line))
    return next(titles, "")


def sheet_of(name: str, number: int, above: Sequence[str], grids: Sequence[Grid], below: Sequence[str]) -> Sheet:
    """Tables that follow each other, one under the other in one sheet."""
    edges = columns_of([grid.table for grid in grids])
    columns = max(len(edges) - 1, 1)
    cells: dict[Position, Cell] = {}
    merges: list[Merge] = []
    row = 1
    for line in above:
        _line(line, row, columns, cells, merges)
        row += 1
    for grid in grids:
        for placed, text in zip(grid.table.cells, grid.texts, strict=True):
            left = column_at(edges, placed.left) + 1
            right = max(column_at(edges, placed.right), left)
            first = (row + placed.top, left)
            merge = Merge(*first, row + placed.bottom - 1, right)
            if (merge.bottom, merge.right) != first:
                merges.append(merge)
            cell = printed_cell(text)
            if cell is not None:
                cells[first] = cell
        row += grid.table.rows
    for line in below:
        _line(line, row, columns, cells, merges)
        row += 1
    return Sheet(name, number, cells, tuple(merges))


def _line(text: str, row: int, columns: int, cells: dict[Position, Cell], merges: list[Merge]) -> None:
    """A line over or under a table, its parts (编制单位, 单位：万元) side by side."""
    parts = [part for part in _APART.split(text) if part.strip(BLANKS)]
    if len(parts) > columns:
        parts = ["　".join(parts)]
    starts = [1 + columns * at // len(parts) for at in range(len(parts))] + [columns + 1]
    for part, left, following in zip(parts, starts, starts[1:], strict=False):
        cell = printed_cell(part)
        if cell is not None:
            cells[row, left] = cell
        if following - 1 > left:
            merges.append(Merge(row, left, row, following - 1))
