"""The report as a sheet that a reviewer fills in and signs: 公开情况检查表, one sheet for each file."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.checks.manual import pages
from gongkai.findings import Finding
from gongkai.result import Result
from gongkai.texts.width import columns

from .report import consequence, exact, head, position, spot
from .together import by_rule

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from gongkai.output.xlsx.book import TextBook

TITLE = "公开情况检查表"

_COLUMNS: tuple[tuple[str, float], ...] = (
    ("序号", 5), ("代码", 7), ("级别", 5.5), ("位置", 22), ("问题", 32), ("本处数", 11.5), ("应为数", 11.5),
    ("差额", 10.5), ("处理意见", 22), ("整改情况", 14),
)  # fmt: skip
_SUMMARY_WIDTHS = (5, 45, 8, 8, 60, 40)
_SUMMARY_LAST = len(_SUMMARY_WIDTHS) - 1
_LAST = len(_COLUMNS) - 1
_A4 = 9
_MAX_EXACT_DIGITS = 15
"""A spreadsheet's numbers hold no more digits."""

_FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in the file's properties: the same input gives the same bytes."""

_FONT = {"font_name": "宋体", "font_size": 10}
_CELL = {**_FONT, "border": 1, "text_wrap": True, "valign": "vcenter"}


class _Book:
    """A workbook in memory with the formats that its sheets share."""

    def __init__(self, stream: io.BytesIO) -> None:
        from gongkai.output.xlsx.book import TextBook

        self.workbook: TextBook = TextBook(stream, {"title": TITLE}, _FIXED_DATE)
        self.title = self._format(font_name="黑体", font_size=18, align="center", valign="vcenter")
        self.line = self._format(**_FONT, valign="vcenter")
        self.section = self._format(**{**_FONT, "font_name": "黑体"}, valign="vcenter")
        self.head = self._format(**{**_CELL, "font_name": "黑体"}, align="center", bg_color="#EDEDED")
        self.text = self._format(**_CELL)
        self.short = self._format(**_CELL, align="center")
        self.figure = self._format(**_CELL, num_format="#,##0.00####")
        self.digits = self._format(**_CELL, align="right")
        self._names: set[str] = set()

    def _format(self, **properties: object) -> Format:
        return self.workbook.add_format(properties)

    def sheet(self, name: str, columns: Sequence[tuple[str, float]]) -> Worksheet:
        """A new sheet, set up to be printed on A4 landscape, as wide as the page."""
        sheet = self.workbook.add_worksheet(self._free_name(name))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页，共 &N 页")
        for column, (_, width) in enumerate(columns):
            sheet.set_column(column, column, width)
        return sheet

    def _free_name(self, wanted: str) -> str:
        """A name that a spreadsheet takes and no sheet has yet."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", wanted).strip() or TITLE
        name, number = plain[:31], 1
        while name.lower() in self._names:
            number += 1
            suffix = f"({number})"
            name = plain[: 31 - len(suffix)] + suffix
        self._names.add(name.lower())
        return name


def xlsx_report(files: Sequence[Result]) -> bytes:
    """The workbook; of several files the first sheet gives the results of all."""
    stream = io.BytesIO()
    book = _Book(stream)
    if len(files) > 1:
        _write_summary(book, files)
    for report in files:
        _Sheet(book, report).write()
    book.workbook.close()
    return stream.getvalue()


def _write_summary(book: _Book, files: Sequence[Result]) -> None:
    columns = list(zip(("序号", *head(files[0])), _SUMMARY_WIDTHS, strict=True))
    sheet = book.sheet("汇总", columns)
    sheet.merge_range(0, 0, 0, len(columns) - 1, f"{TITLE}（汇总）", book.title)
    for column, (name, _) in enumerate(columns):
        sheet.write_string(1, column, name, book.head)
    sheet.repeat_rows(1)
    for number, report in enumerate(files, 1):
        sheet.write_number(number + 1, 0, number, book.short)
        for column, text in enumerate(head(report).values(), 1):
            sheet.write_string(number + 1, column, text, book.text)
    _write_rules(book, sheet, files, len(files) + 3)


def _write_rules(book: _Book, sheet: Worksheet, files: Sequence[Result], row: int) -> None:
    """Which rules found something, each over the columns from the unit to the file, and how often."""
    found = by_rule(files)
    told = [(f"{code} {pages()[code].summary}", f"{often} 处，{where} 份") for code, (often, where) in found.items()]
    for at, texts in enumerate((("查出问题的规则", "次数"), *told) if told else (), row):
        style = book.head if at == row else book.text
        sheet.merge_range(at, 1, at, _SUMMARY_LAST - 1, "", style)
        sheet.write_string(at, 1, texts[0], style)
        sheet.write_string(at, _SUMMARY_LAST, texts[1], style)
        sheet.set_row(at, max(18, 13.5 * _lines(texts[0], sum(_SUMMARY_WIDTHS[1:_SUMMARY_LAST])) + 4))


class _Sheet:
    """One file's sheet, written from top to bottom."""

    def __init__(self, book: _Book, report: Result) -> None:
        self._book = book
        self._report = report
        self._sheet = book.sheet(Path(report.file).stem, _COLUMNS)
        self._row = 0

    def write(self) -> None:
        """Title, head, findings, waivers, signatures."""
        report = self._report
        self._across(TITLE, self._book.title, height=32)
        told = [f"{name}：{text}" for name, text in head(report).items()]
        self._across("　　".join(told[:3]))
        self._across("　　".join(told[3:]))
        self._across("检查日期：　　　　年　　月　　日")
        self._sheet.repeat_rows(self._row)
        self._sheet.freeze_panes(self._row + 1, 0)
        self._headings()
        for number, finding in enumerate(report.counted, 1):
            self._finding(number, finding)
        if not report.counted:
            self._across("没有发现问题。", self._book.text)
        if report.waived:
            self._waivers()
        self._signatures()

    def _across(self, text: str, style: Format | None = None, height: float = 20) -> None:
        """One text over the whole width."""
        self._span(0, _LAST, text, style or self._book.line)
        self._next(height)

    def _span(self, first: int, last: int, text: str, style: Format) -> None:
        self._sheet.merge_range(self._row, first, self._row, last, "", style)
        self._sheet.write_string(self._row, first, text, style)

    def _next(self, height: float) -> None:
        self._sheet.set_row(self._row, height)
        self._row += 1

    def _headings(self) -> None:
        for column, (name, _) in enumerate(_COLUMNS):
            self._sheet.write_string(self._row, column, name, self._book.head)
        self._next(22)

    def _finding(self, number: int, finding: Finding) -> None:
        book = self._book
        self._sheet.write_number(self._row, 0, number, book.short)
        place = self._place(finding)
        told = "\n".join(
            [finding.message, *(f"由此还有：{consequence(each, finding)}" for each in finding.consequences)]
        )
        texts = {1: finding.code, 2: finding.level.value, 3: place, 4: told, 8: finding.advice, 9: ""}
        for column, text in texts.items():
            self._sheet.write_string(self._row, column, text, book.short if column < 3 else book.text)
        for column, value in ((5, finding.stated), (6, finding.expected), (7, finding.difference)):
            self._figure(column, value)
        self._next(_height(texts))

    def _figure(self, column: int, value: Decimal | None) -> None:
        if value is not None and len(value.as_tuple().digits) <= _MAX_EXACT_DIGITS:
            self._sheet.write_number(self._row, column, value, self._book.figure)
        else:
            self._sheet.write_string(self._row, column, exact(value), self._book.digits)

    def _place(self, finding: Finding) -> str:
        parts = (spot(finding, self._report.file), position(finding), finding.excerpt)
        return "\n".join(part for part in parts if part)

    def _waivers(self) -> None:
        self._across(f"豁免（{len(self._report.waived)} 个，核实过、不必改）", self._book.section)
        for number, finding in enumerate(self._report.waived, 1):
            self._sheet.write_number(self._row, 0, number, self._book.short)
            texts = {1: finding.code, 2: "豁免", 3: self._place(finding), 4: finding.message}
            for column, text in texts.items():
                self._sheet.write_string(self._row, column, text, self._book.short if column < 3 else self._book.text)
            reason = f"理由：{finding.waived}"
            self._span(5, _LAST, reason, self._book.text)
            self._next(_height(texts))

    def _signatures(self) -> None:
        self._next(12)
        self._across(
            "核查人（签名）：　　　　　　　　　复核人（签名）：　　　　　　　　　日期：　　　　年　　月　　日",
            height=30,
        )


def _height(texts: dict[int, str]) -> float:
    """The height (points) in which every text of a row fits: no program measures merged or wrapped cells for us."""
    lines = max(_lines(text, _COLUMNS[column][1]) for column, text in texts.items())
    return max(18, 13.5 * lines + 4)


def _lines(text: str, width: float) -> int:
    """In how many lines a text wraps in a column; a Chinese character is as wide as two of the column's units."""
    return sum(1 + int(columns(part) // (width - 1)) for part in text.split("\n"))
