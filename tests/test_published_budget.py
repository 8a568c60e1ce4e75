"""The example says what the unit really published: every table cell by cell, every sentence.

The golden files are the published text and tables of 克孜勒苏柯尔克孜自治州商务局's 2024 budget.
Only the width of punctuation and blanks may differ: the published text mixes them at random.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import takewhile

import pytest
from lxml import html

from conftest import GOLDEN, budget_of, example_data, pack_of
from gongkai.document.compose import render_disclosure

FOLDER = GOLDEN / "kezhou-swj-2024-budget"
TABLES = json.loads((FOLDER / "tables.json").read_text(encoding="utf-8"))
PARAGRAPHS = (FOLDER / "prose.txt").read_text(encoding="utf-8").splitlines()

HEADINGS = {"# ": "h1", "## ": "h2", "### ": "h3"}


def plain(text: str) -> str:
    """Text with full-width forms made half-width and blanks dropped."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph; closing quotes and brackets stay with theirs."""
    return [s for s in re.split(r"(?<=[。;!?])(?![”’\")\]》])", plain(paragraph)) if s]


@cache
def document() -> html.HtmlElement:
    budget = budget_of(example_data())
    return html.document_fromstring(render_disclosure(budget, pack_of("克州", budget.year)).html)


def text_of(element: html.HtmlElement) -> str:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return element.text_content().strip()


def sheets() -> list[html.HtmlElement]:
    return document().findall(".//section[@class='sheet']")


def spoken() -> list[html.HtmlElement]:
    """Headings and paragraphs of the four parts, outside the tables."""
    inside_tables = {paragraph for sheet in sheets() for paragraph in sheet.iter("p")}
    parts = document().findall(".//section[@class='part']")
    return [e for part in parts for e in part.iter("h1", "h2", "h3", "p") if e not in inside_tables]


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


@pytest.fixture(params=range(len(TABLES)), ids=[table["id"] for table in TABLES])
def pair(request):
    """A published table and the sheet of the rendered document in its place."""
    return TABLES[request.param], sheets()[request.param]


def test_as_many_tables_are_rendered_as_were_published():
    assert len(sheets()) == len(TABLES) == 15


def test_number_title_and_unit_line_are_as_published(pair):
    published, sheet = pair
    lines = {p.get("class"): text_of(p) for p in sheet.iter("p") if p.get("class") != "table-note"}
    assert plain(lines["table-title"]) == plain(published["title"])
    if published["kind"] == "statement":
        assert plain(lines["table-id"]) == plain(published["id"])
        assert plain(lines["table-unit"]) == plain(published["unit_line"])
    else:
        assert plain(lines["table-subtitle"]) == plain(published["unit_line"])


def test_header_tree_is_as_published(pair):
    published, sheet = pair
    assert [spanned_cells(row) for row in sheet.iterfind("table/thead/tr")] == published_header(published)


def test_every_row_and_the_total_are_as_published(pair):
    published, sheet = pair
    *_, statement = sheet.iter("table")
    assert [spanned_cells(row) for row in statement.iterfind("tbody/tr")] == published_rows(published)


def test_notes_are_as_published(pair):
    published, sheet = pair
    notes = [plain(text_of(p)) for p in sheet.iter("p") if p.get("class") == "table-note"]
    assert notes == [plain(note) for note in published["notes"]]


@pytest.mark.parametrize("pair", range(11, 15), indirect=True, ids=[table["id"] for table in TABLES[11:]])
def test_the_form_above_the_indicators_is_as_published(pair):
    published, sheet = pair
    form, _ = sheet.iter("table")
    rendered = [[text for text, _, _ in spanned_cells(row)] for row in form.iterfind("tbody/tr")]
    # The published form gives cells covered by a merge as empty ones.
    assert rendered == [[plain(cell) for cell in row if cell] for row in published["form"]]


def test_headings_are_as_published_in_their_order():
    published = [
        (tag, plain(line.removeprefix(mark)))
        for line in PARAGRAPHS
        for mark, tag in HEADINGS.items()
        if line.startswith(mark)
    ]
    assert [(e.tag, plain(text_of(e))) for e in spoken() if e.tag != "p"] == published


def test_every_published_sentence_is_said_in_its_order_and_nothing_else():
    published = [s for line in PARAGRAPHS if not line.startswith("#") for s in sentences(line)]
    rendered = [s for e in spoken() if e.tag == "p" for s in sentences(text_of(e))]
    assert Counter(published) - Counter(rendered) == Counter(), "published, not rendered"
    assert Counter(rendered) - Counter(published) == Counter(), "rendered, not published"
    assert rendered == published
