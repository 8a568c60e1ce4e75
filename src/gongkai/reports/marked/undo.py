"""An earlier marking taken away: the sheet of findings, what is ours in comments, and the colours.

Nothing is kept beside the workbook, and nothing is needed that a program drops when it saves: the sheet keeps the
earlier fills in a hidden cell, comments have their first and last line, colours say which fill was there. What a
clerk has written between the two lines goes, too; what she wrote before and after them stays.
"""

from __future__ import annotations

import re

from gongkai.source.workbook.names import local_name, namespace, whole
from gongkai.source.workbook.ooxml.strings import shared_strings, text_of

from .book import Book, Tab
from .cells import Cells
from .fills import records_in
from .listed import NAME
from .notes import Notes
from .styles import Styles
from .words import BEGIN

_NAME = re.compile(rf"{NAME}(?:\(\d+\))?")


def unmark(book: Book, styles: Styles) -> None:
    """Take an earlier marking away; of a workbook that has none, nothing is touched."""
    before = styles.before(_remove_lists(book))
    for tab in book.tabs():
        if not tab.part:
            continue
        notes = Notes(book, tab.part)
        if notes.mention(BEGIN):
            notes.strip()
        if before:
            root = book.parts.root(tab.part)
            if Cells(root).restyle(before):
                book.parts.root(tab.part, touch=True)


def _remove_lists(book: Book) -> list[str]:
    """Remove our sheets; the fills that they tell of."""
    kept: list[str] = []
    for tab in [tab for tab in book.tabs() if tab.part and _NAME.fullmatch(tab.name)]:
        records = _records(book, tab)
        if records is not None:
            kept = kept or records
            book.remove(tab)
    return kept


def _records(book: Book, tab: Tab) -> list[str] | None:
    """What the sheet keeps; None for a sheet of the clerk's."""
    root = book.parts.root(tab.part)
    shared = book.target("sharedStrings")
    strings = shared_strings(book.parts.root(shared)) if shared else []
    for cell in root.iter(f"{namespace(root)}c"):
        text = ""
        for part in cell:
            if local_name(part) == "is":
                text = text_of(part)
            elif local_name(part) == "v" and cell.get("t") == "s":
                number = whole((part.text or "").strip(), len(strings))
                text = strings[number] if number < len(strings) else ""
        records = records_in(text)
        if records is not None:
            return records
    return None
