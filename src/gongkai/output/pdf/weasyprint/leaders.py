"""The dots between an entry of the contents and its page number, set as one text.

The renderer sets every dot by itself: half of all texts of a document, each to be shaped, drawn and marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import Layout

from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python


def join_leaders(document: Document) -> None:
    """Make one text of the dots of every leader, where they stand."""
    for page in document.pages:
        for box in _leaders(page._page_box):
            if len(box.children) > 1:
                box.children = (_joined(box.children),)


def _leaders(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TableBox):
        return
    for child in getattr(box, "children", ()):
        if child.is_leader:
            yield child
        else:
            yield from _leaders(child)


def _joined(dots: Any) -> Any:
    """One text in the place of equal ones, the first of which stands last."""
    whole = dots[-1].copy()
    whole.text = "".join(dot.text for dot in dots)
    whole.width = sum(dot.width for dot in dots)
    whole.pango_layout = Layout(whole.style)
    whole.pango_layout.set_text(whole.text)
    whole.pango_layout.deactivate()
    return whole
