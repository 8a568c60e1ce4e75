"""Where the lines of a paragraph end, chosen for all of them together.

Whoever fills one line after the other leaves the gap before an amount that may not be broken to the line
where it happens to fall. Here lines share it: the breaks are those with the least stretch over the whole
paragraph, and points and brackets give up a part of their blank half where that avoids more.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

SET, SHORT = "set", "short"
"""Classes of the line breaks that end a line of a set paragraph: of the full measure, and one that lacks too much."""

CLOSING = frozenset("、，。；：？！）》〉”’〕】」』…·%％‰,.;:?!)]}")
"""What no line begins with."""
OPENING = frozenset("（《〈“‘〔【「『([{")
"""What no line ends with."""
TWINS = frozenset("—…")
"""What stands in pairs that no line parts."""
COMPRESSED = frozenset("、，。；：）》”")
"""Points whose right half is blank."""

_STRETCH, _SHRINK = 100.0, 60.0
"""What a line costs that is stretched, or whose points are compressed, as far as allowed."""
_RAGGED, _LACK = 1000.0, 200.0
"""What a line costs that must stay short of the measure, and each character that it lacks."""
WITHIN_WORD = 600.0
"""What a break within a long word costs."""
_LONELY = 150.0
"""What a last line of a single character costs."""
_SLACK = 0.02
"""Characters by which the reckoned width of a line may be wrong."""
_LEAST_FULL, _OVERFULL = 12.0, 3.0
"""How many characters a line may lack or have too much to be considered at all."""


@dataclass(frozen=True, slots=True)
class Atom:
    """What stays whole: its width in characters, the gaps within it and after it that may be stretched,
    what its points may give, and what a break after it costs (none: not allowed).
    """  # fmt: skip

    width: float
    gaps: int
    gap_after: int
    gives: float
    break_cost: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """The width of lines in characters, that of the first one, and the most that a gap is stretched by."""

    width: float
    first: float
    stretch: float


@dataclass(frozen=True, slots=True)
class Line:
    """The atom with which a line ends (the index of the next one), and whether it reaches the full measure."""

    end: int
    full: bool


def choose_lines(atoms: Sequence[Atom], measure: Measure) -> list[Line] | None:
    """The lines of a paragraph; None where it cannot be set in lines of this measure at all."""
    count = len(atoms)
    widths = [0.0, *accumulate(atom.width for atom in atoms)]
    gaps = [0, *accumulate(atom.gaps + atom.gap_after for atom in atoms)]
    gives = [0.0, *accumulate(atom.gives for atom in atoms)]
    following = _next_breaks(atoms)
    best: list[tuple[float, int, bool]] = [(0.0, 0, True)] + [(math.inf, 0, True)] * count
    for end in range(1, count + 1):
        penalty = atoms[end - 1].break_cost if end < count else 0.0
        if penalty is None:
            continue
        inner = gaps[end] - atoms[end - 1].gap_after
        earliest = bisect_left(widths, widths[end] - measure.width - _OVERFULL)
        latest = end if end == count else bisect_right(widths, widths[end] - measure.first + _LEAST_FULL)
        for start in range(min(latest, end) - 1, earliest - 1, -1):
            width = measure.first if start == 0 else measure.width
            lack = width - (widths[end] - widths[start])
            if lack < -(gives[end] - gives[start]) - _SLACK:
                break
            before = best[start][0]
            if before == math.inf:
                continue
            cost, full = _line_cost(lack, inner - gaps[start], gives[end] - gives[start], measure, last=end == count)
            if not full and end < count:
                more = following[end]
                if widths[more] - widths[start] - (gives[more] - gives[start]) <= width + _SLACK:
                    continue  # a line stays short only before what does not fit on it
            if end == count and start and end - start <= 1 + (atoms[end - 1].gives > 0):
                cost += _LONELY
            total = before + cost + penalty
            if total < best[end][0]:
                best[end] = (total, start, full)
    return _lines_to(count, best)


def _next_breaks(atoms: Sequence[Atom]) -> list[int]:
    """For every atom, how far one reads from there to the next place where a line may end."""
    count = len(atoms)
    following = [count] * (count + 1)
    for end in range(count - 1, 0, -1):
        following[end - 1] = end if atoms[end - 1].break_cost is not None else following[end]
    return following


def _lines_to(end: int, best: Sequence[tuple[float, int, bool]]) -> list[Line] | None:
    """The lines up to an atom, each given by its cost, the atom it begins with and whether it is full."""
    if best[end][0] == math.inf:
        return None
    lines: list[Line] = []
    while end:
        _, start, full = best[end]
        lines.append(Line(end, full))
        end = start
    return lines[::-1]


def _line_cost(lack: float, gaps: int, gives: float, measure: Measure, *, last: bool) -> tuple[float, bool]:
    """What a line costs that lacks so much (or has too much), and whether it is set to the full measure."""
    if lack < 0:
        return _SHRINK * (lack / (gives + _SLACK)) ** 2, True
    if last:
        return 0.0, False
    if gaps and lack / gaps <= measure.stretch:
        return _STRETCH * (lack / gaps / measure.stretch) ** 2, True
    return _RAGGED + _LACK * lack, False


def _is_chinese(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def gaps_of(text: str) -> list[bool]:
    """For each character whether space may be added between it and the next one."""
    return [*(_is_chinese(left) or _is_chinese(right) for left, right in pairwise(text)), False]
