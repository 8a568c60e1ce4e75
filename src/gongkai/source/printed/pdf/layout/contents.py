"""The contents that a document prints: lines that lead to the number of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .heads import is_title
from .lines import TextLine
from .parts import Page

_LEADER = re.compile(r"^(.*?)[\s.…·．。﹒⋯・_-]{4,}\s*[-—(（]?\s*(\d{1,4})\s*[-—)）]?$")
_PAGED = re.compile(r"^(.*?\D)\s+(\d{1,4})$")
_HEAD = re.compile(r"^目\s*[录次]$")
_ENTRY = re.compile(
    r"^(?:第.{1,3}[部章节]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.．、]|附|表\s*\d)"
)
_DOTS = " .…·．﹒⋯・_-"
_SENTENCE = re.compile(r"[。；，]")
_LEAST, _LONGEST = 2, 60
_LONGEST_LINE = 300
"""Characters with its dots: what is longer is no entry, and would take long to look at."""
_LEAST_LISTED, _NEARLY_ALL = 3, 0.8
_MOST_PAGES = 8
"""Contents that are longer are none."""


def take_contents(pages: Sequence[Page]) -> list[tuple[str, int]]:
    """The entries of the contents and the pages that they name (0: none); their lines are no running text any more."""
    entries: list[tuple[str, int]] = []
    going = False
    for page in pages[:_MOST_PAGES]:
        head = next((at for at, line in enumerate(page.lines) if _HEAD.match(line.text.strip())), None)
        start = 0 if head is None else head + 1
        end = _end(page.lines, start)
        listed = _taken_list(page)
        entries += listed
        if head is None and not _is_contents(page.lines, going=going):
            if going and not listed:
                break
            continue
        entries += _entries(page.lines[start:end])
        page.lines = page.lines[: start - (head is not None)] + page.lines[end:]
        going = True
    return entries


def _taken_list(page: Page) -> list[tuple[str, int]]:
    """The entries of a table that is a list of tables; it is none of the tables of the page any more."""
    for piece in page.pieces:
        rows: dict[int, list[str]] = {}
        for cell in piece.cells:
            if cell.text:
                rows.setdefault(cell.region.top, []).append(cell.text)
        titles = sum(any(map(is_title, row)) for row in rows.values())
        if len(rows) >= _LEAST_LISTED and titles >= _NEARLY_ALL * len(rows):
            page.pieces.remove(piece)
            return [_listed(row) for row in rows.values()]
    return []


def _listed(row: Sequence[str]) -> tuple[str, int]:
    """An entry of such a list: its texts, and the page where the last of them is a number."""
    paged = len(row) > 1 and row[-1].isdecimal() and len(row[-1]) <= len("9999")
    return " ".join(row[:-1] if paged else row), int(row[-1]) if paged else 0


def _is_contents(lines: Sequence[TextLine], *, going: bool) -> bool:
    """Whether a page without the word 目录 is one: its lines lead to pages, or it goes on with entries alone."""
    led = sum(_led(line) is not None for line in lines)
    if led >= _LEAST and 2 * led >= len(lines):
        return True
    entries = sum(_ENTRY.match(line.text) is not None for line in lines)
    return going and entries * 10 >= len(lines) * 7 and all(map(_may_be_entry, lines)) and bool(lines)


def _led(line: TextLine) -> re.Match[str] | None:
    """What a line leads to by dots: its text and the page."""
    return _LEADER.match(line.text) if len(line.text) <= _LONGEST_LINE else None


def _paged(line: TextLine) -> re.Match[str] | None:
    """The same without dots."""
    return _PAGED.match(line.text) if len(line.text) <= _LONGEST_LINE else None


def _end(lines: Sequence[TextLine], start: int) -> int:
    """The line after the last entry."""
    led = [at for at, line in enumerate(lines) if at >= start and _led(line)]
    if led:
        return led[-1] + 1
    end = start
    while end < len(lines) and _may_be_entry(lines[end]):
        end += 1
    return end


def _may_be_entry(line: TextLine) -> bool:
    """Whether a line may be an entry, or the rest of one: short, and no sentence."""
    return len(line.text.rstrip(_DOTS)) <= _LONGEST and not _SENTENCE.search(line.text)


def _entries(lines: Sequence[TextLine]) -> list[tuple[str, int]]:
    """The entries in some lines; what does not begin like one goes on with the entry before it."""
    found: list[tuple[str, int]] = []
    pending = ""
    leads = any(map(_led, lines))
    for line in lines:
        match = _led(line) or _paged(line)
        text = (match[1] if match else line.text).rstrip(_DOTS)
        if pending and (_ENTRY.match(text) or not leads):
            found.append((pending, 0))
            pending = ""
        if match:
            found.append((pending + text, int(match[2])))
            pending = ""
        elif found and not leads and not _ENTRY.match(text):
            found[-1] = (found[-1][0] + text, found[-1][1])
        else:
            pending += text
    return [*found, (pending, 0)] if pending else found
