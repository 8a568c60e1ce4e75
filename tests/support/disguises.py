"""Exports in other dress: the same tables as other systems, or a hurried colleague, would hand them over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

Disguise = Callable[[openpyxl.Workbook], None]

_PERFORMANCE = re.compile("绩效|自评|目录")
_PARTS = ("类", "款", "项")


def _tables(book: openpyxl.Workbook) -> Iterator[Any]:
    """The sheets of official tables, those of performance left out."""
    return (sheet for sheet in book.worksheets if not _PERFORMANCE.search(sheet.title))


def _cells(sheet: Any) -> Iterator[Cell]:
    return (cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell))


def _amounts(sheet: Any) -> Iterator[Cell]:
    return (cell for cell in _cells(sheet) if isinstance(cell.value, int | float))


def three_public_in_wan(book: openpyxl.Workbook) -> None:
    """The table of 三公经费 in 万元, whatever the others are in."""
    for sheet in _tables(book):
        if "三公" in sheet.title:
            for cell in _cells(sheet):
                if isinstance(cell.value, int | float):
                    cell.value = round(cell.value / 10000, 6)
                elif isinstance(cell.value, str) and "单位：元" in cell.value:
                    cell.value = cell.value.replace("单位：元", "单位:万元")


def sums_without_values(book: openpyxl.Workbook) -> None:
    """Totals, 类 and 款 as formulas of which no value is stored, as exports have them."""
    for sheet in _tables(book):
        codes = _codes(sheet)
        leaves = {row: code for row, code in codes.items() if len(code) == 7}
        if "项目" in sheet.title or not leaves:
            continue
        for row in [*codes, *_total_rows(sheet)]:
            code = codes.get(row, "")
            below = [leaf for leaf, of in leaves.items() if of.startswith(code)]
            if len(code) < 7 and below:
                _sum_up(sheet, row, below)


def _sum_up(sheet: Any, row: int, below: list[int]) -> None:
    for column in range(1, sheet.max_column + 1):
        cell = sheet.cell(row, column)
        if not isinstance(cell, MergedCell) and isinstance(cell.value, int | float):
            cell.value = f"=SUM({','.join(f'{get_column_letter(column)}{leaf}' for leaf in below)})"


def _total_rows(sheet: Any) -> list[int]:
    found = (cell for cell in _cells(sheet) if isinstance(cell.value, str))
    return [
        cell.row for cell in found if cell.value.replace(" ", "") in ("合计", "总计") and _has_amount(sheet, cell.row)
    ]


def _has_amount(sheet: Any, row: int) -> bool:
    return any(isinstance(cell.value, int | float) for cell in sheet[row])


def _code_columns(sheet: Any) -> tuple[int, list[int]]:
    """The header row in which 类, 款, 项 stand, or a head for codes, and the columns under it; none is (0, [])."""
    for row in sheet.iter_rows():
        heads = {str(cell.value).replace(" ", ""): cell.column for cell in row if cell.value}
        if "类" in heads and "款" in heads:
            return row[0].row, [heads[part] for part in _PARTS if part in heads]
        whole = next((column for head, column in heads.items() if head in ("功能分类科目编码", "科目代码")), 0)
        if whole and "行次" not in heads and "科目名称" in heads:
            return row[0].row, [whole]
    return 0, []


def _codes(sheet: Any) -> dict[int, str]:
    """The code of every row that has one, of functional 科目."""
    header, columns = _code_columns(sheet)
    found = {}
    for row in range(header + 1, sheet.max_row + 1) if columns else ():
        parts = [str(sheet.cell(row, column).value or "") for column in columns]
        code = "".join(parts)
        if code.isdecimal() and len(code) in (3, 5, 7) and code[0] == "2":
            found[row] = code
    return found


def numbers_as_codes(book: openpyxl.Workbook) -> None:
    """Codes as numbers: 13 for 13, but 1 for 01; 2011301 in one cell."""
    for sheet in _tables(book):
        header, columns = _code_columns(sheet)
        for row in range(header + 1, sheet.max_row + 1) if columns else ():
            for column in columns:
                cell = sheet.cell(row, column)
                if not isinstance(cell, MergedCell) and str(cell.value or "").isdecimal() and _is_code(cell.value):
                    cell.value = int(cell.value)


def _is_code(text: str) -> bool:
    return len(text) in (2, 3, 5, 7)


def codes_in_one_column(book: openpyxl.Workbook) -> None:
    """类, 款 and 项 joined in the first of their columns, the others blank."""
    for sheet in _tables(book):
        header, columns = _code_columns(sheet)
        for row in range(header + 1, sheet.max_row + 1) if len(columns) > 1 else ():
            parts = [str(sheet.cell(row, column).value or "") for column in columns]
            if "".join(parts).isdecimal() and len(parts[0]) == 3:
                sheet.cell(row, columns[0]).value = "".join(parts)
                for column in columns[1:]:
                    sheet.cell(row, column).value = None


def codes_said_once(book: openpyxl.Workbook) -> None:
    """类 only in the row of the 类, 款 only in that of the 款, as outlines are written."""
    for sheet in _tables(book):
        header, columns = _code_columns(sheet)
        if len(columns) < 2 or "项目支出" in sheet.title:
            continue
        for row in range(header + 1, sheet.max_row + 1):
            filled = [column for column in columns if sheet.cell(row, column).value]
            if filled and str(sheet.cell(row, filled[0]).value).isdecimal():
                for column in filled[:-1]:
                    sheet.cell(row, column).value = None


_NAMES = ("2.15单位收支总表", "3.22部门国有资本经营预算拨款表 ", "财决公开01表", "Z01", "sheet_a", "新建 表", "附表")


def shuffled_and_renamed(book: openpyxl.Workbook) -> None:
    """Sheets in another order, under names that say little or something wrong."""
    sheets = book.worksheets
    book._sheets = [*sheets[5:], *reversed(sheets[:5])]
    for number, sheet in enumerate(book.worksheets):
        name = _NAMES[number] if number < len(_NAMES) else f"表格{number}"
        sheet.title = name


def texts_for_numbers(book: openpyxl.Workbook) -> None:
    """Numbers as texts, with separators of thousands; ``-`` and blank for nothing."""
    for sheet in _tables(book):
        amounts = list(_amounts(sheet))
        columns = {cell.column for cell in amounts}
        rows = {cell.row for cell in amounts}
        for cell in amounts:
            cell.value = f" {cell.value:,.2f} " if cell.row % 2 else f"{cell.value:.2f}"
        for row in rows:
            for column in columns:
                cell = sheet.cell(row, column)
                if not isinstance(cell, MergedCell) and cell.value is None and (row + column) % 2:
                    cell.value = "-"


_VARIANTS = {
    "商品和服务支出": "商品服务支出",
    "一般公共预算": "一般公共预算拨款收入",
    "功能分类科目名称": "科目名称",
    "预算数": "本年预算数",
    "人员经费": "人员 经费",
    "合计": "小　计",
    "财政专户（教育收费）": "财政专户管理资金",
    "公务用车购置及运行费（小计）": "公务用车购置及运行维护费",
    "因公出国（境）费": "因公出国(境)费用",
    "年初结转和结余": "年初结转结余",
    "本年支出合计": "本年支出\n合计",
}


def other_headers(book: openpyxl.Workbook) -> None:
    """Headers as other systems word them, with blanks and breaks in them."""
    for sheet in _tables(book):
        first = min((cell.row for cell in _amounts(sheet)), default=1)
        for cell in _cells(sheet):
            said = str(cell.value or "").replace(" ", "")
            if cell.row < first and said in _VARIANTS and not _is_fund(sheet, said):
                cell.value = _VARIANTS[said]


def _is_fund(sheet: Any, said: str) -> bool:
    """Whether 一般公共预算 is not a column of income."""
    return said == "一般公共预算" and "收入总体" not in sheet.title


def padded(book: openpyxl.Workbook) -> None:
    """Rows and a column before the table, full-width blanks in labels, rows of ellipses, marks and notes."""
    for sheet in _tables(book):
        _move(sheet, rows=3, columns=1)
        sheet["B1"] = "附件2"
        sheet["B2"] = "　"
        for cell in _cells(sheet):
            if isinstance(cell.value, str) and cell.value.replace(" ", "") in ("合计", "总计", "收入总计", "支出总计"):
                cell.value = f"　{cell.value}"
        last = sheet.max_row
        sheet.cell(last + 1, 2).value = "…"
        sheet.cell(last + 2, 2).value = "注：本表由系统导出，金额如有尾差系四舍五入所致 100.00。"
        sheet.cell(last + 4, 2).value = "打印日期：2024-02-25"


def _move(sheet: Any, rows: int, columns: int) -> None:
    merges = [str(merged) for merged in sheet.merged_cells.ranges]
    for merged in merges:
        sheet.unmerge_cells(merged)
    sheet.move_range(f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}", rows=rows, cols=columns)
    for merged in merges:
        place = CellRange(merged)
        place.shift(col_shift=columns, row_shift=rows)
        sheet.merge_cells(place.coord)


def unmerged(book: openpyxl.Workbook) -> None:
    """No merged cells at all: heads stand in the first of the columns that they head."""
    for sheet in _tables(book):
        for merged in [str(merged) for merged in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(merged)


def one_each(book: openpyxl.Workbook) -> Iterator[openpyxl.Workbook]:
    """A workbook for each table."""
    for name in book.sheetnames:
        single = openpyxl.Workbook()
        single.remove(single.active)
        _copy(book[name], single.create_sheet(name))
        yield single


def _copy(source: Any, target: Any) -> None:
    for cell in _cells(source):
        target.cell(cell.row, cell.column).value = cell.value
    for merged in source.merged_cells.ranges:
        target.merge_cells(str(merged))


def numbered(book: openpyxl.Workbook) -> None:
    """A row of ※ and numbers under every header, over the first row of amounts."""
    for sheet in _tables(book):
        first = min((cell.row for cell in _amounts(sheet)), default=0)
        total = min((row for row in [*_codes(sheet), *_total_rows(sheet)]), default=first)
        at = min(first, total)
        if not at or any(cell.value == "※" for cell in _cells(sheet)):
            continue
        merges = [str(m) for m in sheet.merged_cells.ranges if m.min_row >= at]
        for merged in merges:
            sheet.unmerge_cells(merged)
        last = get_column_letter(sheet.max_column)
        sheet.move_range(f"A{at}:{last}{sheet.max_row}", rows=1)
        for merged in merges:
            place = CellRange(merged)
            place.shift(row_shift=1)
            sheet.merge_cells(place.coord)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(at, column).value = "※" if column < 3 else column - 2


DISGUISES: dict[str, Disguise] = {
    function.__name__: function
    for function in (
        sums_without_values,
        numbers_as_codes,
        codes_in_one_column,
        codes_said_once,
        shuffled_and_renamed,
        texts_for_numbers,
        other_headers,
        padded,
        unmerged,
        numbered,
    )
}
