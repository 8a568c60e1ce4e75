"""The PDF of every example: archival (PDF/A-3a) and accessible (PDF/UA-1), its structure that of the document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import page as page_validation
import pikepdf
import pytest
from lxml import etree
from lxml.html import HtmlElement

from gongkai.output.pdf.weasyprint.pdfa import looks_cut
from support.fixtures import ROOT
from support.laid_out import BUDGET, EXAMPLES, FINAL, SHARE_LAYOUTS, example, laid_out, opened

PROFILES = [page_validation.ValidationProfile.PDF_UA_1, page_validation.ValidationProfile.PDF_A_3A]
pytestmark = SHARE_LAYOUTS
XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


def test_pages_are_laid_out_in_one_process(request, worker_id):
    """What works on the tests together must know their groups, or each example is laid out again and again."""
    assert request.node.nodeid.endswith("@pages of the examples") == (worker_id != "master")


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.value)
@pytest.mark.parametrize("name", EXAMPLES)
def test_keeps_the_standards(name, profile):
    report = page_validation.validate_pdf_bytes(example(name)[1], profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant
    assert report.rules.total > 100


def test_no_stream_looks_cut(monkeypatch):
    """The bytes of the last streams are chance: where they end in a carriage return, the file is written again."""
    assert [name for name in EXAMPLES if looks_cut(example(name)[1])] == []

    looks = iter([True, True, False])
    monkeypatch.setattr("gongkai.output.pdf.weasyprint.render.looks_cut", lambda data: next(looks))
    again = laid_out(ROOT / "examples" / "minimal-budget.yaml")[1].to_pdf({})

    assert next(looks, None) is None
    assert page_validation.validate_pdf_bytes(again, profile=PROFILES[1]).is_compliant
    assert looks_cut(b"stream\nabc\r\nendstream")


def test_validator_sees_what_is_missing():
    """The proof above is worth something: without our metadata and tags the same file does not pass."""
    broken = pikepdf.open(io.BytesIO(example(BUDGET)[1]))
    del broken.Root.Metadata
    del broken.Root.StructTreeRoot
    stream = io.BytesIO()
    broken.save(stream)

    assert not any(page_validation.is_pdf_compliant_bytes(stream.getvalue(), profile=p) for p in PROFILES)


# --- structure ---


def elements(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every structure element with the roles on the way to it, in reading order."""
    role = str(node.get("/S", "/Root"))[1:]
    yield (*path, role), node
    for kid in kids_of(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid, (*path, role))


def kids_of(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def roles(node: Any, *names: str) -> list[Any]:
    return [element for path, element in elements(node) if path[-1] in names]


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_every_table_is_one_element_with_all_its_rows(name):
    """A table of several pages is read as one, and its header once."""
    document, _ = example(name)
    tables = document.root.findall(".//table")
    found = roles(opened(name).Root.StructTreeRoot, "Table")

    assert [len(roles(table, "TR")) for table in found] == [len(table.findall(".//tr")) for table in tables]
    assert [len(roles(table, "TH", "TD")) for table in found] == [len(table.xpath(".//th | .//td")) for table in tables]


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_every_heading_cell_says_for_which_cells_it_speaks(name):
    tables = roles(opened(name).Root.StructTreeRoot, "Table")
    scopes = {str(cell.A.Scope) for table in tables for cell in roles(table, "TH")}

    assert scopes == {"/Column", "/Row"}
    assert all("/Scope" not in cell.A for table in tables for cell in roles(table, "TD"))


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_names_of_rows_head_their_amounts(name):
    """A reader who hears an amount of 表 2 also hears of what it is."""
    tables = example(name)[0].root.findall(".//table")
    found = roles(opened(name).Root.StructTreeRoot, "Table")
    named = {
        "".join(cell.text_content().split()): element
        for table, structure in zip(tables, found, strict=True)
        for cell, element in zip(table.xpath(".//th | .//td"), roles(structure, "TH", "TD"), strict=True)
    }

    assert named["行政运行"].S == "/TH"
    assert named["行政运行"].A.Scope == "/Row"
    codes = example(name)[0].root.find_class("code")
    assert {str(named[code].S) for cell in codes if len(code := cell.text_content().strip()) >= 3} == {"/TD"}


def test_pages_are_called_by_their_printed_numbers():
    pdf = opened(BUDGET)
    labels = [page.label for page in pdf.pages]

    assert labels[:4] == ["i", "ii", "1", "2"]
    assert labels[-1] == str(len(labels) - 2)
    assert pdf.Root.PageMode == "/UseOutlines"


def test_spans_of_cells_are_those_of_the_document():
    document, _ = example(BUDGET)
    tables = roles(opened(BUDGET).Root.StructTreeRoot, "Table")

    found = [(c.A.get("/ColSpan", 1), c.A.get("/RowSpan", 1)) for t in tables for c in roles(t, "TH", "TD")]
    cells: list[HtmlElement] = document.root.xpath("//th | //td")
    assert found == [(int(cell.get("colspan") or 1), int(cell.get("rowspan") or 1)) for cell in cells]
    assert (3, 1) in found


def test_headings_never_skip_a_level_and_table_titles_are_among_them():
    document, _ = example(BUDGET)
    tree = opened(BUDGET).Root.StructTreeRoot
    levels = [int(path[-1][1]) for path, _ in elements(tree) if path[-1] in ("H1", "H2", "H3", "H4")]

    titled = document.root.xpath("//h1 | //h2 | //h3 | //p[@class='table-title']")
    assert len(levels) == len(titled)
    assert levels[0] == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))


