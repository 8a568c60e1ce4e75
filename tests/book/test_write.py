"""The fill-in book as a file: what it holds, what it offers, and that any program can open it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.book.starter import blank_data
from gongkai.book.write import book_bytes
from gongkai.findings import FindingsError
from gongkai.intake.book.blocks.fixed import Fixed
from gongkai.intake.book.layout import CATALOGUE_SHEET, GUIDE_SHEET, KIND_STAMP, SHEETS_STAMP, STAMP, VERSION
from gongkai.intake.book.read import tree_of
from gongkai.intake.guide import guide_of
from gongkai.source.workbook.read import read_workbook
from support.books import EXAMPLES, LAYOUTS, column_of, data_of, row_of
from support.fixtures import one_of
from support.office import complaints
from support.workbook import S

DAY = date(2024, 3, 1)
BUDGET, FINAL = "kezhou-swj-2024-budget", "bozhou-swj-2024-final"


def book_of(data: Mapping[str, Any]) -> bytes:
    """The book of these data."""
    return book_bytes(LAYOUTS[data["文种"]], data, DAY)


def opened(data: Mapping[str, Any]) -> openpyxl.Workbook:
    """The same as another library reads it."""
    return openpyxl.load_workbook(io.BytesIO(book_of(data)))


def part(data: bytes, name: str) -> etree._Element:
    """A part of the package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def rule_at(sheet: Worksheet, cell: str) -> Any:
    """The rule of a cell."""
    return next(rule for rule in sheet.data_validations.dataValidation if cell in rule.cells)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_equal_data_give_equal_bytes(example: Path) -> None:
    data = data_of(example.stem)

    assert book_of(data) == book_of(data_of(example.stem))


@pytest.mark.parametrize("example", one_of(3, EXAMPLES), ids=str)
def test_a_validator_has_nothing_to_complain_of(example: Path, tmp_path: Path) -> None:
    file = tmp_path / "书.xlsx"
    file.write_bytes(book_of(data_of(example.stem)))

    assert complaints(file) == []


