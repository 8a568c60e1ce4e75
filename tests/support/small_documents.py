"""Finished documents made of a few lines, as if they had been read from paper."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.audit.document import Audited
from gongkai.audit.recognise import UNREAD, recognised
from gongkai.audit.run import audit
from gongkai.audit.words.rules import RULES
from gongkai.findings import Box, Finding
from gongkai.source.printed.document import Line, Paragraph, Printed, Spot, Table
from gongkai.source.workbook.cells import Cell, Kind, Merge, Position, Sheet

Rows = Sequence[Sequence[str]]
FILE = "公开.pdf"
_WIDTH = 10.0
_ON = "《"
COVER = ("示例县商务局", "2024年部门预算公开")
TABLES: Rows = [
    ["2024年部门收支总体情况表"],
    ["编制部门：示例县商务局", "", "", "单位：万元"],
    ["收入", "", "支出", ""],
    ["项目", "预算数", "功能分类", "预算数"],
    ["一般公共预算拨款", "10.00", "一般公共服务支出", "10.00"],
    ["收入总计", "10.00", "支出总计", "10.00"],
]
"""A table by which kind, year, unit and 口径 are known."""
SPENDING: Rows = [
    ["2024年部门支出总体情况表"],
    ["编制部门：示例县商务局", "", "", "", "单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["201", "一般公共服务支出", "10.00", "10.00", ""],
    ["", "合计", "10.00", "10.00", ""],
]


def paper(*blocks: str | Rows, pages: int = 0, blank: Sequence[int] = (), outline: Sequence[tuple[str, int]] = (),
          headings: Sequence[str] = (), clipped: Sequence[Position] = (), form: str = "pdf") -> Printed:  # fmt: skip
    """A document: a text is a paragraph (``3|……`` on page 3), rows of texts are a table."""
    made: list[Paragraph | Table] = []
    for number, block in enumerate(blocks, 1):
        if isinstance(block, str):
            page, _, text = block.partition("|") if block[:1].isdigit() and "|" in block else ("1", "", block)
            made.append(_paragraph(text, number, int(page), text in headings))
        else:
            made.append(_table(block, number, frozenset(clipped)))
    return Printed(FILE, form, made, pages, tuple(blank), tuple(outline))


def audited(*blocks: str | Rows, **how: object) -> Audited:
    """The same, recognised."""
    return recognised(paper(*blocks, **how))  # type: ignore[arg-type]


def wrong(*blocks: str | Rows, **how: object) -> list[Finding]:
    """What the rules about words find in such a document."""
    return [finding for finding in audit(audited(*blocks, **how), RULES) if finding.code != UNREAD]


def _paragraph(text: str, number: int, page: int, heading: bool) -> Paragraph:
    box = Box(0, 20 * number, _WIDTH * len(text), 20 * number + 12)
    line = Line(0, Spot(page, box), tuple(_WIDTH * at for at in range(len(text))))
    return Paragraph(text, number, (line,), int(heading))


def _table(rows: Rows, number: int, clipped: frozenset[Position]) -> Table:
    sheet = sheet_of(rows, number)
    spots = {at: Spot(1, Box(at[1] * 50, at[0] * 20, at[1] * 50 + 50, at[0] * 20 + 20)) for at in sheet.cells}
    return Table(sheet, spots, number, clipped)


def sheet_of(rows: Rows, number: int) -> Sheet:
    """A table as a sheet; a cell that says 《 goes on with the one to its left."""
    cells, merges = {}, []
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            if not text or text == _ON:
                continue
            cells[row, column] = _cell(text)
            last = column
            while last < len(texts) and texts[last] == _ON:
                last += 1
            if last > column:
                merges.append(Merge(row, column, row, last))
    return Sheet(rows[0][0][:31], number, cells, merges)


def _cell(text: str) -> Cell:
    """An amount with decimals is a number, as paper is read; a code is text."""
    plain = text.replace(",", "")
    is_amount = "." in plain and plain.lstrip("-").replace(".", "", 1).isdecimal()
    return Cell(Kind.NUMBER, plain, text) if is_amount else Cell(Kind.TEXT, text, text)


def with_cell(rows: Rows, row: int, column: int, text: str) -> Rows:
    """These rows, one cell of which says something else."""
    copy = [list(texts) for texts in rows]
    copy[row][column] = text
    return copy
