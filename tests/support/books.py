"""Fill-in books for tests: made without the product's own writer, and edited as clerks and programs do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.intake.book.own import layout_of
from gongkai.intake.guide import guide_of
from gongkai.intake.read import read_alone
from gongkai.kinds import KINDS
from support.slips import ROOT

LAYOUTS = {kind: layout for kind in KINDS if (layout := layout_of(kind)) is not None}
"""The book of each kind of document."""

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
_FIGURE = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


def data_of(example: str) -> dict[str, Any]:
    """What an example says, as the data of a file."""
    return read_alone(ROOT / "examples" / f"{example}.yaml")[0]


def without_blanks(node: Any) -> Any:
    """Data as a book can say them: what says nothing is not there; a figure is its value (20.00 is 20)."""
    if isinstance(node, dict):
        kept = {name: without_blanks(value) for name, value in node.items()}
        return {name: value for name, value in kept.items() if value not in ("", {}, [])}
    if isinstance(node, list):
        return [without_blanks(value) for value in node]
    return _shortest(node) if isinstance(node, str) else node


def _shortest(text: str) -> str:
    if not _FIGURE.fullmatch(text) or "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def plain_book(data: Mapping[str, Any]) -> Workbook:
    """A book of the data: titles, headers and rows, figures as numbers, and nothing else."""
    layout = LAYOUTS[data["文种"]]
    guide = guide_of(layout.kind)
    book = Workbook()
    book.remove(book.active)
    for sheet in layout.sheets:
        page = book.create_sheet(sheet.name)
        page.append([sheet.purpose])
        for block in sheet.blocks:
            columns = block.columns(guide)
            page.append([block.title])
            page.append([column.title for column in columns])
            for row in block.rows(data, guide):
                page.append([None] * len(columns))
                for at, column in enumerate(columns, 1):
                    write(page.cell(page.max_row, at), row.get(column.title, ""))
            page.append([])
    return book


def write(cell: Cell, text: str) -> None:
    """A text into a cell as a clerk types it: plain figures become numbers, but codes do not."""
    if _FIGURE.fullmatch(text) and not (text.isdecimal() and len(text) in {3, 5, 7}):
        cell.value = float(text)
    elif text:
        cell.value = text
        cell.data_type = "s"  # not a formula, whatever it begins with


def column_of(sheet: Worksheet, title: str) -> int:
    """The number of the column with a title."""
    return next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == title)


def row_of(sheet: Worksheet, text: str) -> int:
    """The number of the first row with a text in it."""
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == text)


def saved(book: Workbook, path: Path) -> Path:
    """The book in a file."""
    book.save(path)
    return path
