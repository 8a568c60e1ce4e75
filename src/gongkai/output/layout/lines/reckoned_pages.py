"""Where pages end in running text, reckoned from the lines of its paragraphs as the renderer would set them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOGETHER = 2
"""Lines of a paragraph that stay together at a page's foot and head."""
_HAIR = 0.01
"""Points that the last line of a page may have too little room."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand below each other: how many, their pitch, and the space above and below, in points.

    One that ``leads`` is a heading, on the page of what follows; one that ``closes`` stays whole with what precedes.
    """

    lines: int
    pitch: float
    before: float = 0.0
    after: float = 0.0
    leads: bool = False
    closes: bool = False


def lines_of_pages(blocks: Sequence[Block], height: float) -> list[int]:
    """The lines on each page of this height; the first block begins one."""
    pages, used, above = [0], 0.0, 0.0
    for group in _groups(blocks):
        if pages[-1] and used + _needed(group, above) > height + _HAIR:
            pages.append(0)
            used, above = 0.0, math.inf
        for block in group:
            # Spaces that meet are one, as wide as the wider; at the head of a page there is none.
            used += 0.0 if above == math.inf else max(block.before, above)
            lines = block.lines
            while used + lines * block.pitch > height + _HAIR:
                room = min(math.floor((height - used + _HAIR) / block.pitch), lines - _TOGETHER)
                if room < 1:
                    break
                pages[-1] += room
                pages.append(0)
                used, lines = 0.0, lines - room
            pages[-1] += lines
            used += lines * block.pitch
            above = block.after
    return pages


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that no page's end parts but within the last paragraph among them."""
    group: list[Block] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        group.append(block)
        if not block.leads and (following is None or not following.closes):
            yield group
            group = []
    if group:
        yield group


def _needed(group: Sequence[Block], above: float) -> float:
    """The height without which a group begins on the next page: all of it but what a paragraph may leave to that."""
    height = 0.0
    for block in group:
        whole = block.leads or block.closes or block.lines < 2 * _TOGETHER or block is not group[-1]
        height += max(block.before, above) + (block.lines if whole else _TOGETHER) * block.pitch
        above = block.after
    return height
