"""Texts in one plain form: what must not be told is known however it is spelt."""

from __future__ import annotations

import re
import unicodedata

_RANGES = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
)
INVISIBLE = re.compile(f"[{_RANGES}]")
"""Characters that nobody sees and that mean nothing in Chinese text: joiners, fillers, marks, noncharacters."""

_BRACKETS = str.maketrans("[【(]】)", "〔〔〔〕〕〕")
_DECORATION = re.compile("[\\s\"'“”‘’`´《》〈〉「」『』*_~^#|\\\\/·•・‧∙⋅.…\\-‐‑‒–—―−＿ˉ¯]")
"""What may stand between the letters of a name without changing what is read."""

_DASHES = re.compile("[‐‑‒–—―−]")
_WITHIN_NUMBER = re.compile(r"(?<=[0-9])[\s\-.·]+(?=[0-9Xx])")


def folded(text: str) -> str:
    """A text with full-width and other compatible characters as usual ones, without what nobody sees."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)))


def bare(text: str) -> str:
    """A text by its letters, digits and the signs between clauses: without blanks, quotes, dots and dashes, in one
    case, with one kind of bracket. Two texts that read alike have one bare form.
    """
    return _DECORATION.sub("", folded(text)).casefold().translate(_BRACKETS)


def with_plain_numbers(text: str) -> str:
    """A text in which numbers are ASCII digits and dashes one sign."""
    return _DASHES.sub("-", folded(text))


def with_joined_numbers(text: str) -> str:
    """The same without blanks, dashes and dots within numbers: 1101 0119 9003 07 as one."""
    return _WITHIN_NUMBER.sub("", with_plain_numbers(text))
