"""A PDF that we made says, once it was read, what went into it: each cell, each paragraph, from both engines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from gongkai.document.parse import HtmlDocument, parse_document
from gongkai.output.pdf.engine import ENGINES
from gongkai.output.xlsx.writer import render_xlsx
from gongkai.source.printed.document import Printed
from gongkai.source.printed.pdf.read import read_pdf_data
from gongkai.source.workbook.ooxml.book import read_package
from support.fixtures import ROOT
from support.laid_out import EXAMPLES, SHARE_LAYOUTS, example, rendered
from support.printed_tables import body, flat, pairs, titles

pytestmark = SHARE_LAYOUTS
FIRST = "weasyprint"


@cache
def document_of(name: str, engine: str) -> tuple[HtmlDocument, Printed]:
    """What went into an example's PDF, and what was read of it."""
    if engine == FIRST:
        document, data = example(name)
    else:
        text = rendered(ROOT / "examples" / f"{name}.yaml")
        document = parse_document(text)
        data = ENGINES[engine].paginate(document, text.pack.style).to_pdf({})
    return document, read_pdf_data(data, "a.pdf")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_cell_of_every_table_is_read(name, engine):
    document, printed = document_of(name, engine)
    book = read_package(render_xlsx(document, rendered(ROOT / "examples" / f"{name}.yaml")), "book.xlsx")
    tables = pairs(book, printed.workbook)

    assert len(tables) >= 10
    for sheet, read in tables:
        wanted, found = body(sheet), body(read)
        assert flat(found) == flat(wanted)
        if not any("绩效" in title for title in titles(sheet)):
            assert found == wanted
    assert printed.findings == ()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_paragraph_is_read_as_one(name, engine):
    document, printed = document_of(name, engine)
    over = {bare(cell.text) for table in printed.tables for (row, _), cell in table.sheet.cells.items() if row < 5}
    wanted = [text for text in running(document) if text not in over and not re.search(r"单位：万元$", text)]
    found = [text for each in printed.paragraphs if (text := bare(each.text)) not in over]

    assert len(wanted) > 50
    assert found == wanted


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_headings_and_contents_are_those_of_the_document(name, engine):
    document, printed = document_of(name, engine)
    headings = {bare("".join(each.itertext())) for each in document.root.iter("h1", "h2", "h3")}
    levels = {bare(each.text): each.heading for each in printed.paragraphs if each.heading}
    listed = [bare(text) for text, _ in printed.outline]

    assert len(listed) > 10
    assert all(page > 0 for _, page in printed.outline)
    assert levels.keys() <= {*headings, *(bare("".join(each.itertext())) for each in document.root.iter("h4"))}
    assert len(levels) > 5
    assert min(levels.values()) == 1


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def running(document: HtmlDocument) -> Iterator[str]:
    """The texts of the paragraphs and headings that stand in no table and not in the contents."""
    for each in document.root.iter("p", "h1", "h2", "h3", "h4", "h5", "h6"):
        text = bare("".join(each.itertext()))
        if text and not any(above.tag in ("table", "nav") for above in each.iterancestors()):
            yield text


def test_an_outline_that_goes_in_a_circle_is_left_and_nothing_is_said_of_it(capfd):
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /First 5 0 R >>",
        b"<< /Title (a) /Parent 4 0 R /Next 5 0 R >>",
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(parts, 1))
    read = read_pdf_data(data + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF", "a.pdf")

    assert read.pages == 1
    assert capfd.readouterr() == ("", "")
