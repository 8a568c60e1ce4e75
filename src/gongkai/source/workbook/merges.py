"""Cells that were made one, within bounds: a merge may be as large as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .cells import Merge, Position
from .names import position
from .refused import too_large

MOST_MERGED = 400_000
"""Cells of a sheet that are parts of others."""
_TALL = 10_000


def merge_of(reference: str) -> Merge | None:
    """The merge that a file writes A1:C3; None for what is none, or of one cell only."""
    corners = [position(corner) for corner in reference.split(":")]
    places = [corner for corner in corners if corner is not None]
    if len(places) != 2 or len(corners) != 2 or places[0] == places[1]:
        return None
    rows, columns = ({row for row, _ in places}, {column for _, column in places})
    return Merge(min(rows), min(columns), max(rows), max(columns))


def kept_merges(merges: Iterable[Merge | None], last_row: int, file: str) -> Iterator[Merge]:
    """Those of the merges that can all be: of two that overlap the first. ``last_row`` is the last with a cell.

    A tall one is cut below the last cell: columns that were merged as a whole, to the end of the sheet.
    Raises FindingsError when more cells are merged than anybody has.
    """
    taken: set[Position] = set()
    looked_at = 0
    for merge in merges:
        if merge is None:
            continue
        bottom = merge.bottom if merge.bottom - merge.top < _TALL else min(merge.bottom, max(last_row, merge.top))
        looked_at += (bottom - merge.top + 1) * (merge.right - merge.left + 1)
        if looked_at > MOST_MERGED:
            raise too_large(file, f"合并的单元格超过 {MOST_MERGED:,} 个")
        cells = {(row, column) for row in range(merge.top, bottom + 1) for column in range(merge.left, merge.right + 1)}
        if taken.isdisjoint(cells):
            taken |= cells
            yield Merge(merge.top, merge.left, bottom, merge.right)
