"""The fill-in book (填报簿) of a kind of document: every sheet of its layout, with what the data say."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence

from gongkai.intake.book.layout import (
    GUIDE_SHEET,
    KIND_STAMP,
    SHEETS_BETWEEN,
    SHEETS_STAMP,
    STAMP,
    VERSION,
    Layout,
)
from gongkai.output.xlsx.book import TextBook
from gongkai.source.tree import Node

from .notes import Note, write_note
from .sheets.directory import Directory
from .sheets.formulas import Formulas, FormulaSheet
from .sheets.guide import write_guide
from .sheets.lists import Lists
from .sheets.live import Live
from .sheets.looks import Looks
from .sheets.plan import Plan
from .sheets.sheet import Tools, write_sheet


def book_bytes(layout: Layout, data: Mapping[str, Node], created: datetime.date, notes: Sequence[Note] = ()) -> bytes:
    """The book as a file; equal data of the same day give equal bytes.

    Raises FindingsError for a text that is too long for any cell.
    """
    stream = io.BytesIO()
    plan = Plan(layout, data)
    day = datetime.datetime(created.year, created.month, created.day)
    book = TextBook(stream, {"title": f"{layout.kind}填报簿", "author": ""}, day)
    looks = Looks(book)
    directory = Directory(plan)
    formulas = Formulas(plan, directory)
    tools = Tools(plan.guide, looks, Lists(book, plan, directory), formulas)
    guide = book.add_worksheet(GUIDE_SHEET, FormulaSheet)
    for sheet in layout.sheets:
        write_sheet(book.add_worksheet(sheet.name, FormulaSheet), plan.of(sheet), tools)
    for note in notes:
        write_note(book.add_worksheet(note.name), note, looks)
    write_guide(guide, plan, looks, Live(plan, directory, formulas))
    directory.write(book)
    for name, text in (
        (STAMP, VERSION), (KIND_STAMP, layout.kind), (SHEETS_STAMP, SHEETS_BETWEEN.join(s.name for s in layout.sheets)),
    ):  # fmt: skip
        book.set_custom_property(name, text, "text")
    book.close()
    return stream.getvalue()
