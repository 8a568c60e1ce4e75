"""A filled-in book as the tree of a data file: the same texts as YAML would have, each with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path as File

from gongkai.files.data_files import FINDINGS_SHEET
from gongkai.findings import Finding, FindingsError, Level, Place, shown
from gongkai.intake.models import Models, plain_model
from gongkai.kinds import KINDS
from gongkai.source.tree import Node, Tree
from gongkai.source.workbook.cells import Sheet, Workbook
from gongkai.source.workbook.read import read_workbook
from gongkai.texts.suggest import meant

from .blocks.sink import Sink
from .blocks.titles import plain
from .find import Found, find
from .layout import (
    CATALOGUE_SHEET,
    GUIDE_SHEET,
    KIND_STAMP,
    NOTE_SHEETS,
    SHEETS_BETWEEN,
    SHEETS_STAMP,
    STAMP,
    BookSheet,
    Layout,
)
from .own import layout_for, layout_of
from .unread import MARK, look_at_own_columns, tell_what_is_above, tell_what_is_not_read

_UNREAD = {GUIDE_SHEET, CATALOGUE_SHEET, FINDINGS_SHEET, *NOTE_SHEETS}
_KEEP = "工作表和表头的名称不要改；可从“gongkai new”写的新填报簿里照抄回来"
_SECRET = re.compile("[密秘]")


def read_book(path: File, models: Models = plain_model) -> Tree:
    """The tree of a book. Raises FindingsError for a workbook that is none, or cannot be read.

    ``models`` gives the model of its data by what its first block says: a pack may declare columns and sheets.
    """
    return tree_of(read_workbook(path), models)


def tree_of(book: Workbook, models: Models = plain_model) -> Tree:
    """The tree of a workbook that was read. Raises FindingsError for one that is no book."""
    layout = _layout_of(book)
    model = models({**_head_of(book, layout), KIND_STAMP: layout.kind})
    layout = layout_for(layout.kind, model) or layout
    tree = Tree(book.file, findings=list(book.findings))
    sink = Sink(tree, layout.guide)
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


def _head_of(book: Workbook, layout: Layout) -> dict[str, Node]:
    """What the first block of a book says: the kind, the year, the pack."""
    wanted = layout.sheets[0]
    sheet = next((sheet for sheet in book.sheets if plain(sheet.name) == plain(wanted.name)), None)
    if sheet is None:
        return {}
    blocks = [(block, block.columns(layout.guide)) for block in wanted.blocks]
    aside = Sink(Tree(book.file), layout.guide)
    for found in find(book, sheet, blocks):
        if found.block is wanted.blocks[0]:
            found.block.read(found.lines, aside)
    return aside.tree.data


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
    written = book.properties.get(SHEETS_STAMP, "").split(SHEETS_BETWEEN)
    for other in others:
        if other.cells and other.name in written:
            message = f"工作表“{shown(other.name)}”是写这本填报簿时的模板要的，现在的模板没有声明这些事实，没有读"
            advice = "请核对“模板”和“口径”，模板包另在别处的写 --pack-dir；确实不用了的，请删去这张表"
            sink.tell(Level.WARNING, "GK162", message, advice, book.place(other))
        elif other.cells:
            # A sheet may be called like a secret project.
            secret = bool(sink.tree.secrets)
            message = f"工作表{'' if secret else f'“{shown(other.name)}”'}不是填报簿的，没有读"
            place = Place(book.file) if secret else book.place(other)
            sink.tell(Level.HINT, "GK162", message, "自己用的，留着无妨；改了名的，请改回来", place)


def _missing_sheet(sheet: BookSheet, others: Sequence[str], book: Workbook, sink: Sink) -> None:
    if any(column.title == MARK for block in sheet.blocks for column in block.columns(sink.guide)):
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
        marks = any(column.title == MARK for column in columns)
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
        tell_what_is_not_read(each, sink)
    tell_what_is_above(book, sheet, place, list(found.values()), sink)


def _look_for_marks(found: Found, sink: Sink) -> None:
    """Marks of secrecy that a reader sees and that do not stand in their column: all is taken to be secret."""
    column = found.at.get(MARK)
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
        message, advice = f"“{MARK}”没有写在“{MARK}”一栏里", f"请取消合并，在“{MARK}”一栏里选“是”或“否”"
        sink.refuse("GK161", message, advice, (), book.place(sheet, *at))


def _look_at_columns(found: Found, sink: Sink) -> None:
    """A column whose title was changed: what stands under it would be lost."""
    if any(_SECRET.search(header) for header in found.strangers.values()):
        sink.tree.secrets.add(())  # what is marked cannot be told apart: nothing is shown
    look_at_own_columns(found, sink)
    if not found.missing or not found.strangers:
        return
    for title in found.missing:
        near = meant(title, [*found.strangers.values()]) or [*found.strangers.values()]
        column = next(column for column, header in found.strangers.items() if header == near[0])
        place = found.book.place(found.sheet, found.header, column)
        message = f"“{found.block.title}”的表头里没有“{title}”，{place.cell} 的“{shown(near[0]) or '（空）'}”不认识"
        sink.refuse("GK161", message, f"由“{title}”改名的，请改回“{title}”；{_KEEP}", (), place)
