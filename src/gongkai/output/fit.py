"""Making tables fit: columns as wide as what stands in them needs, rows as close as the page asks.

A pack says how wide columns are and how large the text is; whoever reads a unit's table should not turn
a page for three rows, nor miss the last figure of an amount. Tables are changed only as far as needed,
the same for every paged format, and never below the size that the style states as the smallest.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from gongkai.packs.style import Style

from .breaks import Breaks, form_breaks, grid_breaks
from .cells import UNBROKEN, Placed, column_shares, lines_of, place_cells, set_shares
from .spans import begin_pages
from .split import CONTINUES, column_groups, split
from .words import ems, is_figure, keep_words

DENSE, COMPACT = "dense", "compact"

_NOTE = "table-note"
_HEADINGS = {
    "table-id": "表号", "table-title": "表题", "table-subtitle": "表副题", "table-unit": "表头行", _NOTE: "表注",
}  # fmt: skip
_LONG = 5
_WIDE = 20
"""Lines, and characters in each, from which a text is taken for sentences and not for a long name."""
_HAIR = 0.3
"""Points that a column has more than its text: shares are written with two decimals."""
_GIVEN = 0.5
"""The share of the free width that may go to figures as a reserve: names need most of it."""
_BROKEN = 2.0
"""Characters that a line of words holds at least."""
_NAME = 8.0
"""Characters that a line of names holds at least where a table is divided: there is room for them then."""
_SLACK = 1.0
"""Points that are kept free on a page: heights are reckoned, not measured."""


@dataclass(frozen=True)
class Setting:
    """How a table is set: the class that says so, size and line of its text and the padding of its cells in points.

    ``tailored`` columns are as wide as their longest text asks, instead of as the pack says.
    """

    name: str
    size: float
    line: float
    vertical: float
    horizontal: float
    rule: float
    tailored: bool = False


def settings(style: Style) -> tuple[Setting, Setting, Setting]:
    """The settings of tables, from the roomiest to the closest."""
    table, text = style.table, style.roles["表格文字"]
    roomy = Setting("", text.size, text.line, table.padding.vertical, table.padding.horizontal, table.rule)
    dense = replace(roomy, name=DENSE, vertical=table.dense)
    size = min(table.least, text.size)
    scale = size / text.size
    compact = replace(dense, name=COMPACT, size=size, line=text.line * scale, vertical=dense.vertical * scale)
    return roomy, dense, compact


def fitted(root: HtmlElement, style: Style, *, end_cells: bool = False, reserve: float = 1.0) -> HtmlElement:
    """A copy of a document whose tables fit the pages of a style as well as they can.

    With ``end_cells`` no cell reaches from one page to the next; a program that sets pages of its own does that itself.
    ``reserve`` is how many times their width figures get where there is room: another machine's face may be broader.
    """
    root = copy.deepcopy(root)
    for sheet in root.iterfind(".//section[@class='sheet']"):
        _fit(sheet, style, end_cells=end_cells, reserve=reserve)
    return root


def _fit(sheet: HtmlElement, style: Style, *, end_cells: bool, reserve: float) -> None:
    """Choose the setting of a sheet's tables: the roomiest with which they fill the fewest pages.

    The smallest size is only for what then stands on one page, or has no room for its figures otherwise;
    a table that even so has no room is divided by its columns.
    """
    width, height = _type_area(sheet, style)
    tables = list(_divided(sheet, style, width, reserve))
    others = _other_heights(sheet, style, width)
    stated = any(DENSE in (table.get("class") or "").split() for table in sheet.findall("table"))
    chosen, fewest = None, math.inf
    for choice in _choices(style, closer_only=stated):
        if fewest == 1:
            break
        if choice.name != COMPACT and not all(table.has_room(choice) for table in tables):
            continue
        pages = _page_count(tables, _breaks(tables, choice, height, others))
        if chosen is None or (pages < fewest and (choice.name != COMPACT or pages == 1)):
            chosen, fewest = choice, pages
    assert chosen is not None, "the smallest setting is taken where none has room"
    for table in tables:
        table.apply(chosen, style.table.words)
    if end_cells:
        for table, breaks in zip(tables, _breaks(tables, chosen, height, others), strict=True):
            table.begin_pages(breaks)


def _page_count(tables: Sequence[_Table], breaks: Sequence[Breaks]) -> int:
    return 1 + sum(table.begins_page for table in tables) + sum(len(of_table.rows) for of_table in breaks)


def _divided(sheet: HtmlElement, style: Style, width: float, reserve: float) -> Iterator[_Table]:
    """The tables of a sheet, each that has no room even at the smallest size divided by its columns."""
    *_, closest = settings(style)
    for element in sheet.findall("table"):
        table = _Table(element, width, reserve)
        if table.has_room(closest):
            yield table
            continue
        for name in (_NAME, _BROKEN):
            groups = column_groups(element, _Table(element, width, reserve, name).needs(closest))
            if len(groups) > 1:
                yield from (_Table(part, width, reserve, name) for part in split(element, groups))
                break
        else:
            yield table


def _choices(style: Style, *, closer_only: bool) -> Iterator[Setting]:
    """The settings to try, from the one that changes least."""
    for setting in settings(style)[1 if closer_only else 0 :]:
        yield setting
        yield replace(setting, tailored=True)


def _type_area(sheet: HtmlElement, style: Style) -> tuple[float, float]:
    """Width and height between the margins of the page on which a sheet stands, in points."""
    page = style.page
    width, height, margins = page.width, page.height, page.portrait
    if sheet.get("data-orientation") == "landscape":
        width, height, margins = page.height, page.width, page.landscape
    return width - margins.left - margins.right, height - margins.top - margins.bottom - _SLACK


@dataclass(frozen=True)
class _Others:
    """The heights of what stands above the tables of a sheet, below them, and above each part of a divided one."""

    above: float
    below: float
    mark: float


def _other_heights(sheet: HtmlElement, style: Style, width: float) -> _Others:
    """What stands above the tables has a part's title among it; the notes stand below them."""
    above = below = 0.0
    for element in sheet.iterfind("p"):
        name = element.get("class") or ""
        role = _HEADINGS.get(name, "正文")
        height = _height(style, role, _line_number(element, style.roles[role].size, width))
        if name == _NOTE:
            below += height
        elif CONTINUES not in name.split():
            above += height
    before = sheet.getprevious()
    if before is not None and before.tag == "h1" and sheet.get("data-orientation") != "landscape":
        above += _height(style, "一级标题")
    return _Others(above, below, _height(style, _HEADINGS["table-unit"]))


