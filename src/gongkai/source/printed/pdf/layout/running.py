"""Lines that stand on every page and are no text: numbers of pages, running heads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from .lines import TextLine
from .parts import Page

_NUMBER = re.compile(
    r"[-—–－·~〜\s]*(?:第\s*)?(\d{1,4}|[ivxlcIVXLC]{1,7})(?:\s*页)?[-—–－·~〜\s]*(?:[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－\s]*"
)
_EDGE = 0.12
"""Of the height: how near the edge of the page the number stands."""
_HEAD = 0.15
_LONGEST = 60
"""Characters of the line with the number of a page."""
_LEAST = 3
_SAME = 8.0
"""Points by which a running head may move."""


def without_numbers(pages: Sequence[Page]) -> None:
    """Takes the numbers of pages from their lines."""
    for page in pages:
        _, height = page.content.frame.size
        page.lines = [line for line in page.lines if not _is_number(line, height)]


def without_running(pages: Sequence[Page]) -> None:
    """Takes running heads from the lines of the pages."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in _outer(page):
            for place in _places(line, page):
                seen[_said(line), place].add(page.number)
    least = max(_LEAST, len(pages) // 4)
    for page in pages:
        outer = [
            line
            for line in _outer(page)
            if any(len(seen[_said(line), place]) >= least for place in _places(line, page))
        ]
        page.lines = [line for line in page.lines if not any(line is each for each in outer)]


def _is_number(line: TextLine, height: float) -> bool:
    outside = line.base < _EDGE * height or line.top > (1 - _EDGE) * height
    return outside and len(line.text) <= _LONGEST and _NUMBER.fullmatch(line.text) is not None


def _outer(page: Page) -> list[TextLine]:
    """The lines near the upper and the lower edge."""
    _, height = page.content.frame.size
    return [line for line in page.lines if line.base < _HEAD * height or line.top > (1 - _HEAD) * height]


def _said(line: TextLine) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", line.text))


def _places(line: TextLine, page: Page) -> tuple[int, int]:
    """The bands in which a line stands, from the nearer edge; two, so that neighbours meet."""
    _, height = page.content.frame.size
    distance = line.base if line.base < height / 2 else line.base - height - 1000
    band = int(distance // _SAME)
    return band, band + 1
