"""A marked copy is marked like the workbook from which it was made, whatever programs saved it in between."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gongkai.findings import Level
from gongkai.reports.marked.mark import marked
from support.marked_books import (
    BOOKS,
    CLERKS,
    FILE,
    FINDINGS,
    by_openpyxl,
    by_xlsxwriter,
    comments,
    found,
    looks,
    opened,
    parts_of,
    saved,
    values,
)  # fmt: skip
from support.office import complaints

OTHERS = [found("D7", Level.HINT), found("H9"), found("A1", sheet="说明")]
OFFICE = shutil.which("soffice")


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest) -> bytes:
    return BOOKS[request.param]()


def test_marking_twice_is_marking_once(book):
    once = marked(book, FINDINGS, file=FILE)
    assert marked(once, FINDINGS, file=FILE) == once
    assert marked(book, FINDINGS, file=FILE) == once


def test_what_is_found_no_more_is_gone(book):
    data = marked(marked(book, FINDINGS, file=FILE), OTHERS, file=FILE)
    fresh = marked(book, OTHERS, file=FILE)
    assert comments(data) == comments(fresh)
    assert looks(data) == looks(fresh)
    assert values(data, without="没有") == values(fresh, without="没有")
    assert parts_of(data).keys() == parts_of(fresh).keys()


def test_without_findings_all_is_as_it_was(book):
    data = marked(marked(book, FINDINGS, file=FILE), [], file=FILE)
    assert (comments(data), looks(data), values(data)) == (comments(book), looks(book), values(book))
    assert opened(data).sheetnames == ["核对结果", *opened(book).sheetnames]
    old, new = parts_of(book), parts_of(data)
    assert [name for name in new if name not in old] == ["xl/worksheets/sheet4.xml"]
    assert [name for name in old if "drawing" in name and "vml" not in name and old[name] != new[name]] == []


def test_what_the_clerk_adds_to_a_comment_of_ours_stays():
    workbook = opened(marked(by_openpyxl(), FINDINGS, file=FILE))
    comment = workbook["支出"]["B3"].comment
    comment.text = f"先看\n{comment.text}\n已改"
    data = marked(saved(workbook), [], file=FILE)
    assert comments(data) == {("支出", "B3"): "先看\n已改", ("支出", "D7"): CLERKS}


def test_what_a_clerk_wrote_that_only_begins_like_ours_stays():
    workbook = opened(by_openpyxl())
    workbook["支出"]["D7"].comment.text = "公开核对：\n这一行是我写的"
    data = saved(workbook)
    assert comments(marked(data, [], file=FILE)) == {("支出", "D7"): "公开核对：\n这一行是我写的"}


def test_colours_go_with_their_cells_when_rows_are_inserted_and_another_program_has_saved():
    before = by_openpyxl()
    workbook = opened(marked(before, FINDINGS, file=FILE))
    workbook["支出"].insert_rows(2, 3)
    data = looks(marked(saved(workbook), [], file=FILE))
    assert data["支出", "A1"][1] == "FF1F3864"
    assert {look[0] for (sheet, cell), look in data.items() if cell not in {"A1", "D8"}} == {None}
    assert data["支出", "D8"][0] == "gray125"


def test_without_the_list_colours_go_away_all_the_same():
    workbook = opened(marked(by_openpyxl(), [found("B3")], file=FILE))
    del workbook["核对结果"]
    assert looks(marked(saved(workbook), [], file=FILE))["支出", "B3"][0] is None


def test_a_hostile_record_of_fills_does_no_harm():
    workbook = opened(marked(by_openpyxl(), FINDINGS, file=FILE))
    cell = workbook["核对结果"]["J1"]
    first, *records = cell.value.split("\n")
    assert len(records) == 1
    for record in ("<fill", "<!DOCTYPE a [<!ENTITY b 'c'>]><fill>&b;</fill>", "<script/>", "", "<fill><b/></fill>"):
        cell.value = f"{first}\n{record}"
        assert looks(marked(saved(workbook), [], file=FILE))["支出", "A1"][0] is None


# --- another office program ---


def converted(data: bytes, folder: Path, form: str = "xlsx") -> bytes:
    folder.mkdir()
    (folder / "in.xlsx").write_bytes(data)
    command = [str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form]
    out = folder / "out"
    subprocess.run(
        [*command, "--outdir", str(out), str(folder / "in.xlsx")], check=True, timeout=180, capture_output=True
    )
    return (out / f"in.{form}").read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("make", [by_xlsxwriter, by_openpyxl])
def test_libreoffice_saves_a_marked_copy_and_it_is_undone(make, tmp_path):
    book = make()
    plain = converted(book, tmp_path / "a")
    through = converted(marked(book, FINDINGS, file=FILE), tmp_path / "b")
    assert comments(through).keys() - comments(plain).keys() == {
        *(("支出", cell) for cell in ("A1", "B3", "D5", "F40")), ("甲'的 表", "A1"),
    }  # fmt: skip
    undone = marked(through, [], file=FILE)
    assert (comments(undone), values(undone)) == (comments(plain), values(plain))
    expected = looks(plain)
    assert {cell: look for cell, look in looks(undone).items() if cell in expected} == expected
    again = marked(through, FINDINGS, file=FILE)
    assert comments(again) == comments(through)
    assert opened(again).sheetnames == opened(through).sheetnames


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_a_book_of_libreoffice_is_marked_and_opens(tmp_path):
    book = converted(by_xlsxwriter(), tmp_path / "a")
    data = marked(book, FINDINGS, file=FILE)
    assert values(data) == values(book)
    assert marked(data, FINDINGS, file=FILE) == data
    undone = marked(data, [], file=FILE)
    assert (comments(undone), looks(undone)) == (comments(book), looks(book))
    for name, content in {"book.xlsx": book, "marked.xlsx": data}.items():
        (tmp_path / name).write_bytes(content)
    old = complaints(tmp_path / "book.xlsx")
    assert [told for told in complaints(tmp_path / "marked.xlsx") if told not in old] == []
    assert converted(data, tmp_path / "b", "pdf").startswith(b"%PDF-")