def _height(style: Style, name: str, lines: int = 1) -> float:
    """So many lines of a role with their space."""
    role = style.roles[name]
    return role.before + lines * role.line + role.after


def _line_number(element: HtmlElement, size: float, width: float) -> int:
    """The lines of a paragraph; the unit's name and that of its amounts stand side by side."""
    texts = [part.text_content() for part in element.findall("span")] or [element.text_content()]
    room = width - (ems(texts[-1]) + 1) * size * (len(texts) > 1)
    return max(math.ceil(ems(texts[0].strip()) * size / room), 1)


def _breaks(tables: Sequence[_Table], setting: Setting, height: float, others: _Others) -> list[Breaks]:
    """The rows of each table of a sheet that begin a page, the head of a grid repeated on each.

    Notes stand on the page of the last row.
    """
    breaks: list[Breaks] = []
    used = others.above
    for table in tables:
        heights = table.row_heights(setting)
        if table is tables[-1]:
            heights[-1] += others.below
        if table.is_form:
            breaks.append(form_breaks(heights, height, used, setting.line))
        else:
            follows = bool(breaks) and not table.begins_page
            used = others.mark if table.begins_page else used
            breaks.append(grid_breaks(heights, table.head_rows, height, used, follows=follows))
        used = breaks[-1].used
    return breaks


def line_count(characters: float, capacity: float) -> int:
    """The lines that a text takes: a long one loses about a character a line to points and figures kept together."""
    lines = max(math.ceil(characters / capacity), 1)
    return math.ceil(characters / (capacity - 1)) if lines >= _LONG and capacity >= _WIDE else lines


