"""The older workbooks (.xls, and .et as WPS wrote it), by the library that reads them.

It tells no formulas, only what they came to when the file was saved.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from gongkai.findings import Finding, FindingsError
from gongkai.source.workbook.cells import Cell, Kind, Merge, Workbook
from gongkai.source.workbook.formats import BUILT_IN, GENERAL, Format, format_of
from gongkai.source.workbook.grid import Grid, Reading
from gongkai.source.workbook.looks_like import looks_like
from gongkai.source.workbook.merges import kept_merges
from gongkai.source.workbook.refused import damaged, links_finding, macros_finding, protected, refused
from gongkai.source.workbook.values import error_cell, flag_cell, number_cell, text_cell

from .compound import SIGNATURE, Compound, CompoundError

_A_TEXT, _NUMBER, _DATE, _FLAG, _ERROR = range(1, 6)
"""Kinds of cells, as the library numbers them."""
_TO_OTHERS = 2
"""The kind of a link that leads to another workbook."""
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_A_DATE = format_of("yyyy-mm-dd")
_FIRST_WITH_NUMBERED_FORMATS = 50
_DAMAGED = "旧版工作簿（.xls）损坏或不完整"
_STREAMS = "Workbook", "Book"
"""What the package calls the workbook in it, by the age of the program."""
_MACROS = "_VBA_PROJECT_CUR"


class _Nowhere(io.TextIOBase):
    """Where the library may print what it likes."""

    def write(self, text: str) -> int:
        return len(text)


def read_xls(data: bytes, file: str) -> Workbook:
    """The workbook in an .xls file. Raises FindingsError for what is damaged, too large or asks for a password."""
    import xlrd

    try:
        records, macros = _records(data, file)
    except CompoundError:
        raise damaged(file, _DAMAGED) from None
    for formats in (True, False):  # what is wrong may be with the looks only
        try:
            book = xlrd.open_workbook(
                file_contents=records, logfile=_Nowhere(), formatting_info=formats, on_demand=True, ragged_rows=True
            )
            return workbook_of(book, file, macros=macros)
        except FindingsError:
            raise
        except Exception as error:  # the library was not made for files that mean harm: whatever it stumbles over
            if "encrypted" in str(error):
                raise protected(file) from None
    raise damaged(file, _DAMAGED)


def _records(data: bytes, file: str) -> tuple[bytes, bool]:
    """The records of the workbook, and whether there are macros beside them; the oldest have no package."""
    if not data.startswith(SIGNATURE):
        return data, False
    package = Compound(data)
    name = next((name for name in _STREAMS if package.has(name)), None)
    if name is None:
        raise refused("GK150", file, f"这{looks_like(data)}，不是 Excel 工作簿", "请核对是否选错了文件")
    return package.stream(name), package.has(_MACROS)


def workbook_of(book: Any, file: str, *, macros: bool = False) -> Workbook:
    """The workbook that the library has read. Raises FindingsError where it is too large."""
    reading = Reading(file, since_1904=book.datemode == 1, findings=list(_not_read(book, file, macros=macros)))
    grids = [_grid(book, index, reading) for index in range(book.nsheets)]
    return Workbook(file, [grid.sheet() for grid in grids], {}, reading.findings)


def _not_read(book: Any, file: str, *, macros: bool) -> Iterator[Finding]:
    if macros:
        yield macros_finding(file)
    if _TO_OTHERS in getattr(book, "_supbook_types", ()):
        yield links_finding(file)


def _grid(book: Any, index: int, reading: Reading) -> Grid:
    sheet = book.sheet_by_index(index)
    grid = Grid(sheet.name, index + 1, sheet.visibility != 0)
    for row in range(sheet.nrows):
        before = len(grid.cells)
        for column, cell in enumerate(sheet.row(row)):
            at = (row + 1, column + 1)
            read = _cell(cell, book, since_1904=reading.since_1904)
            if read is not None and read.text:
                grid.cells[at] = reading.readable(read, grid, at) if read.kind is Kind.TEXT else read
        reading.count(len(grid.cells) - before)
    merges = (Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
    grid.merges.extend(kept_merges(merges, sheet.nrows, reading.file))
    rows, columns = sheet.rowinfo_map.items(), sheet.colinfo_map.items()
    grid.hidden_rows |= {row + 1 for row, info in rows if info.hidden or info.height == 0}
    grid.hidden_columns |= {column + 1 for column, info in columns if info.hidden or info.width == 0}
    book.unload_sheet(index)
    return grid


def _cell(cell: Any, book: Any, *, since_1904: bool) -> Cell | None:
    """What a cell says; None for a blank one."""
    kind, value = cell.ctype, cell.value
    if kind == _A_TEXT:
        return text_cell(value.replace("\r\n", "\n").replace("\r", "\n"))
    if kind in {_NUMBER, _DATE}:
        # The file has a binary number; its shortest digits are what the clerk has typed.
        return number_cell(repr(value), _looks(cell, book), since_1904=since_1904)
    if kind == _FLAG:
        return flag_cell(bool(value))
    return error_cell(_ERRORS.get(value, "")) if kind == _ERROR else None


def _looks(cell: Any, book: Any) -> Format:
    """The format of a cell; where formats were not read, the library still knows dates."""
    if cell.xf_index is None:
        return _A_DATE if cell.ctype == _DATE else GENERAL
    key = book.xf_list[cell.xf_index].format_key
    if key in BUILT_IN and book.biff_version >= _FIRST_WITH_NUMBERED_FORMATS:
        return format_of(BUILT_IN[key])
    known = book.format_map.get(key)
    return GENERAL if known is None else format_of(known.format_str)
