"""Rules to grids: cells between lines, those that were made one found by the lines that are missing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.source.printed.pdf.stored.geometry import Rule

_SAME = 2.0
"""Points between two rules that are one line."""
_BRIDGE = 3.0
"""Points between two pieces of a line, and from a line's end to the line that it meets."""
_COVERED = 0.6
"""The part of a side that must be drawn."""
MOST_RULES = 4_000
"""Of a page, in each direction, after pieces are joined."""
_MOST_CELLS = 60_000


@dataclass(frozen=True, slots=True)
class Region:
    """A cell of a grid: rows and columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """Lines of a table on one page, and the cells between them."""

    xs: Sequence[float]
    ys: Sequence[float]
    regions: Sequence[Region]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def box_of(self, region: Region) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a cell."""
        return self.xs[region.left], self.ys[region.top], self.xs[region.right + 1], self.ys[region.bottom + 1]


def joined_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line as one."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][-1].at <= _SAME / 2 and rule.at - lines[-1][0].at <= _SAME:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    found = []
    for pieces in lines:
        pieces.sort(key=lambda rule: rule.start)
        at, start, end = pieces[0]
        for piece in pieces[1:]:
            if piece.start - end <= _BRIDGE:
                end = max(end, piece.end)
            else:
                found.append(Rule(at, start, end))
                at, start, end = piece
        found.append(Rule(at, start, end))
    return found


def grids_of(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    """The grids of a page from top to bottom; a single frame is none.

    More rules than ``MOST_RULES`` in a direction are none of a table's: the rest is left out.
    """
    across, down = joined_rules(across)[:MOST_RULES], sorted(joined_rules(down)[:MOST_RULES])
    found = []
    for group_across, group_down in _groups(across, down):
        grid = _grid(group_across, group_down)
        if grid is not None:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that meet, directly or through others."""
    parents = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    places = [rule.at for rule in down]
    for one, rule in enumerate(across):
        first, last = bisect_left(places, rule.start - _BRIDGE), bisect_right(places, rule.end + _BRIDGE)
        for other in range(first, last):
            if down[other].start - _BRIDGE <= rule.at <= down[other].end + _BRIDGE:
                parents[root(len(across) + other)] = root(one)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at, rule in enumerate([*across, *down]):
        groups.setdefault(root(at), ([], []))[at >= len(across)].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _places(rules: Sequence[Rule], ends: Sequence[float]) -> list[float]:
    """Where lines stand; ``ends`` are those of the lines that cross them, which may reach beyond the outermost."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _SAME:
            places.append(at)
    if min(ends) < places[0] - 2 * _BRIDGE:
        places.insert(0, min(ends))
    if max(ends) > places[-1] + 2 * _BRIDGE:
        places.append(max(ends))
    return places


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    ys = _places(across, [end for rule in down for end in (rule.start, rule.end)])
    xs = _places(down, [end for rule in across for end in (rule.start, rule.end)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > _MOST_CELLS:
        return None
    over = _drawn(across, ys, xs)
    beside = _drawn(down, xs, ys)
    return Grid(xs, ys, _regions(rows, columns, over, beside))


def _drawn(rules: Sequence[Rule], places: Sequence[float], crossing: Sequence[float]) -> list[list[bool]]:
    """For each line, which of the slots between those that cross it are drawn."""
    covered = [[0.0] * (len(crossing) - 1) for _ in places]
    for rule in rules:
        at = max(bisect_right(places, rule.at + 0.01) - 1, 0)
        first = max(bisect_right(crossing, rule.start) - 1, 0)
        for slot in range(first, len(crossing) - 1):
            if crossing[slot] >= rule.end:
                break
            covered[at][slot] += max(0.0, min(rule.end, crossing[slot + 1]) - max(rule.start, crossing[slot]))
    widths = [after - before for before, after in pairwise(crossing)]
    return [[part >= _COVERED * width for part, width in zip(line, widths, strict=True)] for line in covered]


def _regions(rows: int, columns: int, over: list[list[bool]], beside: list[list[bool]]) -> list[Region]:
    """Cells: those of a row between which no line is, and, of equal breadth, those below each other."""
    open_ones: dict[tuple[int, int], int] = {}
    found: list[Region] = []
    for row in range(rows):
        spans = []
        start = 0
        for column in range(1, columns + 1):
            if column == columns or beside[column][row]:
                spans.append((start, column - 1))
                start = column
        following: dict[tuple[int, int], int] = {}
        for span in spans:
            closed = any(over[row][column] for column in range(span[0], span[1] + 1))
            if span in open_ones and not closed:
                following[span] = open_ones.pop(span)
            else:
                following[span] = row
        found += [Region(top, left, row - 1, right) for (left, right), top in open_ones.items()]
        open_ones = following
    found += [Region(top, left, rows - 1, right) for (left, right), top in open_ones.items()]
    return sorted(found, key=lambda region: (region.top, region.left))
