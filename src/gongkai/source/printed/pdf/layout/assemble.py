"""Pages to tables and paragraphs in reading order, with what goes on over a page as one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.source.printed.document import Block

from .paragraphs import Edges, Placed, continues, paragraph
from .parts import Page, Piece
from .tables import Builder, Whole, goes_on

_Item = Whole | list[Placed]


def blocks_of(pages: Sequence[Page], bookmarks: Sequence[tuple[str, int, int]]) -> list[Block]:
    """The tables and paragraphs of a document; headings are those that its tags or its bookmarks name."""
    frames = {page.number: page.content.frame for page in pages}
    levels = _levels(bookmarks)
    blocks: list[Block] = []
    index = 0
    for number, item in enumerate(_items(pages), 1):
        if isinstance(item, Whole):
            index += 1
            blocks.append(Builder(item, number, index, frames).table())
        else:
            blocks.append(paragraph(item, number, frames, levels))
    return blocks


def _levels(bookmarks: Sequence[tuple[str, int, int]]) -> dict[tuple[int, str], int]:
    """The level of a heading by its page and its words without blanks."""
    levels: dict[tuple[int, str], int] = {}
    for text, level, page in bookmarks:
        levels.setdefault((page, re.sub(r"\s", "", text)), level)
    return levels


def _items(pages: Sequence[Page]) -> list[_Item]:
    items: list[_Item] = []
    edges = Edges(pages)
    for page in pages:
        for at, part in enumerate(_parts(page, edges)):
            if not (
                _tables_go_on(items, part, first=at == 0) if isinstance(part, Piece) else _text_goes_on(items, part)
            ):
                items.append(Whole([part], [0]) if isinstance(part, Piece) else [part])
    return items


def _tables_go_on(items: list[_Item], part: Piece, *, first: bool) -> bool:
    """Adds a table to the last one where it is the rest of it."""
    last = items[-1] if items else None
    if not isinstance(last, Whole) or not first or last.pieces[-1].page != part.page - 1:
        return False
    skipped = goes_on(last, part)
    if skipped is None:
        return False
    last.pieces.append(part)
    last.skipped.append(skipped)
    return True


def _text_goes_on(items: list[_Item], part: Placed) -> bool:
    """Adds a line to the last paragraph where it goes on with it."""
    last = items[-1] if items else None
    if not isinstance(last, list) or not continues(last[-1], part):
        return False
    last.append(part)
    return True


def _parts(page: Page, edges: Edges) -> list[Piece | Placed]:
    """The tables and lines of a page from top to bottom."""
    parts: list[Piece | Placed] = [*page.pieces, *edges.placed(page)]
    return sorted(parts, key=lambda part: part.top if isinstance(part, Piece) else part.line.base)
