"""Running text whose last page would hold a line or two: its lines are set a little closer, or a little wider."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement
from weasyprint import Document
from weasyprint.formatting_structure import boxes

from gongkai.packs.style import Style

from .tails import RUNNING

_ATTEMPTS = 2
"""How often a document is set again: each takes as long as the first time."""


_RUN = "data-run"
"""Of an element of running text: to which run it belongs. The renderer sets a copy of the document."""


def without_short_pages(root: HtmlElement, style: Style, render: Callable[[], Document]) -> Document:
    """The document set by ``render``, with another pitch for running text that ends with too few lines on a page.

    The lines of a page are made one or two more, or one less, within the range of the style, over the whole run:
    no page of it looks otherwise than the next. For that the changed ``root`` is set again, twice at most.
    """
    runs = list(_runs(root))
    for number, run in enumerate(runs):
        for element in run:
            element.set(_RUN, str(number))
    rendered = render()
    short = _short(rendered, runs, style)
    for attempt in range(_ATTEMPTS):
        pitches = {number: _pitches(lines, style)[attempt : attempt + 1] for number, lines in short.items()}
        if not any(pitches.values()):
            break
        for number, pitch in pitches.items():
            for element in runs[number] if pitch else ():
                element.set("style", f"line-height: {pitch[0]:.2f}pt")
        again = render()
        left = _short(again, runs, style)
        if len(left) < len(short):
            rendered, short = again, {number: lines for number, lines in short.items() if number in left}
    return rendered


def _short(rendered: Document, runs: Sequence[Sequence[HtmlElement]], style: Style) -> dict[int, list[int]]:
    """The runs of more than a page whose last page has fewer lines than the style asks for: the lines on each page."""
    counted: list[dict[int, int]] = [{} for _ in runs]
    for number, page in enumerate(rendered.pages):
        for run in _lines(page._page_box):
            counted[run][number] = counted[run].get(number, 0) + 1
    lines = (list(by_page.values()) for by_page in counted)
    least = style.typesetting.least_lines
    return {run: found for run, found in enumerate(lines) if len(found) > 1 and found[-1] < least}


def _runs(root: HtmlElement) -> Iterator[list[HtmlElement]]:
    """The running text of every part, divided where a table of its own page stands in it."""
    for part in root.find_class("part"):
        run: list[HtmlElement] = []
        for element in part:
            if element.tag in RUNNING and not element.get("class"):
                run.append(element)
            elif element.tag != "h1":  # a table, a chart or a signature: what stands there is no short page
                if run and "sheet" in (element.get("class") or "").split():
                    yield run
                run = []
        if run:
            yield run


def _lines(page: Any) -> Iterator[int]:
    """For each line of running text on a page, which run it belongs to."""
    for box in page.descendants():
        if isinstance(box, boxes.BlockBox) and box.element is not None and box.element.get(_RUN):
            yield from (int(box.element.get(_RUN)) for child in box.children if isinstance(child, boxes.LineBox))


def _pitches(lines: Sequence[int], style: Style) -> list[float]:
    """The pitches with which the last page may have lines enough, or no longer be needed: the nearest first."""
    _, height = style.page.type_area(landscape=False)
    pitch, *before, last = style.roles["正文"].line, *lines
    usual, count = math.floor(height / pitch), len(before)
    changes = [
        *(usual + more for more in (1, 2) if more * count >= last),
        *(usual - 1 for _ in before[:1] if last + count >= style.typesetting.least_lines),
    ]
    wanted = (math.floor(height / lines_of_page * 100) / 100 for lines_of_page in changes)
    return sorted(
        (new for new in wanted if abs(new / pitch - 1) <= style.typesetting.pitch), key=lambda new: abs(new - pitch)
    )
