"""Running text that would end with too few lines on a page, set with another pitch.

What is short is seen in what was set: how many lines each element has on each page, and how high it is.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from lxml.html import HtmlElement, builder
from weasyprint import Document
from weasyprint.formatting_structure import boxes

from gongkai.output.layout.lines.short_pages import (
    HEADED,
    MANY,
    Run,
    block_of,
    ends_short,
    is_short,
    pitches,
    reckoned,
    runs_of,
)
from gongkai.output.layout.tails import is_signature
from gongkai.packs.style import Style
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

_PLACE = "data-place"
"""Of an element of a run: which run it is, and which of its elements. The renderer sets a copy of the document."""
_POINTS_OF_PIXEL = 0.75
_TRIALS = 3
"""Pitches with which a run is set at most: the first does, but where the reckoning is wrong."""

Render = Callable[[HtmlElement], Document]


def without_short_pages(root: HtmlElement, style: Style, render: Render) -> Document:
    """The document set by ``render``, with another pitch for running text that ends with too few lines on a page.

    The pitch is the nearest to the style's within its range that helps, the same over the whole run: no page of it
    looks otherwise than the next. Which runs are in need is reckoned before the document is set, and pitches are
    tried on these runs alone; the whole is set again, once, only where the reckoning missed one.
    """
    runs = runs_of(root)
    for run in runs:
        for index, element in enumerate(run.elements):
            element.set(_PLACE, f"{run.number}.{index}")
    in_need = [run for run in runs if (blocks := reckoned(run, style)) is not None and ends_short(blocks, style)]
    for run in in_need:
        _choose_pitch(run, style, render)
    rendered = render(root)
    missed = [run for run in runs if run not in in_need and _is_short(_lines_on_pages(run, rendered), style)]
    helped = [_choose_pitch(run, style, render) for run in missed]
    return render(root) if any(helped) else rendered


def _choose_pitch(run: Run, style: Style, render: Render) -> bool:
    """Give a run the pitch nearest to the style's with which its last page is not short, if there is one."""
    section = builder.E.section(builder.CLASS("part"), *map(copy.deepcopy, run.elements))
    alone, trial = builder.HTML(builder.BODY(section)), Run(run.number, list(section))
    rendered = render(alone)
    pages, heights = _lines_on_pages(trial, rendered), _heights(trial, rendered)
    if not _is_short(pages, style):
        return False
    lines = sum(pages, Counter())
    blocks = [block_of(element, lines[i], style, heights[i]) for i, element in enumerate(trial.elements)]
    for pitch in islice(pitches(trial, blocks, style), _TRIALS):
        trial.set_pitch(pitch)
        if not _is_short(_lines_on_pages(trial, render(alone)), style):
            run.set_pitch(pitch)
            return True
    return False


def _is_short(pages: Sequence[Counter[int]], style: Style) -> bool:
    return is_short([page.total() for page in pages], style)


def _lines_on_pages(run: Run, rendered: Document) -> list[Counter[int]]:
    """For each page on which a run stands, the lines that each of its elements has there."""
    pages = (Counter({i: _line_count(box) for i, box in _boxes(run, page._page_box)}) for page in rendered.pages)
    return [page for page in pages if page]


def _heights(run: Run, rendered: Document) -> Counter[int]:
    """How high each element of a run is, with the space around it, in points."""
    heights: Counter[int] = Counter()
    for page in rendered.pages:
        for index, box in _boxes(run, page._page_box):
            heights[index] += box.margin_height() * _POINTS_OF_PIXEL
    return heights


def _boxes(run: Run, box: Any) -> Iterator[tuple[int, Any]]:
    """The numbers of the elements of a run of which a box has a part, with the boxes of these parts."""
    for child in getattr(box, "children", ()):
        place = "" if child.element is None else child.element.get(_PLACE, "")
        if isinstance(child, boxes.BlockBox) and place.startswith(f"{run.number}."):
            yield int(place.partition(".")[2]), child
        else:
            yield from _boxes(run, child)


def _line_count(box: Any) -> int:
    """The lines of an element's part on a page."""
    if box.element.tag in HEADED:
        return sum(isinstance(line, boxes.LineBox) for line in box.children)
    return len(box.children) if is_signature(box.element) else MANY
