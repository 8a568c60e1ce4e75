"""Packages that mean harm, or were harmed, are refused before they cost anything."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import warnings
import zipfile

import pytest

from gongkai.findings import FindingsError
from gongkai.source.workbook.ooxml.package import MOST_BYTES_OF_PART, MOST_ELEMENTS, MOST_PARTS, Package
from support.raw_book import MAIN, packed, parts_of, read_data, read_parts, sheet

ONE = '<row r="1"><c r="A1"><v>7</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"


def code_of(data: bytes, tmp_path) -> str:
    with pytest.raises(FindingsError) as refused:
        read_data(data, tmp_path)
    (finding,) = refused.value.findings
    return finding.code


def test_a_part_that_unpacks_to_very_much_is_refused_before_it_is_unpacked(tmp_path):
    parts = parts_of({"表": sheet(ONE)}) | {SHEET: sheet(" " * 40_000_000)}
    data = packed(parts)
    tracemalloc.start()
    assert code_of(data, tmp_path) == "GK152"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 25_000_000  # the file may be of 20 MB itself


def test_parts_that_together_unpack_to_very_much_are_refused(tmp_path):
    parts = parts_of({"表": sheet(ONE)}) | {f"xl/media/{n}.bin": bytes(9_900_000) for n in range(11)}
    assert code_of(packed(parts), tmp_path) == "GK152"


def test_a_part_that_is_larger_than_it_says_is_damaged(tmp_path):
    """The size in the list of parts is a lie: no more than that is unpacked, and then the check sum is wrong."""
    data = bytearray(packed(parts_of({"表": sheet(ONE)}) | {SHEET: sheet(ONE + " " * 100_000)}))
    entry = data.rindex(SHEET.encode()) - 46
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    assert code_of(bytes(data), tmp_path) == "GK150"


def test_so_many_parts_are_refused_at_once(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(MOST_PARTS + 1):
            archive.writestr(str(number), b"")
    assert code_of(stream.getvalue(), tmp_path) == "GK152"


def test_a_declaration_of_entities_is_refused(tmp_path):
    laughs = '<!DOCTYPE a [<!ENTITY a "哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for declared in (
        laughs,
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ):
        for encode in ("utf-8", "utf-16"):
            xml = (declared + sheet('<row><c t="inlineStr"><is><t>x</t></is></c></row>')).encode(encode)
            assert code_of(packed(parts_of({"表": ""}) | {SHEET: xml}), tmp_path) == "GK150"


def test_a_declaration_in_a_rare_encoding_is_refused(tmp_path):
    xml = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a [+ADwAIQ-ENTITY a "b"+AD4-]+AD4-' + "<a/>"
    utf32 = ('<?xml version="1.0" encoding="UTF-32"?><!DOCTYPE a [<!ENTITY b "c">]>' + sheet("")).encode("utf-32")
    for part in (xml.encode(), utf32):
        assert code_of(packed(parts_of({"表": ""}) | {SHEET: part}), tmp_path) == "GK150"


def test_entities_that_nobody_declared_are_damage(tmp_path):
    assert code_of(packed(parts_of({"表": sheet("<row><c t='str'><v>&lol;</v></c></row>")})), tmp_path) == "GK150"


def test_elements_without_end_are_refused(tmp_path):
    nested = "<a>" * 100_000 + "</a>" * 100_000
    assert code_of(packed(parts_of({"表": nested})), tmp_path) == "GK150"
    package = Package(packed({"a": f"<a>{'<b/>' * (MOST_ELEMENTS // 2)}</a>"}), "a.xlsx")
    package.root("a")
    with pytest.raises(FindingsError, match="多得异常"):
        package.root("a")


def test_more_cells_than_any_unit_has_are_refused(tmp_path):
    row = "<c><v>1</v></c>" * 16_000
    assert code_of(packed(parts_of({"表": sheet(f"<row>{row}</row>" * 26)})), tmp_path) == "GK152"


def test_a_merge_of_everything_is_refused(tmp_path):
    merges = '<mergeCells><mergeCell ref="A1:XFD5000"/></mergeCells>'
    assert code_of(packed(parts_of({"表": sheet(ONE, merges)})), tmp_path) == "GK152"


def test_hidden_columns_without_end_take_no_time(tmp_path):
    columns = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 50_000 + "</cols>"
    begun = time.perf_counter()
    book = read_parts(parts_of({"表": sheet(ONE, before=columns)}), tmp_path)
    assert time.perf_counter() - begun < 2
    assert len(book.sheets[0].hidden_columns) == 16_384


def test_two_parts_of_one_name_are_damage(tmp_path):
    stream = io.BytesIO(packed(parts_of({"表": sheet(ONE)})))
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SHEET.upper(), sheet(ONE.replace("7", "8")))
    assert code_of(stream.getvalue(), tmp_path) == "GK150"


def test_a_part_with_a_password_is_refused(tmp_path):
    data = bytearray(packed(parts_of({"表": sheet(ONE)})))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    assert code_of(bytes(data), tmp_path) == "GK151"


@pytest.mark.parametrize("kept", [4, 30, 200, 0.5, 0.9, 0.99])
def test_a_package_that_ends_too_soon_is_damaged(tmp_path, kept):
    data = packed(parts_of({"表": sheet(ONE)}))
    assert code_of(data[: kept if kept > 1 else int(len(data) * kept)], tmp_path) == "GK150"


def test_names_that_lead_elsewhere_lead_nowhere(tmp_path):
    parts = parts_of({"表": sheet(ONE)}) | {"../../escaped": "x", "/etc/gongkai": "x", "C:\\x": "x"}
    assert read_parts(parts, tmp_path).sheets[0].at(1, 1).text == "7"
    assert {path.name for path in tmp_path.iterdir()} == {"单位.xlsx"}


def test_no_part_may_be_larger_than_its_bound():
    package = Package(packed({"a": f'<a xmlns="{MAIN}"/>'}), "a.xlsx")
    assert len(package.read("a")) < MOST_BYTES_OF_PART
    with pytest.raises(FindingsError, match="缺少"):
        package.read("b")
