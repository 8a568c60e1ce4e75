"""The words in braces in a pack's texts ({单位}, {年度}), and what stands for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongkai.findings import shown

Words = Mapping[str, str]

UNIT = "表格金额单位"
"""The word for the unit of amounts in the official tables."""

_WORD = re.compile(r"\{(\w+)\}|[{}]")


class WordError(ValueError):
    """A text has braces that stand for nothing; its message is for the pack's designer."""


class Filled(str):
    """A text in which every word has been filled in: a brace in it is the clerk's own."""

    __slots__ = ()


def fill(text: str, words: Words) -> Filled:
    """``text`` with {单位}, {年度}, {口径} … replaced; what has been filled in already stays as it is.

    Raises WordError for an unknown word and for a lone brace. It is no format string: a pack must
    neither read attributes nor pad to any length.
    """

    def word(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            raise WordError(f"“{shown(text)}”里的花括号不成对，应写作 {{单位}}")
        if name not in words:
            raise WordError(f"不认识 {match[0]}，可写：{'、'.join(f'{{{known}}}' for known in words)}")
        return words[name]

    return text if isinstance(text, Filled) else Filled(_WORD.sub(word, text))
