"""Tables as the compiler takes them: columns, header, cells with their faces, pages that begin within them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from gongkai.document.grid import Placed, column_shares, names_row, place_cells, share_of
from gongkai.document.vocabulary import CENTER, CHART, CODE, FORM, LABEL, NUMBER, TOTAL, classes_of
from gongkai.findings import Finding, Level, shown
from gongkai.output.layout.density import COMPACT, DENSE, Setting, settings
from gongkai.output.layout.rowspans import begins_page
from gongkai.output.look.bars import COLOURS, HEIGHT, KEY_LINE, KEY_SIZE, RULE, RULE_COLOUR
from gongkai.packs.style import Style
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

from .code import points
from .faces import Faces
from .finish import TableParts
from .look import ALIGN, edges, text_settings
from .marks import ABOVE, LAST, TABLE_BEGINS, TABLE_ENDS, mark, place
from .rows import Heights, all_rows, cells_of_rows, length_of
from .texts import Room, code_of, joined

_TEXT, _FIGURES, _HEAD = "表格文字", "表格数字", "表格标目"
_FUNCTIONS = {NUMBER: ("n", _FIGURES), LABEL: ("l", _HEAD), CODE: ("c", _TEXT), CENTER: ("c", _TEXT)}
"""The function and the role of cells by their kind; plain text needs no function, and a cell of a header is a label."""
_OF_ROWS = ("row", "rowgroup")
_HAIR = 0.75
"""Points by which a text may reach over an edge; nobody sees them."""
_ADVICE = "请在模板包里加宽这一列、改为横向，或减少列；文字太长的请缩短"


_Marks = tuple[Sequence[str], Sequence[str]]
"""What stands unseen before and behind the text of a cell."""


@dataclass(slots=True)
class TableWriter:
    """Writes the tables of one document.

    ``written`` are the tables; ``parts`` describes every table in order, each part of a divided one by itself.
    """

    style: Style
    faces: Faces
    written: list[HtmlElement] = field(default_factory=list)
    parts: list[TableParts] = field(default_factory=list)
    _findings: dict[str, Finding] = field(default_factory=dict)

    @property
    def findings(self) -> Sequence[Finding]:
        """What there is to complain of, each thing once."""
        return [*self._findings.values()]

    def write(self, table: HtmlElement, *, landscape: bool) -> Iterator[str]:
        """A table as expressions; where a page begins within it, it is divided there. Nothing where it has no cell."""
        width, height = self.style.page.type_area(landscape=landscape)
        one = _Table(table, self, width, height)
        if one.is_empty:
            return
        self.written.append(table)
        for number, rows in enumerate(one.parts()):
            if number:
                yield "pagebreak(weak: true)"
            self.parts.append(TableParts(one.row_heads(rows), continues=number > 0))
            yield one.part(rows, again=number > 0)

    def height_of(self, table: HtmlElement, *, landscape: bool) -> float:
        """How high a table is, in points, as far as that can be reckoned."""
        return _Table(table, self, *self.style.page.type_area(landscape=landscape)).height

    def complain(self, found: Finding) -> None:
        """Say what is not as it should be."""
        self._findings.setdefault(found.message, found)


class _Table:
    """One table on its way."""

    def __init__(self, table: HtmlElement, writer: TableWriter, width: float, height: float) -> None:
        style = writer.style
        self._writer = writer
        self._classes = classes_of(table)
        self._setting = _setting_of(self._classes, style)
        self._widths = [share * width / 100 for share in column_shares(table)]
        placed = [*place_cells(table)]
        self._placed = {one.cell: one for one in placed}
        rows, header = all_rows(table), table.findall("thead/tr")
        self._cells = cells_of_rows(rows, placed, len(self._widths))
        self._heights = heights = Heights(self._setting, height, self._room)
        self._head = [row for row in header if self._cells[row]] if heights.repeats(header, placed) else []
        self._rows = [row for row in rows if row not in header or not self._head if self._cells[row]]
        self._tall = set() if FORM in self._classes else heights.tall(rows, self._head, placed)
        self._marks = {} if CHART in self._classes else _row_marks(self._rows, len(writer.written))
        self._faces = {role: writer.faces.by_name[style.roles[role].font] for role in (_TEXT, _FIGURES, _HEAD)}

    @property
    def height(self) -> float:
        """The height of all rows by their highest cells, in points."""
        return self._heights.of_rows([*self._head, *self._rows], [*self._placed.values()])

    @property
    def is_empty(self) -> bool:
        """Whether there is no row with a cell."""
        return not self._head and not self._rows

    def parts(self) -> Iterator[Sequence[HtmlElement]]:
        """The rows below the header, divided where a page begins."""
        rows: list[HtmlElement] = []
        for row in self._rows:
            if rows and begins_page(row):
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
            align = ALIGN[style.roles[role].align]
            lines.append(f"let {name}(..args, body) = table.cell(align: {align} + horizon{fill}, ..args, {body})")
        lines.append("let c(..args, body) = table.cell(align: center + horizon, ..args, body)")
        if "glance" in self._classes:
            colour = f'fill: rgb("#{COLOURS["bar"]}")'
            size = f"size: {points(KEY_SIZE)}, {edges(self._faces[_TEXT], KEY_SIZE, KEY_LINE)}"
            lines.append(f"let c(..args, body) = table.cell(align: center + horizon, text({colour}, {size}, body))")
        return "; ".join(lines)

    def _frame(self) -> str:
        """Rules and padding of all cells."""
        table, setting = self._writer.style.table, self._setting
        half = table.rule / 2
        inset = f"x: {points(setting.horizontal + half)}, y: {points(setting.vertical + half)}"
        rule = f'{points(table.rule)} + rgb("{table.colour}")'
        below = f'{points(RULE)} + rgb("{RULE_COLOUR}")'
        stroke = f"(x: none, top: none, bottom: {below})" if CHART in self._classes else rule
        align = ALIGN[self._writer.style.roles[_TEXT].align]
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
        cells, tall = self._cells[row], row in self._tall
        before, after = self._marks.get(row, ((), ()))
        # On whatever pages a row stands: it ends where its longest cell does.
        longest = max(range(len(cells)), key=lambda number: length_of(cells[number])) if after else 0
        code = ""
        for number, cell in enumerate(cells):
            marks = () if number else before, after if number == longest else ()
            code += self._cell(cell, tall=tall, marks=marks)
        return code

    def _room(self, placed: Placed) -> float:
        """Points that a line of a cell has."""
        setting = self._setting
        width = sum(self._widths[placed.column : placed.column + placed.columns])
        return width - 2 * setting.horizontal - setting.rule - placed.indent * setting.size

    def _cell(
        self, cell: HtmlElement | None, *, tall: bool = False, marks: _Marks = ((), ()), again: bool = False
    ) -> str:
        """A cell with the comma behind it; one that the document leaves out has no rules."""
        before, after = marks
        if cell is None:
            return f"table.cell(stroke: none, {joined([*before, *after, 'none'])}), "
        placed = self._placed[cell]
        kind = LABEL if cell.tag == "th" else placed.kind
        function, role = _FUNCTIONS.get(kind, ("", _TEXT))
        size = self._setting.size if self._setting.name == COMPACT else self._writer.style.roles[role].size
        room = Room(self._room(placed), self._faces[role], size)
        text = self._text(cell, kind, room)
        if bars := _bars(cell):
            text = f"{{{bars}; {text}}}" if cell.text_content().strip() else bars
        if before or after:
            text = joined([*before, text, *after])
        if again:
            text = f"pdf.artifact({text})"
        options = self._options(placed, tall=tall)
        if not function and not options:
            return f"{text}, "
        return f"{function or 'table.cell'}({options}{text}), "

    def _text(self, cell: HtmlElement, kind: str, room: Room) -> str:
        whole = kind == NUMBER
        # Other texts may be broken anywhere, but no narrower than their letters are.
        if whole or room.width < room.size:
            text = cell.text_content().strip()
            parts = [text] if whole else dict.fromkeys("".join(text.split()))
            if not all(room.holds(part, slack=_HAIR) for part in parts):
                message = f"表里的“{shown(text)}”超出了栏宽"
                self._writer.complain(Finding("GK605", Level.WARNING, message, _ADVICE))
        return code_of(cell, replace(room, width=math.inf) if whole else room, whole=whole)

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


def _row_marks(rows: Sequence[HtmlElement], number: int) -> dict[HtmlElement, _Marks]:
    """What stands unseen at the beginning and the end of rows, by which is known that a table goes on or is over."""
    if not rows:
        return {}
    marks: dict[HtmlElement, _Marks] = {rows[-1]: ((), (mark(LAST, number), place(TABLE_ENDS)))}
    if len(rows) > 1 and TOTAL in classes_of(rows[-1]):
        marks[rows[-2]] = ((mark(ABOVE, number),), ())
    before, after = marks.get(rows[0], ((), ()))
    marks[rows[0]] = ((place(TABLE_BEGINS), *before), after)
    return marks


def _setting_of(classes: Sequence[str], style: Style) -> Setting:
    roomy, dense, compact = settings(style)
    return compact if COMPACT in classes else dense if DENSE in classes else roomy


def _bars(cell: HtmlElement) -> str:
    """The bars of a chart: no text, and nothing for those who do not see them, whom the figures beside them tell."""
    bars = []
    for bar in cell.iterchildren("span"):
        share = share_of(bar)
        colour = COLOURS.get(bar.get("class") or "")
        if share is not None and colour is not None:
            box = f'block(width: {share:g}%, height: {HEIGHT}pt, above: 1pt, below: 1pt, fill: rgb("#{colour}"))'
            bars.append(box)
    return f"pdf.artifact(pad(y: 1pt, {{{'; '.join(bars)}}}))" if bars else ""
