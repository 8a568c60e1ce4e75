"""Every kind of document by its ending, and what cannot be read: a message, never a crash."""

from __future__ import annotations

import random
import time

import pytest

from gongkai.findings import FindingsError
from gongkai.source.printed.read import read_printed
from support.exports import exported
from support.word import W, p, packed, read_word, tbl, tc, tr, word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def code_of(data: bytes, tmp_path, name: str = "公开.docx") -> str:
    with pytest.raises(FindingsError) as refused:
        read_word(data, tmp_path, name)
    [finding] = refused.value.findings
    return finding.code


def outcome(data: bytes, tmp_path) -> list[str] | str:
    """The texts of a document, or the code of what is wrong with it."""
    try:
        printed = read_word(data, tmp_path)
        cells = [cell.shown for table in printed.tables for cell in table.sheet.cells.values()]
        return [*(each.text for each in printed.paragraphs), *cells]
    except FindingsError as error:
        return error.findings[0].code


def test_what_is_no_word_document_is_said(tmp_path):
    assert code_of(b"", tmp_path) == "GK891"
    assert code_of(b"%PDF-1.7", tmp_path) == "GK891"
    assert code_of(OLE + "WordDocument".encode("utf-16-le"), tmp_path) == "GK891"
    assert code_of(OLE + "EncryptedPackage".encode("utf-16-le"), tmp_path) == "GK892"
    assert code_of(exported("minimal-budget"), tmp_path) == "GK891"
    assert code_of(packed({"a.txt": "a"}), tmp_path) == "GK891"
    assert code_of(word("x")[:-40], tmp_path) == "GK891"
    assert code_of(packed({"word/document.xml": "<w:document"}), tmp_path) == "GK891"
    assert code_of(packed({"word/document.xml": f"<!DOCTYPE a []><w:document xmlns:w='{W}'/>"}), tmp_path) == "GK891"
    assert code_of(b"a", tmp_path, "公开.doc") == "GK891"
    assert code_of(packed({"word/document.xml": b"<a>" + b" " * 60_000_000}), tmp_path) == "GK893"


def test_a_file_that_is_absent_is_said(tmp_path):
    with pytest.raises(FindingsError) as refused:
        read_printed(tmp_path / "无.docx")
    assert [finding.code for finding in refused.value.findings] == ["GK101"]


def test_what_stands_in_pictures_and_embedded_files_is_said(tmp_path):
    picture = "<w:p><w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r></w:p>"
    embedded = '<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>'
    scanned = read_word(word(picture), tmp_path)
    assert [finding.code for finding in scanned.findings] == ["GK894"]
    assert "扫描" in scanned.findings[0].message
    assert "嵌入" in read_word(word(p("甲。") + embedded), tmp_path).findings[0].message
    assert not read_word(word(p("甲。") + picture), tmp_path).findings


@pytest.mark.parametrize(
    "body",
    [
        tbl(*[tr(tc("甲", '<w:gridSpan w:val="100000"/>'))]),
        tbl(*[tr(tc("甲", '<w:gridSpan w:val="400"/>'), *["乙"] * 200)]),
        "".join(tbl(tr(*["甲"] * 400)) for _ in range(1100)),
    ],
    ids=["one cell over everything", "cells beyond the grid", "more cells than any document"],
)
def test_tables_beyond_all_bounds_are_refused_soon(body, tmp_path):
    started = time.monotonic()
    assert code_of(word(body), tmp_path) == "GK893"
    assert time.monotonic() - started < 20


def test_deep_nesting_is_no_crash(tmp_path):
    body = p("底")
    for _ in range(60):
        body = tbl(tr(tc(body)))
    for data in (word(body), word("<w:ins>" * 200 + p("底") + "</w:ins>" * 200)):
        assert outcome(data, tmp_path) in (["底"], "GK891")


def test_a_damaged_document_is_read_or_refused(tmp_path):
    whole = word(p("收入预算287.46万元。") + tbl(tr("甲", "乙", "丙"), tr("1.00", "2.00", "3.00")))
    chance = random.Random(7)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = chance.randrange(len(data)) if chance.random() < 0.3 else len(data)
        said = outcome(bytes(data[:cut]), tmp_path)
        assert isinstance(said, list) or said in {"GK891", "GK892", "GK893"}


def test_a_workbook_is_read_by_what_is_seen_of_it(tmp_path):
    file = tmp_path / "表.xlsx"
    file.write_bytes(exported("shili-ju-2024-budget"))
    printed = read_printed(file)
    names = [table.sheet.name for table in printed.tables]
    assert names[0].startswith("表1") or "收支总体" in "".join(names)
    book = printed.workbook
    assert book.place(book.sheets[0], 3, 1).cell == "A3"
    assert printed.form == "xlsx"


def test_sentences_in_a_workbook_are_running_text_with_their_cells(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active["A2"] = "2024年收入预算100.00万元。\n支出预算100.00万元。"
    hidden = book.create_sheet("草稿")
    hidden["A1"], hidden.sheet_state = "没有人看的一句话。", "hidden"
    table = book.create_sheet("表")
    table["A1"], table["B1"], table["A2"], table["B2"] = "科目", "金额", "合计", 1.5
    table.row_dimensions[2].hidden = True
    file = tmp_path / "说明.xlsx"
    book.save(file)
    printed = read_printed(file)
    paragraphs = list(printed.paragraphs)
    assert [each.text for each in paragraphs] == ["2024年收入预算100.00万元。", "支出预算100.00万元。"]
    assert printed.place(paragraphs[1]).spot == "说明!A2"
    assert [set(each.sheet.cells) for each in printed.tables] == [{(1, 1), (1, 2)}]
