"""What does not fit: text wider than its cell, or beyond the edge of the type area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from gongkai.findings import Finding, Level, shown

_HAIR = 1.0
"""Pixels by which a text may reach over an edge; nobody sees them."""
_ADVICE = "请在模板包里加宽这一列、改为横向，或减少列；文字太长的请缩短"


def overflows(document: Document) -> Iterator[Finding]:
    """A warning for every text that is cut off or set over its neighbours, each text once."""
    seen: set[tuple[str, str]] = set()
    for number, page in enumerate(document.pages, 1):
        root = next(box for box in page._page_box.children if not isinstance(box, boxes.MarginBox))
        bottom = page._page_box.content_box_y() + page._page_box.height
        for what, text in _in(root, bottom, ()):
            if (what, text) not in seen:
                seen.add((what, text))
                yield Finding("GK605", Level.WARNING, f"第 {number} 张纸上“{shown(text)}”{what}", _ADVICE)


def _in(box: Any, bottom: float, room: Sequence[float]) -> Iterator[tuple[str, str]]:
    """What does not fit in a box; ``room`` is the right edge of the cell or block around it, if there is one."""
    if isinstance(box, boxes.TextBox):
        if not box.text.strip():
            return
        if room and box.position_x + box.width > room[0] + _HAIR:
            yield "超出了栏宽", box.text
        elif box.position_y + box.baseline > bottom + _HAIR:
            yield "超出了版心下边", box.text
        return
    if isinstance(box, (boxes.TableCellBox, boxes.BlockBox)) and not isinstance(box, boxes.TableBox):
        room = [box.position_x + box.margin_width() - box.margin_right]
    for child in getattr(box, "children", ()):
        yield from _in(child, bottom, room)
