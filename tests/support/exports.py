"""Workbooks as a finance system or a unit has them: our own tables written out, and read as the import gets them."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from gongkai.document.parse import parse_document
from gongkai.output.xlsx.writer import render_xlsx
from gongkai.source.workbook.cells import Cell, Kind, Merge, Sheet, Workbook
from support.composed import document_of
from support.fixtures import ROOT


@cache
def exported(example: str) -> bytes:
    """The official tables of an example as the product writes them."""
    rendered = document_of(example)
    return render_xlsx(parse_document(rendered), rendered)


def opened(example: str) -> openpyxl.Workbook:
    """The same, to be changed."""
    return openpyxl.load_workbook(io.BytesIO(exported(example)))


def as_read(book: openpyxl.Workbook, file: str = "导出.xlsx") -> Workbook:
    """A workbook as the import gets it."""
    sheets = [_sheet(sheet, number) for number, sheet in enumerate(book.worksheets, 1)]
    return Workbook(file, sheets)


def saved(book: openpyxl.Workbook, file: Path) -> Path:
    """A workbook on disk."""
    book.save(file)
    return file


def _sheet(sheet: Any, number: int) -> Sheet:
    cells = {
        (cell.row, cell.column): _cell(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.value != ""
    }
    merges = [Merge(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges]
    return Sheet(sheet.title, number, cells, merges, sheet.sheet_state != "visible")


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        text, kind = "是" if value else "否", Kind.FLAG
    elif isinstance(value, int | float | Decimal):
        text, kind = format(Decimal(format(value, ".15g")), "f"), Kind.NUMBER
    elif isinstance(value, datetime.date):
        text, kind = f"{value:%Y-%m-%d}", Kind.DATE
    elif str(value).startswith("="):
        return Cell(Kind.UNKNOWN, "", "", str(value)[1:])
    elif str(value).startswith("#"):
        text, kind = str(value), Kind.ERROR
    else:
        text, kind = str(value), Kind.TEXT
    return Cell(kind, text, text)


EXAMPLES = (
    "kezhou-swj-2024-budget",
    "qitai-sgj-2024-budget",
    "minimal-budget",
    "shili-ju-2024-budget",
    "bozhou-swj-2024-final",
    "minimal-final",
    "shili-ju-2024-final",
)


@cache
def data_of(example: str) -> dict[str, Any]:
    """The data of an example as its file gives it: texts."""
    file = ROOT / "examples" / f"{example}.yaml"
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return data
