"""Words of a form's heads and labels: a narrow cell breaks between them, not within."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from lxml.html import HtmlElement, builder

from gongkai.document.vocabulary import KEPT
from gongkai.texts.width import ems

from .figures import UNIT

_FIGURE = re.compile(rf"[≥≤＝＜＞=<>]?\d[\d,]*(?:\.\d+)?(?:{UNIT})?")
_LONGEST = 16
"""Characters of a label; longer texts are running text, whose lines end where they are full."""


_FEW_LINES = 4
"""Lines of a longer name; where a text of more ends cannot be reckoned to the character, but by square ones alone."""


@lru_cache(maxsize=16)
def _pieces_of(words: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    # A short remark in brackets, （万元）, is one word.
    return re.compile(rf"（[^（）]{{1,3}}）|[≥≤＝＜＞]?[!-~]+(?:{UNIT})?|{known or '(?!)'}|.", re.DOTALL)


def pieces(text: str, words: Iterable[str]) -> list[str]:
    """A text in the pieces that stay whole: words, figures with their unit, and single characters.

    The last character is never a piece of its own: it would stand alone on a line.
    """
    parts: list[str] = _pieces_of(tuple(words)).findall(text)
    return parts if len(parts) < 2 or len(parts[-1]) > 1 else [*parts[:-2], parts[-2] + parts[-1]]


def is_figure(text: str) -> bool:
    """Whether a cell holds nothing but a figure with its unit: ≤22.29万元."""
    return _FIGURE.fullmatch(text) is not None


def lines_needed(parts: Sequence[str], capacity: float) -> int:
    """How many lines of so many characters the parts fill, none of them broken."""
    lines, used = 1, 0.0
    for part in parts:
        width = ems(part)
        if used and used + width > capacity:
            lines, used = lines + 1, 0.0
        used += width
    return lines


def keep_words(cell: HtmlElement, capacity: float, words: Iterable[str]) -> None:
    """Keep the words of a short label whole, where that asks for no further line."""
    text = (cell.text or "").strip()
    if len(cell) or ems(text) <= capacity:
        return
    parts = pieces(text, words) if len(text) <= _LONGEST else []
    whole = bool(parts) and max(map(ems, parts)) <= capacity
    if not whole or lines_needed(parts, capacity) > lines_needed(list(text), capacity):
        _keep_end(cell, text, capacity)
        return
    cell.text = None
    for part in parts:
        cell.append(builder.SPAN(part, builder.CLASS(KEPT)))


def _keep_end(cell: HtmlElement, text: str, capacity: float) -> None:
    """Keep the last two characters of a name together, where the last would stand alone on a line."""
    lines = lines_needed(list(text), capacity)
    reckoned = lines <= _FEW_LINES or ems(text) == len(text)
    if reckoned and ems(text[-2:]) <= capacity and lines > lines_needed(list(text[:-1]), capacity):
        cell.text = text[:-2]
        cell.append(builder.SPAN(text[-2:], builder.CLASS(KEPT)))