class _Table:
    """A table with what its cells hold, reckoned once for every setting that is tried.

    A line of ``name`` characters at least is kept for texts.
    """

    def __init__(self, table: HtmlElement, width: float, reserve: float, name: float = _BROKEN) -> None:
        self._table = table
        self._width = width
        self._given = column_shares(table)
        self._cells = [
            (placed, [ems(line) + placed.indent for line in lines_of(placed.cell)]) for placed in place_cells(table)
        ]
        self._cells.sort(key=lambda cell: cell[0].rows)
        self.head_rows = len(table.findall("thead/tr"))
        self.is_form = "form" in (table.get("class") or "").split()
        above = table.getprevious()
        self.begins_page = above is not None and CONTINUES in (above.get("class") or "").split()
        self._rows = len(list(table.iter("tr")))
        # What a column must hold in one line, in characters.
        self._whole = [0.0] * len(self._given)
        self._roomy = self._whole[:]  # with the reserve of figures
        self._longest = self._whole[:]
        for placed, lines in self._cells:
            if placed.columns == 1:
                unbroken = placed.kind in UNBROKEN or (
                    len(lines) == 1 and is_figure(placed.cell.text_content().strip())
                )
                least = max(lines) if unbroken else min(max(lines), name if placed.kind == "text" else _BROKEN)
                self._whole[placed.column] = max(self._whole[placed.column], least)
                roomy = least * reserve if unbroken else least
                self._roomy[placed.column] = max(self._roomy[placed.column], roomy)
                if placed.kind:  # the header may have more lines
                    self._longest[placed.column] = max(self._longest[placed.column], *lines)

    def needs(self, setting: Setting) -> list[float]:
        """The least share of the width for every column, in percent."""
        return [self._share(characters, setting) for characters in self._whole]

    def _share(self, characters: float, setting: Setting) -> float:
        """The share of the width, in percent, that a line of so many characters asks for."""
        return (characters * setting.size + 2 * setting.horizontal + setting.rule + _HAIR) * 100 / self._width

    def has_room(self, setting: Setting) -> bool:
        """Whether every column can be as wide as it must."""
        return sum(self.needs(setting)) <= 100

    def _shares(self, setting: Setting) -> list[float]:
        """Every column's share of the width, none less than it must while others have more."""
        given, needs = self._given, self.needs(setting)
        if sum(needs) > 100:
            return given
        asked = [(roomy - whole) * setting.size for roomy, whole in zip(self._roomy, self._whole, strict=True)]
        part = min((100 - sum(needs)) * _GIVEN * self._width / 100 / (sum(asked) or 1), 1.0)
        needs = [need + part * ask * 100 / self._width for need, ask in zip(needs, asked, strict=True)]
        if setting.tailored:
            wishes = [self._share(characters, setting) for characters in self._longest]
            wanting = [max(wish - need, 0.0) for wish, need in zip(wishes, needs, strict=True)]
            part = min((100 - sum(needs)) / (sum(wanting) or 1), 1.0)
            needs = [need + part * want for need, want in zip(needs, wanting, strict=True)]
        lack = sum(max(need - share, 0.0) for need, share in zip(needs, given, strict=True))
        spare = sum(max(share - need, 0.0) for need, share in zip(needs, given, strict=True))
        if not lack:
            return given
        return [
            need if need > share else share - (share - need) * lack / spare
            for need, share in zip(needs, given, strict=True)
        ]

    def row_heights(self, setting: Setting) -> list[float]:
        """The height of each row by its longest cell; one reaching down that needs more makes its last row higher."""
        shares = self._shares(setting)
        edge = 2 * setting.vertical + setting.rule
        heights = [setting.line + edge] * self._rows
        for placed, lines in self._cells:
            capacity = self._capacity(placed, shares, setting)
            needed = sum(line_count(line, capacity) for line in lines) * setting.line + edge
            last = placed.row + placed.rows
            heights[last - 1] += max(needed - sum(heights[placed.row : last]), 0.0)
        return heights

    def _capacity(self, placed: Placed, shares: Sequence[float], setting: Setting) -> float:
        """How many characters a line of a cell holds."""
        room = sum(shares[placed.column : placed.column + placed.columns]) * self._width / 100
        room -= 2 * setting.horizontal + setting.rule
        return max(math.floor(room / setting.size * 2 + 0.01) / 2, 0.5)

    def begin_pages(self, breaks: Breaks) -> None:
        """Begin pages with these rows, where the renderer does not by itself; rows of forms may go on over pages."""
        if not self.is_form:
            begin_pages(self._table, breaks.rows, forced=breaks.moved)

    def apply(self, setting: Setting, words: Sequence[str]) -> None:
        """Set the table so; labels break between these words."""
        names = [name for name in (self._table.get("class") or "").split() if name != DENSE]
        closer = {"": [], DENSE: [DENSE], COMPACT: [DENSE, COMPACT]}[setting.name]
        self._table.set("class", " ".join([*names, *closer]))
        shares = self._shares(setting)
        set_shares(self._table, shares)
        for placed, _ in self._cells:
            if placed.kind not in UNBROKEN:
                keep_words(placed.cell, self._capacity(placed, shares, setting), words)
