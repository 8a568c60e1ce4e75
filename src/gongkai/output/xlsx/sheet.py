"""One table as a worksheet: the form above, the header tree, the rows, the notes, and how it prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gongkai.packs.style import PageStyle
from gongkai.prose.numbers import round_half_up
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.statements.tables.grid import placed
from gongkai.statements.tables.table import Cell, Figure, HeaderCell, NumberFormat, Row, Table, Value

from .columns import sheet_columns
from .formats import Formats
from .widths import Unbroken, widened

if TYPE_CHECKING:
    from gongkai.document.compose import Rendered

Rounding = Callable[[Decimal, NumberFormat], Value]
"""What is printed of an amount; None for a blank cell."""

_WIDTH_PORTRAIT, _WIDTH_LANDSCAPE = 92, 140
"""Characters (half a 汉字 each) that the columns share; the page is then fitted to the paper."""
_LINE = 13.0
_ROOM = 5.0
_TALLEST = 409.0
"""Points: a line of a cell, the room around it, and the most that a row may have."""


def write_table(sheet: Any, table: Table, formats: Formats, rendered: Rendered) -> None:
    """Write a table and set the sheet up for the printer; amounts are rounded once and stay numbers."""
    printed = rendered.wording.table_number
    turned = table.landscape or rendered.pack.style.page.all_landscape
    writer = _Writer(sheet, table, formats, printed, _WIDTH_LANDSCAPE if turned else _WIDTH_PORTRAIT)
    writer.above()
    if table.form:
        writer.rows(table.form, writer.columns.form, _in_form, form=True)
    first_header = writer.line
    writer.header()
    sheet.repeat_rows(first_header, writer.line - 1)
    if not table.form:
        sheet.freeze_panes(writer.line, 0)
    writer.rows(table.rows, writer.columns.grid, printed)
    writer.notes()
    _page(sheet, table, rendered.pack.style.page)


def _page(sheet: Any, table: Table, page: PageStyle) -> None:
    turned = table.landscape or page.all_landscape
    margins = page.landscape if turned else page.portrait
    if turned:
        sheet.set_landscape()
    sheet.set_paper(Formats.A4)
    sheet.set_margins(*(side / 72 for side in (margins.left, margins.right, margins.top, margins.bottom)))
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    before, _, after = page.number.partition("{页}")
    sheet.set_footer(f"&C{before.replace('&', '&&')}&P{after.replace('&', '&&')}")


class _Writer:
    """Writes downwards. Form and grid have columns of their own: the sheet has the edges of both."""

    def __init__(self, sheet: Any, table: Table, formats: Formats, printed: Rounding, whole: int) -> None:
        self._sheet = sheet
        self._table = table
        self._formats = formats
        self.line = 0
        self.columns = sheet_columns(table.columns, table.form_columns)
        shares = [float(round_half_up(width * whole / 100)) for width in self.columns.widths]
        self._widths = widened(shares, self._unbroken(printed))
        for column, width in enumerate(self._widths):
            sheet.set_column(column, column, width)

    def _unbroken(self, printed: Rounding) -> Iterator[Unbroken]:
        """The numbers and codes of form and grid, as they are shown."""
        for rows, spots, number in (
            (self._table.form, self.columns.form, _in_form),
            (self._table.rows, self.columns.grid, printed),
        ):
            for _, column, cell in placed(row.cells for row in rows):
                value = _shown(cell, number)
                start, width = self._range(spots, column, cell.colspan)
                if isinstance(value, Decimal):
                    yield Unbroken(f"{value:,f}", start, width, self._formats.size("表格数字"))
                elif value and (isinstance(value, Figure) or cell.kind == "编码"):
                    yield Unbroken(value, start, width, self._formats.size("表格文字"))

    @property
    def _last(self) -> int:
        return len(self._widths) - 1

    def above(self) -> None:
        """Number, title, second title, and the line of unit and money."""
        table = self._table
        for text, role in ((table.number, "表号"), (table.title, "表题"), (table.subtitle, "表副题")):
            if text:
                self._across(text, role)
        if table.left_line or table.right_line:
            middle = max(self._last // 2, 0)
            self._put(self.line, 0, 1, middle + 1, table.left_line, self._formats.of("表头行", text_wrap=False))
            right = self._formats.of("表头行", align="right", text_wrap=False)
            self._put(self.line, middle + 1, 1, self._last - middle, table.right_line, right)
            self.line += 1

    def notes(self) -> None:
        """The notes under the table."""
        for note in self._table.notes:
            self._across(note, "表注")

    def header(self) -> None:
        """The header tree."""
        header: Sequence[Sequence[HeaderCell]] = self._table.header
        spots = self.columns.grid
        needed = [_LINE + _ROOM] * len(header)
        for line, column, cell in placed(header):
            start, width = self._range(spots, column, cell.colspan)
            self._put(self.line + line, start, cell.rowspan, width, cell.text, self._formats.header())
            _raise(needed, line, cell.rowspan, self._height(cell.text, start, width))
        self._finish(needed)

    def rows(self, rows: Sequence[Row], spots: Sequence[int], number: Rounding, *, form: bool = False) -> None:
        """Rows of form or grid, whose columns begin at ``spots``; ``number`` is what is printed of an amount."""
        needed = [_LINE + _ROOM] * len(rows)
        for line, column, cell in placed(row.cells for row in rows):
            start, width = self._range(spots, column, cell.colspan)
            value = _shown(cell, number)
            look = self._formats.cell(cell, value, form=form)
            self._put(self.line + line, start, cell.rowspan, width, value, look)
            if isinstance(value, str):
                _raise(needed, line, cell.rowspan, self._height(value, start, width, indent=cell.indent))
        self._finish(needed)

    def _finish(self, heights: Sequence[float]) -> None:
        for height in heights:
            self._sheet.set_row(self.line, min(height, _TALLEST))
            self.line += 1

    def _across(self, text: str, role: str) -> None:
        self._put(self.line, 0, 1, self._last + 1, text, self._formats.of(role))
        size = self._formats.size(role)
        lines = self._height(text, 0, self._last + 1, size) / _LINE
        self._sheet.set_row(self.line, min(lines * size * 1.4 + _ROOM, _TALLEST))
        self.line += 1

    @staticmethod
    def _range(spots: Sequence[int], column: int, colspan: int) -> tuple[int, int]:
        return spots[column], spots[column + colspan] - spots[column]

    def _height(self, text: str, start: int, width: int, size: float = 9, indent: int = 0) -> float:
        """Points that a text needs between its edges: Excel does not measure merged cells itself."""
        room = max(sum(self._widths[start : start + width]) * 9 / size - 1 - 2 * indent, 2)
        lines = sum(max(-(-_length(line) // room), 1) for line in text.split("\n"))
        return lines * _LINE

    def _put(self, line: int, column: int, down: int, across: int, value: Value, look: Any) -> None:
        if down > 1 or across > 1:
            self._sheet.merge_range(line, column, line + down - 1, column + across - 1, "", look)
        if isinstance(value, Decimal):
            self._sheet.write_number(line, column, value, look)
        elif isinstance(value, Figure):
            self._sheet.write_number(line, column, value.number, look)
        elif value:
            self._sheet.write_string(line, column, value, look)
        else:
            self._sheet.write_blank(line, column, None, look)


def _shown(cell: Cell, number: Rounding) -> Value:
    """What stands in a cell: amounts as ``number`` prints them."""
    return number(cell.value, cell.format) if isinstance(cell.value, Decimal) else cell.value


def _in_form(value: Decimal, form: NumberFormat) -> Value:
    """An amount in the form of a performance table: always 万元, two decimals."""
    return round_half_up(value)


def _length(text: str) -> int:
    """Half-width characters."""
    return sum(1 if character.isascii() else 2 for character in text)


def _raise(heights: list[float], line: int, rows: int, needed: float) -> None:
    """Let the rows that a cell covers be high enough for it, each by an equal part."""
    for row in range(line, line + rows):
        heights[row] = max(heights[row], needed / rows + _ROOM)
