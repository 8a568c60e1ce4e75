"""Reading published documents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

from lxml import html

HEADINGS = {"# ": "h1", "## ": "h2", "### ": "h3"}


def plain(text: str) -> str:
    """Text with full-width forms made half-width and blanks dropped."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph; closing quotes and brackets stay with theirs."""
    return [s for s in re.split(r"(?<=[。;!?])(?![”’\")\]》])", plain(paragraph)) if s]


def text_of(element: html.HtmlElement) -> str:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return element.text_content().strip()


def spanned_cells(row: html.HtmlElement) -> list[tuple[str, int, int]]:
    return [
        (plain(text_of(cell)), int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)))
        for cell in row.iter("th", "td")
    ]


def published_rows(table: dict) -> list[list[tuple[str, int, int]]]:
    """Body rows as cells: in the columns that were published merged, equal neighbours are one tall cell."""
    rows = [[plain(cell) for cell in row] for row in table["rows"]]
    merged = table.get("vmerge_cols", [])

    def height(index: int, column: int) -> int:
        """Rows that the cell covers from here on; 0 where a cell above covers it."""
        if column not in merged:
            return 1
        same = [row[: column + 1] == rows[index][: column + 1] for row in rows]
        if index and same[index - 1]:
            return 0
        return len(list(takewhile(bool, same[index:])))

    return [[(text, 1, height(i, j)) for j, text in enumerate(row) if height(i, j)] for i, row in enumerate(rows)]


def published_header(table: dict) -> list[list[tuple[str, int, int]]]:
    def cell(value: str | dict) -> tuple[str, int, int]:
        if isinstance(value, str):
            return plain(value), 1, 1
        return plain(value["text"]), value.get("colspan", 1), value.get("rowspan", 1)

    return [[cell(value) for value in row] for row in table["header"]]


def published_headings(paragraphs: Iterable[str]) -> list[tuple[str, str]]:
    """The headings of a published text: element and words."""
    return [
        (tag, plain(line.removeprefix(mark)))
        for line in paragraphs
        for mark, tag in HEADINGS.items()
        if line.startswith(mark)
    ]


def headings_of(spoken: Iterable[html.HtmlElement]) -> list[tuple[str, str]]:
    """The same of a rendered document: its headings and paragraphs outside the tables."""
    return [(e.tag, plain(text_of(e))) for e in spoken if e.tag != "p"]


def assert_all_is_said(paragraphs: Iterable[str], spoken: Sequence[html.HtmlElement]) -> None:
    """Every published sentence is said in its order, and nothing else."""
    published = [s for line in paragraphs if not line.startswith("#") for s in sentences(line)]
    rendered = [s for e in spoken if e.tag == "p" for s in sentences(text_of(e))]
    assert Counter(published) - Counter(rendered) == Counter(), "published, not rendered"
    assert Counter(rendered) - Counter(published) == Counter(), "rendered, not published"
    assert rendered == published
