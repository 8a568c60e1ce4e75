"""A filled-in book as the tree of a data file: the same texts as YAML would have, each with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path as File

from gongkai.files.data_files import FINDINGS_SHEET
from gongkai.findings import Finding, FindingsError, Level, Place, shown
from gongkai.intake.guide import guide_of
from gongkai.kinds import KINDS
from gongkai.source.tree import Tree
from gongkai.source.workbook.cells import Kind, Merge, Sheet, Workbook
from gongkai.source.workbook.read import read_workbook
from gongkai.texts.suggest import meant

from .blocks.sink import Sink
from .find import Found, cells_in, find, plain
from .layout import CATALOGUE_SHEET, GUIDE_SHEET, KIND_STAMP, NOTE_SHEETS, STAMP, BookSheet, Layout


def layout_of(kind: str) -> Layout | None:
    """The book of a kind of document (文种); None for a kind that has none."""
    book = KINDS[kind].book if kind in KINDS else None
    return book.value if book is not None else None


_UNREAD = {GUIDE_SHEET, CATALOGUE_SHEET, FINDINGS_SHEET, *NOTE_SHEETS}
_KEEP = "工作表和表头的名称不要改；可从“gongkai new”写的新填报簿里照抄回来"
_SECRET = re.compile("[密秘]")
_MARK = "涉密"
_FEW, _MOST_STRANGERS = 3, 20
"""Cells that a finding names one by one; columns that are told each by itself."""


def read_book(path: File) -> Tree:
    """The tree of a book. Raises FindingsError for a workbook that is none, or cannot be read."""
    return tree_of(read_workbook(path))


def tree_of(book: Workbook) -> Tree:
    """The tree of a workbook that was read. Raises FindingsError for one that is no book."""
    layout = _layout_of(book)
    tree = Tree(book.file, findings=list(book.findings))
    sink = Sink(tree, guide_of(layout.kind))
    for sheet, place in _sheets(book, layout, sink):
        _read_sheet(book, sheet, place, sink)
    _check_kind(layout, sink)
    return tree


def _layout_of(book: Workbook) -> Layout:
    """The sheets that a book should have. Raises FindingsError for what is no book."""
    stamped = layout_of(book.properties.get(KIND_STAMP, "") if STAMP in book.properties else "")
    if stamped is not None:
        return stamped
    unit = next((sheet for sheet in book.sheets if plain(sheet.name) == "单位"), None)
    for position, cell in unit.cells.items() if unit else ():
        if plain(cell.text) == KIND_STAMP and unit is not None:
            beside = (unit.at(position[0], position[1] + 1), unit.at(position[0], position[1] + 2))
            said = next((cell.text.strip() for cell in beside if cell is not None), "")
            if (layout := layout_of(said)) is not None:
                return layout
    message = "这个工作簿不是填报簿：没有“单位”表，或其中没有写文种"
    advice = "填报簿用“gongkai new 我们单位.xlsx”写；官方的预算表、决算表用“gongkai import”读"
    raise FindingsError([Finding("GK160", Level.ERROR, message, advice, place=Place(book.file))])


def _check_kind(layout: Layout, sink: Sink) -> None:
    """A book of one kind that says it is another has the wrong sheets."""
    said = sink.tree.data.get(KIND_STAMP)
    if isinstance(said, str) and said.strip() in KINDS and said.strip() != layout.kind:
        message = f"“文种”是{shown(said)}，这本填报簿是{layout.kind}的"
        advice = f"{shown(said)}要另用一本：gongkai new 文件名.xlsx --kind {shown(said)}"
        path = (KIND_STAMP,)
        sink.refuse("GK160", message, advice, path, sink.tree.place(path))


def _sheets(book: Workbook, layout: Layout, sink: Sink) -> Iterator[tuple[BookSheet, Sheet]]:
    """The sheets of the layout that are there, in its order; what is missing, and what is not read, is told."""
    there: dict[str, Sheet] = {}
    for sheet in book.sheets:
        first = there.setdefault(plain(sheet.name), sheet)
        if first is not sheet and sheet.cells:
            message = f"工作表“{shown(sheet.name)}”和“{shown(first.name)}”同名，没有读"
            sink.refuse("GK160", message, "请删去或改名其中一张", (), book.place(sheet))
    due = {plain(sheet.name): sheet for sheet in layout.sheets}
    others = [sheet for name, sheet in there.items() if name not in due and sheet.name.strip() not in _UNREAD]
    for name, wanted in due.items():
        if name in there:
            yield wanted, there[name]
        else:
            _missing_sheet(wanted, [other.name for other in others], book, sink)
    for other in others:
        if other.cells:
            # A sheet may be called like a secret project.
            secret = bool(sink.tree.secrets)
            message = f"工作表{'' if secret else f'“{shown(other.name)}”'}不是填报簿的，没有读"
            place = Place(book.file) if secret else book.place(other)
            sink.tell(Level.HINT, "GK162", message, "自己用的，留着无妨；改了名的，请改回来", place)


def _missing_sheet(sheet: BookSheet, others: Sequence[str], book: Workbook, sink: Sink) -> None:
    if any(column.title == _MARK for block in sheet.blocks for column in block.columns(sink.guide)):
        sink.tree.secrets.add(())  # what is secret in the other sheets is not known
    near = meant(sheet.name, others)
    advice = f"“{near[0]}”是否由它改名？{_KEEP}" if near else _KEEP
    level = Level.WARNING if sheet.optional and not near else Level.ERROR
    sink.tell(level, "GK160", f"没有“{sheet.name}”表", advice, Place(book.file))


def _read_sheet(book: Workbook, sheet: BookSheet, place: Sheet, sink: Sink) -> None:
    blocks = [(block, block.columns(sink.guide)) for block in sheet.blocks]
    found = {each.block.title: each for each in find(book, place, blocks)}
    for block, columns in blocks:
        here = found.get(block.title)
        marks = any(column.title == _MARK for column in columns)
        if here is None:
            if marks:
                sink.tree.secrets.add(())
            titles = "、".join(column.title for column in columns if not column.formula)
            message = f"“{place.name}”表里找不到“{block.title}”的表头（{titles}）"
            sink.refuse("GK161", message, _KEEP, (), book.place(place))
            continue
        _look_at_columns(here, sink)
        if marks:
            _look_for_marks(here, sink)
        homes = [home for home in block.homes() if not any(isinstance(step, int) for step in home)]
        header = book.place(place, here.header, min(here.at.values()))
        if block.key:  # what concerns all rows is told at their header
            sink.tree.values |= dict.fromkeys(homes, header)
        block.read(here.lines, sink)
        if here.missing:  # what is not read there is no other mistake
            sink.tree.torn |= {path for home in homes for path in sink.tree.keys if path[: len(home)] == home}
        for home in homes:  # where nothing nearer tells where it would stand
            sink.named(home, header)
    for each in found.values():
        _tell_what_is_not_read(each, sink)
    _tell_what_is_above(book, sheet, place, list(found.values()), sink)


def _tell_what_is_above(book: Workbook, wanted: BookSheet, sheet: Sheet, found: Sequence[Found], sink: Sink) -> None:
    """What stands above a header, beside the headings and what the sheet says of itself."""
    ours = {plain(text) for text in (wanted.name, wanted.purpose, f"← {GUIDE_SHEET}")}
    ours |= {plain(block.title) for block in wanted.blocks}
    read = {row for each in found for row in range(each.header, each.last + 1)}
    last = max((each.header for each in found), default=0)
    cells = ((at, cell) for at, cell in sheet.cells.items() if at[0] < last and at[0] not in read)
    above = sorted(at for at, cell in cells if plain(cell.text) not in ours)
    if not above:
        return
    if any(column.title == _MARK for each in found for column in each.columns):
        sink.tree.secrets.add(())  # a row of a secret project may be among them
    message = f"写在表头上面的{_few(book, sheet, above)}没有读"
    sink.tell(Level.WARNING, "GK162", message, "要用的请移到表头下面", book.place(sheet, *above[0]))


def _look_for_marks(found: Found, sink: Sink) -> None:
    """Marks of secrecy that a reader sees and that do not stand in their column: all is taken to be secret."""
    column = found.at.get(_MARK)
    if column is None:
        sink.tree.secrets.add(())
        return
    sheet, book = found.sheet, found.book
    astray = [
        (row, at)
        for (row, at), cell in sorted(sheet.cells.items())
        if found.header < row <= found.last and at in found.strangers and _SECRET.search(cell.text)
    ]
    astray += [
        (merge.top, merge.left)
        for merge in sheet.merges
        if found.header < merge.top <= found.last and merge.left < column <= merge.right
    ]
    for at in astray:
        sink.tree.secrets.add(())
        message, advice = f"“{_MARK}”没有写在“{_MARK}”一栏里", f"请取消合并，在“{_MARK}”一栏里选“是”或“否”"
        sink.refuse("GK161", message, advice, (), book.place(sheet, *at))


def _look_at_columns(found: Found, sink: Sink) -> None:
    """A column whose title was changed: what stands under it would be lost."""
    if any(_SECRET.search(header) for header in found.strangers.values()):
        sink.tree.secrets.add(())  # what is marked cannot be told apart: nothing is shown
    if not found.missing or not found.strangers:
        return
    for title in found.missing:
        near = meant(title, [*found.strangers.values()]) or [*found.strangers.values()]
        column = next(column for column, header in found.strangers.items() if header == near[0])
        place = found.book.place(found.sheet, found.header, column)
        message = f"“{found.block.title}”的表头里没有“{title}”，{place.cell} 的“{shown(near[0]) or '（空）'}”不认识"
        sink.refuse("GK161", message, f"由“{title}”改名的，请改回“{title}”；{_KEEP}", (), place)


def _tell_what_is_not_read(found: Found, sink: Sink) -> None:
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
