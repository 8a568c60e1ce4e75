"""Golden pages of the second engine: the lines of every page of every example, and how each page looks from afar.

``pytest --update-golden`` writes them anew; look at the pictures before committing them.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from gongkai.document.parse import parse_document
from support.parity import EXAMPLES, SECOND, Made, make, rendered
from support.pictures import contact_sheet, pages_changed, png

pytestmark = pytest.mark.xdist_group("pages of the second engine")
GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "pages" / "typst"


@cache
def made(name: str) -> Made:
    text = rendered(name)
    return make(SECOND, parse_document(text), text.pack.style)


@pytest.mark.parametrize("name", EXAMPLES)
def test_lines_of_pages_are_what_they_were(name, golden):
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made(name).data))
    found = "\n".join(f"== {number} ==\n{text.strip()}\n" for number, text in enumerate(pages, 1))
    found = found.replace("\r\n", "\n")

    assert found == golden.text(GOLDEN / f"{name}.txt", found)


@pytest.mark.parametrize("name", EXAMPLES)
def test_pages_of_the_second_engine_look_as_they_did_from_afar(name, golden):
    found = contact_sheet(made(name).data)
    with Image.open(io.BytesIO(golden.data(GOLDEN / f"{name}.png", png(found)))) as picture:
        before = picture.convert("L")
        assert found.size == before.size
        assert pages_changed(found, before, made(name).page_count) == []
