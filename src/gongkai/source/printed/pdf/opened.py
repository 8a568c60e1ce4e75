"""Opening a PDF within bounds, and why one is not read, in the clerk's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.findings import Finding, FindingsError, Level, Place

MOST_PAGES = 1_000


def refused(file: str, message: str, advice: str) -> FindingsError:
    """The reading stops; about the file as a whole."""
    return FindingsError([Finding("GK891", Level.ERROR, message, advice, place=Place(file))])


@contextmanager
def opened(data: bytes, file: str) -> Iterator[Any]:
    """The library's document. Raises FindingsError when it is no PDF, damaged, protected or has too many pages."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            advice = "请用 PDF 软件打开，去掉打开密码（另存为不加密的），再试"
            raise refused(file, "PDF 设了打开密码，读不出", advice) from None
        advice = "请核对是否选错了文件；打得开的，请用 PDF 软件“另存为”或“打印成 PDF”后再试"
        raise refused(file, "PDF 读不出：文件损坏，或不完整", advice) from None
    try:
        pages = len(document)
        if pages > MOST_PAGES:
            raise refused(file, f"PDF 有 {pages:,} 页，超过 {MOST_PAGES:,} 页", "请拆成几个文件，或核对是否选错了文件")
        if not pages:
            raise refused(file, "PDF 读不出：里面没有页", "请核对是否选错了文件")
        yield document
    finally:
        document.close()
