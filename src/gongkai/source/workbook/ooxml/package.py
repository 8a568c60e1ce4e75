"""The package that an .xlsx or .docx file is: its parts, unpacked only within bounds, and how they refer to each other.

Nothing is written to disk, whatever the parts are called; no reference is followed out of the package.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from gongkai.source.workbook.refused import WORKBOOK, Refusals

MOST_PARTS = 10_000
MOST_BYTES = 100_000_000
"""Of all parts together, unpacked."""
MOST_BYTES_OF_PART = 50_000_000
MOST_RATIO = 200
"""No text of a table becomes so much smaller by packing; only counts from the size that follows."""
_RATIO_COUNTS_FROM = 10_000_000
MOST_ELEMENTS = 4_000_000
"""Of all parts together, with two attributes as one; each takes a hundred bytes and more."""

_ENTRY = b"PK\x01\x02"
_PROBLEMS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip
"""What the library raises at what is no proper ZIP file."""


@dataclass(frozen=True, slots=True)
class Relation:
    """That a part refers to another, or to something outside."""

    id: str
    type: str
    """The last word of the type: worksheet, sharedStrings, externalLink …; the same in both dialects."""
    target: str
    """The name of the part; the address, outside."""
    outside: bool


class Package:
    """A package that is bounded, and whose parts are read when they are asked for.

    Raises FindingsError for what is no package, or larger than any unit's tables.
    """

    def __init__(self, data: bytes, file: str, refusals: Refusals = WORKBOOK) -> None:
        self.file = file
        self._refusals = refusals
        if data.count(_ENTRY) > MOST_PARTS:
            raise self._refusals.too_large(file, f"压缩包里的文件超过 {MOST_PARTS:,} 个")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._entries = self._by_name(self._archive.infolist())
        except _PROBLEMS:
            raise self._refusals.damaged(file, "压缩包损坏或不完整") from None
        self._elements = 0
        self._parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )

    def _by_name(self, entries: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        """The entries by their names as packages compare them: without regard to case."""
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise self._refusals.too_large(self.file, f"解压后超过 {MOST_BYTES // 1_000_000} MB")
        named: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            packed_well = entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
            if entry.file_size > MOST_BYTES_OF_PART or (packed_well and entry.file_size > _RATIO_COUNTS_FROM):
                raise self._refusals.too_large(self.file, "里面有一个文件解压后大得异常")
            name = _plain_name(entry.filename)
            if named.setdefault(name, entry) is not entry:
                raise self._refusals.damaged(self.file, "压缩包里有两个同名的文件")
        return named

    def names(self) -> Sequence[str]:
        """The names of all parts, in small letters."""
        return list(self._entries)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _plain_name(name) in self._entries

    def read(self, name: str) -> bytes:
        """A part, unpacked. Raises FindingsError where it is missing or damaged."""
        entry = self._entries.get(_plain_name(name))
        if entry is None:
            raise self._refusals.damaged(self.file, "缺少应有的部分")
        if entry.flag_bits & 1:
            raise self._refusals.protected(self.file)
        archive = self._archive
        try:
            with archive.open(entry) as stream:
                data = stream.read(MOST_BYTES_OF_PART + 1)
        except _PROBLEMS:
            raise self._refusals.damaged(self.file, "里面有一部分解不开") from None
        if len(data) > MOST_BYTES_OF_PART:
            raise self._refusals.too_large(self.file, "里面有一个文件解压后大得异常")
        return data

    def root(self, name: str) -> etree._Element:
        """The XML of a part. Raises FindingsError where it is missing, is none, or declares anything of its own."""
        data = _as_utf8(self.read(name))
        # Of all that is read, however often: many sheets may claim the same part.
        self._elements += data.count(b"<") - data.count(b"</") + data.count(b"=") // 2
        if self._elements > MOST_ELEMENTS:
            raise self._refusals.too_large(self.file, self._refusals.too_many)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self._refusals.damaged(self.file, "里面有不该有的声明（DTD）")
        try:
            root = etree.fromstring(data, self._parser)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            raise self._refusals.damaged(self.file, "里面有一部分不是完整的 XML") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._refusals.damaged(self.file, "里面有不该有的声明（DTD）")
        return root

    def relations(self, part: str) -> list[Relation]:
        """To what a part refers (the package as a whole, for ``""``); nothing where it does not say."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(listed):
            return []
        return [self._relation(folder, element) for element in self.root(listed)]

    def _relation(self, folder: str, element: etree._Element) -> Relation:
        target = element.get("Target") or ""
        outside = element.get("TargetMode") == "External"
        if not outside:
            # From the top where it begins with a slash; never out of the package, however many steps up it takes.
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            target = target if self.has(target) else unquote(target)
        kind = (element.get("Type") or "").rpartition("/")[2]
        return Relation(element.get("Id") or "", kind, target, outside)


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _as_utf8(data: bytes) -> bytes:
    """The other encoding that parts may have, as the usual one."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    text = data.decode("utf-16", errors="replace")
    declaration, end, rest = text.partition("?>")
    return (rest if end and declaration.startswith("<?xml") else text).encode("utf-8", errors="replace")
