"""From a page of the PDF library to what stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pypdfium2.raw as pdfium

from . import native
from .drawn import Drawn, drawn_on
from .geometry import Content, Frame, Rule
from .glyphs import letters_of
from .native import Sides
from .structure import elements_of

MOST_CHARACTERS = 60_000
"""Of one page."""
MOST_OBJECTS = 100_000
_FEW = 20
"""Characters: a page with not more says nothing."""


def content_of(page: Any, text: Any, number: int) -> Content:
    """What stands on a page; ``page`` and ``text`` are the library's own, ``number`` counts from 1."""
    drawn = drawn_on(native.handle(page), MOST_OBJECTS)
    told = letters_of(native.handle(text), MOST_CHARACTERS, drawn.within)
    frame = frame_of(page)
    frame = Frame(frame.left, frame.bottom, frame.width, frame.height, frame.paper, told.quarters() - frame.paper)
    marks = elements_of(page)
    across, down = _rules(drawn.lines, frame)
    return Content(
        number,
        frame,
        [*told.glyphs(frame)],
        across,
        down,
        hidden=told.hidden,
        unmapped=told.unmapped,
        recognised=told.invisible > _FEW and told.invisible * 2 > len(told.letters),
        pictured=_pictured(drawn, frame),
        cut_short=drawn.cut_short or told.cut_short,
        elements={run.number: marks[run.mark] for run in told.runs.values() if run.mark in marks},
    )


def frame_of(page: Any) -> Frame:
    """The page as a viewer shows it; ``page`` is the library's own."""
    sides = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, sides)
    paper = pdfium.FPDFPage_GetRotation(page) % 4
    return Frame(sides.left, sides.bottom, sides.right - sides.left, sides.top - sides.bottom, paper)


def _rules(lines: Iterable[Sides], frame: Frame) -> tuple[list[Rule], list[Rule]]:
    """The lines that are seen, across and down."""
    across, down = [], []
    width, height = frame.size
    for sides in lines:
        left, top, right, bottom = frame.inward(*sides)
        left, right, top, bottom = max(left, -1), min(right, width + 1), max(top, -1), min(bottom, height + 1)
        if right - left >= bottom - top:
            across.append(Rule((top + bottom) / 2, left, right))
        else:
            down.append(Rule((left + right) / 2, top, bottom))
    return across, down


def _pictured(drawn: Drawn, frame: Frame) -> float:
    """The part of a page that its largest pictures take, each for itself."""
    area = frame.width * frame.height
    return sum(max(0.0, (s[2] - s[0]) * (s[3] - s[1])) for s in drawn.pictures) / area if area > 0 else 0.0
