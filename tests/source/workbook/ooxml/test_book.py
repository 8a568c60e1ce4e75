"""Packages as different programs build them, and what of a workbook is told but not read."""

from __future__ import annotations

import pytest

from gongkai.findings import FindingsError, Level
from gongkai.source.workbook.cells import Kind
from support.raw_book import LINKS, MAIN, packed, parts_of, read_data, read_parts, relations, sheet

ONE = '<row r="1"><c r="A1"><v>7</v></c></row>'
TEXT = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
BOOK, BOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def test_sheets_come_in_the_order_of_the_workbook_not_of_their_files(tmp_path):
    parts = parts_of({"甲 ": sheet(ONE), "乙": sheet("")})
    parts[BOOK_LINKS] = relations(
        ("rId1", "worksheet", "worksheets/sheet2.xml"), ("rId2", "worksheet", "worksheets/sheet1.xml")
    )
    book = read_parts(parts, tmp_path)
    assert [(sheet.name, sheet.number, len(sheet.cells)) for sheet in book.sheets] == [("甲 ", 1, 0), ("乙", 2, 1)]


@pytest.mark.parametrize(
    "target",
    [
        "/xl/worksheets/sheet1.xml",
        "./worksheets/sheet1.xml",
        "../xl/worksheets/sheet1.xml",
        "Worksheets/SHEET1.xml",
        "worksheets%2Fsheet1.xml",
        "../../../xl/worksheets/sheet1.xml",
    ],
)
def test_parts_are_found_however_they_are_named(tmp_path, target):
    parts = parts_of({"表": sheet(ONE)})
    parts[BOOK_LINKS] = relations(("rId1", "worksheet", target))
    assert read_parts(parts, tmp_path).sheets[0].at(1, 1).text == "7"


def test_names_with_backslashes_are_names_of_parts(tmp_path):
    parts = {name.replace("/", "\\"): data for name, data in parts_of({"表": sheet(ONE)}).items()}
    assert read_parts(parts, tmp_path).sheets[0].at(1, 1).text == "7"


def test_the_strict_dialect_is_read_alike(tmp_path):
    strict = {
        MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        LINKS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    parts = parts_of({"表": sheet(TEXT)}, strings="<si><t>单位</t></si>")
    for old, new in strict.items():
        parts = {name: str(data).replace(old, new) for name, data in parts.items()}
    assert read_parts(parts, tmp_path).sheets[0].at(1, 1).text == "单位"


def test_a_prefix_before_every_name_changes_nothing(tmp_path):
    parts = parts_of({"表": sheet(ONE)})
    rows = '<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>'
    parts["xl/worksheets/sheet1.xml"] = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    assert read_parts(parts, tmp_path).sheets[0].at(1, 1).text == "7"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_parts_may_be_in_either_encoding(tmp_path, encoding):
    parts = parts_of({"表": sheet(TEXT)}, strings="<si><t>单位</t></si>")
    parts["xl/sharedStrings.xml"] = f'<?xml version="1.0" encoding="UTF-16"?>{parts["xl/sharedStrings.xml"]}'.encode(
        encoding
    )
    if encoding == "utf-8-sig":
        parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"UTF-16", b"UTF-8")
    assert read_parts(parts, tmp_path).sheets[0].at(1, 1).text == "单位"


@pytest.mark.parametrize("missing", ["xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"])
def test_what_a_program_may_leave_out_may_be_missing(tmp_path, missing):
    parts = parts_of({"表": sheet(ONE)})
    del parts[missing]
    assert read_parts(parts, tmp_path).sheets[0].at(1, 1).text == "7"


def test_charts_and_sheets_of_macros_keep_their_tabs_and_are_not_read(tmp_path):
    parts = parts_of({"图": sheet(ONE), "宏": sheet(ONE), "表": sheet(ONE)})
    parts[BOOK_LINKS] = relations(
        ("rId1", "chartsheet", "worksheets/sheet1.xml"),
        ("rId2", "xlMacrosheet", "worksheets/sheet2.xml"),
        ("rId3", "worksheet", "worksheets/sheet3.xml"),
    )
    book = read_parts(parts, tmp_path)
    assert [(sheet.number, len(sheet.cells)) for sheet in book.sheets] == [(1, 0), (2, 0), (3, 1)]
    assert [(finding.code, finding.level) for finding in book.findings] == [("GK153", Level.HINT)]


