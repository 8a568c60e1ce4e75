"""ZIP files that anybody may have made: unpacked in memory, within bounds, under names that are safe everywhere."""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath

MOST_ENTRIES = 2_000
MOST_BYTES = 200_000_000
"""Of all entries together, unpacked."""
MOST_BYTES_OF_ENTRY = 50_000_000
MOST_RATIO = 200
"""No text becomes so much smaller by packing; only counts from the size that follows."""
_RATIO_COUNTS_FROM = 1_000_000
_LONGEST_NAME, _DEEPEST = 200, 12

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_PROBLEMS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error,
    EOFError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip
"""What the library raises at what is no proper ZIP file."""

_UNSAFE = frozenset('\\:*?"<>|')
"""What no name may have on Windows."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Kinds of characters that nobody sees."""
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever the ending."""


class ZipError(Exception):
    """A ZIP file that is not unpacked: why, and by which ``entry`` ('' for the whole)."""

    def __init__(self, message: str, entry: str = "") -> None:
        super().__init__(message)
        self.message, self.entry = message, entry


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files in a ZIP file by name, and its folders, whose names end in a slash and which hold no bytes.

    Raises ZipError for everything that is not plainly a file or a folder below where it is unpacked.
    """
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise ZipError(f"里面的文件超过 {MOST_ENTRIES:,} 个")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _PROBLEMS:
        raise ZipError("不是压缩包，或者损坏、不完整") from None
    entries = archive.infolist()
    _refuse_names([entry.filename for entry in entries])
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ZipError(f"解压后超过 {MOST_BYTES // 1_000_000} MB")
    return {entry.filename: b"" if entry.is_dir() else _read(archive, entry) for entry in entries}


def _refuse_names(names: Sequence[str]) -> None:
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for name in names:
        _refuse_name(name.removesuffix("/"), name)
        if not name.endswith("/") and (other := files.setdefault(_compared(name), name)) is not name:
            raise ZipError("有两个同名的文件" if other == name else f"与“{other}”只差大小写，有的系统分不开", name)
        above = [str(parent) for parent in PurePosixPath(name).parents]
        for folder in [*above, *([name.removesuffix("/")] if name.endswith("/") else [])]:
            if (other := folders.setdefault(_compared(folder), folder)) != folder:
                raise ZipError(f"文件夹与“{other}”只差大小写，有的系统分不开", name)
    for same, name in files.items():
        if same in folders:
            raise ZipError("既是文件又是文件夹", name)


def _compared(name: str) -> str:
    """A name as file systems compare it that know no case, and only one way to write an accent."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _refuse_name(name: str, entry: str) -> None:
    parts = name.split("/")
    if any(part in {"", ".", ".."} for part in parts):
        raise ZipError("名称指向压缩包外面", entry)
    unsafe = any(letter in _UNSAFE or unicodedata.category(letter) in _UNSEEN for letter in name)
    if unsafe or any(part[-1] in ". " or part[0] == " " or _DEVICE.fullmatch(part) for part in parts):
        raise ZipError("名称里有不能用的字，或是系统留用的名称", entry)
    if len(name) > _LONGEST_NAME or len(parts) > _DEEPEST:
        raise ZipError("名称太长，或文件夹套得太深", entry)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    name = entry.filename
    if entry.flag_bits & _ENCRYPTED:
        raise ZipError("设了密码", name)
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        raise ZipError("是链接或别的，不是普通文件", name)
    if entry.compress_type not in _METHODS:
        raise ZipError("用了不常用的压缩方法", name)
    packed_well = entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
    if entry.file_size > MOST_BYTES_OF_ENTRY or (packed_well and entry.file_size > _RATIO_COUNTS_FROM):
        raise ZipError("解压后大得异常", name)
    try:
        with archive.open(entry) as stream:
            # Never more than the entry says that it has, which was bounded above.
            content = stream.read(entry.file_size + 1)
    except _PROBLEMS:
        raise ZipError("损坏，解不开", name) from None
    if len(content) != entry.file_size:
        raise ZipError("损坏，解不开", name)
    return content
