"""The package of the older kind: a compound file, of which one stream is the workbook.

The library that reads the stream would follow a chain of sectors that leads back into itself for ever; here each
sector is taken once.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are marks: the end of a chain, nothing."""
_LISTED_IN_HEADER = 109
_ENTRY = 128
_NONE = 0xFFFFFFFF
_SMALL_SECTOR = 64


class CompoundError(ValueError):
    """It is no compound file, or a damaged one."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the directory."""

    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """A compound file in memory. Raises CompoundError where it is damaged."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(SIGNATURE):
            raise CompoundError
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or 1 << small_shift != _SMALL_SECTOR:
            raise CompoundError
        self._size = 1 << shift
        directory, self._cutoff, small_table = struct.unpack_from("<I4xII", data, 48)
        self._table = self._numbers(self._sector(number) for number in self._table_sectors())
        self._entries = [*self._directory(b"".join(self._chain(directory)))]
        self._small_table = self._numbers(self._chain(small_table))
        self._top = {entry.name.lower(): entry for entry in self._listed()}

    def has(self, name: str) -> bool:
        """Whether there is such a stream or folder at the top: what is embedded has its own."""
        return name.lower() in self._top

    def stream(self, name: str) -> bytes:
        """What is in a stream at the top."""
        entry = self._top[name.lower()]
        if entry.size < self._cutoff:
            small = b"".join(self._chain(self._entries[0].start))
            places = (number * _SMALL_SECTOR for number in _numbers_of_chain(entry.start, self._small_table))
            data = b"".join(small[place : place + _SMALL_SECTOR] for place in places)
        else:
            data = b"".join(self._chain(entry.start))
        if len(data) < entry.size:
            raise CompoundError
        return data[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise CompoundError
        return self._data[start : start + self._size]

    def _table_sectors(self) -> Iterator[int]:
        """The sectors that hold the table of all sectors, none of them twice."""
        listed: Sequence[int] = struct.unpack_from(f"<{_LISTED_IN_HEADER}I", self._data, 76)
        following = struct.unpack_from("<I", self._data, 68)[0]
        seen: set[int] = set()
        while True:
            for number in listed:
                if number in seen:
                    raise CompoundError
                if number < _LAST_SECTOR:
                    seen.add(number)
                    yield number
            if following >= _LAST_SECTOR:
                return
            if following in seen:
                raise CompoundError
            seen.add(following)
            *listed, following = self._numbers([self._sector(following)])

    def _numbers(self, sectors: Iterable[bytes]) -> Sequence[int]:
        data = b"".join(sectors)
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _chain(self, start: int) -> Iterator[bytes]:
        return (self._sector(number) for number in _numbers_of_chain(start, self._table))

    def _directory(self, data: bytes) -> Iterator[_Entry]:
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, left, right, child, start, size = struct.unpack_from("<H2xIII36xII", data, at + 64)
            name = data[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
            yield _Entry(name, left, right, child, start, size)

    def _listed(self) -> Iterator[_Entry]:
        """What is at the top, whatever the order in which it is kept."""
        if not self._entries:
            raise CompoundError
        waiting, seen = [self._entries[0].child], {_NONE}
        while waiting:
            number = waiting.pop()
            if number in seen or number >= len(self._entries):
                continue
            seen.add(number)
            entry = self._entries[number]
            yield entry
            waiting += [entry.left, entry.right]


def _numbers_of_chain(start: int, table: Sequence[int]) -> Iterator[int]:
    """The sectors of a chain, none of them twice."""
    seen: set[int] = set()
    while start < _LAST_SECTOR:
        if start in seen or start >= len(table):
            raise CompoundError
        seen.add(start)
        yield start
        start = table[start]
