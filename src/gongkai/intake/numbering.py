"""The numbers and bullets that a clerk types, or pastes, in front of what the document numbers itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.prose.phrases import numeral

_CHINESE = {numeral(number): number for number in range(1, 100)}
_CIRCLED = {chr(start + n): n + 1 for start in (0x2460, 0x2474, 0x2488) for n in range(20)}
_CIRCLED |= {chr(start + n): n + 1 for start in (0x3220, 0x3280) for n in range(10)}
_HAN = "[一二三四五六七八九十]{1,3}"

_STYLES: tuple[tuple[str, str, Callable[[str], int]], ...] = (
    ("（一）", rf"[（(]\s*(?P<n>{_HAN})\s*[）)]", lambda n: _CHINESE.get(n, 0)),
    ("（1）", r"[（(]\s*(?P<n>\d{1,3})\s*[）)]", int),
    ("1）", r"(?P<n>\d{1,3})\s*[）)]", int),
    ("1.", r"(?P<n>\d{1,3})\s*(?:[.．、](?!\d)|,\s)", int),
    ("一、", rf"(?P<n>{_HAN})\s*、(?![一二三四五六七八九十])", lambda n: _CHINESE.get(n, 0)),
    ("一是", rf"(?P<n>{_HAN})是[：:，,]?", lambda n: _CHINESE.get(n, 0)),
    ("第一，", rf"第(?P<n>{_HAN})[，,、：:]", lambda n: _CHINESE.get(n, 0)),
    ("①", rf"(?P<n>[{''.join(_CIRCLED)}])[、.．]?", lambda n: _CIRCLED[n]),
)
"""How items are numbered: a name, the mark, and the number that it stands for (0: none)."""

_PATTERNS = [(name, re.compile(rf"\s*{mark}\s*"), number) for name, mark, number in _STYLES]
_BULLET = re.compile(r"\s*(?P<mark>[•·●○■□◆◇▪▸➢►★※◎◦∙✓✔]|[-－–—＊*](?=\s|[^\d\s\-—－–]))\s*")
_PLAIN_DASHES = "-－–—＊*"


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or bullet at the beginning of a text: its style, its number (0 for a bullet), and its length."""

    style: str
    number: int
    length: int


def mark_of(text: str) -> Mark | None:
    """The number or bullet that a text begins with; None where it begins with words."""
    for style, pattern, number_of in _PATTERNS:
        found = pattern.match(text)
        if found and (number := number_of(found["n"])) and found.end() < len(text):
            return Mark(style, number, found.end())
    bullet = _BULLET.match(text)
    if bullet and bullet.end() < len(text):
        return Mark(bullet["mark"], 0, bullet.end())
    return None


def pieces(text: str) -> list[str]:
    """A text in its lines, and each line in the items that it numbers; the marks stay."""
    return [piece for line in text.split("\n") if line.strip() for piece in _in_line(line.strip())]


def _in_line(line: str) -> Iterator[str]:
    mark = mark_of(line)
    start = 0
    while mark is not None:
        at = _next(line, start + mark.length, mark)
        if at is None:
            break
        yield line[start:at].strip()
        start = at
        mark = mark_of(line[at:])
    yield line[start:].strip()


def _next(line: str, start: int, mark: Mark) -> int | None:
    """Where the item after that with this mark begins on its line."""
    before = r"(?<=\s)" if not mark.number and mark.style in _PLAIN_DASHES else r"(?<=[\s；;。，,、：:！])"
    if not mark.number and mark.style not in _PLAIN_DASHES:
        before = ""
    for found in re.finditer(before + r"(?=\S)", line[start:]):
        following = mark_of(line[start + found.start() :])
        if following is None or following.style != mark.style:
            continue
        if not mark.number or following.number == mark.number + 1:
            return start + found.start()
    return None
