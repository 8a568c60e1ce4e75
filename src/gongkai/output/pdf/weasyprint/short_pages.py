"""Running text whose last page would hold a line or two: its lines are set a little closer, or a little wider."""

from __future__ import annotations

import copy
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Any

from lxml.html import HtmlElement, builder
from weasyprint import Document
from weasyprint.formatting_structure import boxes

from gongkai.document.vocabulary import role_of
from gongkai.output.layout.reckoned_pages import Block, lines_of_pages
from gongkai.output.layout.spaces import ABOVE_SIGNATURE
from gongkai.output.layout.tails import is_signature, is_text, lines_of, stretches
from gongkai.packs.style import RoleStyle, Style
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

_PLACE = "data-place"
"""Of an element of a run: which run it is, and which of its elements. The renderer sets a copy of the document."""
_HEADED = ("h1", "h2", "h3", "p")
_POINTS_OF_PIXEL = 0.75
_STEP = 0.1
"""Points by which one pitch that is thought of differs from the next."""
_TRIALS = 3
"""Pitches with which a run is set at most: the first does, but where the reckoning is wrong."""
_MANY = 100
"""Lines that a chart counts for: a page with a part of one is not short."""

Render = Callable[[HtmlElement], Document]


@dataclass(frozen=True, slots=True)
class _Run:
    """What stands on pages of its own, from the beginning of one to the end of the last."""

    number: int
    elements: Sequence[HtmlElement]

    @property
    def has_text(self) -> bool:
        """Whether there is anything that another pitch would change."""
        return any(map(is_text, self.elements))

    def set_pitch(self, pitch: float) -> None:
        """Set the text with another pitch than the style's."""
        for element in filter(is_text, self.elements):
            element.set("style", f"line-height: {pitch:.2f}pt")

    def lines_on_pages(self, rendered: Document) -> list[Counter[int]]:
        """For each page on which the run stands, the lines that each of its elements has there."""
        pages = (Counter({i: _line_count(box) for i, box in self._boxes(page._page_box)}) for page in rendered.pages)
        return [page for page in pages if page]

    def heights(self, rendered: Document) -> Counter[int]:
        """How high each element is, with the space around it, in points."""
        heights: Counter[int] = Counter()
        for page in rendered.pages:
            for index, box in self._boxes(page._page_box):
                heights[index] += box.margin_height() * _POINTS_OF_PIXEL
        return heights

    def _boxes(self, box: Any) -> Iterator[tuple[int, Any]]:
        """The numbers of the elements of which a box has a part, with the boxes of these parts."""
        for child in getattr(box, "children", ()):
            place = "" if child.element is None else child.element.get(_PLACE, "")
            if isinstance(child, boxes.BlockBox) and place.startswith(f"{self.number}."):
                yield int(place.partition(".")[2]), child
            else:
                yield from self._boxes(child)


def without_short_pages(root: HtmlElement, style: Style, render: Render) -> Document:
    """The document set by ``render``, with another pitch for running text that ends with too few lines on a page.

    The pitch is the nearest to the style's within its range that helps, the same over the whole run: no page of it
    looks otherwise than the next. Which runs are in need is reckoned before the document is set, and pitches are
    tried on these runs alone; the whole is set again, once, only where the reckoning missed one.
    """
    runs = [run for run in map(_Run, count(), stretches(root)) if run.has_text]
    for run in runs:
        for index, element in enumerate(run.elements):
            element.set(_PLACE, f"{run.number}.{index}")
    reckoned = [run for run in runs if _seems_short(run, style)]
    for run in reckoned:
        _choose_pitch(run, style, render)
    rendered = render(root)
    missed = [run for run in runs if run not in reckoned and _is_short(run.lines_on_pages(rendered), style)]
    helped = [_choose_pitch(run, style, render) for run in missed]
    return render(root) if any(helped) else rendered


def _seems_short(run: _Run, style: Style) -> bool:
    """Whether the last page of a run has too few lines, as far as one can say without setting it."""
    width, _ = style.page.type_area(landscape=False)
    blocks: list[Block] = []
    for element in run.elements:
        if element.tag not in _HEADED and not is_signature(element):
            return False  # a chart: how high it is the renderer knows
        lines = lines_of(element, _look(element, style), width) if element.tag in _HEADED else len(element)
        blocks.append(_block(element, lines, style))
    return _ends_short(blocks, style)


def _block(element: HtmlElement, lines: int, style: Style, height: float = 0.0) -> Block:
    """An element of so many lines as it is reckoned with; one that is no text has its ``height`` instead."""
    if element.tag in _HEADED:
        look = _look(element, style)
        return Block(lines, look.line, look.before, look.after, leads=element.tag != "p")
    if is_signature(element):
        return Block(lines, style.roles["落款"].line, ABOVE_SIGNATURE, closes=True)
    return Block(_MANY, height / _MANY)


def _look(element: HtmlElement, style: Style) -> RoleStyle:
    return style.roles[role_of(element).name]


def _ends_short(blocks: Sequence[Block], style: Style) -> bool:
    """Whether the last page of what is reckoned with has too few lines."""
    _, height = style.page.type_area(landscape=False)
    pages = lines_of_pages(blocks, height)
    return len(pages) > 1 and pages[-1] < style.typesetting.least_lines


def _is_short(pages: Sequence[Counter[int]], style: Style) -> bool:
    return len(pages) > 1 and pages[-1].total() < style.typesetting.least_lines


def _choose_pitch(run: _Run, style: Style, render: Render) -> bool:
    """Give a run the pitch nearest to the style's with which its last page is not short, if there is one."""
    section = builder.E.section(builder.CLASS("part"), *map(copy.deepcopy, run.elements))
    alone, trial = builder.HTML(builder.BODY(section)), _Run(run.number, list(section))
    rendered = render(alone)
    pages, heights = trial.lines_on_pages(rendered), trial.heights(rendered)
    if not _is_short(pages, style):
        return False
    lines = sum(pages, Counter())
    blocks = [_block(element, lines[i], style, heights[i]) for i, element in enumerate(trial.elements)]
    for pitch in islice(_pitches(trial, blocks, style), _TRIALS):
        trial.set_pitch(pitch)
        if not _is_short(trial.lines_on_pages(render(alone)), style):
            run.set_pitch(pitch)
            return True
    return False


def _pitches(run: _Run, blocks: Sequence[Block], style: Style) -> Iterator[float]:
    """The pitches within the range of the style with which a run of these blocks ends well, the nearest first."""
    usual = style.roles["正文"].line
    for step in range(1, math.floor(usual * style.typesetting.pitch / _STEP) + 1):
        for pitch in (usual - step * _STEP, usual + step * _STEP):
            changed = zip(blocks, run.elements, strict=True)
            if not _ends_short([replace(b, pitch=pitch) if is_text(e) else b for b, e in changed], style):
                yield pitch


def _line_count(box: Any) -> int:
    """The lines of an element's part on a page."""
    if box.element.tag in _HEADED:
        return sum(isinstance(line, boxes.LineBox) for line in box.children)
    return len(box.children) if is_signature(box.element) else _MANY
