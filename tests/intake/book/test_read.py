"""Books as clerks and office programs leave them: read right, or told at the cell that is wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import numbers

from gongkai.findings import FindingsError
from gongkai.intake.book.read import read_book
from gongkai.intake.read import read, read_alone
from gongkai.produce.unit import Settings, check_unit
from support.books import EXAMPLES, column_of, data_of, plain_book, row_of, saved, without_blanks

BUDGET, FINAL = "kezhou-swj-2024-budget", "bozhou-swj-2024-final"
Edit = Callable[[Workbook], None]


@pytest.mark.parametrize("example", [path.stem for path in EXAMPLES])
def test_a_book_says_what_its_yaml_says(example: str, tmp_path: Path) -> None:
    data = data_of(example)
    file = saved(plain_book(data), tmp_path / "单位.xlsx")
    tree = read_book(file)
    assert tree.findings == []
    assert without_blanks(tree.data) == without_blanks(data)
    assert read_alone(file)[1] == read_alone(next(path for path in EXAMPLES if path.stem == example))[1]


# What makes no difference


def _sheets_shuffled(book: Workbook) -> None:
    book._sheets.reverse()


def _space_in_a_sheet_name(book: Workbook) -> None:
    book["支出"].title = " 支出 "


def _row_inserted(book: Workbook) -> None:
    sheet = book["支出"]
    sheet.insert_rows(row_of(sheet, "2011399"))


def _rows_above_the_header(book: Workbook) -> None:
    book["支出"].insert_rows(1, 5)


def _columns_in_another_order(book: Workbook) -> None:
    sheet = book["项目资金"]
    sheet.insert_cols(1)
    last = column_of(sheet, "金额")
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 1).value, sheet.cell(row, last).value = sheet.cell(row, last).value, None


def _numeric_codes(book: Workbook) -> None:
    sheet = book["支出"]
    for row in range(1, sheet.max_row + 1):
        if str(sheet.cell(row, 1).value).isdecimal():
            sheet.cell(row, 1).value = int(sheet.cell(row, 1).value)


def _padded_text_numbers(book: Workbook) -> None:
    sheet = book["支出"]
    sheet.cell(row_of(sheet, "2011301"), 1).value = " 2011301 "
    cell = sheet.cell(row_of(sheet, "2011399"), column_of(sheet, "项目支出"))
    cell.value, cell.data_type = f" {cell.value} ", "s"


def _float_noise(book: Workbook) -> None:
    sheet = book["支出"]
    cell = sheet.cell(row_of(sheet, " 2011301 ".strip()), column_of(sheet, "基本支出"))
    cell.value = 287.46000000000004


def _code_written_once(book: Workbook) -> None:
    sheet = book["支出"]
    sheet.cell(row_of(sheet, "2011301") + 1, 1).value = None


def _codes_merged(book: Workbook) -> None:
    sheet = book["支出"]
    row = row_of(sheet, "2011301")
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=1, end_column=1)


def _names_of_projects_left_blank(book: Workbook) -> None:
    sheet = book["项目指标"]
    above = None
    for row in range(row_of(sheet, "指标值") + 1, sheet.max_row + 1):
        name = sheet.cell(row, 1).value
        sheet.cell(row, 1).value = None if name == above else name
        above = name


def _indicators_merged(book: Workbook) -> None:
    sheet = book["项目指标"]
    first = row_of(sheet, "指标值") + 1
    column = column_of(sheet, "一级")
    last = first
    while (sheet.cell(last + 1, 1).value, sheet.cell(last + 1, column).value) == (
        sheet.cell(first, 1).value,
        sheet.cell(first, column).value,
    ):
        last += 1
    assert last > first
    sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)


def _levels_left_blank(book: Workbook) -> None:
    sheet = book["项目指标"]
    above: tuple[object, object] = (None, None)
    for row in range(row_of(sheet, "指标值") + 1, sheet.max_row + 1):
        here = (sheet.cell(row, 1).value, sheet.cell(row, 2).value)
        sheet.cell(row, 2).value = None if here == above else here[1]
        above = here


def _a_date_as_a_date(book: Workbook) -> None:
    sheet = book["单位"]
    cell = sheet.cell(row_of(sheet, "公开日期"), 3)
    cell.value = date(2024, 2, 25)
    cell.number_format = numbers.FORMAT_DATE_YYYYMMDD2


def _line_break_in_a_header(book: Workbook) -> None:
    sheet = book["支出"]
    sheet.cell(row_of(sheet, "原因"), column_of(sheet, "原因")).value = "原 因\n"


def _arithmetic_without_results(book: Workbook) -> None:
    _set("支出", "2011350", "基本支出", "=ROUND(100.22+SUM(30,2*15),2)")(book)


HARMLESS: list[Edit] = [
    _sheets_shuffled, _space_in_a_sheet_name, _row_inserted, _rows_above_the_header, _columns_in_another_order,
    _numeric_codes, _padded_text_numbers, _float_noise, _code_written_once, _codes_merged,
    _names_of_projects_left_blank, _indicators_merged, _levels_left_blank, _a_date_as_a_date,
    _line_break_in_a_header, _arithmetic_without_results,
]  # fmt: skip


@pytest.mark.parametrize("edit", HARMLESS, ids=lambda edit: edit.__name__.strip("_"))
def test_what_clerks_do_makes_no_difference(edit: Edit, tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    edit(book)
    file = saved(book, tmp_path / "单位.xlsx")
    told = read(file)
    assert told.findings == ()
    assert told.model == read_alone(next(path for path in EXAMPLES if path.stem == BUDGET))[1]


# What is told


def _set(sheet: str, row: str, column: str | int, value: object, data_type: str | None = None) -> Edit:
    """An edit that puts a value into the row with a text and the column with a title."""

    def edit(book: Workbook) -> None:
        page = book[sheet]
        at = column if isinstance(column, int) else column_of(page, column)
        cell = page.cell(row_of(page, row), at)
        cell.value = value
        if data_type:
            cell.data_type = data_type

    edit.__name__ = f"{sheet}_{row}_{column}_{value}"
    return edit


def _without_sheet(name: str) -> Edit:
    return lambda book: book.remove(book[name])


def _header(sheet: str, old: str, new: str) -> Edit:
    return _set(sheet, old, old, new)


def _renamed_sheet(book: Workbook) -> None:
    book["三公经费"].title = "三公"


def _same_line_twice(book: Workbook) -> None:
    sheet = book["支出"]
    values = [cell.value for cell in sheet[row_of(sheet, "2011350")]]
    sheet.append(values)


def _total_row(book: Workbook) -> None:
    sheet = book["支出"]
    sheet.append(["合计", None, None, 600])


def _remark_row(book: Workbook) -> None:
    sheet = book["支出"]
    sheet.append(["注：本表不含上年结转。"])


def _own_column(book: Workbook) -> None:
    sheet = book["支出"]
    column = sheet.max_column + 1
    sheet.cell(row_of(sheet, "原因"), column).value = "我的备注"
    sheet.cell(row_of(sheet, "2011350"), column).value = "问过老王"


def _own_sheet(book: Workbook) -> None:
    book.create_sheet("草稿").append(["算一算", 3])


def _hidden_row(book: Workbook) -> None:
    sheet = book["支出"]
    sheet.row_dimensions[row_of(sheet, "2011350")].hidden = True


def _typed_over_a_formula(book: Workbook) -> None:
    _set("支出", "2011301", "合计", "=D4+G4")(book)
    _set("支出", "2011350", "合计", 170)(book)


def _date_in_a_text(book: Workbook) -> None:
    sheet = book["项目指标"]
    cell = sheet.cell(row_of(sheet, "指标值") + 1, column_of(sheet, "指标值"))
    cell.value, cell.number_format = date(2024, 1, 2), numbers.FORMAT_DATE_YYYYMMDD2


def _percent_in_an_amount(book: Workbook) -> None:
    sheet = book["支出"]
    cell = sheet.cell(row_of(sheet, "2011350"), column_of(sheet, "基本支出"))
    cell.value, cell.number_format = 0.125, numbers.FORMAT_PERCENTAGE_00


def _merged_amounts(book: Workbook) -> None:
    book["支出"].merge_cells("D6:D7")


def _merged_columns(book: Workbook) -> None:
    book["支出"].merge_cells("D6:E6")


def _two_sheets(book: Workbook) -> None:
    book.create_sheet("支出 ").append(["科目", "来源"])


TOLD: list[tuple[str, Edit, str, str, str]] = [
    ("没有来源", _set("支出", "2011350", "来源", None), "GK202", "支出!C6", "没有写来源"),
    ("来源写错", _set("支出", "2011350", "来源", "一般公共预箕"), "GK204", "支出!C6", "一般公共预箕"),
    ("科目写成名称", _set("支出", "2011350", 1, "事业运行"), "GK209", "支出!A6", "事业运行"),
    ("一行写了两次", _same_line_twice, "GK117", "支出!D12", "D6 已经写过"),
    ("错误值", _set("支出", "2011350", "基本支出", "#REF!", "e"), "GK158", "支出!D6", "#REF!"),
    ("全角数字", _set("支出", "2011350", "基本支出", "１６０.22"), "GK205", "支出!D6", "全角"),
    ("带单位", _set("支出", "2011350", "基本支出", "160.22万元"), "GK205", "支出!D6", "单位"),
    ("公式没有结果", _set("支出", "2011350", "基本支出", "=VLOOKUP(A6,Z:Z,1)"), "GK159", "支出!D6", "没有保存结果"),
    ("百分数", _percent_in_an_amount, "GK205", "支出!D6", "12.50%"),
    ("逻辑值", _set("支出", "2011350", "基本支出", False), "GK158", "支出!D6", "逻辑值"),
    ("负数", _set("支出", "2011350", "基本支出", -3), "GK206", "支出!D6", "负数"),
    ("原因没有写", _set("支出", "2011350", "原因", None), "GK202", "支出!J6", "没有填写"),
    ("日期写法", _set("单位", "公开日期", "填写", "2024.2.25"), "GK208", "单位!C10", "2024-02-25"),
    ("文字成了日期", _date_in_a_text, "GK158", "项目指标!E4", "日期"),
    ("十五位以上", _set("单位", "名称", "填写", 123456789012345670), "GK158", "单位!C15", "18 位"),
    ("三公没有原因", _set("三公经费", "公务接待费", "原因", None), "GK202", "三公经费!G7", "没有填写"),
    ("三公的上年没填", _set("三公经费", "公务用车运行费", "上年", None), "GK221", "三公经费!F6", "将印出 0"),
    ("三公的合计行", lambda book: book["三公经费"].append(["三公经费", "合计", 12]), "GK162", "三公经费!B9", "合计行"),
    ("在职人数没填", _set("单位", "在职", "人数", None), "GK202", "单位!C23", "没有填写"),
    ("项目改了名", _set("项目", "商务工作经费", "名称", "商务工作费"), "GK163", "项目资金!A7", "商务工作费"),
    ("少一张表", _without_sheet("三公经费"), "GK160", "", "没有“三公经费”表"),
    ("表改了名", _renamed_sheet, "GK160", "", "没有“三公经费”表"),
    ("少一张可不填的表", _without_sheet("核定数"), "GK160", "", "没有“核定数”表"),
    ("表头改了名", _header("支出", "原因", "变动的原因"), "GK161", "支出!J3", "请改回“原因”"),
    ("行的名称改了", _set("三公经费", "公务接待费", 2, "接待费"), "GK161", "三公经费!B7", "接待费"),
    ("合计行", _total_row, "GK162", "支出!A12", "合计行"),
    ("注释行", _remark_row, "GK162", "支出!A12", "注释行"),
    ("自己加的栏", _own_column, "GK162", "支出!K6", "我的备注"),
    ("自己加的表", _own_sheet, "GK162", "草稿", "没有读"),
    ("隐藏的行", _hidden_row, "GK164", "支出!A6", "隐藏"),
    ("数合并了两行", _merged_amounts, "GK162", "支出!D6", "合并"),
    ("数合并了两栏", _merged_columns, "GK162", "支出!D6", "合并"),
    ("两张同名的表", _two_sheets, "GK160", "支出 ", "同名"),
    ("写在公式栏上", _typed_over_a_formula, "GK162", "支出!H6", "由公式得出"),
]


@pytest.mark.parametrize(("edit", "code", "where", "words"), [case[1:] for case in TOLD], ids=[c[0] for c in TOLD])
def test_a_mistake_is_told_at_its_cell(edit: Edit, code: str, where: str, words: str, tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    edit(book)
    file = saved(book, tmp_path / "单位.xlsx")
    try:
        findings = list(read(file).findings)
    except FindingsError as error:
        findings = error.findings
    told = [f"{f.code} {f.place.spot if f.place else ''} {f.message} → {f.advice}" for f in findings]
    assert any(f.code == code and f.place is not None and f.place.spot == where for f in findings), told
    assert any(words in f.message + f.advice for f in findings if f.code == code), told


def test_a_cell_in_which_nothing_is_due_is_not_read_and_told(tmp_path: Path) -> None:
    book = plain_book(data_of(FINAL))
    sheet = book["三公经费"]
    cell = sheet.cell(row_of(sheet, "公务接待费"), column_of(sheet, "购置数"))
    cell.value = 3
    told = read(saved(book, tmp_path / "单位.xlsx")).findings
    assert [(f.code, f.place.spot if f.place else "") for f in told] == [("GK162", f"三公经费!{cell.coordinate}")]


def test_a_line_of_money_takes_a_blank_code_from_the_line_above(tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    sheet = book["项目资金"]
    names = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    row = next(row for row in range(4, len(names) + 1) if names[row - 1] and names[row - 1] == names[row - 2])
    above = sheet.cell(row - 1, 2).value
    sheet.cell(row, 2).value = None
    [first, *_] = read_book(saved(book, tmp_path / "单位.xlsx")).data["项目"]
    assert [line["科目"] for line in first["资金"]] == [above, above]


def test_the_rest_of_a_renamed_column_is_no_other_mistake(tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    _header("支出", "上年", "上年预算数")(book)
    with pytest.raises(FindingsError) as told:
        read(saved(book, tmp_path / "单位.xlsx"))
    assert [(f.code, f.place.spot if f.place else "") for f in told.value.findings] == [("GK161", "支出!I3")]


def test_what_no_format_keeps_a_formula_of_is_not_called_typed_over(tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    _set("支出", "2011350", "合计", 160.22)(book)  # as .xls leaves it
    assert read(saved(book, tmp_path / "单位.xlsx")).findings == ()


@pytest.mark.parametrize("merged", ["D6:E6", "D6:D7", "D4:G4"])
def test_a_merged_figure_counts_once(merged: str, tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    sheet = book["支出"]
    sheet.merge_cells(merged)
    first = sheet[merged.split(":")[0]]
    data = read_book(saved(book, tmp_path / "单位.xlsx")).data
    said = [text for entry in data["支出"] for nature in _NATURES for text in entry.get(nature, {}).values()]
    assert said.count(f"{first.value:g}") == 1


_NATURES = ("基本支出", "人员经费", "公用经费", "项目支出")


def test_a_text_that_reads_like_a_heading_ends_nothing(tmp_path: Path) -> None:
    data = {**data_of(BUDGET), "其他说明": ["第一段。", "补充说明", "第三段。"], "补充说明": {"甲": "乙"}}
    file = saved(plain_book(data), tmp_path / "单位.xlsx")
    told = read_book(file).data
    assert told["其他说明"] == ["第一段。", "补充说明", "第三段。"]
    assert told["补充说明"] == {"甲": "乙"}


# What an attacker tried


def test_a_code_that_cannot_be_reckoned_joins_no_other_row(tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    book["支出"].append(['=LEFT("2101199 其他",7)', None, "财政专户", 8])
    with pytest.raises(FindingsError) as told:
        read(saved(book, tmp_path / "单位.xlsx"))
    assert [(f.code, f.place.spot if f.place else "") for f in told.value.findings] == [("GK159", "支出!A12")]


def test_what_stands_above_a_header_is_told(tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    book["职能机构"].insert_rows(3)
    book["职能机构"].cell(3, 1).value, book["职能机构"].cell(3, 2).value = "主要职能", "写在上面的。"
    told = read(saved(book, tmp_path / "单位.xlsx")).findings
    assert [(f.code, f.place.spot if f.place else "") for f in told] == [("GK162", "职能机构!A3")]


def test_a_figure_in_the_column_of_meanings_is_told(tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    sheet = book["采购和资产"]
    cell = sheet.cell(row_of(sheet, "货物"), column_of(sheet, "说明"))
    cell.value = 46
    told = read(saved(book, tmp_path / "单位.xlsx")).findings
    assert [(f.code, f.place.spot if f.place else "") for f in told] == [("GK162", f"采购和资产!{cell.coordinate}")]


def test_a_reason_that_begins_like_a_remark_is_a_reason(tmp_path: Path) -> None:
    data = data_of(BUDGET)
    data["三公经费"]["公务接待费"] = {"原因": "说明：2023年与2024年均未安排公务接待费"}
    file = saved(plain_book(data), tmp_path / "单位.xlsx")
    assert read_book(file).findings == []
    assert read_book(file).data["三公经费"]["公务接待费"] == data["三公经费"]["公务接待费"]


def test_a_reason_merged_over_the_sources_of_one_fund_is_one_reason(tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    sheet = book["支出"]
    row = row_of(sheet, "2011350")
    sheet.insert_rows(row + 1)
    for title, value in (("科目", "2011350"), ("来源", "一般公共预算结转"), ("基本支出", 1)):
        sheet.cell(row + 1, column_of(sheet, title)).value = value
    at = column_of(sheet, "原因")
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=at, end_column=at)
    assert read_book(saved(book, tmp_path / "单位.xlsx")).findings == []


def test_a_row_of_endless_texts_is_quoted_in_no_time(tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    sheet = book["支出"]
    for column in range(20, 60):
        sheet.cell(row_of(sheet, "2011350"), column).value = "长" * 30_000
    started = time.monotonic()
    check_unit(saved(book, tmp_path / "单位.xlsx"), Settings(Path()))
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("value", "look"),
    [(0.0555555, "h:mm"), (0.95, '"≥"0%'), (90, '"≥"0"%"'), (40, '"≤"0"万元"'), (0.5, "# ?/?")],
    ids=["1:20", "≥95%", "≥90%", "≤40万元", "1/2"],
)
def test_a_number_that_is_shown_as_something_else_is_no_text(value: float, look: str, tmp_path: Path) -> None:
    book = plain_book(data_of(BUDGET))
    sheet = book["项目指标"]
    cell = sheet.cell(row_of(sheet, "指标值") + 1, column_of(sheet, "指标值"))
    cell.value, cell.number_format = value, look
    with pytest.raises(FindingsError) as told:
        read(saved(book, tmp_path / "单位.xlsx"))
    assert ("GK158", f"项目指标!{cell.coordinate}") in {
        (f.code, f.place.spot if f.place else "") for f in told.value.findings
    }
