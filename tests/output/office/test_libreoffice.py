"""The Word file as another program opens it: LibreOffice sets as many pages as the PDF has, with the same text."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from gongkai.document.parse import HtmlDocument
from gongkai.output.docx.writer import render_docx
from support.laid_out import BUDGET, FINAL, SHARE_LAYOUTS, example, layout_of
from support.set_text import STYLE
from support.squeezed import squeezed
from support.wide_tables import AMOUNT, amounts_beside, document_of

OFFICE = shutil.which("soffice")
NEAR = 0.1
"""The share of its pages by which a document may be longer or shorter."""

pytestmark = [
    SHARE_LAYOUTS,
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]


def as_pdf(folder: Path, documents: Mapping[str, bytes]) -> dict[str, pypdf.PdfReader]:
    """Word files as PDF, made by one run of the office."""
    files = [folder / f"{name}.docx" for name in documents]
    for file, data in zip(files, documents.values(), strict=True):
        file.write_bytes(data)
    # With the empty page that an office puts between two right-hand ones; it leaves it out of files otherwise.
    pdf = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", pdf, "--outdir", folder, *files], check=True, capture_output=True, timeout=240
    )
    return {file.stem: pypdf.PdfReader(io.BytesIO(file.with_suffix(".pdf").read_bytes())) for file in files}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pypdf.PdfReader]:
    """The Word files of two examples as PDF."""
    made = {name: render_docx(example(name)[0], STYLE, layout_of(name).pages) for name in (BUDGET, FINAL)}
    return as_pdf(tmp_path_factory.mktemp("office"), made)


def letters(reader: pypdf.PdfReader) -> Counter[str]:
    """How often each character stands in a file; the order in which programs write cells is their own."""
    return Counter(squeezed("".join(page.extract_text() for page in reader.pages)))


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_has_as_many_pages_as_the_pdf(converted, name):
    pages = len(pypdf.PdfReader(io.BytesIO(example(name)[1])).pages)

    assert len(converted[name].pages) == pytest.approx(pages, rel=NEAR)


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_has_the_same_text(converted, name):
    """But for what only pages have: leaders, page numbers, repeated headers, the mark of a table that goes on."""
    own = letters(pypdf.PdfReader(io.BytesIO(example(name)[1])))
    found = letters(converted[name])
    missing, added = own - found, found - own
    for counter in (missing, added):
        for letter in ".—（续表）0123456789":
            del counter[letter]

    assert sum(missing.values()) + sum(added.values()) < 0.01 * sum(own.values()), (missing, added)


def test_amounts_are_whole_where_the_machine_has_broader_faces(tmp_path):
    """The pack gives the columns less than their amounts need, and 宋体 may be missing here."""
    content = amounts_beside("行政运行", 3, (70, 10, 10, 10))
    document = HtmlDocument(document_of(content), "某某", "某局", datetime.date(2024, 2, 26))
    as_pdf(tmp_path, {"amounts": render_docx(document, STYLE, {})})
    [page] = pypdfium2.PdfDocument(tmp_path / "amounts.pdf")  # which tells where lines end; pypdf does not

    assert page.get_textpage().get_text_range().count(AMOUNT) == 3


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_turns_the_same_pages(converted, name):
    turned = sum(page.mediabox.width > page.mediabox.height for page in converted[name].pages)
    expected = sum(page.width > page.height for page in layout_of(name)._document.pages)

    assert turned == pytest.approx(expected, abs=1)


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_odd_numbers_stand_at_the_right_and_even_ones_at_the_left(tmp_path, pages):
    """Page 1 is a right-hand page of the paper, however many pages the contents fill."""
    entry = '<p class="toc-2"><a href="#h1">一、收支总体情况</a></p>'
    part = '<section class="part"><h1 id="h1">第一部分</h1>' + "<p>某单位的职责。</p>" * 60 + "</section>"
    front = '<section class="cover"><p class="cover-unit">某局</p></section>'
    content = f'{front}<nav class="toc"><p class="toc-title">目录</p>{entry * (pages * 36 - 8)}</nav>{part}'
    document = HtmlDocument(document_of(content), "某某", "某局", datetime.date(2024, 2, 26))
    as_pdf(tmp_path, {"numbers": render_docx(document, STYLE, {"h1": 1})})
    numbers = [number_on(page) for page in pypdfium2.PdfDocument(tmp_path / "numbers.pdf")]
    front_pages = next(at for at, number in enumerate(numbers) if number)

    assert front_pages % 2 == 0
    assert front_pages >= 1 + pages
    assert numbers[front_pages:] == [("right", 1), ("left", 2), ("right", 3)]


def number_on(page: pypdfium2.PdfPage) -> tuple[str, int] | None:
    """The page number at the foot, and at which side it stands."""
    width, text = page.get_width(), page.get_textpage()
    for side, left in (("left", 0), ("right", width / 2)):
        found = re.search(r"— ?(\d+) ?—", text.get_text_bounded(left, 0, left + width / 2, STYLE.page.portrait.bottom))
        if found:
            return side, int(found[1])
    return None
