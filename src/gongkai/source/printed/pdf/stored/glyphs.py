"""The characters of a page as the PDF library tells them: those that are seen, with their places."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from . import native
from .geometry import Frame, Glyph
from .native import Sides

_UNKNOWN = "\ufffd"
_NONE = (0, 0xFFFE, 0xFFFF)
_BLANK = 32
_INVISIBLE_MODES = (3, 7)
"""How text is drawn that nobody sees: not at all, or only as a bound of what follows."""
_HAIR = 0.75
"""Points that an outline may reach over an edge."""
_HIDDEN = 0.15
"""The part of a character that may be seen of one that is not."""
_BESIDE = 0.35
"""Of its height: a character that stands so near the one before, and as high, was set with it."""
_ALL, _PART, _NOTHING = 2, 1, 0
_MOST_CLIPS, _MOST_CORNERS = 16, 64
_RADICALS = {
    "⺠": "民", "⻁": "虎", "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻓": "长", "⻔": "门",
    "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨", "⻤": "鬼",
    "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻳": "龟",
}  # fmt: skip
"""Radicals for which fonts take the whole characters; the others Unicode itself holds for the same."""


@dataclass(slots=True)
class Run:
    """A run of characters as it was set."""

    number: int
    base: float
    size: float
    quarters: int | None
    """Quarters of a turn, counter-clockwise, that it is turned on the page as stored; None where it leans."""
    window: Sides | None
    """Left, bottom, right, top of what is seen of it; None where all is."""
    invisible: bool
    mark: int


_Letter = tuple[str, Sides, Run, bool]
"""A character, its box, the run, whether it is cut off in part."""


@dataclass
class Told:
    """The characters of a page, as stored."""

    letters: list[_Letter] = field(default_factory=list)
    runs: dict[int, Run] = field(default_factory=dict)
    """By the address of each."""
    hidden: int = 0
    unmapped: int = 0
    invisible: int = 0
    cut_short: bool = False
    """Whether there are more than were looked at."""

    def quarters(self) -> int:
        """How most of the text is turned, counter-clockwise."""
        counts = Counter(letter[2].quarters for letter in self.letters)
        del counts[None]
        return counts.most_common(1)[0][0] or 0 if counts else 0

    def glyphs(self, frame: Frame) -> Iterator[Glyph]:
        """Those that stand upright as the page is read."""
        upright = (frame.paper + frame.text) % 4
        if upright:
            for text, sides, run, cut in self.letters:
                if run.quarters == upright:
                    x0, _, x1, _ = frame.inward(*sides)
                    base = frame.inward(run.base, run.base, run.base, run.base)[1]
                    yield Glyph(text, x0, x1, base, run.size, run.number, cut)
            return
        aside, top = frame.left, frame.bottom + frame.height
        for text, (left, _, right, _), run, cut in self.letters:
            if run.quarters == 0:
                yield Glyph(text, left - aside, right - aside, top - run.base, run.size, run.number, cut)


def plain_character(letter: str) -> str:
    """A character as usually written: radicals and other compatible forms as what they stand for."""
    if "\u2e80" <= letter <= "\u2fdf" or "\uf900" <= letter <= "\ufaff":
        return _RADICALS.get(letter) or unicodedata.normalize("NFKC", letter)
    return letter


def letters_of(text: int, most: int, forms: Container[int]) -> Told:
    """The characters of a page's text, at most so many; ``forms``: runs that stand in drawings of their own."""
    told = Told()
    object_of, box_of, unicode_of = native.object_of, native.loose_box, native.unicode_of
    last: int | None = None
    run: Run | None = None
    sides = (0.0, 0.0, 0.0, 0.0)
    count = native.count_characters(text)
    told.cut_short = count > most
    for index in range(min(count, most)):
        owner = object_of(text, index)
        if not owner:
            continue  # a blank or a break that the library made up
        before, sides = sides, box_of(text, index)
        if owner != last or run is None:
            last, known = owner, told.runs.get(owner)
            if known is not None:
                run = known
            elif run is None or not _beside(before, sides):
                run = _run(text, index, owner, len(told.runs), in_form=owner in forms)
            told.runs[owner] = run
        _add(told, text, index, unicode_of(text, index), sides, run)
    return told


def _beside(before: Sides, sides: Sides) -> bool:
    """Whether a character follows another as those do that were set together: whose window and size are the same."""
    high = sides[3] - sides[1]
    return (
        high > 0
        and abs(before[1] - sides[1]) < 0.02 * high
        and abs(before[3] - sides[3]) < 0.02 * high
        and abs(sides[0] - before[2]) < _BESIDE * high
    )


def _add(told: Told, text: int, index: int, code: int, sides: Sides, run: Run) -> None:
    """Takes note of a character where any of it is seen."""
    told.invisible += run.invisible
    seen = _ALL if run.window is None else _seen(text, index, sides, run.window)
    if seen == _NOTHING:
        told.hidden += code > _BLANK
    elif code in _NONE or 0xD800 <= code <= 0xDFFF or 0xE000 <= code <= 0xF8FF:
        told.unmapped += 1
        told.letters.append((_UNKNOWN, sides, run, seen == _PART))
    elif code >= _BLANK:
        letter = chr(code)
        if code >= 0x2E80 and not 0x2FDF < code < 0xF900:
            letter = plain_character(letter)
        told.letters.append((letter, sides, run, seen == _PART))


def _run(text: int, index: int, owner: int, number: int, *, in_form: bool) -> Run:
    a, b, c, d = native.text_matrix(text, index)
    x, y = native.origin(text, index)
    scale = math.hypot(c, d) or math.hypot(a, b)
    quarter = math.atan2(b, a) / (math.pi / 2)
    quarters = round(quarter) % 4 if abs(quarter - round(quarter)) < 0.03 else None
    size = abs(native.font_size(owner) * scale) or 1.0
    window = None if in_form else _window(owner)
    invisible = native.mode_of(owner) in _INVISIBLE_MODES
    return Run(number, x if quarters in (1, 3) else y, size, quarters, window, invisible, native.mark_of(owner))


def _window(owner: int) -> Sides | None:
    """What is left of the page after everything that bounds a run."""
    left, bottom, right, top = -math.inf, -math.inf, math.inf, math.inf
    bounded = False
    for points in native.clip_points(owner, _MOST_CLIPS, _MOST_CORNERS):
        if points:
            bounded = True
            xs, ys = [x for x, _ in points], [y for _, y in points]
            left, right = max(left, min(xs)), min(right, max(xs))
            bottom, top = max(bottom, min(ys)), min(top, max(ys))
    return (left, bottom, right, top) if bounded else None


def _seen(text: int, index: int, loose: Sides, window: Sides) -> int:
    """How much of a character is seen."""
    left, bottom, right, top = loose
    low_x, low_y, high_x, high_y = window
    if left >= low_x and bottom >= low_y and right <= high_x and top <= high_y:
        return _ALL
    x0, y0, x1, y1 = native.outline(text, index)
    if x1 <= x0 or y1 <= y0:
        return _ALL if low_x - _HAIR <= left and right <= high_x + _HAIR else _NOTHING
    wide, high = min(x1, high_x) - max(x0, low_x), min(y1, high_y) - max(y0, low_y)
    if wide <= _HIDDEN * (x1 - x0) or high <= _HIDDEN * (y1 - y0):
        return _NOTHING
    inside = x0 >= low_x - _HAIR and x1 <= high_x + _HAIR and y0 >= low_y - _HAIR and y1 <= high_y + _HAIR
    return _ALL if inside else _PART
