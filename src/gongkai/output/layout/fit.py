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

from gongkai.document.vocabulary import AMOUNT, CONTINUES, SHEET, classes_of, role_of
from gongkai.packs.style import Style
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.texts.width import ems

from .breaks import Breaks, form_breaks, grid_breaks
from .density import COMPACT, DENSE, Setting, settings
from .table_metrics import BROKEN, MeasuredTable
from .tails import join_tables
from .wide_tables import column_groups, split

_NOTE, _UNIT_LINE = "表注", "表头行"
_NAME = 8.0
"""Characters that a line of names holds at least where a table is divided: there is room for them then."""
_SLACK = 1.0
"""Points that are kept free on a page: heights are reckoned, not measured."""


def fitted(root: HtmlElement, style: Style, *, end_cells: bool = False, reserve: float = 1.0) -> HtmlElement:
    """A copy of a document whose tables fit the pages of a style as well as they can.

    With ``end_cells`` no cell reaches from one page to the next; a program that sets pages of its own does that itself.
    ``reserve`` is how many times their width figures get where there is room: another machine's face may be broader.
    """
    root = copy.deepcopy(root)
    for amount in list(root.iter(AMOUNT)):
        if next(amount.iterancestors("td", "th"), None) is not None:  # on paper an amount in a table is its text
            amount.drop_tag()
    sheets = list(root.iterfind(f".//section[@class='{SHEET}']"))
    rooms = [(sheet, _fit(sheet, style, end_cells=end_cells, reserve=reserve)) for sheet in sheets]
    join_tables(style, rooms)
    return root


def _fit(sheet: HtmlElement, style: Style, *, end_cells: bool, reserve: float) -> float:
    """Choose the setting of a sheet's tables: the roomiest with which they fill the fewest pages.

    The smallest size is only for what then stands on one page, or has no room for its figures otherwise;
    a table that even so has no room is divided by its columns. What is left on the last page, in points.
    """
    width, height = _type_area(sheet, style)
    tables = list(_divided(sheet, style, width, reserve))
    others = _other_heights(sheet, style, width)
    stated = any(DENSE in classes_of(table) for table in sheet.findall("table"))
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
    breaks = _breaks(tables, chosen, height, others)
    if end_cells:
        for table, of_table in zip(tables, breaks, strict=True):
            table.begin_pages(of_table)
    return height - breaks[-1].used if breaks else 0.0


def _page_count(tables: Sequence[MeasuredTable], breaks: Sequence[Breaks]) -> int:
    return 1 + sum(table.begins_page for table in tables) + sum(len(of_table.rows) for of_table in breaks)


def _divided(sheet: HtmlElement, style: Style, width: float, reserve: float) -> Iterator[MeasuredTable]:
    """The tables of a sheet, each that has no room even at the smallest size divided by its columns."""
    *_, closest = settings(style)
    for element in sheet.findall("table"):
        table = MeasuredTable(element, width, reserve)
        if table.has_room(closest):
            yield table
            continue
        for name in (_NAME, BROKEN):
            groups = column_groups(element, MeasuredTable(element, width, reserve, name).needs(closest))
            if len(groups) > 1:
                yield from (MeasuredTable(part, width, reserve, name) for part in split(element, groups))
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
    width, height = style.page.type_area(landscape=sheet.get("data-orientation") == "landscape")
    return width, height - _SLACK


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
        role = role_of(element).name
        height = _height(style, role, _line_number(element, style.roles[role].size, width))
        if role == _NOTE:
            below += height
        elif CONTINUES not in classes_of(element):
            above += height
    before = sheet.getprevious()
    if before is not None and before.tag == "h1" and sheet.get("data-orientation") != "landscape":
        above += _height(style, "一级标题")
    return _Others(above, below, _height(style, _UNIT_LINE))


def _height(style: Style, name: str, lines: int = 1) -> float:
    """So many lines of a role with their space."""
    role = style.roles[name]
    return role.before + lines * role.line + role.after


def _line_number(element: HtmlElement, size: float, width: float) -> int:
    """The lines of a paragraph; the unit's name and that of its amounts stand side by side."""
    texts = [part.text_content() for part in element.findall("span")] or [element.text_content()]
    room = width - (ems(texts[-1]) + 1) * size * (len(texts) > 1)
    return max(math.ceil(ems(texts[0].strip()) * size / room), 1)


def _breaks(tables: Sequence[MeasuredTable], setting: Setting, height: float, others: _Others) -> list[Breaks]:
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
