"""Tables as the compiler takes them: columns, header, cells with their faces, pages that begin within them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from gongkai.document.grid import Placed, column_shares, lines_of, names_row, place_cells
from gongkai.document.vocabulary import CENTER, CHART, CODE, FORM, LABEL, NUMBER, TOTAL, classes_of
from gongkai.findings import Finding, Level, shown
from gongkai.output.layout.density import COMPACT, DENSE, Setting, settings
from gongkai.output.look.bars import COLOURS, HEIGHT
from gongkai.packs.style import Style
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.texts.width import ems

from .code import points
from .faces import Faces
from .finish import TableParts
from .look import text_settings
from .marks import ABOVE, LAST, mark
from .texts import Room, code_of

_TEXT, _FIGURES, _HEAD = "表格文字", "表格数字", "表格标目"
_FUNCTIONS = {NUMBER: ("n", _FIGURES), LABEL: ("l", _HEAD), CODE: ("c", _TEXT), CENTER: ("c", _TEXT)}
"""The function and the role of cells by their kind; plain text needs no function, and a cell of a header is a label."""
_ALIGN = {"左": "left", "居中": "center", "右": "right", "两端": "left"}
_TALL = 0.45
"""A row that is reckoned to fill more of a page than this may go on on the next: one that cannot would be cut off."""
_BEGINS = "break-before"
"""In the ``style`` of a row or table: a page begins with it."""
_OF_ROWS = ("row", "rowgroup")
_BAR_WIDTH = re.compile(r"width:\s*([\d.]+)%")
_CHART_RULE = '0.5pt + rgb("#bbbbbb")'
_HAIR = 0.75
"""Points by which a text may reach over an edge; nobody sees them."""


@dataclass(slots=True)
class TableWriter:
    """Writes the tables of one document.

    ``written`` are the tables; ``parts`` describes every table in order, each part of a divided one by itself;
    ``findings`` is what has no room.
    """

    style: Style
    faces: Faces
    findings: list[Finding] = field(default_factory=list)
    written: list[HtmlElement] = field(default_factory=list)
    parts: list[TableParts] = field(default_factory=list)

    def write(self, table: HtmlElement, *, landscape: bool) -> Iterator[str]:
        """A table as expressions; where a page begins within it, it is divided there."""
        width, height = self.style.page.type_area(landscape=landscape)
        one = _Table(table, self, width, height)
        self.written.append(table)
        for number, rows in enumerate(one.parts()):
            if number:
                yield "pagebreak(weak: true)"
            self.parts.append(TableParts(one.row_heads(rows), continues=number > 0))
            yield one.part(rows, again=number > 0)


class _Table:
    """One table on its way."""

    def __init__(self, table: HtmlElement, writer: TableWriter, width: float, height: float) -> None:
        style = writer.style
        self._writer, self._height = writer, height
        self._classes = classes_of(table)
        self._setting = _setting_of(self._classes, style)
        self._widths = [share * width / 100 for share in column_shares(table)]
        self._placed = {placed.cell: placed for placed in place_cells(table)}
        self._head = table.findall("thead/tr")
        self._cells = _cells_of_rows(table, self._placed.values(), len(self._widths))
        self._rows = [row for row in (*table.findall("tbody/tr"), *table.findall("tr")) if self._cells[row]]
        self._marks = {} if CHART in self._classes else _row_marks(self._rows, len(writer.written))
        self._faces = {role: writer.faces.by_name[style.roles[role].font] for role in (_TEXT, _FIGURES, _HEAD)}

    def parts(self) -> Iterator[Sequence[HtmlElement]]:
        """The rows below the header, divided where a page begins."""
        rows: list[HtmlElement] = []
        for row in self._rows:
            if rows and _BEGINS in (row.get("style") or ""):
                yield rows
                rows = []
            rows.append(row)
        yield rows

    def part(self, rows: Sequence[HtmlElement], *, again: bool) -> str:
        """The header and these rows; a header that stands there ``again`` is no content."""
        columns = ", ".join(map(points, self._widths))
        head = "".join(self._cell(cell, again=again) for row in self._head for cell in self._cells[row])
        header = f"table.header({head}), " if head else ""
        body = "".join(map(self._row, rows))
        return f"{{{self._look()}; table(columns: ({columns},), {self._frame()}, {header}{body})}}"

    def _look(self) -> str:
        """The functions of the cells of this table."""
        style, setting = self._writer.style, self._setting
        made = {role: text_settings(role, style, self._writer.faces, setting) for role in self._faces}
        lines = [f"set text({made[_TEXT]})"]
        if FORM not in self._classes:
            lines.append("set table.cell(breakable: false)")
        for name, role in (("n", _FIGURES), ("l", _HEAD)):
            body = "body" if made[role] == made[_TEXT] else f"{{set text({made[role]}); body}}"
            fill = f', fill: rgb("{style.table.header_fill}")' if name == "l" else ""
            align = _ALIGN[style.roles[role].align]
            lines.append(f"let {name}(..args, body) = table.cell(align: {align} + horizon{fill}, ..args, {body})")
        lines.append("let c(..args, body) = table.cell(align: center + horizon, ..args, body)")
        if "glance" in self._classes:
            colour = f'fill: rgb("#{COLOURS["bar"]}")'
            size = "size: 15pt, top-edge: 19.7pt, bottom-edge: -8.3pt"
            lines.append(f"let c(..args, body) = table.cell(align: center + horizon, text({colour}, {size}, body))")
        return "; ".join(lines)

    def _frame(self) -> str:
        """Rules and padding of all cells."""
        table, setting = self._writer.style.table, self._setting
        half = table.rule / 2
        inset = f"x: {points(setting.horizontal + half)}, y: {points(setting.vertical + half)}"
        rule = f'{points(table.rule)} + rgb("{table.colour}")'
        stroke = f"(x: none, top: none, bottom: {_CHART_RULE})" if CHART in self._classes else rule
        align = _ALIGN[self._writer.style.roles[_TEXT].align]
        return f"inset: ({inset}), stroke: {stroke}, align: {align} + horizon"

    def row_heads(self, rows: Sequence[HtmlElement]) -> list[list[bool]]:
        """Which cells of these rows are headings of them; rows of a header alone are tagged as any others."""
        return [*map(self._heads, rows)] or [[False] * len(cells) for row in self._head if (cells := self._cells[row])]

    def _heads(self, row: HtmlElement) -> list[bool]:
        """Which cells of a row are headings of it: its label, and what says what its amounts are."""
        return [
            cell is not None
            and (
                LABEL in classes_of(cell) or names_row(cell, list(row))
                if cell.tag == "td"
                else cell.get("scope") in _OF_ROWS
            )
            for cell in self._cells[row]
        ]

    def _row(self, row: HtmlElement) -> str:
        cells = self._cells[row]
        tall = FORM not in self._classes and any(self._is_tall(cell) for cell in cells if cell is not None)
        before, after = self._marks.get(row, ("", ""))
        marks = [before, *[""] * (len(cells) - 1)]
        marks[-1] += after
        return "".join(self._cell(cell, tall=tall, mark=mark) for cell, mark in zip(cells, marks, strict=True))

    def _is_tall(self, cell: HtmlElement) -> bool:
        """Whether a cell may fill most of a page, reckoned from what its characters need at most."""
        if len(cell.text_content()) * self._setting.line < self._height * _TALL:
            return False
        room = max(self._room(self._placed[cell]) / self._setting.size, 1.0)
        lines = sum(max(math.ceil(ems(line) / math.floor(room)), 1) for line in lines_of(cell))
        return lines * self._setting.line > self._height * _TALL

    def _room(self, placed: Placed) -> float:
        """Points that a line of a cell has."""
        setting = self._setting
        width = sum(self._widths[placed.column : placed.column + placed.columns])
        return width - 2 * setting.horizontal - setting.rule - placed.indent * setting.size

    def _cell(self, cell: HtmlElement | None, *, tall: bool = False, mark: str = "", again: bool = False) -> str:
        """A cell with the comma behind it; one that the document leaves out has no rules."""
        if cell is None:
            return f"table.cell(stroke: none, {{{mark}none}}), "
        placed = self._placed[cell]
        kind = LABEL if cell.tag == "th" else placed.kind
        function, role = _FUNCTIONS.get(kind, ("", _TEXT))
        size = self._setting.size if self._setting.name == COMPACT else self._writer.style.roles[role].size
        room = Room(self._room(placed), self._faces[role], size)
        text = _bars(cell) or self._text(cell, placed, room)
        if mark:
            text = f"{{{mark}{text}}}"
        if again:
            text = f"pdf.artifact({text})"
        options = self._options(placed, tall=tall)
        if not function and not options:
            return f"{text}, "
        return f"{function or 'table.cell'}({options}{text}), "

    def _text(self, cell: HtmlElement, placed: Placed, room: Room) -> str:
        if placed.kind != NUMBER:
            return code_of(cell, room)
        figure = cell.text_content().strip()
        if not room.holds(figure, slack=_HAIR):
            advice = "请在模板包里加宽这一列、改为横向，或减少列；文字太长的请缩短"
            self._writer.findings.append(Finding("GK605", Level.WARNING, f"表里的“{shown(figure)}”超出了栏宽", advice))
        return code_of(cell, Room(math.inf, room.face, room.size), whole=True)

    def _options(self, placed: Placed, *, tall: bool) -> str:
        options = ""
        if placed.columns > 1:
            options += f"colspan: {placed.columns}, "
        if placed.rows > 1:
            options += f"rowspan: {placed.rows}, "
        if placed.rows > 1 or tall:
            options += "breakable: true, "
        if placed.indent:
            setting = self._setting
            left = setting.horizontal + setting.rule / 2 + placed.indent * setting.size
            options += f"inset: (left: {points(left)}), "
        return options


def _row_marks(rows: Sequence[HtmlElement], number: int) -> dict[HtmlElement, tuple[str, str]]:
    """What stands unseen in the first and the last cell of rows, by which is known that a table goes on or is over."""
    marks: dict[HtmlElement, tuple[str, str]] = {}
    if rows:
        marks[rows[-1]] = ("", f"table-open.update(false); {mark(LAST, number)}; ")
    if len(rows) > 1:
        if TOTAL in classes_of(rows[-1]):
            marks[rows[-2]] = (f"{mark(ABOVE, number)}; ", "")
        marks[rows[0]] = ("table-open.update(true); ", marks.get(rows[0], ("", ""))[0])
    return marks


def _cells_of_rows(
    table: HtmlElement, cells: Iterable[Placed], columns: int
) -> dict[HtmlElement, list[HtmlElement | None]]:
    """The cells that begin in each row, in the order of their columns; None where the document has no cell at all."""
    rows = [*table.findall("thead/tr"), *table.findall("tbody/tr"), *table.findall("tr")]
    places: list[dict[int, HtmlElement | None]] = [dict.fromkeys(range(columns)) for _ in rows]
    for placed in cells:
        for row in range(placed.row, placed.row + placed.rows):
            for column in range(placed.column, placed.column + placed.columns):
                places[row].pop(column, None)
        places[placed.row][placed.column] = placed.cell
    return {row: [of_row[column] for column in sorted(of_row)] for row, of_row in zip(rows, places, strict=True)}


def _setting_of(classes: Sequence[str], style: Style) -> Setting:
    roomy, dense, compact = settings(style)
    return compact if COMPACT in classes else dense if DENSE in classes else roomy


def _bars(cell: HtmlElement) -> str:
    """The bars of a chart: no text, and nothing for those who do not see them, whom the figures beside them tell."""
    bars = []
    for bar in cell.iterchildren("span"):
        width = _BAR_WIDTH.search(bar.get("style") or "")
        colour = COLOURS.get(bar.get("class") or "")
        if width is not None and colour is not None:
            box = f'block(width: {width[1]}%, height: {HEIGHT}pt, above: 1pt, below: 1pt, fill: rgb("#{colour}"))'
            bars.append(box)
    return f"pdf.artifact({{{'; '.join(bars)}}})" if bars else ""
