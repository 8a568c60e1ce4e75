"""What a PDF carries beside its pages: files, and the outline for readers' side panes."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_MOST_FILES, _MOST_ATTACHED = 50, 20_000_000
_MOST_ENTRIES = 2_000

logging.getLogger("pypdfium2").addHandler(logging.NullHandler())  # what it says of an outline is in no clerk's words


def attached(document: Any) -> Mapping[str, bytes]:
    """The files that a document carries, by name; no more of them, and no larger, than any disclosure has."""
    files: dict[str, bytes] = {}
    room = _MOST_ATTACHED
    for at in range(min(document.count_attachments(), _MOST_FILES)):
        try:
            attachment = document.get_attachment(at)
            name, size = attachment.get_name(), _size(attachment)
            if 0 < size <= room:
                files[name] = bytes(attachment.get_data())
                room -= size
        except pypdfium2.PdfiumError:
            continue  # a damaged one: nothing that is read depends on it
    return files


def _size(attachment: Any) -> int:
    """How large a file is, before it is taken."""
    size = ctypes.c_ulong()
    pdfium.FPDFAttachment_GetFile(attachment.raw, None, 0, size)
    return int(size.value)


def bookmarks(document: Any) -> Sequence[tuple[str, int, int]]:
    """The outline for readers' side panes: text, level from 1, page from 1."""
    found: list[tuple[str, int, int]] = []
    try:
        for entry in document.get_toc(max_depth=6):
            destination = entry.get_dest()
            page = destination.get_index() if destination is not None else None
            if page is not None:
                found.append((entry.get_title(), entry.level + 1, page + 1))
            if len(found) >= _MOST_ENTRIES:
                break
    except pypdfium2.PdfiumError:
        pass  # a damaged outline: headings are told by the tags, or not at all
    return found
