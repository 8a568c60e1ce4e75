"""The same input, the same bytes: what every example comes to, part by part, and the text of its pages.

``pytest --update-golden`` writes the golden files anew; say in the commit why they changed.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from gongkai.output.data.opendata import open_data
from gongkai.output.docx.writer import render_docx
from gongkai.output.html.page import render_html
from gongkai.output.xlsx.writer import render_xlsx
from support.fixtures import ROOT
from support.laid_out import EXAMPLES, SHARE_LAYOUTS, example, example_layout, rendered

pytestmark = SHARE_LAYOUTS
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "bytes"


def members(name: str, archive: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of an office file as they are before compression, which differs with the library of the machine."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for member in opened.namelist():
            yield f"{name}/{member}", opened.read(member)


def parts(name: str) -> Iterator[tuple[str, bytes]]:
    """Everything that an example's disclosure consists of, but the PDF, whose bytes depend on fonts and Pango."""
    document, layout = example_layout(name)
    text = rendered(ROOT / "examples" / f"{name}.yaml")
    style = text.pack.style
    yield "html", render_html(document, style)
    yield from members("docx", render_docx(document, style, layout.pages))
    yield from members("xlsx", render_xlsx(document, text))
    yield from ((f"data/{file}", data) for file, data in open_data(text).items())


def digests(name: str) -> dict[str, str]:
    return {part: hashlib.sha256(data).hexdigest() for part, data in parts(name)}


def page_texts(name: str) -> str:
    """The lines of every page as they stand there."""
    pages = pypdfium2.PdfDocument(example(name)[1])
    texts = (page.get_textpage().get_text_range() for page in pages)
    return "\n".join(f"== {number} ==\n{text.strip()}\n" for number, text in enumerate(texts, 1)).replace("\r\n", "\n")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_part_has_the_bytes_that_it_had(name, golden):
    found = digests(name)
    listed = json.dumps(found, ensure_ascii=False, indent=1)
    before = json.loads(golden.text(GOLDEN / f"{name}.json", f"{listed}\n"))

    assert [part for part in before.keys() | found.keys() if before.get(part) != found.get(part)] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_pages_have_the_text_that_they_had(name, golden):
    found = page_texts(name)
    assert found == golden.text(GOLDEN / f"{name}.txt", found)
