"""The Word file as another program opens it: LibreOffice sets as many pages as the PDF has, with the same text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter

import pypdf
import pytest

from gongkai.output.docx import render_docx
from test_outputs import squeezed
from test_pages import layout_of
from test_pdf import BUDGET, FINAL, example
from test_typesetting import STYLE

OFFICE = shutil.which("soffice")
NEAR = 0.1
"""The share of its pages by which a document may be longer or shorter."""

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pypdf.PdfReader]:
    """The Word files of two examples as PDF, made by one run of the office."""
    folder = tmp_path_factory.mktemp("office")
    files = []
    for name in (BUDGET, FINAL):
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(render_docx(example(name)[0], STYLE, layout_of(name).pages))
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", folder, *files], check=True, capture_output=True, timeout=240
    )
    return {file.stem: pypdf.PdfReader(io.BytesIO(file.with_suffix(".pdf").read_bytes())) for file in files}


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


def amounts(text: str) -> Counter[str]:
    return Counter(re.findall(r"(?<![\d,.])\d{1,3}(?:,\d{3})*\.\d\d(?![\d,.])", text))


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_no_amount_of_a_table_is_broken(converted, name):
    """Whatever face the machine has: where 宋体 is missing, figures are broader than reckoned."""
    printed = amounts(" ".join(cell.text_content() for cell in example(name)[0].root.iter("td")))
    whole = amounts(" ".join(page.extract_text() for page in converted[name].pages))

    assert printed.total() > 100
    assert printed - whole == Counter()


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_turns_the_same_pages(converted, name):
    turned = sum(page.mediabox.width > page.mediabox.height for page in converted[name].pages)
    expected = sum(page.width > page.height for page in layout_of(name)._document.pages)

    assert turned == pytest.approx(expected, abs=1)
