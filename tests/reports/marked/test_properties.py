"""Whatever is found wherever in whatever book: nothing raises, every value stays, and it is all undone."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from gongkai.findings import Finding, Level, Place
from gongkai.reports.marked.mark import marked
from support.marked_books import FILE, comments, looks, opened, parts_of, saved, values

SHEETS = ["表", "O'甲", "核对结果", "b"]
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), min_size=1, max_size=20)
CELLS = st.tuples(st.integers(1, 30), st.integers(1, 30))
VALUES = st.one_of(TEXTS, st.integers(-999, 999), st.booleans(), st.just("=SUM(A1:A3)"), st.just("_x000D_"))
FIGURES = st.one_of(st.none(), st.decimals(allow_nan=False, allow_infinity=False, places=2))


@st.composite
def books(draw: st.DrawFn) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in draw(st.lists(st.sampled_from(SHEETS), min_size=1, max_size=3, unique=True)):
        sheet = book.create_sheet(name)
        for (row, column), value in draw(st.dictionaries(CELLS, VALUES, max_size=12)).items():
            sheet.cell(row, column).value = value
        for row, column in draw(st.sets(CELLS, max_size=3)):
            sheet.cell(row, column).comment = Comment(draw(TEXTS), "张×")
        for row, column in draw(st.sets(CELLS, max_size=3)):
            colour = draw(st.sampled_from(["FF112233", "FFFFFFFF"]))
            sheet.cell(row, column).fill = PatternFill(draw(st.sampled_from(["solid", "gray125"])), start_color=colour)
    return saved(book)


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    place = st.builds(
        Place, st.sampled_from([FILE, "别的.xlsx"]), st.integers(0, 40), st.integers(0, 40),
        st.sampled_from([*SHEETS, ""]), st.integers(0, 4),
    )  # fmt: skip
    one = st.builds(
        Finding, st.just("GK311"), st.sampled_from(Level), st.text(max_size=30), st.text(max_size=30), st.just(()),
        st.one_of(st.none(), place), FIGURES, FIGURES, st.just(""), st.one_of(st.none(), TEXTS),
    )  # fmt: skip
    return draw(st.lists(one, max_size=12))


_HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=20, deadline=None, suppress_health_check=_HEALTH)
@given(books(), findings(), findings())
def test_any_findings_in_any_book(book, first, second):
    assert_marked_and_undone(book, first, second)


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=_HEALTH)
@given(books(), findings(), findings())
def test_any_findings_in_many_books(book, first, second):
    assert_marked_and_undone(book, first, second)


def assert_marked_and_undone(book, first, second):
    once = marked(book, first, file=FILE)
    assert values(once, without="没有").items() >= values(book, without="没有").items()
    old, new = parts_of(book), parts_of(once)
    assert [name for name in old if name.startswith("docProps") and old[name] != new[name]] == []
    assert marked(once, first, file=FILE) == once
    other = marked(once, second, file=FILE)
    fresh = marked(book, second, file=FILE)
    assert (comments(other), looks(other)) == (comments(fresh), looks(fresh))
    assert opened(other).sheetnames == opened(fresh).sheetnames
