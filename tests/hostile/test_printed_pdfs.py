"""PDFs that are damaged, locked, or made to take more than a document does: a finding in good time, never a crash."""

from __future__ import annotations

import random
import time
from functools import cache

import pikepdf
import pytest

from gongkai.findings import Box, FindingsError
from gongkai.source.printed.document import Printed
from gongkai.source.printed.pdf import apart, read
from gongkai.source.printed.pdf.marks import Mark, highlighted
from gongkai.source.printed.pdf.read import read_pdf, read_pdf_data
from gongkai.source.printed.pdf.stored.inflated import is_suspect
from support.paper import OVER, changed, drawing, paper, rows

HEADS = "<tr><th>编码</th><th>名称</th><th>合计</th><th>基本支出</th></tr>"


@cache
def plain() -> bytes:
    return paper(f"<h1>第一部分</h1><p>字。</p>{OVER}<table class=g>{HEADS}{rows(9)}</table>")


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(FindingsError) as caught:
        read_pdf_data(data, "a.pdf")
    [finding] = caught.value.findings
    assert finding.place.file == "a.pdf"
    return finding.code, finding.message


def tried(data: bytes) -> Printed | None:
    """What is read of it; None where it is refused."""
    try:
        return read_pdf_data(data, "a.pdf")
    except FindingsError:
        return None


def locked(user: str) -> bytes:
    return changed(plain(), lambda pdf: None, encryption=pikepdf.Encryption(owner="甲", user=user))


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "GK891", "文件是空的"),
        (b"PK\x03\x04" + b"x" * 99, "GK891", "不是 PDF"),
        (b"%PDF-1.7\n" + b"junk " * 99, "GK891", "PDF 不完整"),
        (b"%PDF-1.7\n" + b"junk " * 99 + b"%%EOF", "GK891", "PDF 损坏了"),
    ],
    ids=["empty", "another", "cut", "damaged"],
)
def test_what_is_no_document_is_refused(data, code, said):
    found, message = refusal(data)
    assert found == code
    assert said in message


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(FindingsError):
        read_pdf(tmp_path / "nothing.pdf")


def test_a_password_is_asked_for_by_those_who_have_it_and_one_of_the_owner_locks_nobody_out():
    assert refusal(locked("乙")) == ("GK892", "PDF 设了打开密码")
    assert [table.sheet.cells for table in read_pdf_data(locked(""), "a.pdf").tables] == [
        table.sheet.cells for table in read_pdf_data(plain(), "a.pdf").tables
    ]


def test_more_pages_than_any_document_has_are_refused():
    assert refusal(drawing(b"", pages=1_001))[0] == "GK893"


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_refused_or_read(part):
    document = tried(plain()[: int(len(plain()) * part)])
    assert document is None or document.pages <= 1


def test_bytes_that_fell_over_are_refused_or_read():
    dice = random.Random(7)
    whole = read_pdf_data(plain(), "a.pdf")
    ended = []
    for _ in range(60):
        data = bytearray(plain())
        for _ in range(dice.choice([1, 5, 50, 500])):
            data[dice.randrange(len(data))] = dice.randrange(256)
        ended.append(tried(bytes(data)))
    read = [document for document in ended if document is not None]
    assert 0 < len(read) < len(ended)  # some are refused, and of those that are read nothing is more than there was
    assert all(document.pages <= whole.pages for document in read)
    assert any(document.blocks == whole.blocks for document in read)


def test_a_page_that_unpacks_to_a_hundred_times_its_size_ends_in_time(monkeypatch):
    monkeypatch.setattr(apart, "_SECONDS", 2.0)
    bomb = drawing(b"0 0 m 10 10 l S\n" * 8_000_000, compress_streams=True)
    begun = time.monotonic()

    assert is_suspect(bomb)
    assert refusal(bomb)[0] in ("GK891", "GK893")
    assert time.monotonic() - begun < 15


def test_what_is_packed_twice_is_looked_into():
    import zlib

    packed = zlib.compress(zlib.compress(b" " * 9_000_000))
    assert is_suspect(b"%PDF-1.7\n1 0 obj <</Filter [/FlateDecode /FlateDecode]>>\nstream\n" + packed)
    assert not is_suspect(plain())


def test_a_process_that_dies_is_told(monkeypatch):
    monkeypatch.setattr(apart, "_serve", _dies)
    code, message = refusal(locked(""))

    assert code == "GK891"
    assert "出错" in message


def _dies(connection) -> None:
    raise SystemExit(1)


def test_thousands_of_lines_end_in_time():
    lines = b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S\n" % (at, at, at, at) for at in range(595))
    begun = time.monotonic()
    document = read_pdf_data(drawing(lines), "a.pdf")

    assert document.pages == 1
    assert time.monotonic() - begun < 10


def test_a_page_with_too_much_on_it_is_told_to_be_read_in_part(monkeypatch):
    monkeypatch.setattr("gongkai.source.printed.pdf.stored.content.MOST_CHARACTERS", 5)
    document = read.read_here(plain(), "a.pdf")

    assert [finding.code for finding in document.findings] == ["GK894"]


def test_pages_that_take_too_long_are_refused(monkeypatch):
    monkeypatch.setattr(read, "_SECONDS", -1.0)
    with pytest.raises(FindingsError) as caught:
        read.read_here(plain(), "a.pdf")
    assert caught.value.findings[0].code == "GK893"


def test_drawings_within_drawings_without_end_are_left():
    def nest(pdf: pikepdf.Pdf) -> None:
        form = pikepdf.Stream(pdf, b"/F Do 0 0 m 100 0 l S")
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 595, 842]
        form = pdf.make_indirect(form)
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))

    assert read_pdf_data(changed(drawing(b"/F Do"), nest), "a.pdf").pages == 1


def test_bookmarks_that_lead_in_a_circle_are_left():
    def circle(pdf: pikepdf.Pdf) -> None:
        first = pdf.make_indirect(pikepdf.Dictionary(Title="甲", Dest=[pdf.pages[0].obj, pikepdf.Name.Fit]))
        first.Next = first
        pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(First=first, Last=first, Count=1))

    assert read_pdf_data(changed(plain(), circle), "a.pdf").pages == 1


def test_a_page_that_is_none_is_told_and_left_unmarked():
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids[0] = pdf.make_indirect(pikepdf.Array([]))

    spoilt = changed(drawing(b"0 0 m 9 9 l S", pages=2), spoil)
    document = read_pdf_data(spoilt, "a.pdf")

    assert [(finding.code, finding.place.page) for finding in document.findings] == [("GK894", 1)]
    assert b"Highlight" not in highlighted(spoilt, [Mark(1, [Box(1, 1, 9, 9)], "")], "a.pdf")
