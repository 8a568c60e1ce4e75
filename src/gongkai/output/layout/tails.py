"""The few lines after the last table of a part stand below it where its page has room, and on no page of their own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from gongkai.document.vocabulary import LINES, PART, SHEET, SIGNATURE, classes_of, role_of
from gongkai.packs.style import RoleStyle, Style
from gongkai.texts.width import ems

from .spaces import BELOW_TABLE

_RUNNING = ("h2", "h3", "p")
"""The elements of running text."""


def join_tables(style: Style, rooms: Sequence[tuple[HtmlElement, float]]) -> None:
    """Put the few lines that end a part below the table before them; ``rooms`` says what the table's page has left.

    ``rooms`` are the sheets of the document with the points that are free below each.
    """
    for sheet, room in rooms:
        tail = _tail(sheet)
        if not tail:
            continue
        width, _ = style.page.type_area(landscape=sheet.get("data-orientation") == "landscape")
        lines, height, least = 0, 0.0, BELOW_TABLE
        for element in tail:
            role = style.roles[role_of(element).name]
            needed = lines_of(element, role, width)
            lines += needed
            height += max(role.before, least) + needed * role.line + role.after
            least = 0.0
        if lines < style.typesetting.least_lines and height <= room:
            sheet.extend(tail)


def stretches(root: HtmlElement) -> Iterator[list[HtmlElement]]:
    """What stands between the page breaks of every part: the sheets of tables have pages of their own."""
    for part in root.find_class(PART):
        stretch: list[HtmlElement] = []
        for element in part:
            if SHEET in classes_of(element):
                yield stretch
                stretch = []
            elif isinstance(element.tag, str):
                stretch.append(element)
        yield stretch


def is_text(element: HtmlElement) -> bool:
    """Whether an element is running text: a heading within a part, or a paragraph."""
    return element.tag in _RUNNING and not element.get("class")


def is_signature(element: HtmlElement) -> bool:
    """Whether an element is the 落款."""
    return SIGNATURE in classes_of(element)


def lines_of(element: HtmlElement, look: RoleStyle, width: float) -> int:
    """The lines of an element of running text: those that are chosen for it, else as its characters ask."""
    chosen = element.get(LINES)
    if chosen is not None:
        return int(chosen)
    characters = width / look.size - look.left_indent - look.right_indent
    return max(math.ceil((ems(element.text_content().strip()) + look.first_indent) / characters), 1)


def _tail(sheet: HtmlElement) -> list[HtmlElement]:
    """What follows a sheet to the end of its part, if that is running text and nothing else."""
    following = list(sheet.itersiblings())
    return following if all(map(is_text, following)) else []
