"""Titles of columns: how they are compared, and how those of a pack's facts are made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from gongkai.findings import Path

DOT = "·"
_OTHER = "（填写）"
"""Behind a title that another column, or a formula, has already."""


def plain(text: str) -> str:
    """A heading as it is compared: without blanks and line breaks, and of one width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("*")


def own_title(path: Path, taken: Iterable[str]) -> str:
    """The title of what a pack declares at a path of a record: the names on the way, and none that is taken."""
    title, known = DOT.join(map(str, path)), {plain(each) for each in taken}
    while plain(title) in known:
        title += _OTHER
    return title
