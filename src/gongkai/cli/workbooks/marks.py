"""Where a marked copy is written, and whether somebody has worked in the one that is there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import click

from gongkai.files.data_files import FINDINGS_SHEET, MARKED, is_book
from gongkai.files.write import write_all
from gongkai.findings import Finding, FindingsError
from gongkai.reports.marked.fills import STAMP
from gongkai.reports.marked.listed import STATE_CELL
from gongkai.reports.marked.mark import marked
from gongkai.source.text_file import read_bytes
from gongkai.source.workbook.cells import Workbook
from gongkai.source.workbook.read import read_workbook


def place_of_copy(file: Path) -> Path:
    """Where the marked copy of a book goes: beside it; a copy that is marked again stays where it is."""
    try:
        marked_already = _is_marked(read_workbook(file))
    except FindingsError:
        marked_already = False  # what is wrong with it is told by whoever marks it
    return file if marked_already else file.with_stem(file.stem + MARKED)


def write_marked(file: Path, findings: Sequence[Finding], out: Path) -> None:
    """Write the marked copy; over an older one only where nobody has filled in anything in it since.

    Of a copy that is marked again only comments, colours and the list of findings change. Raises FindingsError
    where the file cannot be read or written, and UsageError where something of the clerk's would be lost.
    """
    here = _filled_in(read_workbook(file))
    data = marked(read_bytes(file), findings, file=str(file), state=here)
    if out.exists() and not is_book(out):
        raise click.UsageError(f"{out} 已经有了，而且不是填报簿，不能写在上面；请用 -o 另取一个文件名")
    if is_book(out) and not _may_be_replaced(out, here):
        message = f"{out} 里后来又填了别的内容，不能写在上面"
        raise click.UsageError(f"{message}；请用 -o 另取一个文件名，或直接标注它：gongkai mark {out}")
    write_all({out: data}, over_books=True)


def _may_be_replaced(out: Path, here: str) -> bool:
    """Whether a book says only what it said when it was marked, or the same as the book itself."""
    try:
        book = read_workbook(out)
    except FindingsError:
        return False
    return _is_marked(book) and _filled_in(book) in {here, _kept_state(book)}


def _is_marked(book: Workbook) -> bool:
    """Whether a workbook has our sheet of findings; the clerk may have one that is called so."""
    sheet = next((sheet for sheet in book.sheets if sheet.name == FINDINGS_SHEET), None)
    row, column = STATE_CELL
    cell = sheet.at(row - 1, column) if sheet else None
    return cell is not None and cell.text.startswith(STAMP)


def _kept_state(book: Workbook) -> str:
    sheet = next((sheet for sheet in book.sheets if sheet.name == FINDINGS_SHEET), None)
    cell = sheet.at(*STATE_CELL) if sheet else None
    return cell.text if cell else ""


def _filled_in(book: Workbook) -> str:
    """A hash of all that is filled in; what formulas say changes by itself."""
    said = [
        [sheet.name, [[*position, cell.formula or cell.text] for position, cell in sorted(sheet.cells.items())]]
        for sheet in book.sheets
        if sheet.name != FINDINGS_SHEET
    ]
    return hashlib.sha256(json.dumps(sorted(said), ensure_ascii=False).encode("utf-8")).hexdigest()
