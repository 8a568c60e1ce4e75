"""Cells that reach over several rows and a page's end: they end there, and stand again on the next page."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml.html import HtmlElement

from gongkai.document.grid import Placed, place_cells
from gongkai.document.vocabulary import TOTAL
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

_BEGINS = "break-before: page"


def begins_page(element: HtmlElement) -> bool:
    """Whether a page begins with a table or a row."""
    return bool(element.get("style") == _BEGINS)


def begin_pages(table: HtmlElement, breaks: Iterable[int], *, forced: bool) -> None:
    """Begin a page with each of these rows, and let no cell reach over it: who turns the page reads its text again.

    A table whose cells reach over none of them is left to find its own pages, unless ``forced``.
    """
    breaks = sorted(_before_totals(table, breaks))
    spanning = [placed for placed in place_cells(table) if placed.rows > 1]
    reached = any(placed.row < row < placed.row + placed.rows for placed in spanning for row in breaks)
    if not forced and not reached:
        return
    rows = list(table.iter("tr"))
    for number in breaks:
        # The head goes along with the first row below it.
        first = table if number == len(table.findall("thead/tr")) else rows[number]
        first.set("style", _BEGINS)
        for placed in _reaching(table, number) if reached else ():
            _repeat(placed, number, rows[number], table)


def _before_totals(table: HtmlElement, breaks: Iterable[int]) -> Iterable[int]:
    """A total never stands on a page without the row above it."""
    rows = list(table.iter("tr"))
    return (number - 1 if rows[number].get("class") == TOTAL else number for number in breaks)


def _reaching(table: HtmlElement, row: int) -> list[Placed]:
    return [placed for placed in place_cells(table) if placed.row < row < placed.row + placed.rows]


def _repeat(placed: Placed, number: int, row: HtmlElement, table: HtmlElement) -> None:
    """End a cell above a row and put a copy of it into the row for what is left of its rows."""
    again = copy.deepcopy(placed.cell)
    again.tail = None
    placed.cell.set("rowspan", str(number - placed.row))
    again.set("rowspan", str(placed.row + placed.rows - number))
    before = (other for other in place_cells(table) if other.row == number and other.column < placed.column)
    row.insert(sum(1 for _ in before), again)
