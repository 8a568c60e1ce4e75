"""One sheet of the book: its title, and its blocks from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from gongkai.intake.book.block import Column
from gongkai.intake.book.shape import Entry, shape_of
from gongkai.intake.guide import Guide

from .formulas import Formulas
from .looks import Looks
from .plan import Placed
from .values import value_of


def write_sheet(sheet: Any, blocks: Sequence[Placed], formulas: Formulas, looks: Looks, guide: Guide) -> None:
    """Write the blocks of a sheet."""
    whole = blocks[0].sheet
    sheet.write_string(1, 0, whole.name)
    sheet.write_string(2, 0, whole.purpose)
    for placed in blocks:
        sheet.write_string(placed.heading, 0, placed.block.title)
        for place, column in enumerate(placed.columns):
            sheet.write_string(placed.header, place, column.title)
            for row in range(placed.first, placed.last + 1):
                _write_cell(sheet, placed, row, place, column, formulas, looks, guide)


def _write_cell(
    sheet: Any, placed: Placed, row: int, place: int, column: Column, formulas: Formulas, looks: Looks, guide: Guide
) -> None:
    if column.formula:
        sheet.write_formula(row, place, formulas.in_row(column.formula, placed, row), None, "")
        return
    number = row - placed.first
    path = placed.path(number, column)
    entry = shape_of(guide, path).entry if path else Entry.TEXT
    text = placed.rows[number].get(column.title, "") if number < len(placed.rows) else ""
    value = value_of(text, entry)
    if isinstance(value, Decimal):
        sheet.write_number(row, place, value)
    elif value:
        sheet.write_string(row, place, value, looks.of(num_format="@"))
    elif entry not in (Entry.NUMBER, Entry.WHOLE):
        sheet.write_blank(row, place, None, looks.of(num_format="@"))