def test_macros_are_not_run_and_that_is_told(tmp_path):
    parts = parts_of({"表": sheet(ONE)})
    parts[BOOK_LINKS] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "vbaProject", "vbaProject.bin")
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    (finding,) = read_parts(parts, tmp_path).findings
    assert (finding.code, finding.level) == ("GK153", Level.HINT)


def test_links_to_other_workbooks_are_not_followed_and_that_is_told(tmp_path):
    parts = parts_of(
        {"表": sheet("<row><c><f>[1]支出!A1</f><v>5</v></c><c><f>[1]支出!A2</f></c><c><f>B1+1</f></c></row>")}
    )
    parts[BOOK_LINKS] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "externalLink", "externalLinks/externalLink1.xml")
    )
    parts["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
    book = read_parts(parts, tmp_path)
    assert [(finding.code, finding.level) for finding in book.findings] == [("GK154", Level.WARNING)]
    assert [book.sheets[0].at(1, column).kind for column in (1, 2, 3)] == [Kind.NUMBER, Kind.UNKNOWN, Kind.UNKNOWN]


def test_properties_are_texts(tmp_path):
    parts = parts_of({"表": sheet(ONE)})
    parts["_rels/.rels"] = relations(
        ("rId1", "officeDocument", "/xl/workbook.xml"), ("rId2", "custom-properties", "docProps/custom.xml")
    )
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    parts["docProps/custom.xml"] = (
        f'<Properties xmlns="urn:p" xmlns:vt="{types}"><property name="文种"><vt:lpwstr>预算_x000D_</vt:lpwstr>'
        '</property><property name="年度"><vt:i4>2024</vt:i4></property><property name="空"/>'
        '<property name="无"><vt:lpwstr/></property></Properties>'
    )
    assert read_parts(parts, tmp_path).properties == {"文种": "预算\n", "年度": "2024"}


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            {"word/document.xml": "<w/>", "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml"))},
            "Word",
        ),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<c/>"}, "OpenDocument"),
        ({"xl/workbook.bin": b"1", "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.bin"))}, ".xlsb"),
        ({"ppt/presentation.xml": "<p/>"}, "演示文稿"),
        ({"甲.txt": "1"}, "压缩文件"),
    ],
)
def test_other_packages_are_called_what_they_are(tmp_path, parts, told):
    with pytest.raises(FindingsError, match=told) as refused:
        read_parts(parts, tmp_path)
    assert [finding.code for finding in refused.value.findings] == ["GK150"]


@pytest.mark.parametrize(
    "change",
    [
        {"xl/worksheets/sheet1.xml": None},
        {"xl/worksheets/sheet1.xml": b"\xff\xd8\xff\xe0 a picture"},
        {"xl/worksheets/sheet1.xml": ""},
        {"xl/worksheets/sheet1.xml": sheet(ONE)[:-20]},
        {"xl/worksheets/sheet1.xml": '<?xml version="1.0" encoding="UTF-8"?><a>\xb5</a>'.encode("latin-1")},
        {"xl/worksheets/sheet1.xml": '<?xml version="1.0" encoding="甲"?><a/>'},
        {BOOK: f'<workbook xmlns="{MAIN}"/>'},
        {BOOK: f'<workbook xmlns="{MAIN}"><sheets><sheet name="表"/></sheets></workbook>'},
        {BOOK_LINKS: None},
        {BOOK_LINKS: relations(("rId1", "worksheet", "../../etc/passwd"))},
        {BOOK_LINKS: relations(("rId1", "worksheet", "")).replace('Id="rId1"', 'Id="rId1" TargetMode="External"')},
    ],
)  # fmt: skip
def test_what_is_missing_or_no_xml_is_damaged(tmp_path, change):
    parts = {name: data for name, data in (parts_of({"表": sheet(ONE)}) | change).items() if data is not None}
    with pytest.raises(FindingsError) as refused:
        read_parts(parts, tmp_path)
    (finding,) = refused.value.findings
    assert (finding.code, finding.level) == ("GK150", Level.ERROR)
    assert finding.advice


def test_too_many_sheets_are_refused(tmp_path):
    with pytest.raises(FindingsError, match="工作表超过"):
        read_data(packed(parts_of({f"表{n}": sheet("") for n in range(1001)})), tmp_path)
