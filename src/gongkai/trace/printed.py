"""Every amount that a document prints: in which table, row and column, or in which sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from gongkai.document.grid import Placed, place_cells
from gongkai.document.parse import HtmlDocument
from gongkai.document.vocabulary import (
    AMOUNT,
    CHART_TITLE,
    CODE,
    FORM,
    LABEL,
    NUMBER,
    TABLE_TITLE,
    TOTAL,
    classes_of,
)
from gongkai.packs.ledger import FROM, Ledger
from gongkai.statements.tables.grid import numbers_only

_TABLE_ID = "table-id"
_HEADINGS = ("h1", "h2", "h3")
_END = re.compile("(?<=[。；])")
_UNIT = re.compile("万元|元|平方米")
_LINE_NUMBER = re.compile(r"\d{1,3}")
"""A 行次: the number of a line is not its name."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table: its number (表 5; empty where it has none) and title, and what row and column are called.

    ``code`` is the 科目 or the line of the row, ``total`` says that it is the table's total.
    """

    number: str
    title: str
    row: str
    code: str
    column: tuple[str, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """An amount in the document: as it is printed, exact (万元) with its addends, and where it stands.

    It is in the ``cell`` of a table, or in a ``sentence`` under a ``heading``. ``element`` is its mark in the document.
    """

    text: str
    figure: Decimal
    element: HtmlElement
    cell: Cell | None = None
    heading: str = ""
    sentence: str = ""

    @property
    def number(self) -> Decimal:
        """The figure as it is printed, in the unit of its place."""
        return Decimal(self.text.replace(",", ""))

    @property
    def unit(self) -> str:
        """What the figure is told in: as its sentence says behind it, else 万元, or 元 where the table is in these."""
        said = _UNIT.match(self.element.tail or "")
        return said[0] if said else "万元" if abs(self.number - self.figure) < 1 else "元"


def printed_amounts(document: HtmlDocument, ledger: Ledger) -> list[Printed]:
    """The amounts of a document that was made with this ledger, from its beginning to its end."""
    elements = list(document.root.iter())  # held: lxml makes an element anew for each pass unless somebody does
    cells: dict[HtmlElement, Cell] = {}
    found: list[Printed] = []
    headings: dict[str, str] = {}
    number = title = ""
    for element in elements:
        if not isinstance(element.tag, str):
            continue
        if element.tag in _HEADINGS:
            level = _HEADINGS.index(element.tag)
            headings = {tag: text for tag, text in headings.items() if _HEADINGS.index(tag) < level}
            headings[element.tag] = _text(element)
            number = ""
        elif element.tag == "p":
            names = classes_of(element)
            number = _text(element) if _TABLE_ID in names else number
            if TABLE_TITLE in names or CHART_TITLE in names:
                title = _text(element)
                number = "" if CHART_TITLE in names else number
        elif element.tag == "table":
            cells |= _cells(element, number, title)
        elif element.tag == AMOUNT and (noted := element.get(FROM)) is not None:
            figure, text = ledger.figures[int(noted)], element.text or ""
            around = next(e for e in element.iterancestors() if e.tag in ("td", "th", "p", *_HEADINGS))
            if around in cells:
                found.append(Printed(text, figure, element, cells[around]))
            else:
                heading = " › ".join(headings.values())
                found.append(Printed(text, figure, element, None, heading, _sentence(around, element)))
    return found


def _cells(table: HtmlElement, number: str, title: str) -> Iterator[tuple[HtmlElement, Cell]]:
    """Every cell of a table with what its row and its column are called."""
    placed = list(place_cells(table))
    rows: dict[int, list[Placed]] = {}
    for cell in placed:
        for row in range(cell.row, cell.row + cell.rows):
            rows.setdefault(row, []).append(cell)
    in_form = FORM in classes_of(table)
    labels = [cell for cell in placed if (cell.kind == LABEL if in_form else cell.cell.tag == "th")]
    if not in_form:
        bare = {row for row in rows if numbers_only([_text(cell.cell) for cell in labels if cell.row == row])}
        labels = [cell for cell in labels if cell.row not in bare]
    for cell in placed:
        beside = _beside(cell, rows[cell.row])
        above = [other for other in labels if other.row < cell.row and _covers(other, cell.column)]
        column = tuple(_text(other.cell) for other in sorted(above, key=lambda other: other.row))
        codes = "".join(_text(other.cell) for other in beside if other.kind == CODE)
        words = [_text(other.cell) for other in beside if other.kind != CODE]
        row_name = " ".join(word for word in words if word and not _LINE_NUMBER.fullmatch(word)) or codes
        total = TOTAL in classes_of(cell.cell.getparent())
        yield cell.cell, Cell(number, title, row_name, codes, column[-1:] if in_form else column, total)


def _beside(cell: Placed, row: Sequence[Placed]) -> list[Placed]:
    """The cells that say what a row is: the nearest group of them that are no amounts, to the left."""
    left = sorted((other for other in row if other.column < cell.column), key=lambda other: other.column)
    while left and left[-1].kind == NUMBER:
        left.pop()
    start = max((at + 1 for at, other in enumerate(left) if other.kind == NUMBER), default=0)
    return left[start:]


def _covers(head: Placed, column: int) -> bool:
    return head.column <= column < head.column + head.columns


def _sentence(block: HtmlElement, amount: HtmlElement) -> str:
    """The sentence of a paragraph in which an amount stands."""
    before = _before(block, amount)
    text = str(block.text_content())
    cuts = [0, *(match.start() for match in _END.finditer(text)), len(text)]
    return next((text[a:b].strip() for a, b in pairwise(cuts) if a <= before < b), text.strip())


def _before(block: HtmlElement, amount: HtmlElement) -> int:
    """How many characters of a block stand before an element in it."""
    count = 0
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if event == "end":
            count += len(element.tail or "")
        elif element is amount:
            break
        else:
            count += len(element.text or "")
    return count


def _text(element: HtmlElement) -> str:
    return "".join(str(element.text_content()).split())
