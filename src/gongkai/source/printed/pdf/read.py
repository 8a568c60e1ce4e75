"""From a PDF to the paragraphs and tables in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2

from gongkai.findings import Finding
from gongkai.source.printed.document import Printed
from gongkai.source.printed.refused import too_large
from gongkai.source.text_file import read_bytes

from .layout.assemble import blocks_of
from .layout.contents import take_contents
from .layout.heads import take_heads
from .layout.parts import Page, page_of
from .layout.running import without_numbers, without_running
from .layout.unparted import part_rows
from .layout.unruled import take_unruled
from .stored.carried import attached, bookmarks
from .stored.content import content_of
from .stored.inflated import is_suspect
from .stored.opened import opened
from .unread import damaged_page, unread_of, unsure_table

_SECONDS = 10.0
"""How much of a processor's time the pages of a document may take in all: however busy the machine is, the same."""
_MOST_CHARACTERS = 2_000_000


def read_pdf(path: Path) -> Printed:
    """The document in a PDF.

    Raises FindingsError where the file is absent, damaged, protected by a password or too large. What of it cannot
    be read is told in ``findings``.
    """
    return read_pdf_data(read_bytes(path), str(path))


def read_pdf_data(data: bytes, file: str) -> Printed:
    """The document in the bytes of a PDF; ``file`` is what messages call it. Raises FindingsError as ``read_pdf``."""
    if is_suspect(data):
        from .apart import read_apart

        return read_apart(data, file)
    return read_here(data, file)


def read_here(data: bytes, file: str) -> Printed:
    """The same in this process, whatever the document takes."""
    findings: list[Finding] = []
    with opened(data, file) as document:
        pages = [*_pages(document, file, findings)]
        count = len(document)
        files = attached(document)
        outline = bookmarks(document)
    findings += unread_of(pages, file)
    blank = [
        page.number
        for page in pages
        if not (page.content.glyphs or page.content.across or page.content.down or page.content.pictured)
    ]
    without_numbers(pages)
    contents = take_contents(pages)
    for page in pages:
        for piece in page.pieces:
            part_rows(piece)
        findings += [unsure_table(file, page.number) for _ in take_unruled(page)]
        take_heads(page)
    without_running(pages)
    blocks = blocks_of(pages, outline)
    return Printed(file, "pdf", blocks, count, blank, contents, tuple(findings), files)


def _pages(document: Any, file: str, findings: list[Finding]) -> Iterator[Page]:
    """Every page that can be read. Raises FindingsError when they take too long, or say too much."""
    end = time.thread_time() + _SECONDS
    characters = 0
    for at in range(len(document)):
        try:
            page = document[at]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            findings.append(damaged_page(file, at + 1))
            continue
        try:
            read = page_of(content_of(page.raw, text.raw, at + 1))
        finally:
            text.close()
            page.close()
        characters += len(read.content.glyphs)
        if characters > _MOST_CHARACTERS or time.thread_time() > end:
            raise too_large(file, f"到第 {at + 1} 页已经读了太多的字和线")
        yield read
