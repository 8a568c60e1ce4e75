"""The tutorial (docs/十分钟.md) as steps: what it fills in, and what it runs.

``python -m support.tutorial`` takes its pictures, with LibreOffice.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageChops

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


# Pictures

PICTURES = ROOT / "docs/图"
_DOTS = 110
"""Per inch."""
_MARGIN = 12


def main() -> None:
    """Walk through the tutorial and take its pictures anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken = {}
        for step in steps():
            if isinstance(step, Fill):
                fill(folder / "编纂室.xlsx", step)
                continue
            command = [sys.executable, "-m", "gongkai", *step.command]
            subprocess.run(command, cwd=folder, check=False, capture_output=True)
            if step.command[0] in {"new", "mark"}:
                made = folder / ("编纂室-核对.xlsx" if step.command[0] == "mark" else "编纂室.xlsx")
                taken[step.command[0]] = made.rename(folder / f"{step.command[0]}.xlsx")
                shutil.copy(taken[step.command[0]], made)
        _picture(_pages(taken["new"]), "预算填报簿", "十分钟-填表说明", 640)
        _picture(_pages(folder / "编纂室.xlsx"), "2010301", "十分钟-支出", 200)
        _picture(_pages(taken["mark"]), "核对结果", "十分钟-核对", 90)
        _montage(folder / "output/编纂室.pdf", "十分钟-公开文件")


def _pages(book: Path) -> Path:
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(book.parent), str(book)],
        check=True, capture_output=True, env={**os.environ, "HOME": str(book.parent)},
    )  # fmt: skip
    return book.with_suffix(".pdf")


def _picture(pdf: Path, text: str, name: str, height: int) -> None:
    """The top of the first page with a text on it, without its white margins."""
    number = next(n for n, said in enumerate(_texts(pdf), 1) if text in said)
    page = _images(pdf, number, number)[0]
    box = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    left, top, right, bottom = box or (0, 0, *page.size)
    bottom = min(bottom, top + height)
    page.crop((left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)).save(
        PICTURES / f"{name}.png", optimize=True
    )


def _montage(pdf: Path, name: str) -> None:
    """Cover, a table and a page of prose side by side."""
    texts = _texts(pdf)
    prose = next(n for n, text in enumerate(texts, 1) if "主要原因是" in text)
    table = next(n for n, text in enumerate(texts, 1) if n > 2 and "收支总体情况表" in text and "合" in text)
    pages = [_images(pdf, number, number)[0].resize((420, 594)) for number in (1, table, prose)]
    whole = Image.new("RGB", (420 * 3 + 40, 594 + 20), "#808080")
    for place, page in enumerate(pages):
        whole.paste(page, (10 + place * 430, 10))
    whole.save(PICTURES / f"{name}.png", optimize=True)


def _texts(pdf: Path) -> list[str]:
    """What each page says, without blanks."""
    said = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return ["".join(page.split()) for page in said.split("\f")]


def _images(pdf: Path, first: int, last: int) -> list[Image.Image]:
    stem = pdf.with_name("page")
    command = ["pdftoppm", "-png", "-r", str(_DOTS), "-f", str(first), "-l", str(last), str(pdf), str(stem)]
    subprocess.run(command, check=True)
    found = sorted(pdf.parent.glob("page*.png"))
    images = [Image.open(path).convert("RGB") for path in found]
    for path in found:
        path.unlink()
    return images


if __name__ == "__main__":
    main()
