"""The text of a block as the compiler takes it: strings, what stays whole, line breaks, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from gongkai.document.vocabulary import KEPT, classes_of
from gongkai.output.layout.lines.linebreaks import SET

from .code import quoted
from .faces import Face

_BLANK = re.compile(r"[ \t\r\n\f]+")
_WORD = re.compile(
    r"[^ \t\u2000-\u200b\u3000\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    r"\U00020000-\U0003ffff]{2,}"
)
"""Letters, figures and points between which no line may end by itself: all but blanks and Chinese characters."""
_LETTER = re.compile(r".[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]*", re.DOTALL)
"""A letter with the marks that stand on it."""
_WHOLE = re.compile(r"[0-9A-Za-z.,%]+")
"""What no line end parts, whether it is kept together or not."""
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
    parts = _trimmed([*_parts(element)])
    return joined([_written(part, room) for part in parts])


def joined(parts: list[str]) -> str:
    """Expressions one after the other as one."""
    if not parts:
        return '""'
    return parts[0] if len(parts) == 1 else f"{{{'; '.join(parts)}}}"


@dataclass(slots=True)
class _Part:
    """A piece of text, kept together or not; a line break; or an expression that is written already."""

    text: str
    kept: bool = False
    code: str = ""


def _parts(element: HtmlElement) -> Iterator[_Part]:
    """What stands in an element, in its order; texts that follow each other are one."""
    pending = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            names = classes_of(child)
            if KEPT in names and _WHOLE.fullmatch(text := child.text_content()) is None:
                yield _Part(pending)
                yield _Part(text, kept=True)
                pending = ""
            elif child.tag in ("br", "p"):
                yield _Part(pending)
                yield _Part("", code="linebreak(justify: true)" if SET in names else BREAK)
                pending = ""
                yield from _parts(child)
                if child.tag == "p":
                    yield _Part("", code=BREAK)
            elif len(child) == 0:
                pending += child.text or ""
            else:
                yield _Part(pending)
                pending = ""
                yield from _parts(child)
        pending += child.tail or ""
    yield _Part(pending)


def _trimmed(parts: list[_Part]) -> list[_Part]:
    """Blanks as they are seen: one of several, and none at either end, nor beside a line break."""
    merged: list[_Part] = []
    for part in parts:
        if part.code and (not merged or merged[-1].code):
            continue
        if not part.code and merged and not merged[-1].code and not part.kept and not merged[-1].kept:
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


def _written(part: _Part, room: Room) -> str:
    if part.code:
        return part.code
    if part.kept and room.holds(part.text):
        return f"k({quoted(part.text)})"
    return joined([*_broken(part.text, room)])


def _broken(text: str, room: Room) -> Iterator[str]:
    """A text; of words wider than a line each letter stands by itself, since beside such a box a line may end."""
    at = 0
    for match in _WORD.finditer(text):
        if not room.holds(match[0]):
            if match.start() > at:
                yield quoted(text[at : match.start()])
            yield from (f"k({quoted(letter)})" for letter in _LETTER.findall(match[0]))
            at = match.end()
    if at < len(text):
        yield quoted(text[at:])
