"""The characters of a page as the PDF library tells them: those that are seen, with their places."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from .geometry import Frame, Glyph

_UNKNOWN = "\ufffd"
_NONE = (0, 0xFFFE, 0xFFFF)
_BLANK = 32
_INVISIBLE_MODES = (3, 7)
"""How text is drawn that nobody sees: not at all, or only as a bound of what follows."""
_HAIR = 0.75
"""Points that an outline may reach over an edge."""
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
    window: tuple[float, float, float, float] | None
    """Left, bottom, right, top of what is seen of it; None where all is."""
    invisible: bool
    mark: int


@dataclass
class Told:
    """The characters of a page, as stored."""

    letters: list[tuple[str, float, float, float, float, Run, bool]] = field(default_factory=list)
    """Character; left, bottom, right, top; run; whether it is cut off in part."""
    hidden: int = 0
    unmapped: int = 0
    invisible: int = 0

    def quarters(self) -> int:
        """How most of the text is turned, counter-clockwise."""
        counts = Counter(letter[5].quarters for letter in self.letters if letter[5].quarters is not None)
        return counts.most_common(1)[0][0] or 0 if counts else 0

    def glyphs(self, frame: Frame) -> Iterator[Glyph]:
        """Those that stand upright as the page is read."""
        upright = (frame.paper + frame.text) % 4
        for text, left, bottom, right, top, run, cut in self.letters:
            if run.quarters != upright:
                continue
            x0, _, x1, _ = frame.inward(left, bottom, right, top)
            base = frame.inward(run.base, run.base, run.base, run.base)[1]
            yield Glyph(text, x0, x1, base, run.size, run.number, cut)


def plain_character(letter: str) -> str:
    """A character as usually written: radicals and other compatible forms as what they stand for."""
    if "\u2e80" <= letter <= "\u2fdf" or "\uf900" <= letter <= "\ufaff":
        return _RADICALS.get(letter) or unicodedata.normalize("NFKC", letter)
    return letter


def letters_of(raw: Any, most: int, forms: Mapping[int, Any]) -> Told:
    """The characters of a page's text (``raw``), at most so many; ``forms``: runs in drawings of their own."""
    told = Told()
    runs: dict[int, Run] = {}
    object_of, unicode_of = pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetUnicode
    last_address, run = 0, None
    for index in range(min(pdfium.FPDFText_CountChars(raw), most)):
        owner = object_of(raw, index)
        if not owner:
            continue  # a blank or a break that the library made up
        address = ctypes.addressof(owner.contents)
        if address != last_address or run is None:
            run = runs.get(address)
            if run is None:
                run = runs[address] = _run(raw, index, owner, len(runs), address in forms)
            last_address = address
        _add(told, raw, index, unicode_of(raw, index), run)
    return told


_BOX = pdfium.FS_RECTF()


def _add(told: Told, raw: Any, index: int, code: int, run: Run) -> None:
    """Takes note of a character where any of it is seen."""
    told.invisible += run.invisible
    pdfium.FPDFText_GetLooseCharBox(raw, index, _BOX)
    left, bottom, right, top = _BOX.left, _BOX.bottom, _BOX.right, _BOX.top
    seen = 2 if run.window is None else _seen(raw, index, (left, bottom, right, top), run.window)
    if seen == 0:
        told.hidden += code > _BLANK
    elif code in _NONE or 0xD800 <= code <= 0xDFFF or 0xE000 <= code <= 0xF8FF:
        told.unmapped += 1
        told.letters.append((_UNKNOWN, left, bottom, right, top, run, seen == 1))
    elif code >= _BLANK:
        told.letters.append((plain_character(chr(code)), left, bottom, right, top, run, seen == 1))


def _run(raw: Any, index: int, owner: Any, number: int, in_form: bool) -> Run:
    matrix, x, y, size = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double(), ctypes.c_float()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
    pdfium.FPDFTextObj_GetFontSize(owner, size)
    scale = math.hypot(matrix.c, matrix.d) or math.hypot(matrix.a, matrix.b)
    quarter = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    quarters = round(quarter) % 4 if abs(quarter - round(quarter)) < 0.03 else None
    base = x.value if quarters in (1, 3) else y.value
    window = None if in_form else _window(owner)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(owner)
    mark = pdfium.FPDFPageObj_GetMarkedContentID(owner)
    return Run(number, base, abs(size.value * scale) or 1.0, quarters, window, mode in _INVISIBLE_MODES, mark)


def _window(owner: Any) -> tuple[float, float, float, float] | None:
    """What is left of the page after everything that bounds a run."""
    clip = pdfium.FPDFPageObj_GetClipPath(owner)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    if count <= 0:
        return None
    left, bottom, right, top = -math.inf, -math.inf, math.inf, math.inf
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(count, 16)):
        xs, ys = [], []
        for at in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), 64)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, at)
            if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                xs.append(x.value)
                ys.append(y.value)
        if xs:
            left, right = max(left, min(xs)), min(right, max(xs))
            bottom, top = max(bottom, min(ys)), min(top, max(ys))
    return left, bottom, right, top


def _seen(raw: Any, index: int, loose: tuple[float, ...], window: tuple[float, ...]) -> int:
    """How much of a character is seen: 0 nothing, 1 a part, 2 all of it."""
    left, bottom, right, top = loose
    low_x, low_y, high_x, high_y = window
    if left >= low_x and bottom >= low_y and right <= high_x and top <= high_y:
        return 2
    sides = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(raw, index, *sides)  # its outline
    x0, x1, y0, y1 = (side.value for side in sides)
    if x1 <= x0 or y1 <= y0:
        return 2 if low_x - _HAIR <= left and right <= high_x + _HAIR else 0
    wide, high = min(x1, high_x) - max(x0, low_x), min(y1, high_y) - max(y0, low_y)
    if wide <= 0.15 * (x1 - x0) or high <= 0.15 * (y1 - y0):
        return 0
    inside = x0 >= low_x - _HAIR and x1 <= high_x + _HAIR and y0 >= low_y - _HAIR and y1 <= high_y + _HAIR
    return 2 if inside else 1
