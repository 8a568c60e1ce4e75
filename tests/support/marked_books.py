"""Workbooks as clerks have them, by the programs that write them, and what is in them after they were marked."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from gongkai.findings import Finding, Level, Place
from gongkai.source.workbook.names import position

FILE = "我们单位.xlsx"
CLERKS = "去年也是这样\n已问过财政局"


def found(
    cell: str, level: Level = Level.ERROR, *, sheet: str = "支出", number: int = 0, code: str = "GK311", **others: Any
) -> Finding:
    """A finding at a cell of a sheet, or, with an empty cell, at the sheet as a whole."""
    line, column = position(cell) or (0, 0)
    place = Place(others.pop("file", FILE), line, column, sheet, number)
    message, advice = others.pop("message", "合计和各项之和不符"), others.pop("advice", "请核对 D5:D6")
    return Finding(code, level, message, advice, place=place, **others)


FINDINGS = [
    found("D7", stated=Decimal("81.50"), expected=Decimal("80.00"), number=2),
    found("D7", Level.WARNING, code="GK401", message="增减没有说明原因"),
    found("B3", Level.HINT, code="GK425", message="=1+1 不像科目"),
    found("F40", Level.WARNING, message="这一格不能空着", advice=""),
    found("A1", message="标目改了"),
    found("D5", Level.WARNING, waived="补公开以前年度的文件"),
    found("A1", sheet="甲'的 表", message="第一行\n（公开核对完）\n第三行"),
    found("", Level.WARNING, sheet="支出", message="这张表没有内容"),
    Finding("GK300", Level.ERROR, "整个文件", place=Place(FILE)),
    found("D7", Level.WARNING, file="上年.xlsx", message="别的文件"),
    found("C3", sheet="没有的表"),
]
"""Of every kind, on the books below."""


def by_xlsxwriter() -> bytes:
    """A book with formulas, a filter, print areas, comments, a chart, a button, list checks and merges."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    money, head = (
        book.add_format({"num_format": "#,##0.00", "border": 1}),
        book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"}),
    )
    book.add_worksheet("说明").write("A1", "看这里")
    sheet = book.add_worksheet("支出")
    sheet.write_row("A1", ["科目编码", "名称", "来源", "金额"], head)
    for row in range(1, 6):
        sheet.write_string(row, 0, f"20{row:05}")
        sheet.write_string(row, 1, "=100%" if row == 2 else f"科目{row}_x000D_")
        sheet.write_number(row, 3, 0.1 * row, money)
    sheet.write_formula("D7", "=SUM(D2:D6)", money, 1.5)
    sheet.set_column("F:F", 20, book.add_format({"bg_color": "#E2EFDA", "pattern": 6, "fg_color": "#FF0000"}))
    sheet.set_row(1, 33)
    sheet.write_comment("D7", CLERKS, {"author": "张×", "width": 60, "height": 30})
    sheet.write_comment("B2", "别处的批注", {"author": "张×"})
    sheet.merge_range("B3:C4", "合并的", money)
    sheet.autofilter("A1:D7")
    sheet.print_area("A1:D7")
    sheet.conditional_format("D2:D6", {"type": "cell", "criteria": ">", "value": 1, "format": head})
    sheet.data_validation("C2:C6", {"validate": "list", "source": ["一般公共预算", "政府性基金"]})
    sheet.insert_button("H2", {"caption": "按这里", "macro": "没有"})
    sheet.protect()
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=支出!$D$2:$D$6"})
    sheet.insert_chart("H8", chart)
    sheet.activate()
    other = book.add_worksheet("甲'的 表")
    other.print_area("A1:B2")
    bars = book.add_chart({"type": "bar"})
    bars.add_series({"values": "=支出!$D$2:$D$6"})
    book.add_chartsheet("图").set_chart(bars)
    book.define_name("单价", "=支出!$D$2")
    book.close()
    return stream.getvalue()


def by_openpyxl(texts: dict[str, str] | None = None) -> bytes:
    """The same in short, by the other library: absolute references, inline texts, boxes without anchors."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("支出")
    sheet["A1"], sheet["B3"], sheet["D5"], sheet["D7"] = "科目", "=100%", 81.5, "=SUM(D2:D6)"
    sheet["B3"].data_type = "s"
    sheet["A1"].font = Font(color="FFFFFFFF")
    sheet["A1"].fill = PatternFill("solid", start_color="FF1F3864")
    sheet["D5"].fill = PatternFill("gray125")
    sheet["D7"].comment = Comment(CLERKS, "张×")
    sheet.print_area = "A1:D7"
    sheet.auto_filter.ref = "A1:D7"
    for cell, text in (texts or {}).items():
        sheet[cell] = text
    book.create_sheet("甲'的 表").print_title_rows = "1:1"
    book.defined_names["单价"] = DefinedName("单价", attr_text="支出!$D$2")
    book.active = 1
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The book in memory."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


BOOKS = {"xlsxwriter": by_xlsxwriter, "openpyxl": by_openpyxl}


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def opened(data: bytes) -> openpyxl.Workbook:
    """The book as the other library reads it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def values(data: bytes, *, without: str = "核对结果") -> dict[tuple[str, str], object]:
    """What every cell holds, formulas as formulas."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in opened(data).worksheets
        if not sheet.title.startswith(without)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def looks(data: bytes, *, without: str = "核对结果") -> dict[tuple[str, str], tuple[object, ...]]:
    """How every cell looks that has anything of its own: its fill, letters, format of numbers and edges."""
    return {
        (sheet.title, cell.coordinate): (
            cell.fill.fill_type, cell.fill.fgColor.rgb, cell.fill.bgColor.rgb if cell.fill.fill_type != "solid" else "",
            cell.font.color and cell.font.color.rgb, cell.font.b, cell.number_format, cell.border.left.style,
        )
        for sheet in opened(data).worksheets
        if not sheet.title.startswith(without)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None or cell.has_style
    }  # fmt: skip


def comments(data: bytes) -> dict[tuple[str, str], str]:
    """Every comment."""
    return {
        (sheet.title, cell.coordinate): re.sub("\r\n?", "\n", cell.comment.text)
        for sheet in opened(data).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
