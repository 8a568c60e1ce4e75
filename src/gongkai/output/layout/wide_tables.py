"""A table too wide for its page, as several that follow each other, codes and names repeated in each."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise

from lxml.html import HtmlElement, builder

from gongkai.document.grid import column_shares, place_cells, set_shares
from gongkai.document.vocabulary import CODE, CONTINUES, NUMBER, TABLE_UNIT
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

_CONTINUED = "（续表）"
_WHOLE = 100.0
_ROUNDING = 1e-9


def column_groups(table: HtmlElement, needs: Sequence[float]) -> list[list[int]]:
    """The columns of each part, such that the ``needs`` (percent of the width) of a part have room.

    The columns before the first one of amounts are in every part; the others make as few parts as they can,
    of about as many columns each. One group: the table cannot be divided, since it has no such columns,
    or one amount beside them is too wide already.
    """
    columns = list(range(len(needs)))
    amounts = {placed.column for placed in place_cells(table) if placed.kind == NUMBER}
    first = min(amounts, default=0)
    room = _WHOLE - sum(needs[:first])
    if not first or max(needs[first:]) > room:
        return [columns]
    ends = _balanced(needs[first:], room, [spans - first for spans in _cut_headings(table)])
    return [columns[:first] + columns[first + start : first + end] for start, end in pairwise([0, *ends])]


def _cut_headings(table: HtmlElement) -> list[int]:
    """The columns before which a cut goes through a heading over several; one for every such heading."""
    return [
        column
        for placed in place_cells(table)
        if placed.cell.tag == "th"
        for column in range(placed.column + 1, placed.column + placed.columns)
    ]


def _balanced(needs: Sequence[float], room: float, headings: Sequence[int]) -> list[int]:
    """Where the groups of columns end: the fewest that have room, most alike in their number of columns.

    That a heading stays whole is worth a third more or fewer columns in the groups beside it.
    """
    edges = [0.0, *accumulate(needs)]
    count, parts = len(needs), _fewest(needs, room)
    usual = count / parts
    whole = 2 * (usual / 3) ** 2 + _ROUNDING
    through = Counter(headings)
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(parts):
        longer: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, ends) in best.items():
            for end in range(start + 1, count + 1):
                if edges[end] - edges[start] > room + _ROUNDING:
                    break
                candidate = (cost + (end - start - usual) ** 2 + through[end] * whole, [*ends, end])
                longer[end] = min(longer.get(end, candidate), candidate)
        best = longer
    return best[count][1]


def _fewest(needs: Sequence[float], room: float) -> int:
    """How many groups there must be."""
    parts, used = 1, 0.0
    for need in needs:
        if used + need > room:
            parts, used = parts + 1, 0.0
        used += need
    return parts


def split(table: HtmlElement, groups: Sequence[Sequence[int]]) -> list[HtmlElement]:
    """Put a part of each group of columns in the table's place, and say above the later ones that it goes on."""
    codes = _code_columns(table) & set(groups[0]).intersection(*groups)
    parts = [_part(table, group, codes) for group in groups]
    parent = table.getparent()
    at = parent.index(table)
    tail, table.tail = table.tail, None
    parent.remove(table)
    for number, part in enumerate(parts):
        if number:
            mark = builder.P(builder.SPAN(), builder.SPAN(_CONTINUED), builder.CLASS(f"{TABLE_UNIT} {CONTINUES}"))
            parent.insert(at, mark)
            at += 1
        parent.insert(at, part)
        at += 1
    parts[-1].tail = tail
    return parts


def _code_columns(table: HtmlElement) -> set[int]:
    return {placed.column for placed in place_cells(table) if placed.kind == CODE and placed.columns == 1}


def _part(table: HtmlElement, group: Sequence[int], codes: Collection[int]) -> HtmlElement:
    """A copy of the table with these columns only; those of ``codes`` are no wider than before, the others fill up."""
    part = copy.deepcopy(table)
    shares = column_shares(table)
    for placed in list(place_cells(part)):
        covered = sum(placed.column <= column < placed.column + placed.columns for column in group)
        if not covered:
            placed.cell.drop_tree()
        elif placed.columns > 1:
            placed.cell.set("colspan", str(covered))
    for number, column in reversed(list(enumerate(part.findall("colgroup/col")))):
        if number not in group:
            column.drop_tree()
    kept = sum(shares[column] for column in codes)
    scale = (_WHOLE - kept) / sum(shares[column] for column in group if column not in codes)
    set_shares(part, [shares[column] * (1 if column in codes else scale) for column in group])
    return part
