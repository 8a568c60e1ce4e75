"""One sheet of the book: the way back, its title, what it is for, and its blocks from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from gongkai.findings import Path
from gongkai.intake.book.blocks.block import Column
from gongkai.intake.book.blocks.shape import Entry, Shape, shape_of
from gongkai.intake.book.layout import GUIDE_SHEET
from gongkai.intake.guide import Guide

from .formulas import Formulas
from .lists import Lists
from .looks import FILLED, OPTIONAL, Looks
from .paper import set_up
from .plan import TITLE, Placed
from .values import NUMBERS, value_of
from .widths import column_width, row_height, widths

_OF_TITLE, _OF_HEADING, _OF_HEADER, _OF_ROW = 28.0, 22.0, 24.0, 18.0
"""The heights of a sheet's title, of a block's, of the titles of columns, and of a row, in points."""
_CODES = {"编码", "类", "代码"}
"""Columns of codes of which the schema says nothing: they are names of entries in the file."""


@dataclass(frozen=True)
class Tools:
    """What all sheets of a book are written with."""

    guide: Guide
    looks: Looks
    lists: Lists
    formulas: Formulas
    shapes: dict[Path, Shape] = field(default_factory=dict)

    def shape_of(self, path: Path) -> Shape:
        """What may stand at a path; anything, where the schema has none."""
        if path not in self.shapes:
            self.shapes[path] = shape_of(self.guide, path) if path else Shape(Entry.TEXT)
        return self.shapes[path]


def write_sheet(sheet: Any, blocks: Sequence[Placed], tools: Tools) -> None:
    """Write the blocks of a sheet, and set it up for the screen and the printer."""
    whole, looks = blocks[0].sheet, tools.looks
    sheet.set_tab_color(OPTIONAL if whole.optional else FILLED)
    sheet.hide_gridlines(2)
    sheet.set_default_row(_OF_ROW)
    sheet.write_url(0, 0, f"internal:'{GUIDE_SHEET}'!A1", looks.link, f"← {GUIDE_SHEET}")
    sheet.set_row(TITLE, _OF_TITLE)
    sheet.write_string(TITLE, 0, whole.name, looks.title)
    sheet.write_string(TITLE + 1, 0, whole.purpose, looks.purpose)
    writers = [_BlockWriter(sheet, placed, tools) for placed in blocks]
    columns = widths([writer.widths for writer in writers])
    for place, width in enumerate(columns):
        sheet.set_column(place, place, width)
    height = _OF_TITLE + _OF_ROW + sum(writer.write(columns) for writer in writers)
    if blocks[-1].rows:
        height -= blocks[-1].spare * _OF_ROW  # not printed
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{blocks[-1].last + 1}"})
    set_up(sheet, blocks, columns, height)


@dataclass(frozen=True)
class _BlockWriter:
    """Writes one block."""

    sheet: Any
    placed: Placed
    tools: Tools

    @cached_property
    def _shapes(self) -> Sequence[Shape | None]:
        """What may stand in each column, where that is the same in every row."""
        return [self._shape(self.placed.path(0, column), column) for column in self.placed.columns]

    def _shape(self, path: Path | None, column: Column) -> Shape | None:
        """What may stand at a path in a column; None where nothing is to be filled in."""
        if path is None:
            return None
        return self.tools.shape_of(path) if path else Shape(Entry.CODE if column.title in _CODES else Entry.TEXT)

    def _shape_at(self, number: int, place: int) -> Shape | None:
        """What may stand in a cell; None where nothing is to be filled in."""
        if not self.placed.paths:
            return self._shapes[place]
        column = self.placed.columns[place]
        return self._shape(self.placed.path(number, column), column)

    @cached_property
    def widths(self) -> Sequence[float]:
        """What its columns ask for."""
        columns = self.placed.columns
        shapes = [self._shape(next(iter(column.paths), ()), column) for column in columns]
        return [
            column_width(self.placed, c, s.entry if s else Entry.TEXT) for c, s in zip(columns, shapes, strict=True)
        ]

    def write(self, columns: Sequence[float]) -> float:
        """Write heading, header and rows into columns of these widths; their height in points."""
        placed, looks = self.placed, self.tools.looks
        if placed.heading != TITLE:
            self.sheet.set_row(placed.heading, _OF_HEADING)
            self.sheet.write_string(placed.heading, 0, placed.block.title, looks.heading)
        titles = [(column.title, width) for column, width in zip(placed.columns, columns, strict=False)]
        of_header = max(row_height(titles) or 0.0, _OF_HEADER)
        self.sheet.set_row(placed.header, of_header)
        whole = _OF_HEADING + of_header + _OF_ROW
        for place, column in enumerate(placed.columns):
            self.sheet.write_string(placed.header, place, column.title, looks.header)
        for row in range(placed.first, placed.last + 1):
            texts = [(self._cell(row, place), columns[place]) for place in range(len(placed.columns))]
            height = row_height(texts) if row - placed.first < len(placed.rows) else None
            if height:
                self.sheet.set_row(row, height)
            whole += height or _OF_ROW
        self._rules()
        return whole

    def _cell(self, row: int, place: int) -> str:
        """Write a cell; the text that may need several lines."""
        placed, looks = self.placed, self.tools.looks
        column, number = placed.columns[place], row - placed.first
        if column.formula:
            formula = self.tools.formulas.in_row(column.formula, placed, row)
            self.sheet.write_formula(row, place, formula, looks.eye(amount=not column.title.endswith("名称")), "")
            return ""
        text = placed.rows[number].get(column.title, "") if number < len(placed.rows) else ""
        if column.label:
            above = placed.rows[number - 1].get(column.title) if number else None
            self._put(row, place, text, looks.same_label if place == 0 and text == above else looks.label)
            return text
        shape = self._shape_at(number, place)
        if shape is None:
            self._put(row, place, text, looks.closed)
            return text
        name = str(path[-1]) if (path := placed.path(number, column)) else column.title
        in_form = bool(placed.paths) and not column.paths
        of = looks.form_cell if in_form else looks.cell
        look = of(shape.entry, name, rate=shape.rate)
        value = value_of(text, shape.entry)
        if isinstance(value, str) and value and shape.entry in NUMBERS:
            look = looks.cell(Entry.TEXT, name)  # so that it stays as it is
        self._put(row, place, value, look)
        return "" if isinstance(value, Decimal) else value

    def _put(self, row: int, place: int, value: Decimal | str, look: Any) -> None:
        if isinstance(value, Decimal):
            self.sheet.write_number(row, place, value, look)
        elif value:
            self.sheet.write_string(row, place, value, look)
        else:
            self.sheet.write_blank(row, place, None, look)

    def _rules(self) -> None:
        placed = self.placed
        for first, last, place, shape in self._ranges():
            rule = self.tools.lists.rule(placed.columns[place], shape)
            if rule:
                self.sheet.data_validation(first, place, last, place, rule)

    def _ranges(self) -> Iterator[tuple[int, int, int, Shape]]:
        """The cells to fill in by what may stand in them: a column, or where the rows differ each by itself."""
        placed = self.placed
        for place in range(len(placed.columns)):
            if not placed.paths:
                shape = self._shapes[place]
                if shape is not None:
                    yield placed.first, placed.last, place, shape
                continue
            for row in range(placed.first, placed.last + 1):
                shape = self._shape_at(row - placed.first, place)
                if shape is not None:
                    yield row, row, place, shape
