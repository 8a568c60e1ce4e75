"""From a PDF to the paragraphs and tables in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongkai.source.printed.document import Block, Printed
from gongkai.source.text_file import read_bytes

from .contents import take_contents
from .heads import take_heads
from .layout import Page, Piece, page_of
from .opened import opened
from .page import content_of
from .paragraphs import Placed, continues, paragraph, placed
from .running import without_running
from .tables import Builder, Whole, goes_on


def read_pdf(path: Path) -> Printed:
    """The document in a PDF.

    Raises FindingsError where the file is absent, damaged, protected by a password or too large. What of it cannot
    be read is told in ``findings``.
    """
    return read_pdf_data(read_bytes(path), str(path))


def read_pdf_data(data: bytes, file: str) -> Printed:
    """The document in the bytes of a PDF; ``file`` is what messages call it. Raises FindingsError as ``read_pdf``."""
    with opened(data, file) as document:
        pages = [_page(document, at) for at in range(len(document))]
    blank = [page.number for page in pages if not (page.content.glyphs or page.content.across or page.content.pictured)]
    for page in pages:
        take_heads(page)
    without_running(pages)
    outline = take_contents(pages)
    return Printed(file, "pdf", _blocks(pages), len(pages), blank, outline)


def _page(document: Any, at: int) -> Page:
    page = document[at]
    text = page.get_textpage()
    try:
        return page_of(content_of(page.raw, text.raw, at + 1))
    finally:
        text.close()
        page.close()


def _blocks(pages: list[Page]) -> list[Block]:
    frames = {page.number: page.content.frame for page in pages}
    blocks: list[Block] = []
    for number, item in enumerate(_items(pages), 1):
        if isinstance(item, Whole):
            index = sum(not hasattr(block, "text") for block in blocks) + 1
            blocks.append(Builder(item, number, index, frames).table())
        else:
            blocks.append(paragraph(item, number, frames))
    return blocks


def _items(pages: list[Page]) -> Iterator[Whole | list[Placed]]:
    """Tables and paragraphs in reading order, what goes on over a page joined."""
    items: list[Whole | list[Placed]] = []
    for page in pages:
        first = True
        for part in _parts(page):
            last = items[-1] if items else None
            if isinstance(part, Piece):
                skipped = None
                if isinstance(last, Whole) and first and last.pieces[-1].page == page.number - 1:
                    skipped = goes_on(last, part)
                if isinstance(last, Whole) and skipped is not None:
                    last.pieces.append(part)
                    last.skipped.append(skipped)
                else:
                    items.append(Whole([part], [0]))
            elif isinstance(last, list) and continues(last[-1], part):
                last.append(part)
            else:
                items.append([part])
            first = False
    yield from items


def _parts(page: Page) -> list[Piece | Placed]:
    """The tables and lines of a page from top to bottom."""
    parts: list[Piece | Placed] = [*page.pieces, *placed(page.lines, page.number)]
    return sorted(parts, key=lambda part: part.top if isinstance(part, Piece) else part.line.base)
