"""From a file name to its text, or to the reason why there is none."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NoReturn

from gongkai.files.read import NotRegularError, OutsideError, TooLargeError, read_regular
from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.texts.plain import INVISIBLE

MAX_BYTES = 20_000_000
"""No unit's figures come near this; a larger file is a mistake or an attack."""

# Control characters, and the spaces, line breaks and marks that no editor shows.
NOT_PRINTABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]|{INVISIBLE.pattern}")

_REASONS = {
    errno.EACCES: "没有读取的权限",
    errno.EPERM: "没有读取的权限",
    errno.EBUSY: "正被别的程序占用",
    errno.EIO: "磁盘读取出错",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
}

# How files begin that are not text.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "新版 Office 文档或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文档"),
    (b"%PDF-", "PDF 文件"),
)


def _fail(code: str, message: str, advice: str, place: Place) -> NoReturn:
    raise FindingsError([Finding(code, Level.ERROR, message, advice, place=place)])


def _place_of(text: str, index: int, file: str) -> Place:
    line_start = text.rfind("\n", 0, index) + 1
    return Place(file, text.count("\n", 0, index) + 1, index - line_start + 1)


_HELD: ContextVar[Mapping[str, bytes] | None] = ContextVar("held", default=None)


@contextmanager
def held(files: Mapping[str, bytes]) -> Iterator[None]:
    """Let files be read from memory: on another machine, or as they were at one moment.

    Keys are paths as they are written, made normal by ``os.path.normpath``.
    """
    token = _HELD.set(files)
    try:
        yield
    finally:
        _HELD.reset(token)


def read_bytes(path: Path, within: Path | None = None) -> bytes:
    """What is in a file. Raises FindingsError when it is absent, no ordinary file, too large or unreadable.

    A file that is to be ``within`` a folder may not be a link that leads out of it.
    """
    files = _HELD.get()
    if files is not None and (data := files.get(os.path.normpath(path))) is not None:
        return data
    here = Place(str(path))
    try:
        return read_regular(path, MAX_BYTES, within=within)
    except NotRegularError:
        if path.is_dir():
            _fail("GK102", "这是一个文件夹，不是数据文件", "请指定文件夹里的一个数据文件", here)
        _fail("GK102", "这不是普通文件", "请指定一个数据文件", here)
    except TooLargeError as error:
        _fail("GK104", f"文件过大（{error.size:,} 字节）", "请核对是否选错了文件", here)
    except OutsideError:
        _fail("GK606", "是指向文件夹外面的链接", "请把文件本身放进文件夹", here)
    except FileNotFoundError:
        _fail("GK101", "找不到文件", "请核对文件名和所在文件夹", here)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")
        _fail("GK103", f"文件打不开：{reason}", "请核对文件权限，或先关闭占用它的程序", here)


def _decode(data: bytes, file: str) -> str:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            _fail("GK105", f"这是{what}，不是数据文件", "请核对是否选错了文件", Place(file))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        _fail("GK105", "文件是 UTF-16 编码，不是 UTF-8", "请用记事本打开后“另存为”，编码选 UTF-8", Place(file))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        place = _place_of(before, len(before), file)
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        _fail("GK105", "文件不是 UTF-8 编码的文本", "请核对是否选错了文件", place)
    advice = "请用记事本或 WPS 打开后“另存为”，编码选 UTF-8"
    _fail("GK105", "文件像是 GB18030（GBK、ANSI）编码，不是 UTF-8", advice, place)


def read_text(path: Path, within: Path | None = None) -> str:
    """The text of a UTF-8 file, with plain line breaks; ``within`` as for ``read_bytes``.

    Raises FindingsError when the file is absent, a folder, too large, empty, not UTF-8
    or carries control characters.
    """
    text = _decode(read_bytes(path, within), str(path)).replace("\r\n", "\n").replace("\r", "\n")
    match = NOT_PRINTABLE.search(text)
    if match is not None:
        place = _place_of(text, match.start(), str(path))
        _fail("GK106", f"有看不见的控制字符（U+{ord(match[0]):04X}）", "请删去该字符，或把这一行重新输入", place)
    if not text.strip():
        _fail("GK107", "文件是空的", "可用“gongkai new”写一份带说明的样表", Place(str(path)))
    return text
