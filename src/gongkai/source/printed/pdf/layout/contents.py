"""The contents that a document prints: lines that lead to the number of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lines import TextLine
from .parts import Page

_LEADER = re.compile(r"^(.*?)[\s.…·．。﹒⋯・_-]{4,}\s*[-—(（]?\s*(\d{1,4})\s*[-—)）]?$")
_PAGED = re.compile(r"^(.*?\D)\s+(\d{1,4})$")
_HEAD = re.compile(r"^目\s*[录次]$")
_ENTRY = re.compile(
    r"^(?:第.{1,3}[部章节]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.．、]|附|表\s*\d)"
)
_MOST_PAGES = 8
"""Contents that are longer are none."""


def take_contents(pages: Sequence[Page]) -> list[tuple[str, int]]:
    """The entries of the contents and the pages that they name (0: none); their lines are no running text any more."""
    entries: list[tuple[str, int]] = []
    going = False
    for page in pages[:_MOST_PAGES]:
        head = next((at for at, line in enumerate(page.lines) if _HEAD.match(line.text.strip())), None)
        led = sum(_LEADER.match(line.text) is not None for line in page.lines)
        if head is None and not (led >= 2 and 2 * led >= len(page.lines)):
            if going:
                break
            continue
        start = 0 if head is None else head + 1
        end = _end(page.lines, start, led)
        entries += _entries(page.lines[start:end])
        page.lines = page.lines[: start - (head is not None)] + page.lines[end:]
        going = True
    return entries


def _end(lines: Sequence[TextLine], start: int, led: int) -> int:
    """The line after the last entry."""
    if led:
        return max(at for at, line in enumerate(lines) if _LEADER.match(line.text) or at < start) + 1
    end = start
    while end < len(lines) and (_ENTRY.match(lines[end].text) or _PAGED.match(lines[end].text)):
        end += 1
    return end


def _entries(lines: Sequence[TextLine]) -> list[tuple[str, int]]:
    """The entries in some lines; one that goes on in the next line names its page there."""
    found: list[tuple[str, int]] = []
    pending = ""
    any_led = any(_LEADER.match(line.text) for line in lines)
    for line in lines:
        match = _LEADER.match(line.text) or _PAGED.match(line.text)
        if match:
            found.append((pending + match[1].rstrip(" .…·"), int(match[2])))
            pending = ""
        elif any_led and not (pending and _ENTRY.match(line.text)):
            pending += line.text
        else:
            if pending:
                found.append((pending, 0))
            pending = line.text
            if not any_led:
                found.append((pending, 0))
                pending = ""
    return [*found, (pending, 0)] if pending else found
