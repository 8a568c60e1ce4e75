"""The tutorial (docs/十分钟.md) as steps: what it fills in, and what it runs.

``python -m support.tutorial`` takes its pictures, with LibreOffice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from support.slips import ROOT

TUTORIAL = ROOT / "docs/十分钟.md"
_SHEET = re.compile(r"\*\*“(?P<name>[^”]+)”表\*\*")
_NAMES = {"部分", "项目", "编码", "类"}
"""Columns that say in which row something is filled in, where the book has that row already."""


@dataclass(frozen=True)
class Fill:
    """Rows that are filled in on a sheet, by the titles of its columns."""

    sheet: str
    rows: Sequence[dict[str, str]]


@dataclass(frozen=True)
class Run:
    """A command, and the lines that it is said to print."""

    command: Sequence[str]
    prints: Sequence[str]


def steps() -> Iterator[Fill | Run]:
    """The steps of the tutorial in their order."""
    sheet = ""
    lines = TUTORIAL.read_text(encoding="utf-8").split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        named = _SHEET.match(line)
        sheet = named["name"] if named else sheet
        if line == "```console":
            end = lines.index("```", at)
            yield Run(lines[at + 1].removeprefix("$ gongkai ").split(), lines[at + 2 : end])
            at = end
        elif line.startswith("|"):
            end = next(n for n in range(at, len(lines)) if not lines[n].startswith("|"))
            titles, _, *rows = ([cell.strip() for cell in row.strip("|").split("|")] for row in lines[at:end])
            yield Fill(sheet, [dict(zip(titles, row, strict=True)) for row in rows])
            at = end
        at += 1


def fill(book: Path, step: Fill) -> None:
    """Fill in a step as a clerk does: in the row that is named, or in the first that is free."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook[step.sheet]
    for row in step.rows:
        header = _header(sheet, row)
        columns = {str(cell.value): cell.column for cell in sheet[header] if cell.value}
        names = {title: text for title, text in row.items() if title in _NAMES}
        number = _row(sheet, header, {columns[title]: text for title, text in names.items()})
        for title, text in row.items():
            cell = sheet.cell(number, columns[title])
            if text and cell.value != text:
                figure = title not in _NAMES and re.fullmatch(r"-?\d+(\.\d+)?", text) and title != "科目"
                cell.value = float(text) if figure else text
                cell.data_type = "n" if figure else "s"
    workbook.save(book)


def _header(sheet: Worksheet, row: dict[str, str]) -> int:
    return next(line[0].row for line in sheet.iter_rows() if set(row) <= {str(cell.value) for cell in line})


def _row(sheet: Worksheet, header: int, names: dict[int, str]) -> int:
    """The row below the header with these names; where there is none, the first whose first cell is free."""
    for number in range(header + 1, sheet.max_row + 1):
        if names and all(str(sheet.cell(number, column).value) == text for column, text in names.items()):
            return number
    return next(n for n in range(header + 1, sheet.max_row + 2) if sheet.cell(n, 1).value is None)
