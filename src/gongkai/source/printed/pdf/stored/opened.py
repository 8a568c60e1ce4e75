"""Opening a PDF within bounds; the library knows one document at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.source.printed.refused import damaged, protected, too_large

MOST_PAGES = 1_000
_ONE = Lock()
"""The library must not be asked by two threads at once."""


@contextmanager
def opened(data: bytes, file: str) -> Iterator[Any]:
    """The library's document. Raises FindingsError when it is no PDF, damaged, protected or has too many pages."""
    with _ONE:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
                raise protected(file, "PDF 设了打开密码") from None
            raise damaged(file, _what(data)) from None
        try:
            pages = len(document)
            if pages > MOST_PAGES:
                raise too_large(file, f"PDF 有 {pages:,} 页，超过 {MOST_PAGES:,} 页")
            if not pages:
                raise damaged(file, "PDF 里没有页")
            yield document
        finally:
            document.close()


def _what(data: bytes) -> str:
    """Why there is no document in some bytes."""
    if not data:
        return "文件是空的"
    if b"%PDF-" not in data[:1024]:
        return "不是 PDF"
    return "PDF 损坏了" if re.search(rb"%%EOF\s*\Z", data[-2048:]) else "PDF 不完整，后面的没有存下来"
