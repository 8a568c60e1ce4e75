"""Running text whose last page has too few lines: which it is, and with which pitch of lines it ends better.

How pages were really filled only an engine knows; here it is reckoned, and what an engine has found is taken into
account by whoever asks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from lxml.html import HtmlElement

from gongkai.document.vocabulary import role_of
from gongkai.output.layout.spaces import ABOVE_SIGNATURE
from gongkai.output.layout.tails import is_signature, is_text, lines_of, stretches
from gongkai.packs.style import RoleStyle, Style

from .reckoned_pages import Block, lines_of_pages

HEADED = ("h1", "h2", "h3", "p")
MANY = 100
"""Lines that a chart counts for: a page with a part of one is not short."""
_PITCH = "line-height:"
_STEP = 0.1
"""Points by which one pitch that is thought of differs from the next."""


@dataclass(frozen=True, slots=True)
class Run:
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
            element.set("style", f"{_PITCH} {pitch:.2f}pt")

    def reset_pitch(self) -> bool:
        """Set the text with the style's pitch again; whether it had another."""
        pitched = [element for element in self.elements if pitch_of(element) is not None]
        for element in pitched:
            del element.attrib["style"]
        return bool(pitched)


def pitch_of(element: HtmlElement) -> float | None:
    """The pitch that was chosen for a paragraph, in points; None: that of the style."""
    style = element.get("style") or ""
    return float(style.removeprefix(_PITCH).strip().removesuffix("pt")) if style.startswith(_PITCH) else None


def runs_of(root: HtmlElement) -> list[Run]:
    """The runs of a document that have text."""
    return [run for run in map(Run, count(), stretches(root)) if run.has_text]


def reckoned(run: Run, style: Style) -> list[Block] | None:
    """A run as far as one can say without setting it; None where it has a chart: how high that is an engine knows."""
    width, _ = style.page.type_area(landscape=False)
    blocks: list[Block] = []
    for element in run.elements:
        if element.tag not in HEADED and not is_signature(element):
            return None
        lines = lines_of(element, look_of(element, style), width) if element.tag in HEADED else len(element)
        blocks.append(block_of(element, lines, style))
    return blocks


def block_of(element: HtmlElement, lines: int, style: Style, height: float = 0.0) -> Block:
    """An element of so many lines as it is reckoned with; one that is no text has its ``height`` instead."""
    if element.tag in HEADED:
        look = look_of(element, style)
        return Block(lines, look.line, look.before, look.after, leads=element.tag != "p")
    if is_signature(element):
        return Block(lines, style.roles["落款"].line, ABOVE_SIGNATURE, closes=True)
    return Block(MANY, height / MANY)


def look_of(element: HtmlElement, style: Style) -> RoleStyle:
    """How a paragraph or heading is set."""
    return style.roles[role_of(element).name]


def is_short(lines: Sequence[int], style: Style) -> bool:
    """Whether the last of several pages has too few lines; ``lines`` are those of each page."""
    return len(lines) > 1 and lines[-1] < style.typesetting.least_lines


def ends_short(blocks: Sequence[Block], style: Style) -> bool:
    """Whether the last page of what is reckoned with has too few lines."""
    _, height = style.page.type_area(landscape=False)
    return is_short(lines_of_pages(blocks, height), style)


def pitches(run: Run, blocks: Sequence[Block], style: Style) -> Iterator[float]:
    """The pitches within the range of the style with which a run of these blocks ends well, the nearest first."""
    usual = style.roles["正文"].line
    for step in range(1, math.floor(usual * style.typesetting.pitch / _STEP) + 1):
        for pitch in (usual - step * _STEP, usual + step * _STEP):
            changed = zip(blocks, run.elements, strict=True)
            if not ends_short([replace(b, pitch=pitch) if is_text(e) else b for b, e in changed], style):
                yield pitch
