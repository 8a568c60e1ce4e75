"""The cells of a table in their places, and the widths of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.statements.tables.grid import placed

from .vocabulary import CELLS, CENTER, NUMBER, TEXT, indent_of, kind_of

_PERCENT = re.compile(r"width:\s*([\d.]+)%")


class Placed(NamedTuple):
    """A cell: the first row and column that it covers, and how many of each."""

    cell: HtmlElement
    row: int
    column: int
    rows: int
    columns: int

    @property
    def kind(self) -> str:
        """What stands in the cell."""
        return kind_of(self.cell)

    @property
    def indent(self) -> int:
        """How many characters the text stands in."""
        return indent_of(self.cell)

    @property
    def unbroken(self) -> bool:
        """Whether its text is never broken: amounts and codes."""
        kind = CELLS.get(self.kind)
        return kind is not None and kind.unbroken


def names_row(cell: Any, row: Sequence[Any]) -> bool:
    """Whether a cell says what the amounts of its row are: the text right before the first of them, or a total's."""
    following = row[row.index(cell) + 1 :]
    before_amounts = bool(following) and kind_of(following[0]) == NUMBER
    return before_amounts and kind_of(cell) in (TEXT, CENTER) and bool("".join(cell.itertext()).strip())


def lines_of(cell: HtmlElement) -> list[str]:
    """The text of a cell by the lines that the document breaks it into."""
    if not len(cell) and "\n" not in (text := cell.text or ""):  # nearly every cell
        return [text.strip()]
    pieces = [cell.text or ""]
    for child in cell.iterdescendants():
        if child.tag in ("br", "p"):
            pieces.append("\n")
        pieces += [child.text or "" if isinstance(child.tag, str) else "", child.tail or ""]
    return [line.strip() for line in "".join(pieces).split("\n") if line.strip()] or [""]


class _Spanning(NamedTuple):
    """A cell with the columns and rows that it says it covers."""

    cell: HtmlElement
    colspan: int
    rowspan: int


def place_cells(table: HtmlElement) -> Iterator[Placed]:
    """Every cell with the columns and rows that it covers, spans reckoned; rows count from the first of the table."""
    first = 0
    for group in (table.findall("thead/tr"), table.findall("tbody/tr"), table.findall("tr")):
        rows = ([_spanning(cell) for cell in row.iterchildren("td", "th")] for row in group)
        for line, column, spanning in placed(rows):
            height = min(spanning.rowspan, len(group) - line)  # no cell reaches out of its group
            yield Placed(spanning.cell, first + line, column, height, spanning.colspan)
        first += len(group)


def _spanning(cell: HtmlElement) -> _Spanning:
    return _Spanning(cell, int(cell.get("colspan") or 1), int(cell.get("rowspan") or 1))


def column_shares(table: HtmlElement) -> list[float]:
    """The share of each column in the table's width, in percent; equal ones where the document states none."""
    columns = table.findall("colgroup/col")
    stated = [share for share in map(share_of, columns) if share is not None]
    if columns and len(stated) == len(columns):
        shares = stated
    else:
        first = next(table.iter("tr"))
        count = len(columns) or sum(int(cell.get("colspan") or 1) for cell in first.iterchildren("td", "th"))
        shares = [1.0] * count
    return [share * 100 / sum(shares) for share in shares]


def share_of(element: Any) -> float | None:
    """The share of a width that a column or a bar states, in percent."""
    stated = _PERCENT.search(element.get("style") or "")
    return float(stated[1]) if stated else None


def set_shares(table: HtmlElement, shares: Sequence[float]) -> None:
    """State the share of each column, where the table has columns to state it."""
    for column, share in zip(table.findall("colgroup/col"), shares, strict=False):
        column.set("style", f"width:{share:.2f}%")
