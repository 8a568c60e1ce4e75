"""The example says what the unit really published: every table cell by cell, every sentence.

The golden files are the published text and tables of 克孜勒苏柯尔克孜自治州商务局's 2024 budget.
Only the width of punctuation and blanks may differ: the published text mixes them at random.
"""

from __future__ import annotations

import json
from functools import cache

import pytest
from lxml import html

from gongkai.document.compose import render_disclosure
from support.examples import GOLDEN, budget_of, example_data, pack_of
from support.published import (
    assert_all_is_said,
    headings_of,
    plain,
    published_header,
    published_headings,
    published_rows,
    spanned_cells,
    text_of,
)

FOLDER = GOLDEN / "kezhou-swj-2024-budget"
TABLES = json.loads((FOLDER / "tables.json").read_text(encoding="utf-8"))
PARAGRAPHS = (FOLDER / "prose.txt").read_text(encoding="utf-8").splitlines()


@cache
def document() -> html.HtmlElement:
    budget = budget_of(example_data())
    return html.document_fromstring(render_disclosure(budget, pack_of("克州", budget.year)).html)


def sheets() -> list[html.HtmlElement]:
    return document().findall(".//section[@class='sheet']")


def spoken() -> list[html.HtmlElement]:
    """Headings and paragraphs of the four parts, outside the tables."""
    inside_tables = {paragraph for sheet in sheets() for paragraph in sheet.iter("p")}
    parts = document().findall(".//section[@class='part']")
    return [e for part in parts for e in part.iter("h1", "h2", "h3", "p") if e not in inside_tables]


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
    assert headings_of(spoken()) == published_headings(PARAGRAPHS)


def test_every_published_sentence_is_said_in_its_order_and_nothing_else():
    assert_all_is_said(PARAGRAPHS, spoken())
