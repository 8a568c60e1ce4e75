"""Tables that are none of the official ones: read as far as a header, names of rows and figures can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.audit.document import Audited
from gongkai.findings import shown
from gongkai.intake.export.forms.form import CODE, CODE_NAMES, Form
from gongkai.intake.export.forms.words import heading, is_note, label
from gongkai.intake.export.reading.found import Column, Found, Line, Region
from gongkai.intake.export.reading.grid import Grid
from gongkai.intake.export.reading.header import columns_of
from gongkai.intake.export.reading.heads import is_no_table, money_of
from gongkai.intake.export.reading.rows import digits
from gongkai.source.workbook.cells import Kind, Sheet, Workbook

KIND = ""
"""The 文种 of a form that no register has."""
_DEEPEST = 4
_MOST_ROWS, _MOST_COLUMNS = 1_000, 40
_TOTALS = frozenset({"合计", "总计", "共计"})


def others(document: Audited) -> Iterator[Found]:
    """Every table of a document that was not recognised, where it can be read at all."""
    for sheet in (table.sheet for table in document.unrecognised):
        small = 2 < sheet.rows <= _MOST_ROWS and 1 < sheet.columns <= _MOST_COLUMNS
        if small and not is_no_table(sheet.name):
            found = _read(document.printed.workbook, sheet)
            if found is not None:
                yield found


def _read(book: Workbook, sheet: Sheet) -> Found | None:
    grid = Grid(sheet)
    first = next((row for row in range(2, grid.last_row + 1) if _has_figures(grid, row)), None)
    if first is None:
        return None
    top = first - 1
    while top > 1 and first - top < _DEEPEST and len(grid.heads(top - 1)) > 1 and not grid.has_number(top - 1):
        top -= 1
    heads = [row for row in range(top, first) if len(grid.heads(row)) > 1 and not money_of(grid, row, row)]
    if not heads:
        return None
    top = heads[0]
    region = Region(book, sheet, 1, grid.last_row, (top, first - 1), columns_of(grid, top, first - 1))
    columns = _columns(region, grid)
    money = money_of(grid, 1, top)
    title = max(
        (text for row in range(1, top) for text in grid.texts(row) if "表" in text), key=len, default=sheet.name
    )
    form = Form(KIND, f"其他{sheet.number}", shown(title), "", {}, ())
    yuan = money[0] == "元" if money is not None and money[0] in ("元", "万元") else None
    return Found(form, region, columns, list(_lines(region, grid, columns)), title, yuan=yuan)


def _has_figures(grid: Grid, row: int) -> bool:
    """Whether a row has a name and a figure."""
    kinds = [cell.kind for _, cell in grid.cells(row)]
    return Kind.NUMBER in kinds and Kind.TEXT in kinds


def _columns(region: Region, grid: Grid) -> Mapping[str, Column]:
    """The column of codes, and that of names: the first whose cells are texts."""
    found: dict[str, Column] = {}
    rows = range(region.header[1] + 1, region.bottom + 1)
    for column in region.columns:
        texts = [cell for row in rows if (cell := grid.sheet.at(row, column.number)) is not None]
        if heading(column.shown) in CODE_NAMES:
            found.setdefault(CODE, column)
        elif texts and sum(cell.kind is Kind.TEXT for cell in texts) * 2 > len(texts):
            found.setdefault("项目", column)
    return found


def _lines(region: Region, grid: Grid, columns: Mapping[str, Column]) -> Iterator[Line]:
    for row in range(region.header[1] + 1, region.bottom + 1):
        cells = grid.cells(row)
        if len(cells) == 1 and is_note(cells[0][1].text):
            return
        texts = {
            key: cell.text.strip()
            for key, column in columns.items()
            if (cell := grid.sheet.seen_at(row, column.number)) is not None
        }
        total = any(label(text) in _TOTALS for text in grid.texts(row))
        code = "" if total else digits(texts.get(CODE, ""))
        yield Line(row, region.place((row, 1)), code, total, texts)