@pytest.mark.parametrize("kind", LAYOUTS)
def test_a_blank_book_says_nothing_but_what_it_is(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "书.xlsx"
    file.write_bytes(book_of(blank_data(kind, None)))
    tree = tree_of(read_workbook(file))

    assert complaints(file) == []
    assert tree.findings == []
    assert {name for name, value in tree.data.items() if isinstance(value, str)} == {"文种", "口径", "金额单位"}


def test_it_is_stamped_so_that_a_sheet_that_is_gone_is_noticed() -> None:
    data = data_of(BUDGET)
    stamps = {each.name: each.value for each in opened(data).custom_doc_props.props}
    names = [sheet.name for sheet in LAYOUTS["预算"].sheets]

    assert stamps == {STAMP: VERSION, KIND_STAMP: "预算", SHEETS_STAMP: "、".join(names)}


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_every_sheet_has_its_blocks_with_their_headings_and_titles(name: str) -> None:
    data = data_of(name)
    book, layout = opened(data), LAYOUTS[data["文种"]]

    assert book.sheetnames == [GUIDE_SHEET, *(sheet.name for sheet in layout.sheets), CATALOGUE_SHEET]
    assert book[CATALOGUE_SHEET].sheet_state == "hidden"
    for sheet in layout.sheets:
        page = book[sheet.name]
        first = [page.cell(row, 1).value for row in range(1, page.max_row + 1)]
        for block in sheet.blocks:
            heading = first.index(block.title) + 1
            titles = [column.title for column in block.columns(guide_of(layout.kind))]
            headers = [[cell.value for cell in page[heading + down]][: len(titles)] for down in (1, 2)]
            assert titles in headers, block.title


def test_codes_and_days_are_texts_and_amounts_are_numbers() -> None:
    book = opened(data_of(BUDGET))
    spending, unit = book["支出"], book["单位"]
    row = row_of(spending, "2011399")

    assert spending.cell(row, column_of(spending, "科目")).number_format == "@"
    assert spending.cell(row, column_of(spending, "项目支出")).value == 20
    assert unit.cell(row_of(unit, "公开日期"), 3).value == "2024-02-25"
    assert unit.cell(row_of(unit, "公开日期"), 3).number_format == "@"


def test_a_clerk_who_types_into_a_blank_row_finds_it_prepared() -> None:
    """A growing block has blank rows with looks, formulas and lists; `1-2` that is typed stays a text."""
    book = opened(data_of(BUDGET))
    spending, goals = book["支出"], book["项目指标"]
    blank = next(row for row in range(row_of(spending, "2080505"), 200) if spending.cell(row, 1).value is None)

    assert spending.cell(blank, column_of(spending, "合计")).value.startswith("=")
    assert "一般公共预算结转" in rule_at(spending, f"C{blank}").formula1
    assert rule_at(spending, f"C{blank}").errorStyle in (None, "stop")
    assert goals.cell(goals.max_row, column_of(goals, "指标值")).number_format == "@"
    assert rule_at(goals, f"A{goals.max_row}").errorStyle == "warning"


def test_a_list_of_another_sheet_goes_by_a_name_and_takes_no_blank_for_everything() -> None:
    """Programs of 2007 refuse cells of another sheet in a rule."""
    book = opened(data_of(BUDGET))
    rule = rule_at(book["项目资金"], "A5")
    first, last = re.fullmatch(r"'?项目'?!\$A\$(\d+):\$A\$(\d+)", book.defined_names[rule.formula1].value).groups()

    assert int(first) == row_of(book["项目"], "商务工作经费") - 2
    assert int(last) > int(first) + 3
    assert not rule.allowBlank
    for sheet in book:
        for each in sheet.data_validations.dataValidation:
            assert "!" not in str(each.formula1)


def test_words_to_choose_from_are_no_longer_than_a_rule_can_hold() -> None:
    for name in (BUDGET, FINAL):
        for sheet in opened(data_of(name)):
            for rule in sheet.data_validations.dataValidation:
                assert len(str(rule.formula1 or "")) <= 257
                assert len(rule.prompt or "") <= 255
                assert len(rule.error or "") <= 255


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_only_functions_of_2007_and_no_formula_too_long(name: str) -> None:
    known = {
        "IF", "IFERROR", "ISERROR", "OR", "VLOOKUP", "SUMPRODUCT", "SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS", "ROUND",
        "ABS", "LEFT",
    }  # fmt: skip
    for sheet in opened(data_of(name)):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "f":
                    assert len(cell.value) < 8192
                    assert {*re.findall(r"([A-Z][A-Z0-9.]+)\(", cell.value)} <= known


def test_the_first_sheet_leads_to_every_other() -> None:
    book = opened(data_of(FINAL))
    links = {cell.value: cell.hyperlink.location for row in book[GUIDE_SHEET] for cell in row if cell.hyperlink}

    assert {*links} == {sheet.name for sheet in LAYOUTS["决算"].sheets}
    for name, place in links.items():
        assert place == f"'{name}'!A1"
        assert book[name]["A1"].hyperlink.location == f"'{GUIDE_SHEET}'!A1"


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_it_prints_on_the_width_of_a_page_without_the_blank_rows(name: str) -> None:
    data = data_of(name)
    book, layout = opened(data), LAYOUTS[data["文种"]]
    for sheet in layout.sheets:
        page = book[sheet.name]
        last = int(re.search(r"(\d+)$", page.print_area)[1])
        rows = len(list(sheet.blocks[-1].rows(data, guide_of(layout.kind))))

        pages = {0} if len(sheet.blocks) == 1 else {0, None, 1}  # several blocks stand on one where they can be read
        assert (page.page_setup.fitToWidth or 1) == 1
        assert page.page_setup.fitToHeight in pages
        assert page.sheet_properties.pageSetUpPr.fitToPage
        if rows and sheet.blocks[-1].growing:
            assert last < page.max_row
        else:
            assert last == page.max_row


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    book = opened(data_of(BUDGET))
    page = book["职能机构"]
    texts = {row: page.cell(row, 2).value for row in range(5, page.max_row + 1)}
    high = {row: page.row_dimensions[row].height or 18 for row in texts}
    longest = max(texts, key=lambda row: len(texts[row] or ""))

    assert high[longest] == max(high.values())
    assert high[row_of(page, "综合科")] == 18


def test_the_cells_of_a_grid_in_which_nothing_is_due_are_not_white() -> None:
    """批次 belongs to 公务接待费 alone."""
    page = opened(data_of(FINAL))["三公经费"]
    column = column_of(page, "批次")
    fills = {
        name: page.cell(row_of(page, name), column).fill.fgColor.rgb for name in ("公务接待费", "因公出国（境）费")
    }

    assert fills["公务接待费"] != fills["因公出国（境）费"]


def test_a_text_that_no_cell_can_hold_is_refused() -> None:
    data = {**data_of(BUDGET), "其他说明": ["长" * 32_768]}
    with pytest.raises(FindingsError) as refused:
        book_of(data)

    assert [finding.code for finding in refused.value.findings] == ["GK642"]


def test_data_that_say_nothing_are_a_book_all_the_same() -> None:
    for kind, layout in LAYOUTS.items():
        book = openpyxl.load_workbook(io.BytesIO(book_bytes(layout, {"文种": kind}, DAY)))
        fixed = [sheet.name for sheet in layout.sheets if all(isinstance(block, Fixed) for block in sheet.blocks)]
        assert {*fixed} <= {*book.sheetnames}


def test_formulas_have_no_value_that_would_be_wrong() -> None:
    """What is not reckoned yet says nothing, and not 0."""
    root = part(book_of(data_of(BUDGET)), "xl/worksheets/sheet1.xml")

    assert [cell.findtext(S + "v") for cell in root.iter(S + "c") if cell.find(S + "f") is not None].count("0") == 0


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_no_header_of_a_form_is_left_alone_at_the_foot_of_a_page(name: str) -> None:
    book = opened(data_of(name))
    assert {book[sheet].page_setup.fitToHeight or 1 for sheet in ("单位", "其他设置", "其他文字")} == {1}