def test_contents_are_links_to_their_headings():
    document, _ = example(BUDGET)
    pdf = opened(BUDGET)
    entries = document.root.findall(".//nav//a")
    links = roles(pdf.Root.StructTreeRoot, "Link")

    assert len(links) == len(entries)
    for link, entry in zip(links, entries, strict=True):
        annotations = [kid.Obj for kid in kids_of(link) if not isinstance(kid, int)]
        assert {str(annotation.Contents) for annotation in annotations} == {entry.text}
        assert {f"#{annotation.Dest}" for annotation in annotations} == {entry.get("href")}
    paths = {path[1:] for path, _ in elements(pdf.Root.StructTreeRoot) if path[-1] == "Link"}
    assert paths == {("Document", "TOC", "TOCI", "Reference", "Link")}


def spoken(pdf: pikepdf.Pdf) -> str:
    """The text of the structure tree in reading order, as assistive technology gets it."""
    texts = {(page.obj.objgen, mark): text for page in pdf.pages for mark, text in marked_texts(page)}

    def walk(node: Any, page: Any) -> Iterator[str]:
        page = node.get("/Pg", page)
        for kid in kids_of(node):
            if isinstance(kid, int):
                yield texts[page.objgen, kid]
            elif "/MCID" in kid:
                yield texts[kid.Pg.objgen, int(kid.MCID)]
            elif "/S" in kid:
                yield from walk(kid, page)

    return "".join(walk(pdf.Root.StructTreeRoot, None))


def marked_texts(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """The marked texts of a page, decoded by the fonts' own maps."""
    fonts = {name: unicode_map(font) for name, font in page.resources.Font.items()}
    mark, text, letters = None, "", {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                mark, text = int(operands[1].MCID), ""
            case "EMC" if mark is not None:
                yield mark, text
                mark = None
            case "Tf":
                letters = fonts[str(operands[0])]
            case "TJ":
                codes = b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
                text += "".join(letters[codes[i : i + 2]] for i in range(0, len(codes), 2))


def unicode_map(font: Any) -> dict[bytes, str]:
    lines = font.ToUnicode.read_bytes().decode("ascii").splitlines()
    pairs = [line[1:-1].split("> <") for line in lines if line.startswith("<") and "> <" in line]
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs if len(text) >= 4}


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_what_is_read_aloud_is_the_document(name):
    """All text once and in order; page numbers, leaders and repeated headers are left out."""
    document, _ = example(name)
    contents = document.root.find(".//nav")
    expected = "".join(document.root.find("body").itertext())
    heard = spoken(opened(name))

    def squeezed(text: str) -> str:
        return "".join(text.split())

    # The contents have page numbers beside the entries; the rest is the document, word for word.
    after = squeezed("".join(contents.itertext()))
    assert squeezed(heard).endswith(squeezed(expected.partition("".join(contents.itertext()))[2]))
    assert "." * 4 not in heard
    assert squeezed(heard).startswith(squeezed(expected)[: squeezed(expected).index(after)])


# --- what a program asks first ---


@pytest.mark.parametrize("name", EXAMPLES)
def test_names_its_language_and_title(name):
    document, _ = example(name)
    pdf = opened(name)

    assert str(pdf.Root.Lang) == "zh-CN"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.docinfo["/Title"]) == document.title


def test_metadata_packet_tells_standard_title_and_publication():
    document, _ = example(BUDGET)
    packet = opened(BUDGET).Root.Metadata
    assert "/Filter" not in packet
    root = etree.fromstring(packet.read_bytes())

    values = {key: root.findtext(f".//{key}", namespaces=XMP) for key in ("pdfaid:part", "pdfaid:conformance")}
    assert values == {"pdfaid:part": "3", "pdfaid:conformance": "A"}
    assert root.findtext(".//pdfuaid:part", namespaces=XMP) == "1"
    assert root.findtext(".//dc:title//rdf:li", namespaces=XMP) == document.title
    assert root.findtext(".//dc:creator//rdf:li", namespaces=XMP) == document.author
    assert root.findtext(".//xmp:CreateDate", namespaces=XMP) == document.published.isoformat()


def test_colours_have_an_output_intent():
    [intent] = opened(BUDGET).Root.OutputIntents

    assert str(intent.S) == "/GTS_PDFA1"
    assert len(intent.DestOutputProfile.read_bytes()) > 1000
