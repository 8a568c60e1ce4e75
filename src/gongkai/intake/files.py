"""From a file name to its text, or to the reason why there is none."""

from __future__ import annotations

import re
from pathlib import Path

from gongkai.findings import Finding, FindingsError, Level, Place

MAX_BYTES = 20_000_000
"""No unit's figures come near this; a larger file is a mistake or an attack."""

_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def _fail(code: str, message: str, advice: str, place: Place) -> FindingsError:
    return FindingsError([Finding(code, Level.ERROR, message, advice, place=place)])


def _place_of(text: str, index: int, file: str) -> Place:
    line_start = text.rfind("\n", 0, index) + 1
    return Place(file, text.count("\n", 0, index) + 1, index - line_start + 1)


def _read_bytes(path: Path) -> bytes:
    here = Place(str(path))
    if path.is_dir():
        raise _fail("GK102", "这是一个文件夹，不是数据文件", "请指定文件夹里的 .yaml 文件", here)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _fail("GK101", "找不到文件", "请核对文件名和所在文件夹", here) from None
    except OSError as error:
        raise _fail("GK103", f"文件打不开：{error.strerror}", "请核对文件权限，或先关闭占用它的程序", here) from None
    if len(data) > MAX_BYTES:
        raise _fail("GK104", f"文件过大（{len(data):,} 字节）", "请核对是否选错了文件", here)
    return data


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        place = _place_of(before, len(before), file)
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise _fail("GK105", "文件是 UTF-16 编码，不是 UTF-8", "请另存为 UTF-8 编码", Place(file, 1, 1))
        data.decode("gb18030")
    except UnicodeDecodeError:
        raise _fail("GK105", "文件不是 UTF-8 编码的文本", "请核对是否选错了文件", place) from None
    raise _fail(
        "GK105",
        "文件像是 GB18030（GBK、ANSI）编码，不是 UTF-8",
        "请用记事本或 WPS 打开后“另存为”，编码选 UTF-8",
        place,
    )


def read_text(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises FindingsError when the file is absent, a folder, too large, empty, not UTF-8
    or carries control characters.
    """
    text = _decode(_read_bytes(path), str(path)).replace("\r\n", "\n")
    match = _NOT_PRINTABLE.search(text)
    if match is not None:
        place = _place_of(text, match.start(), str(path))
        raise _fail("GK106", f"有不可见的控制字符（U+{ord(match[0]):04X}）", "请删去该字符", place)
    if not text.strip():
        raise _fail("GK107", "文件是空的", "可用“gongkai new”写一份带说明的样表", Place(str(path)))
    return text
