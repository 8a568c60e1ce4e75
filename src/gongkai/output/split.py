"""A table too wide for its page, as several that follow each other, codes and names repeated in each."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml.html import HtmlElement, builder

from .cells import column_shares, place_cells, set_shares

_CONTINUED = "（续表）"
_WHOLE = 100.0


def column_groups(table: HtmlElement, needs: Sequence[float]) -> list[list[int]]:
    """The columns of each part, such that the ``needs`` (percent of the width) of a part have room.

    The columns before the first one of amounts are in every part. One group: the table cannot be
    divided, since it has no such columns, or one amount beside them is too wide already.
    """
    columns = range(len(needs))
    amounts = {placed.column for placed in place_cells(table) if placed.kind == "num"}
    first = min(amounts, default=0)
    room = _WHOLE - sum(needs[:first])
    if not first or max(needs[first:]) > room:
        return [list(columns)]
    groups: list[list[int]] = []
    used = room
    for column in columns[first:]:
        if not groups or used + needs[column] > room:
            groups.append(list(columns[:first]))
            used = 0.0
        groups[-1].append(column)
        used += needs[column]
    return groups


def split(table: HtmlElement, groups: Sequence[Sequence[int]]) -> list[HtmlElement]:
    """Put a part of each group of columns in the table's place, and say above the later ones that it goes on."""
    parts = [_part(table, group) for group in groups]
    parent = table.getparent()
    at = parent.index(table)
    tail, table.tail = table.tail, None
    parent.remove(table)
    for number, part in enumerate(parts):
        if number:
            mark = builder.P(builder.SPAN(), builder.SPAN(_CONTINUED), builder.CLASS("table-unit"))
            parent.insert(at, mark)
            at += 1
        parent.insert(at, part)
        at += 1
    parts[-1].tail = tail
    return parts


def _part(table: HtmlElement, group: Sequence[int]) -> HtmlElement:
    """A copy of the table with these columns only."""
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
    whole = sum(shares[column] for column in group)
    set_shares(part, [shares[column] * _WHOLE / whole for column in group])
    return part
