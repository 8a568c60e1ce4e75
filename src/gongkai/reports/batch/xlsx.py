"""The report of a batch as a workbook: one sheet of units, one of findings."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from xlsxwriter.format import Format

from gongkai.findings import Finding, Level
from gongkai.output.xlsx.book import TextBook
from gongkai.reports.findings.report import count, exact, level
from gongkai.texts.width import columns

from .outcomes import Entry, Report

_ANY_DAY = datetime(2000, 1, 1)
_WIDEST = 80

_Cell = str | int | float

_UNITS = (
    "序号", "单位", "文种", "年度", "数据文件", "结果", "页数", "排版引擎", "用时（秒）", "错误", "警告", "提示",
    "豁免", "文件",
)  # fmt: skip
_FINDINGS = ("单位", "数据文件", "级别", "代码", "行", "列", "问题", "本处数", "应为数", "差额", "怎样改或豁免理由")


def report_xlsx(report: Report) -> bytes:
    """The workbook; filters and frozen headings, since it may have thousands of lines."""
    stream = io.BytesIO()
    book = TextBook(stream, {"title": "批量报告"}, _ANY_DAY)
    heading = book.add_format({"bold": True, "bg_color": "#e8edf3", "border": 1})
    _sheet(book, "单位", _UNITS, [_unit(i, entry) for i, entry in enumerate(report.entries, 1)], heading)
    findings = [_finding("", finding) for finding in report.findings]
    findings += [_finding(entry.name, finding) for entry in report.entries for finding in entry.result.findings]
    _sheet(book, "问题", _FINDINGS, findings, heading)
    book.close()
    return stream.getvalue()


def _sheet(book: TextBook, name: str, heads: Sequence[str], rows: Sequence[Sequence[_Cell]], heading: Format) -> None:
    sheet = book.add_worksheet(name)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, heading)
        sheet.set_column(column, column, _width([head, *(row[column] for row in rows)]))
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _width(values: Iterable[_Cell]) -> int:
    """Wide enough for the longest; a Chinese character takes two places."""
    longest = max(columns(str(value)) for value in values)
    return min(longest + 2, _WIDEST)


def _unit(number: int, entry: Entry) -> list[_Cell]:
    return [
        number,
        entry.name,
        entry.result.kind,
        entry.result.year or "",
        entry.result.file,
        entry.state.value,
        entry.pages or "",
        entry.result.engine,
        round(entry.seconds, 1),
        count(entry.result.findings, Level.ERROR),
        count(entry.result.findings, Level.WARNING),
        count(entry.result.findings, Level.HINT),
        len(entry.result.waived),
        "、".join(entry.links()),
    ]


def _finding(unit: str, finding: Finding) -> list[_Cell]:
    place = finding.place
    figures = (finding.stated, finding.expected, finding.difference)
    return [
        unit,
        place.file if place else "",
        level(finding),
        finding.code,
        (place.spot if place.sheet else place.line or "") if place else "",
        (place.column or "") if place and not place.sheet else "",
        finding.message,
        # As text: a floating-point cell could not hold every figure exactly.
        *map(exact, figures),
        finding.waived or finding.advice,
    ]
