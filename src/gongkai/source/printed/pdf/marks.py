"""A copy of a PDF in which places are highlighted, each with a note."""

from __future__ import annotations

import ctypes
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.findings import Box

from .stored.content import frame_of
from .stored.geometry import Frame
from .stored.opened import opened

_ROOM = 1.0
"""Points around what is marked."""
_NOTE, _MARGIN = 20.0, 10.0
"""Points: how large the sign of a note is that belongs to a page as a whole, and how far from its corner."""
_IDENTIFIERS, _TRAILER = re.compile(rb"/ID\s*\[<([0-9A-F]*)><([0-9A-F]*)>\]"), 4_096
Colour = tuple[int, int, int]
"""Red, green, blue, each up to 255."""
_YELLOW: Colour = (255, 230, 100)


@dataclass(frozen=True)
class Mark:
    """Something to be highlighted: boxes on a page as a reader sees it, and what to say of them.

    Without boxes the note stands at the corner of the page; page 0 is the document as a whole, told on the first.
    """

    page: int
    boxes: Sequence[Box]
    note: str
    author: str = ""
    colour: Colour = _YELLOW


def highlighted(data: bytes, marks: Iterable[Mark], file: str) -> bytes:
    """A copy of a PDF with marks in it; nothing else of it is changed.

    Marks on pages that it does not have are put on the last. Raises FindingsError when the PDF cannot be opened.
    """
    with opened(data, file) as document:
        of_page: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            of_page[min(max(mark.page, 1), len(document))].append(mark)
        for number, here in sorted(of_page.items()):
            try:
                page = document[number - 1]
            except pypdfium2.PdfiumError:
                continue  # a damaged page: the reading tells it, and there is nothing to see on it
            frame = frame_of(page.raw)
            alone = 0
            for mark in here:
                alone += not mark.boxes
                _put(page.raw, frame, mark, alone)
            page.close()
        copy = io.BytesIO()
        document.save(copy)
    return _identified(copy.getvalue(), data)


def _identified(copy: bytes, source: bytes) -> bytes:
    """The same file with identifiers that follow from what is in it: the library takes others every time."""
    found = list(_IDENTIFIERS.finditer(copy, max(len(copy) - _TRAILER, 0)))
    if not found:
        return copy
    parts = [found[-1].span(2)]
    if found[-1][1] not in source:
        parts.insert(0, found[-1].span(1))  # the source has none that would stay
    for start, end in parts:
        copy = copy[:start] + b"0" * (end - start) + copy[end:]
    told = hashlib.sha256(copy).hexdigest().upper().encode()
    for start, end in parts:
        copy = copy[:start] + told[: end - start].ljust(end - start, b"0") + copy[end:]
    return copy


def _put(page: Any, frame: Frame, mark: Mark, alone: int) -> None:
    """Adds one mark; ``alone`` counts the notes of a page that have no place of their own."""
    kind = pdfium.FPDF_ANNOT_HIGHLIGHT if mark.boxes else pdfium.FPDF_ANNOT_TEXT
    annotation = pdfium.FPDFPage_CreateAnnot(page, kind)
    try:
        boxes = mark.boxes or [_corner(alone)]
        sides = [frame.outward(Box(b.left - _ROOM, b.top - _ROOM, b.right + _ROOM, b.bottom + _ROOM)) for b in boxes]
        if mark.boxes:
            for left, bottom, right, top in sides:
                corners = pdfium.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
                pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
        left, bottom = min(each[0] for each in sides), min(each[1] for each in sides)
        right, top = max(each[2] for each in sides), max(each[3] for each in sides)
        pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(left, top, right, bottom))
        pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *mark.colour, 255)
        pdfium.FPDFAnnot_SetFlags(annotation, pdfium.FPDF_ANNOT_FLAG_PRINT)
        _say(annotation, b"Contents", mark.note)
        if mark.author:
            _say(annotation, b"T", mark.author)
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _corner(number: int) -> Box:
    """Where the note of a page as a whole stands: one under the other."""
    top = _MARGIN + (number - 1) * _NOTE
    return Box(_MARGIN, top, _MARGIN + _NOTE, top + _NOTE)


def _say(annotation: Any, key: bytes, text: str) -> None:
    encoded = text.encode("utf-16-le", "replace") + b"\0\0"
    buffer = ctypes.create_string_buffer(encoded, len(encoded))
    pdfium.FPDFAnnot_SetStringValue(annotation, key, ctypes.cast(buffer, pdfium.FPDF_WIDESTRING))
