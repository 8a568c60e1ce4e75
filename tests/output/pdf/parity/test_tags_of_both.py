"""The structure of both engines' PDFs: who cannot see the pages gets the same from either."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import etree

from support.parity import FIRST, HEADINGS, SECOND, SHARE_PAIRS, Made, Pair, pair_of
from support.squeezed import squeezed

pytestmark = SHARE_PAIRS
NAMES = ("kezhou-swj-2024-budget", "minimal-final")
XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


@pytest.fixture(params=NAMES)
def pair(request) -> Pair:
    return pair_of(request.param)


@pytest.fixture(params=[FIRST, SECOND])
def made(request, pair) -> Made:
    return pair.both[[FIRST, SECOND].index(request.param)]


def test_all_that_is_printed_is_content_or_none(made):
    """And all content is in the structure."""
    assert made.tagged.loose == []
    assert made.tagged.unread == []


def test_what_the_pages_alone_have_is_no_content(made):
    read = made.tagged.root.text
    front = made.tagged.bookmarks[0][2]
    numbers = [squeezed("".join(page)) for page in made.tagged.artefacts]

    assert "...." not in read
    assert "续表" not in read
    assert all(f"—{number}—" in found for number, found in enumerate(numbers[front:], 1) if found)
    assert sum("—" in found for found in numbers) > made.page_count / 2


def test_entries_of_the_contents_are_links_that_say_where_they_lead(pair, made):
    entries = pair.document.root.findall(".//nav//a")
    links = [(path, node) for path, node in made.tagged.root.walk() if path[-1] == "Link"]
    pages = [page for _, _, page in made.tagged.bookmarks]

    assert {path[-4:] for path, _ in links} == {("TOC", "TOCI", "Reference", "Link")}
    assert [node.text.rstrip("0123456789") for _, node in links] == [
        squeezed(entry.text_content()).rstrip("0123456789") for entry in entries
    ]
    for (_, node), entry in zip(links, entries, strict=True):
        assert node.links
        assert {str(annotation.Contents) for annotation in node.links} == {entry.text_content()}
        assert {made.tagged.target(annotation) for annotation in node.links} <= set(pages)
        assert node.text.endswith(str(made.pages[entry.get("href")[1:]]))
    assert len(made.tagged.annotations) == sum(len(node.links) for _, node in links)


def test_headings_never_skip_a_level_and_are_the_bookmarks(made):
    headings = [node for node in made.tagged.root.all(*HEADINGS) if node.text]
    levels = [int(node.role[1]) for node in headings]

    assert levels[0] == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))
    assert [title for _, title, _ in made.tagged.bookmarks] == [node.text for node in headings]


def test_headings_of_tables_say_for_which_cells_they_speak(made):
    cells = [cell for table in made.tables for row in table for cell in row]

    assert {scope for role, scope, *_ in cells if role == "TH"} == {"Row", "Column"}
    assert {scope for role, scope, *_ in cells if role == "TD"} == {None}
    for table in made.tagged.root.all("Table"):
        assert [kid.role for kid in table.kids] in (["THead", "TBody"], ["TBody"], ["TR"] * len(table.kids))


def test_pages_are_called_by_their_printed_numbers(made):
    front = made.tagged.bookmarks[0][2]
    labels = [page.label for page in made.tagged.pdf.pages]

    assert front == 2
    assert labels == ["i", "ii", *(str(number) for number in range(1, made.page_count - 1))]
    assert made.tagged.pdf.Root.PageMode == "/UseOutlines"


def test_what_a_program_asks_first_is_the_same(pair, made):
    pdf, document = made.tagged.pdf, pair.document
    packet = etree.fromstring(pdf.Root.Metadata.read_bytes())

    assert str(pdf.Root.Lang).lower().startswith("zh")
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == document.title == packet.findtext(".//dc:title//rdf:li", namespaces=XMP)
    assert packet.findtext(".//dc:creator//rdf:li", namespaces=XMP) == document.author
    assert packet.findtext(".//xmp:CreateDate", namespaces=XMP)[:10] == document.published.isoformat()
    assert "/Filter" not in pdf.Root.Metadata


def test_attached_files_are_named_and_dated_by_both_alike(pair):
    described = [
        [
            (str(one.UF), str(one.Desc), str(one.AFRelationship), str(one.EF.F.Subtype), str(one.EF.F.Params.ModDate))
            for one in made.tagged.pdf.Root.AF
        ]
        for made in pair.both
    ]

    assert described[0] == described[1]
    assert [name for name, *_ in described[0]] == list(pair.files)
