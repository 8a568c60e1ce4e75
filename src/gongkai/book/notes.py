"""Sheets of a book that say where its figures came from and what is still to be asked; they are not read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .sheets.looks import Looks

_A4 = 9


@dataclass(frozen=True, slots=True)
class Note:
    """A sheet that is only looked at: its columns with their widths in characters, and its rows."""

    name: str
    purpose: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]


def write_note(sheet: Any, note: Note, looks: Looks) -> None:
    """Write it, set up for the printer."""
    sheet.write_string(0, 0, note.name, looks.title)
    sheet.write_string(1, 0, note.purpose, looks.purpose)
    for place, (title, width) in enumerate(note.columns):
        sheet.set_column(place, place, width)
        sheet.write_string(2, place, title, looks.header)
    for number, row in enumerate(note.rows, 3):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, looks.label)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
