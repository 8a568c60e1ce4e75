"""Compound files: a stream at the top is found and read, and a chain that leads back into itself ends."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.findings import FindingsError
from gongkai.source.workbook.older.compound import SIGNATURE, Compound, CompoundError
from support.raw_book import read_data

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
STREAM = bytes(range(256)) * 20
"""Ten sectors of 512."""
SMALL = b"small" * 20
"""Two small sectors of 64."""


def entry(name: str, start: int, size: int, *, right: int = FREE, child: int = FREE) -> bytes:
    spelt = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", spelt, len(spelt), 2, 1, FREE, right, child, start, size)


def compound(table: dict[int, int] | None = None, *, right: int = 2, size: int = len(STREAM)) -> bytes:
    """A file of a workbook and a small stream, with these numbers changed in the table of sectors."""
    directory = entry("Root Entry", 13, 128, child=1) + entry("WorkBook", 2, size, right=right) + entry("Small", 0, 100)
    numbers = [TABLE, END, *range(3, 12), END, END, END] + [FREE] * 114
    for sector, following in (table or {}).items():
        numbers[sector] = following
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", SIGNATURE, 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 12, 1, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    small_table = struct.pack("<128I", 1, END, *[FREE] * 126)
    sectors = [
        struct.pack("<128I", *numbers),
        directory.ljust(512, b"\0"),
        STREAM,
        small_table,
        SMALL.ljust(512, b"\0"),
    ]
    return header + b"".join(sectors)


def test_streams_at_the_top_are_found_without_regard_to_case():
    package = Compound(compound())
    assert (package.has("Workbook"), package.has("SMALL"), package.has("Book")) == (True, True, False)
    assert package.stream("Workbook") == STREAM
    assert package.stream("Small") == SMALL


@pytest.mark.parametrize(
    "table",
    [{5: 2}, {2: 2}, {5: 500}, {1: 1}, {3: END}, {13: 13, 12: 12}],
    ids=["back", "itself", "beyond", "directory", "short", "small"],
)
def test_a_chain_that_leads_nowhere_is_damage(table, tmp_path):
    with pytest.raises(CompoundError):
        Compound(compound(table)).stream("Workbook")
    with pytest.raises(FindingsError, match="损坏"):
        read_data(compound(table), tmp_path, "单位.xls")


def test_entries_that_lead_back_to_themselves_are_met_once():
    assert Compound(compound(right=1)).stream("Workbook") == STREAM


def test_a_list_of_tables_that_leads_back_into_itself_is_damage():
    data = bytearray(compound())
    data[68:72] = struct.pack("<I", 2)
    data[512 * 3 + 508 : 512 * 4] = struct.pack("<I", 2)
    data[512 * 3 : 512 * 3 + 508] = struct.pack("<127I", *[FREE] * 127)
    with pytest.raises(CompoundError):
        Compound(bytes(data))


def test_a_stream_that_is_shorter_than_it_says_is_damage():
    with pytest.raises(CompoundError):
        Compound(compound(size=6000)).stream("Workbook")


@given(st.lists(st.tuples(st.integers(0, 511 + 512 * 2), st.integers(0, 255)), max_size=6), st.integers(0, 9000))
def test_whatever_is_changed_the_end_is_reached(changes, kept):
    data = bytearray(compound())
    for at, byte in changes:
        data[at] = byte
    try:
        package = Compound(bytes(data[:kept]) if kept < len(data) else bytes(data))
        read = [len(package.stream(name)) for name in ("Workbook", "Small") if package.has(name)]
    except CompoundError:
        return
    assert all(length <= len(data) for length in read)
