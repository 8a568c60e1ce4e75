"""What a book marks as 涉密 is in no finding and no excerpt, whatever else is wrong in it (预算法第十四条)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from gongkai.produce.unit import Settings, check_unit
from gongkai.reports.findings.formats import FORMATS
from support.books import column_of, plain_book, row_of, saved
from support.fixtures import one_of
from support.secrets import budget

SECRET = "夜莺"
SHEETS = ("项目", "项目资金", "项目指标")
DAMAGE = ("夜莺甲乙丙丁", "#REF!", 20240101.5, None, "１２夜莺戊己")


def secret_cells(book: Workbook) -> Iterator[tuple[str, int, int]]:
    """Every cell in the rows of secret projects."""
    for name in SHEETS:
        for row in book[name].iter_rows():
            if any(SECRET in str(cell.value) or "NIGHTINGALE" in str(cell.value) for cell in row):
                yield from ((name, cell.row, cell.column) for cell in row)


def cells() -> list[tuple[str, int, int]]:
    """Those of them that are not the mark itself."""
    book = plain_book(budget())
    mark = column_of(book["项目"], "涉密")
    return [cell for cell in secret_cells(book) if (cell[0], cell[2]) != ("项目", mark)]


def shown(book: Workbook, folder: Path) -> str:
    """All that a check says of a book, in every kind of report that is text."""
    file = saved(book, folder / "单位.xlsx")
    result = check_unit(file, Settings(Path()))
    assert result.findings
    return "\n".join(FORMATS[name]([result]).decode() for name in ("text", "json", "html", "sarif"))


@pytest.mark.parametrize("damaged", one_of(12, [(cell, damage) for cell in cells() for damage in DAMAGE]), ids=str)
def test_a_damaged_cell_of_a_secret_project_tells_nothing(
    damaged: tuple[tuple[str, int, int], object], tmp_path: Path
) -> None:
    book = plain_book(budget())
    book["三公经费"].cell(row_of(book["三公经费"], "公务接待费"), column_of(book["三公经费"], "原因")).value = None
    (sheet, row, column), damage = damaged
    book[sheet].cell(row, column).value = damage
    assert SECRET not in shown(book, tmp_path)


@pytest.mark.parametrize("mark", ["保密", "涉 密", "y", "√", True, "#REF!"], ids=str)
def test_a_mark_that_is_misspelt_hides_all_the_same(mark: object, tmp_path: Path) -> None:
    book = plain_book(budget())
    sheet = book["项目"]
    column = column_of(sheet, "涉密")
    for row in range(3, sheet.max_row + 1):
        if sheet.cell(row, column).value == "是":
            sheet.cell(row, column).value = mark
            sheet.cell(row, column_of(sheet, "总体目标")).value = None
    assert SECRET not in shown(book, tmp_path)


@pytest.mark.parametrize("header", ["是否涉密", "密级", "涉密项目"])
def test_where_the_column_of_the_mark_was_renamed_nothing_is_shown(header: str, tmp_path: Path) -> None:
    book = plain_book(budget())
    sheet = book["项目"]
    sheet.cell(row_of(sheet, "涉密"), column_of(sheet, "涉密")).value = header
    assert SECRET not in shown(book, tmp_path)


def test_a_link_that_is_misspelt_does_not_tell_the_name(tmp_path: Path) -> None:
    book = plain_book(budget())
    sheet = book["项目资金"]
    row = next(cell.row for cell in sheet["A"] if SECRET in str(cell.value))
    sheet.cell(row, 1).value = "夜莺一号乙"
    assert SECRET not in shown(book, tmp_path)


def test_what_a_secret_project_lacks_is_named(tmp_path: Path) -> None:
    """That something is missing tells nothing of what is there."""
    book = plain_book(budget())
    sheet = book["项目"]
    row = next(cell.row for cell in sheet["A"] if SECRET in str(cell.value))
    sheet.cell(row, column_of(sheet, "总体目标")).value = None
    said = shown(book, tmp_path)
    assert "总体目标”没有填写" in said
    assert SECRET not in said


# What hides the mark from the reader hides the project


def _name_of_the_project(book: Workbook) -> str:
    return next(str(cell.value) for cell in book["项目"]["A"] if SECRET in str(cell.value))


def _sheet_renamed(book: Workbook) -> None:
    book["项目"].title = "项目清单"


def _header_blank(book: Workbook) -> None:
    sheet = book["项目"]
    sheet.cell(row_of(sheet, "涉密"), column_of(sheet, "涉密")).value = None


def _header_without_the_word(book: Workbook) -> None:
    sheet = book["项目"]
    sheet.cell(row_of(sheet, "涉密"), column_of(sheet, "涉密")).value = "是否定级"


def _mark_merged_across(book: Workbook) -> None:
    sheet = book["项目"]
    at = column_of(sheet, "涉密")
    for cell in sheet["A"]:
        if SECRET in str(cell.value):
            sheet.cell(cell.row, at - 1).value = "是"
            sheet.merge_cells(start_row=cell.row, end_row=cell.row, start_column=at - 1, end_column=at)


def _mark_beside(book: Workbook) -> None:
    sheet = book["项目"]
    for cell in sheet["A"]:
        if SECRET in str(cell.value):
            sheet.cell(cell.row, column_of(sheet, "涉密")).value = None
            sheet.cell(cell.row, sheet.max_column + 2).value = "涉密"


def _sheet_called_like_the_project(book: Workbook) -> None:
    book.create_sheet(_name_of_the_project(book)).append(["草稿"])


@pytest.mark.parametrize(
    "edit",
    [_sheet_renamed, _header_blank, _header_without_the_word, _mark_merged_across, _mark_beside,
     _sheet_called_like_the_project],
    ids=lambda edit: edit.__name__.strip("_"),
)  # fmt: skip
def test_what_hides_the_mark_shows_nothing_and_prints_nothing(edit: Callable[[Workbook], None], tmp_path: Path) -> None:
    book = plain_book(budget())
    edit(book)
    assert SECRET not in shown(book, tmp_path)
    if edit is not _sheet_called_like_the_project:
        assert check_unit(tmp_path / "单位.xlsx", Settings(Path())).failed


@pytest.mark.parametrize("sheet", ["项目资金", "项目指标"])
def test_a_row_whose_project_cannot_be_reckoned_belongs_to_none(sheet: str, tmp_path: Path) -> None:
    book = plain_book(budget())
    page = book[sheet]
    row = next(cell.row for cell in page["A"] if SECRET in str(cell.value))
    page.cell(row, 1).value = '=VLOOKUP("x",Z:Z,1)'
    file = saved(book, tmp_path / "单位.xlsx")
    result = check_unit(file, Settings(Path()))
    assert ("GK159", f"{sheet}!A{row}") in [(f.code, f.place.spot if f.place else "") for f in result.findings]
    assert SECRET not in shown(book, tmp_path)
