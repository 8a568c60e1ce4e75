"""The text of a block as the compiler takes it: strings, what stays whole, line breaks, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from lxml.html import HtmlElement

from gongkai.document.vocabulary import KEPT, classes_of
from gongkai.output.layout.lines.linebreaks import CLOSING, OPENING, SET

from .code import quoted
from .faces import Face
from .links import LEADS

_BLANK = re.compile(r"[ \t\r\n\f]+")
_CHINESE = r"\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U00020000-\U0003ffff"
_BLANKS = r" \t\u2000-\u200b\u3000"
_BEFORE, _BEHIND = "（《〈“‘〔【「『", "、，。；：？！）》〉”’〕】」』…·％‰—"
_WORD = re.compile(rf"(?=[^{_BLANKS}{_CHINESE}]{{2}})[{_BEFORE}]*[^{_BLANKS}{_CHINESE}{_BEFORE}{_BEHIND}]*[{_BEHIND}]*")
"""Letters and figures between which no line may end by itself, with the points before and behind them."""
_RUN = re.compile(rf"[^{_BLANKS}{_CHINESE}]{{2,}}")
"""All but blanks and Chinese characters: in a line of few characters words are parted at any point."""
_NARROW = 4
"""Characters that such a line has at most."""
_LETTER = re.compile(r".[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]*", re.DOTALL)
"""A letter with the marks that stand on it."""
_WHOLE = re.compile(r"[0-9A-Za-z.,%]+")
"""What no line end parts, whether it is kept together or not."""
_FULL_POINT = re.compile("[？！](?=[？！”’）》〉】〕」』、，。；：])")
"""Points that the compiler takes for blank on the right: many faces have them in the middle."""
BREAK = "linebreak()"


@dataclass(frozen=True, slots=True)
class Room:
    """What a line has room for: points, and the face and size in which its words stand."""

    width: float
    face: Face
    size: float

    def holds(self, word: str, slack: float = 0.0) -> bool:
        """Whether a word stands on one line, or is wider by no more than ``slack`` points."""
        room = self.width + slack
        return len(word) * self.size <= room or self.face.widths.of_all(word) * self.size <= room


def code_of(element: HtmlElement, room: Room, *, whole: bool = False) -> str:
    """The text of an element as an expression; words wider than a line may be broken anywhere.

    One that is ``whole`` is broken nowhere.
    """
    if whole and not len(element):
        return f"k({quoted((element.text or '').strip())})"
    codes: list[str] = []
    for target, parts in groupby(_trimmed([*_parts(element, whole=whole)]), key=lambda part: part.target):
        code = [_written(part, room) for part in parts]
        codes += [f"link(<{target}>, {joined(code)})"] if target else code
    return joined(codes)


def joined(parts: list[str]) -> str:
    """Expressions one after the other as one."""
    if not parts:
        return '""'
    return parts[0] if len(parts) == 1 else f"{{{'; '.join(parts)}}}"


@dataclass(slots=True)
class _Part:
    """A piece of text, kept together or not, and where it leads as a link; or an expression that is written already."""

    text: str
    kept: bool = False
    code: str = ""
    target: str = ""


def _parts(element: HtmlElement, target: str = "", *, whole: bool = False) -> Iterator[_Part]:
    """What stands in an element, in its order; texts that follow each other are one."""
    pending = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            inner = _inner(child, target, whole=whole)
            if inner is None:
                pending += child.text or ""
            else:
                yield _Part(pending, whole, target=target)
                yield from inner
                pending = ""
        pending += child.tail or ""
    yield _Part(pending, whole, target=target)


def _inner(child: HtmlElement, target: str, *, whole: bool) -> Iterator[_Part] | None:
    """What an element within a text is; None for text as what is around it."""
    names = classes_of(child)
    if KEPT in names and _WHOLE.fullmatch(text := child.text_content()) is None:
        return iter((_Part(text, kept=True, target=target),))
    if child.tag == "br":
        return iter((_Part("", code="linebreak(justify: true)" if SET in names else BREAK),))
    if child.tag == "p":
        end = _Part("", code=BREAK)
        return chain((end,), _parts(child, target, whole=whole), (end,))
    leads = child.get(LEADS)
    if leads:
        return _parts(child, leads, whole=whole)
    return _parts(child, target, whole=whole) if len(child) else None


def _trimmed(parts: list[_Part]) -> list[_Part]:
    """Blanks as they are seen: one of several, and none at either end, nor beside a line break."""
    merged: list[_Part] = []
    for part in parts:
        if part.code and (not merged or merged[-1].code):
            continue
        if merged and _are_one(merged[-1], part):
            merged[-1].text += part.text
        elif part.code or part.text:
            merged.append(part)
    while merged and merged[-1].code:
        merged.pop()
    for number, part in enumerate(merged):
        text = _BLANK.sub(" ", part.text)
        if number == 0 or merged[number - 1].code:
            text = text.lstrip(" ")
        if number == len(merged) - 1 or merged[number + 1].code:
            text = text.rstrip(" ")
        part.text = text
    return [part for part in merged if part.text or part.code]


def _are_one(before: _Part, part: _Part) -> bool:
    return not (before.code or part.code or before.kept or part.kept) and before.target == part.target


def _written(part: _Part, room: Room) -> str:
    if part.code:
        return part.code
    if part.kept and room.holds(part.text):
        return f"k({joined([*_apart(part.text)])})"
    return joined([*_broken(part.text, room)])


def _broken(text: str, room: Room) -> Iterator[str]:
    """A text; of words wider than a line each letter stands by itself, since beside such a box a line may end."""
    if len(text) * room.size <= room.width:
        yield from _apart(text)
        return
    at = 0
    for match in (_RUN if room.width < _NARROW * room.size else _WORD).finditer(text):
        if not room.holds(_with_neighbours(text, match)):
            yield from _apart(text[at : match.start()])
            yield from (f"k({quoted(letter)})" for letter in _LETTER.findall(match[0]))
            at = match.end()
    yield from _apart(text[at:])


def _apart(text: str) -> Iterator[str]:
    """A text as strings; a point that fills its square is no string with the next one, which would be set over it."""
    at = 0
    for match in _FULL_POINT.finditer(text):
        if match.start() > at:
            yield quoted(text[at : match.start()])
        yield f"q({quoted(match[0])})"
        at = match.end()
    if at < len(text):
        yield quoted(text[at:])


def _with_neighbours(text: str, word: re.Match[str]) -> str:
    """A word with the letters beside it that no line end parts from it."""
    start, end = word.span()
    start -= bool(start) and text[start] in CLOSING
    end += end < len(text) and text[end - 1] in OPENING
    return text[start:end]
