"""Whole workbooks as the programs write them: what a clerk put into the cells is what is read."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.packaging.custom import StringProperty

from gongkai.source.workbook.cells import Kind, Merge, Workbook
from gongkai.source.workbook.read import read_workbook


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
        (1, 1): "单位", (1, 2): "12.5", (1, 3): "是", (1, 4): "两\n行", (2, 1): "2024-02-25", (2, 2): "25", (2, 3): "甲乙",
    }  # fmt: skip
    assert read.at(2, 2).formula == "B1*2"
