"""From the name of a workbook to what it holds, or to the reason why it cannot be read."""

from __future__ import annotations

from pathlib import Path

from gongkai.source.text_file import read_bytes

from .cells import Workbook
from .looks_like import looks_like
from .refused import protected, refused

_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = ["Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")]
"""What the older package calls the workbook in it, by the age of the program."""
_BARE = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
"""How the still older begin, which have no package, and what some programs write as .xls."""


def read_workbook(path: Path) -> Workbook:
    """The workbook in a file, whatever the file is called: .xlsx and what is built alike, or the older .xls.

    Raises FindingsError where the file is absent, none, protected by a password, damaged or too large. What does
    not stop the reading is told in ``findings``.
    """
    data, file = read_bytes(path), str(path)
    if data.startswith(_ZIP):
        from .ooxml.book import read_package

        return read_package(data, file)
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise protected(file)
    if data.startswith(_BARE) or (data.startswith(_OLE) and any(name in data for name in _STREAMS)):
        from .older.xls import read_xls

        return read_xls(data, file)
    advice = "请核对是否选错了文件；是表格的，请用 WPS 或 Excel 打开，“另存为”.xlsx 后再试"
    raise refused("GK150", file, f"这{looks_like(data)}，不是 Excel 工作簿", advice)
