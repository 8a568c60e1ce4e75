"""Texts of a workbook: the shared ones, those in a cell itself, and how they spell what XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from gongkai.source.workbook.names import local_name

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"


def shared_strings(root: etree._Element) -> Sequence[str]:
    """The texts to which cells refer by number."""
    return [text_of(item) for item in root]


def text_of(item: etree._Element) -> str:
    """The text of a shared or inline string: its runs joined, without what tells how to read it aloud."""
    if len(item) == 1 and str(item[0].tag).endswith("}t"):
        return _as_kept(item[0])
    return "".join(_pieces(item))


def _pieces(item: etree._Element) -> Iterator[str]:
    for part in item:
        name = local_name(part)
        if name == "t":
            yield _as_kept(part)
        elif name == "r":
            yield from (_as_kept(run) for run in part if local_name(run) == "t")


def _as_kept(element: etree._Element) -> str:
    """The programs drop blanks at the ends unless the file tells them to keep them."""
    text = element.text or ""
    return unescaped(text if element.get(_SPACE) == "preserve" else text.strip(_BLANKS))


def unescaped(text: str) -> str:
    """A text in which ``_x000D_`` is what it stands for, and every end of a line the usual one.

    What only looks so was written ``_x005F_x000D_``.
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        if not text.isascii():  # two halves that were escaped one by one are one character
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
