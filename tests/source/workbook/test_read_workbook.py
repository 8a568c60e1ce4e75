"""Whole workbooks as the programs write them: what a clerk put into the cells is what is read."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.packaging.custom import StringProperty

from gongkai.files.read import was_read
from gongkai.findings import FindingsError, Level
from gongkai.source.workbook.cells import Kind, Merge, Workbook
from gongkai.source.workbook.read import read_workbook
from support.raw_book import packed, parts_of, read_data, sheet


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    """A workbook of two sheets in which a clerk has used what the program offers."""
    made = openpyxl.Workbook()
    money = made.active
    money.title = "支出 "
    money.append(["科目编码", "金额", "日期", "比例", "公开"])
    money.append(["2010101", 0.1 + 0.2, datetime.date(2024, 2, 25), 1, True])
    money["D2"].number_format = "0%"
    money["C2"].number_format = 'yyyy"年"m"月"d"日"'
    money["A3"] = "=100%"
    money["A3"].data_type = "s"
    money["B4"] = "=B2*2"
    money.merge_cells("A6:B7")
    money["A6"] = "合计"
    money.row_dimensions[2].hidden = True
    money.column_dimensions["E"].hidden = True
    made.create_sheet("目录", 0).sheet_state = "hidden"
    made.custom_doc_props.append(StringProperty(name="公开填报簿", value="预算 2024"))
    made.save(tmp_path / "单位.xlsx")
    return read_workbook(tmp_path / "单位.xlsx")


def test_sheets_come_in_the_order_of_the_tabs_and_keep_their_names(book):
    assert [(sheet.number, sheet.name, sheet.hidden) for sheet in book.sheets] == [
        (1, "目录", True),
        (2, "支出 ", False),
    ]


def test_cells_say_what_the_clerk_wrote(book):
    money = book.sheets[1]
    assert [money.at(2, column).text for column in range(1, 6)] == ["2010101", "0.3", "2024-02-25", "1", "是"]
    assert [money.at(2, column).kind for column in range(1, 6)] == [
        Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.NUMBER, Kind.FLAG,
    ]  # fmt: skip
    assert (money.at(2, 3).shown, money.at(2, 4).shown) == ("2024年2月25日", "100%")


def test_a_text_that_looks_like_a_formula_is_a_text(book):
    cell = book.sheets[1].at(3, 1)
    assert (cell.kind, cell.text, cell.formula) == (Kind.TEXT, "=100%", "")


def test_merged_cells_say_together_what_stands_in_the_first(book):
    money = book.sheets[1]
    assert money.merges == (Merge(6, 1, 7, 2),)
    assert money.at(7, 2) is None
    assert money.seen_at(7, 2).text == "合计"


def test_what_is_not_seen_is_known(book):
    money = book.sheets[1]
    assert (money.hidden_rows, money.hidden_columns) == (frozenset({2}), frozenset({5}))


def test_the_properties_of_the_workbook_are_read(book):
    assert book.properties == {"公开填报簿": "预算 2024"}


def test_a_place_names_the_cell(book):
    assert str(book.place(book.sheets[1], 7, 4)).endswith("单位.xlsx 支出 !D7")


def test_a_workbook_of_another_program_is_read_alike(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet("表")
        sheet.write_row(0, 0, ["单位", 12.5, True, "两\n行"])
        sheet.write_datetime(1, 0, datetime.datetime(2024, 2, 25))
        sheet.write_formula(1, 1, "=B1*2", None, 25)
        sheet.write_rich_string(1, 2, "甲", made.add_format({"bold": True}), "乙")
    read = read_workbook(tmp_path / "a.xlsx").sheets[0]
    assert {at: cell.text for at, cell in read.cells.items()} == {
        (1, 1): "单位", (1, 2): "12.5", (1, 3): "是", (1, 4): "两\n行", (2, 1): "2024-02-25", (2, 2): "25",
        (2, 3): "甲乙",
    }  # fmt: skip
    assert read.at(2, 2).formula == "B1*2"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def in_package(name: str) -> bytes:
    return OLE + bytes(500) + name.encode("utf-16-le") + bytes(500)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        ("科目,金额\r\n2010101,5\r\n".encode(), "文本"),
        ("科目,金额\r\n2010101,5\r\n".encode("gb18030"), "文本"),
        ("科目\t金额".encode("utf-16"), "文本"),
        (("科目" * 2000).encode()[:4001], "文本"),
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", "网页"),
        ("\ufeff<HTML><body>".encode("utf-16"), "网页"),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", "XML 表格"),
        (in_package("WordDocument"), "Word"),
        (in_package("PowerPoint Document"), "演示文稿"),
        (in_package("Other"), "旧版 Office"),
        (b"Rar!\x1a\x07\x01", "压缩文件"),
        (b"\x89PNG\r\n", "图片"),
        (b"{\\rtf1", "RTF"),
        (b"", "空文件"),
        (bytes(100), "空文件"),
        (bytes(range(256)) * 4, "认不出"),
    ],
)
def test_what_is_no_workbook_is_called_what_it_is(tmp_path, data, told):
    with pytest.raises(FindingsError, match=told) as refused:
        read_data(data, tmp_path, "单位.xlsx")
    (finding,) = refused.value.findings
    assert (finding.code, finding.level, finding.place.file) == ("GK150", Level.ERROR, str(tmp_path / "单位.xlsx"))


def test_a_package_with_a_password_is_told_from_an_older_workbook(tmp_path):
    with pytest.raises(FindingsError, match="密码") as refused:
        read_data(in_package("EncryptedPackage"), tmp_path)
    assert [finding.code for finding in refused.value.findings] == ["GK151"]


@pytest.mark.parametrize("name", ["单位.xls", "单位.et", "单位.txt", "单位.xltx"])
def test_the_name_of_the_file_does_not_matter(tmp_path, name):
    book = read_data(packed(parts_of({"表": sheet("<row><c><v>7</v></c></row>")})), tmp_path, name)
    assert book.sheets[0].at(1, 1).text == "7"


def test_a_file_that_is_not_there_or_too_large_is_told(tmp_path):
    with pytest.raises(FindingsError) as absent:
        read_workbook(tmp_path / "没有.xlsx")
    assert [finding.code for finding in absent.value.findings] == ["GK101"]
    with pytest.raises(FindingsError) as large:
        read_data(b"PK\x03\x04" + bytes(20_000_000), tmp_path)
    assert [finding.code for finding in large.value.findings] == ["GK104"]


def test_what_was_read_is_never_written_over(tmp_path):
    read_data(packed(parts_of({"表": sheet("")})), tmp_path)
    assert was_read(tmp_path / "单位.xlsx")


def test_nothing_is_loaded_before_it_is_needed():
    program = "import sys, gongkai.source.workbook.read as r; print({'lxml', 'xlrd', 'zipfile'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "set()\n"
    )
