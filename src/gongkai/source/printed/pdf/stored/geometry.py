"""What stands on a page, and where: characters and rules, in points from the left and the top as text is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.findings import Box


class Element(NamedTuple):
    """To what a run of text belongs."""

    number: int
    """Of the paragraph, on its page."""
    level: int
    """Of a heading; 0 for what is none."""


def top_of(base: float, size: float) -> float:
    """The top of the squares of characters of a size that stand on a line."""
    return base - 0.88 * size


def bottom_of(base: float, size: float) -> float:
    """Their bottom."""
    return base + 0.12 * size


class Glyph(NamedTuple):
    """A character: its edges, the line on which it stands, its size, and which run of the page it belongs to."""

    text: str
    left: float
    right: float
    base: float
    size: float
    run: int
    clipped: bool = False
    """Whether a part of it is cut off."""

    @property
    def top(self) -> float:
        """The top of its square."""
        return top_of(self.base, self.size)

    @property
    def bottom(self) -> float:
        """The bottom of its square."""
        return bottom_of(self.base, self.size)


class Rule(NamedTuple):
    """A straight line: where it stands across its direction, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Frame:
    """From the page as it is stored to the page as its text is read, in quarters of a turn."""

    left: float
    bottom: float
    width: float
    height: float
    """What is seen of the page, as it is stored."""
    paper: int = 0
    """Quarters that a viewer turns the page, clockwise."""
    text: int = 0
    """Quarters that its text is turned further: a table that lies on a page that stands."""

    def inward(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as read, of a box as it is stored."""
        x0, x1 = left - self.left, right - self.left
        y0, y1 = self.bottom + self.height - top, self.bottom + self.height - bottom
        return turned((x0, y0, x1, y1), self.width, self.height, self.paper + self.text)

    def outward(self, box: Box) -> tuple[float, float, float, float]:
        """Left, bottom, right, top as stored, of a box on the page as a viewer shows it."""
        width, height = (self.height, self.width) if self.paper % 2 else (self.width, self.height)
        sides = turned((box.left, box.top, box.right, box.bottom), width, height, -self.paper)
        left, top, right, bottom = sides
        above = self.bottom + self.height
        return left + self.left, above - bottom, right + self.left, above - top

    def seen(self, box: tuple[float, float, float, float]) -> Box:
        """Where on the page, as a viewer shows it, a box is that was reckoned as read."""
        width, height = self.size
        return Box(*(round(side, 2) for side in turned(box, width, height, -self.text)))

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as read."""
        odd = (self.paper + self.text) % 2
        return (self.height, self.width) if odd else (self.width, self.height)


def turned(
    box: tuple[float, float, float, float], width: float, height: float, quarters: int
) -> tuple[float, float, float, float]:
    """A box (left, top, right, bottom) on a page of a size, after the page was turned clockwise."""
    left, top, right, bottom = box
    match quarters % 4:
        case 1:
            return height - bottom, left, height - top, right
        case 2:
            return width - right, height - bottom, width - left, height - top
        case 3:
            return top, width - right, bottom, width - left
        case _:
            return box


@dataclass(frozen=True)
class Content:
    """What stands on one page."""

    number: int
    """From 1."""
    frame: Frame
    glyphs: Sequence[Glyph]
    across: Sequence[Rule]
    """Rules from left to right; ``at`` is their distance from the top."""
    down: Sequence[Rule]
    """Rules from top to bottom; ``at`` is their distance from the left."""
    hidden: int = 0
    """How many characters are there that nobody sees: cut off as a whole."""
    unmapped: int = 0
    """How many characters do not say what they are."""
    recognised: bool = False
    """Whether its text is not printed, only laid over a picture, as programs do that recognise characters."""
    pictured: float = 0.0
    """The part of the page that pictures take."""
    cut_short: bool = False
    """Whether there is more on it than was looked at."""
    elements: Mapping[int, Element] = field(default_factory=dict)
    """To which paragraph or heading each run belongs, where the document says so."""
