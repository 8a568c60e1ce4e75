"""What of a book is not read, or is not there: told where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.findings import Level, shown
from gongkai.source.workbook.cells import Kind, Merge, Sheet, Workbook
from gongkai.texts.suggest import meant

from .blocks.sink import Sink
from .blocks.titles import plain
from .find import Found, cells_in
from .layout import GUIDE_SHEET, BookSheet

MARK = "涉密"
"""The column that marks what is secret."""
_FEW, _MOST_STRANGERS = 3, 20
"""Cells that a finding names one by one; columns that are told each by itself."""


def look_at_own_columns(found: Found, sink: Sink) -> None:
    """Columns of a pack's facts that the header has not: renamed, or declared since the book was written."""
    if not found.missing_own:
        return
    for column in found.missing_own:
        near = meant(column.title, [*found.strangers.values()])
        at = next((at for at, header in found.strangers.items() if near and header == near[0]), None)
        if at is not None:
            place = found.book.place(found.sheet, found.header, at)
            message = f"“{found.block.title}”的表头里没有“{column.title}”，{place.cell} 的“{shown(near[0])}”不认识"
            sink.refuse("GK161", message, f"由“{column.title}”改名的，请改回“{column.title}”", (), place)
    titles = "、".join(column.title for column in found.missing_own)
    message = f"“{found.block.title}”的表头里没有模板要的“{titles}”"
    advice = "要填的，请在右边加一栏，表头照抄这个名称；或用“gongkai convert”转成一本新的填报簿"
    last = found.book.place(found.sheet, found.header, max(found.at.values()))
    sink.tell(Level.HINT, "GK167", message, advice, last)


def tell_what_is_not_read(found: Found, sink: Sink) -> None:
    """Columns that are not known, numbers typed over a formula, totals, hidden rows."""
    sheet, book = found.sheet, found.book
    rows = range(found.header + 1, found.last + 1)
    strangers = list(found.strangers.items()) if not found.missing else []
    if len(strangers) > _MOST_STRANGERS:
        first = book.place(sheet, found.header, strangers[0][0])
        message = f"“{found.block.title}”右边有 {len(strangers)} 栏不是填报簿的，没有读"
        sink.tell(Level.WARNING, "GK162", message, "要用的请写进所列的栏目", first)
    for column, header in strangers if len(strangers) <= _MOST_STRANGERS else ():
        what = f"“{shown(header)}”这一栏" if header else "表头空着的这一栏"
        _unread(found, column, rows, f"{what}不是填报簿的，没有读", sink)
    # A program or a format that keeps no formulas leaves what they said.
    kept = any(cell.formula for cell in sheet.cells.values())
    for eye in (column for column in found.columns if kept and column.formula and column.title in found.at):
        typed = [p for p in cells_in(sheet, found.at[eye.title], rows) if not sheet.cells[p].formula]
        if typed:
            message = f"“{eye.title}”由公式得出，写在{_few(book, sheet, typed)}的没有读"
            sink.tell(Level.WARNING, "GK162", message, "这一栏不用填；请核对它左边的各栏", book.place(sheet, *typed[0]))
    for merge in _spread(found):
        message = "几格合并成了一格，里面的只算在第一格"
        place = book.place(sheet, merge.top, merge.left)
        sink.tell(Level.WARNING, "GK162", message, "数要一格一个：请取消合并，各格分别填", place)
    for line in found.asides:
        sink.tell(
            Level.HINT, "GK162", "合计行、注释行没有读", "合计由程序得出，可以删去这一行", line.place(found.block.key)
        )
    hidden = [line for line in found.lines if line.hidden]
    if hidden:
        message = f"“{found.block.title}”有 {len(hidden)} 行是隐藏的（如第 {hidden[0].row} 行），也读了"
        sink.tell(Level.HINT, "GK164", message, "不要的请删去整行，不要隐藏", hidden[0].place())


def tell_what_is_above(book: Workbook, wanted: BookSheet, sheet: Sheet, found: Sequence[Found], sink: Sink) -> None:
    """What stands above a header, beside the headings and what the sheet says of itself."""
    ours = {plain(text) for text in (wanted.name, wanted.purpose, f"← {GUIDE_SHEET}")}
    ours |= {plain(block.title) for block in wanted.blocks}
    read = {row for each in found for row in range(each.header, each.last + 1)}
    last = max((each.header for each in found), default=0)
    cells = ((at, cell) for at, cell in sheet.cells.items() if at[0] < last and at[0] not in read)
    above = sorted(at for at, cell in cells if plain(cell.text) not in ours)
    if not above:
        return
    if any(column.title == MARK for each in found for column in each.columns):
        sink.tree.secrets.add(())  # a row of a secret project may be among them
    message = f"写在表头上面的{_few(book, sheet, above)}没有读"
    sink.tell(Level.WARNING, "GK162", message, "要用的请移到表头下面", book.place(sheet, *above[0]))


def _spread(found: Found) -> Iterator[Merge]:
    """Merged cells that hold a figure for several rows, or anything for several columns."""
    filled = {found.at[c.title]: c for c in found.columns if c.title in found.at and not c.label and not c.formula}
    for merge in found.sheet.merges:
        cell = found.sheet.at(merge.top, merge.left)
        column = filled.get(merge.left)
        if cell is None or column is None or not found.header < merge.top <= found.last:
            continue
        beside = any(merge.left < other <= merge.right for other in filled)
        names = {found.block.key, *getattr(found.block, "carried", ())}
        if beside or (cell.kind is Kind.NUMBER and merge.bottom > merge.top and column.title not in names):
            yield merge


def _unread(found: Found, column: int, rows: range, message: str, sink: Sink) -> None:
    cells = cells_in(found.sheet, column, rows)
    if cells:
        where = _few(found.book, found.sheet, cells)
        advice = f"写在{where}；要用的请写进所列的栏目"
        sink.tell(Level.WARNING, "GK162", message, advice, found.book.place(found.sheet, *cells[0]))


def _few(book: Workbook, sheet: Sheet, cells: Sequence[tuple[int, int]]) -> str:
    """The first of some cells by their names."""
    names = "、".join(book.place(sheet, *cell).cell for cell in cells[:_FEW])
    return f" {names} 等 {len(cells)} 格" if len(cells) > _FEW else f" {names} "
