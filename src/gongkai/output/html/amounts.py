"""Amounts of a web page marked up with <data>, so that programs read them as numbers."""

from __future__ import annotations

import re

from lxml.html import HtmlElement, builder

_PRINTED = r"-?\d{1,3}(?:,\d{3})*\.\d{2}"
_CELL = re.compile(r"-?\d{1,3}(?:,\d{3})*(?:\.\d{2})?")
_PROSE = re.compile(rf"(?<![\d.,])({_PRINTED})(?=万元)")


def mark_amounts(body: HtmlElement) -> None:
    """Put every amount of a table, and every 万元 of the text, into ``<data value="…">``, in the unit printed."""
    for cell in [*body.iter("td")]:
        if "num" in (cell.get("class") or "").split() and _CELL.fullmatch(cell.text or "") and not len(cell):
            _split(cell, _CELL)
        elif cell.text:
            _split(cell, _PROSE)
    for paragraph in [*body.iter("p")]:
        _split(paragraph, _PROSE)


def _split(element: HtmlElement, pattern: re.Pattern[str]) -> None:
    """Wrap what the pattern finds in the text at the beginning of an element and after each child."""
    children = list(element)
    pieces = [(None, element.text), *((child, child.tail) for child in children)]
    for child, text in reversed(pieces):
        if not text or pattern.search(text) is None:
            continue
        found = list(pattern.finditer(text))
        before = text[: found[0].start()]
        ends = [match.start() for match in found[1:]] + [len(text)]
        marked = []
        for match, end in zip(found, ends, strict=True):
            data = builder.E.data(match[0], value=match[0].replace(",", ""))
            data.tail = text[match.end() : end]
            marked.append(data)
        if child is None:
            element.text = before
            element[0:0] = marked
        else:
            child.tail = before
            at = element.index(child) + 1
            element[at:at] = marked
