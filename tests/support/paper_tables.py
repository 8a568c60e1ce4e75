"""Finished documents of a few small tables, and what the rules on tables say of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from gongkai.audit.document import Audited
from gongkai.audit.recognise import recognised
from gongkai.audit.rule import Fault
from gongkai.audit.tables.rules import RULES
from gongkai.findings import Finding
from gongkai.source.printed.document import Block, Line, Paragraph, Printed, Spot, Table
from gongkai.source.printed.read import read_printed
from gongkai.source.workbook.cells import Cell, Kind, Merge, Sheet
from support.exports import exported

Rows = Sequence[Sequence[str]]


def paper(*blocks: str | Rows) -> Printed:
    """Rows of texts are a table, a text is a paragraph; a cell that says 《 goes on with the one to its left."""
    made: list[Block] = []
    for number, block in enumerate(blocks, 1):
        if isinstance(block, str):
            made.append(Paragraph(block, number, (Line(0, Spot(1)),)))
        else:
            made.append(Table(_sheet(block, number), {}, number))
    return Printed("公开.pdf", "pdf", made)


def _sheet(rows: Rows, number: int) -> Sheet:
    cells, merges = {}, []
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            if text and text != "《":
                cells[row, column] = Cell(
                    _kind(text), text.replace(",", "") if _kind(text) is Kind.NUMBER else text, text
                )
                wide = column
                while wide < len(texts) and texts[wide] == "《":
                    wide += 1
                if wide > column:
                    merges.append(Merge(row, column, row, wide))
    return Sheet(f"表{number}", number, cells, merges)


def _kind(text: str) -> Kind:
    plain = text.replace(",", "").lstrip("-")
    return Kind.NUMBER if "." in plain and plain.replace(".", "", 1).isdecimal() else Kind.TEXT


def told(document: Printed | Audited) -> list[tuple[Finding, Fault]]:
    """Everything that the rules on tables find."""
    seen = recognised(document) if isinstance(document, Printed) else document
    return [pair for rule in RULES for pair in rule.findings(seen)]


def codes(*blocks: str | Rows) -> list[str]:
    """The codes of what is found in such a document."""
    return [finding.code for finding, _ in told(paper(*blocks))]


def messages(code: str, *blocks: str | Rows) -> list[str]:
    """What a rule says of such a document."""
    return [finding.message for finding, _ in told(paper(*blocks)) if finding.code == code]


def of_example(name: str, *, yuan: bool = False) -> Printed:
    """The tables of an example as they are published."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.xlsx"
        file.write_bytes(exported(name, yuan=yuan))
        return read_printed(file)


def spending(*rows: Sequence[str], title: str = "支出总体情况表", unit: str = "万元", note: str = "") -> Rows:
    """A table of spending by 科目: code, name, 合计, 基本支出, 项目支出."""
    head = [[f"2024年{title}"], ["编制单位：示例局", "", "", "", f"单位：{unit}"]]
    heads = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    return [*head, *heads, *map(list, rows), *([[note]] if note else [])]


TREE = (
    ("201", "一般公共服务支出", "968.80", "447.68", "521.12"),
    ("20113", "商贸事务", "968.80", "447.68", "521.12"),
    ("2011301", "行政运行", "287.56", "287.46", "0.10"),
    ("2011350", "事业运行", "160.22", "160.22", ""),
    ("2011399", "其他商贸事务支出", "521.02", "", "521.02"),
    ("208", "社会保障和就业支出", "78.02", "78.02", ""),
    ("20805", "行政事业单位养老支出", "78.02", "78.02", ""),
    ("2080501", "行政单位离退休", "30.52", "30.52", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "47.50", "47.50", ""),
    ("", "合计", "1046.82", "525.70", "521.12"),
)
"""The rows of a table that is right."""


def changed(row: int, column: int, text: str) -> list[tuple[str, ...]]:
    """These rows, one cell of which says something else."""
    rows = [list(texts) for texts in TREE]
    rows[row][column] = text
    return [tuple(texts) for texts in rows]
