"""What a PDF of the compiler lacks and is given: headings of rows, whole tables, attached data, plain streams."""

from __future__ import annotations

import datetime
import io
import zlib

import page as page_validation
import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet

from gongkai.output.pdf.typst import finish
from support.compiled import compiled, page_texts, structure

DAY = datetime.date(2024, 2, 25)
HEAD = "<colgroup><col><col></colgroup><thead><tr><th scope='col'>项目</th><th scope='col'>金额</th></tr></thead>"


def table(rows: int, begins: int = 0) -> str:
    """A table of so many rows; a page begins with the row of this number."""
    lines = (f"<tr><td class='text'>第{row}行</td><td class='num'>{row}.00</td></tr>" for row in range(1, rows + 1))
    return f"<section class='sheet'><table class='grid'>{HEAD}<tbody>{''.join(lines)}</tbody></table></section>"


def scopes(data: bytes) -> list[str]:
    heads = (element for element in structure(data) if element.S == "/TH")
    return [next(str(own.Scope) for own in element.A if own.get("/O") == "/Table") for element in heads]


def test_what_says_what_amounts_are_is_the_heading_of_its_row():
    data = compiled(table(2)).to_pdf({})

    assert scopes(data) == ["/Column", "/Column", "/Row", "/Row"]
    assert not any("/Headers" in own for element in structure(data) for own in element.get("/A", ()) if "/O" in own)


def test_a_table_divided_between_pages_is_one_table():
    """Its rows follow each other; the header that stands there again is no content."""
    rows = "<tr><td class='text' rowspan='60'>组</td><td class='text'>第0行</td></tr>"
    rows += "".join(f"<tr><td class='text'>第{row}行</td></tr>" for row in range(1, 60))
    grouped = f"<section class='sheet'><table class='grid'>{HEAD}<tbody>{rows}</tbody></table></section>"
    layout = compiled(grouped)
    data = layout.to_pdf({})
    names = [str(element.S) for element in structure(data)]

    assert layout.page_count > 1
    assert names.count("/Table") == names.count("/THead") == names.count("/TBody") == 1
    assert names.count("/TR") == 61
    assert [text.count("组") for text in page_texts(data)] == [1] * layout.page_count
    assert all(page_validation.is_pdf_compliant_bytes(data, profile=profile) for profile in PROFILES)


PROFILES = [page_validation.ValidationProfile.PDF_UA_1, page_validation.ValidationProfile.PDF_A_3A]


def test_attached_data_is_dated_by_the_publication_and_checked_by_its_sum():
    data = compiled("<p>正文</p>").to_pdf({"表.csv": b"a,b\r\n", "datapackage.json": b"{}"})
    pdf = pikepdf.open(io.BytesIO(data))
    [first, second] = pdf.Root.AF

    assert [str(file.UF) for file in (first, second)] == ["表.csv", "datapackage.json"]
    assert first.EF.F.read_bytes() == b"a,b\r\n"
    assert str(first.EF.F.Params.ModDate) == "D:20240225000000Z"
    assert [str(file.EF.F.Subtype) for file in (first, second)] == ["/text/csv", "/application/json"]
    assert all(page_validation.is_pdf_compliant_bytes(data, profile=profile) for profile in PROFILES)


def ending_in_return() -> bytes:
    """A text that, compressed, ends in a carriage return: whatever the level, the end is a sum of the text."""
    return next(text for n in range(100_000) if zlib.compress(text := b"%d" % n).endswith(b"\r"))


def test_no_stream_ends_in_a_carriage_return():
    pdf = pikepdf.new()
    stream = pikepdf.Stream(pdf, ending_in_return())
    stream.write(zlib.compress(ending_in_return()), filter=pikepdf.Name.FlateDecode)
    finish._plain(stream)

    assert stream.read_bytes() == ending_in_return()
    assert not stream.read_raw_bytes().endswith(b"\r")


def test_font_programs_say_in_short_that_one_dictionary_is_used():
    """And are otherwise the same: fontTools reads the same widths from both."""
    data = compiled("<p>公开公开，预算决算；项目支出。</p>")._pdf
    pdf = pikepdf.open(io.BytesIO(data))
    programs = [
        stream.read_bytes()
        for stream in pdf.objects
        if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == "/CIDFontType0C"
    ]
    assert programs
    for program in programs:
        changed = finish._one_dictionary(program)
        assert changed != program
        assert finish._one_dictionary(changed) == changed
        assert _selected(changed) == _selected(program) == {0}


def _selected(program: bytes) -> set[int]:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    return set(fonts[0].FDSelect.gidArray)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_same_document_gives_the_same_bytes(rows):
    one, other = (compiled(table(rows)).to_pdf({"a.csv": b"1"}) for _ in range(2))

    assert one == other
