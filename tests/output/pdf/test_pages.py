"""Page pictures: where everything stands on the pages of every example, how each looks from afar, a few near by.

``pytest --update-golden`` writes the golden files anew; look at the pictures before committing them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from weasyprint.formatting_structure import boxes

from gongkai.packs.style import Margins
from support.laid_out import BUDGET, EXAMPLES, FINAL, SHARE_LAYOUTS, example, layout_of
from support.pictures import ALIKE, contact_sheet, difference, pages_changed, picture_of, png
from support.set_text import POINT, STYLE

pytestmark = SHARE_LAYOUTS
GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "pages"
PICTURES = [(BUDGET, 1), (BUDGET, 3), (BUDGET, 7), (BUDGET, 8), (FINAL, 2)]
DPI = 40
NEAR = 3.0
"""Points by which a table may have moved."""

Box = list[int]
"""Left, top, width and height of a table in points."""


def tables_on(page: Any) -> Iterator[Box]:
    for box in page._page_box.descendants():
        if isinstance(box, boxes.TableBox):
            yield [round(side / POINT) for side in (box.position_x, box.position_y, box.width, box.height)]


def sheets(name: str) -> list[dict[str, Any]]:
    """Every page: whether it lies, and the boxes of its tables."""
    return [
        {"lies": page.width > page.height, "tables": list(tables_on(page))} for page in layout_of(name)._document.pages
    ]


def picture(name: str, number: int) -> Image.Image:
    return picture_of(pypdfium2.PdfDocument(example(name)[1])[number - 1], DPI)


def picture_file(name: str, number: int | str) -> Path:
    return GOLDEN / f"{name}-{number}.png"


@pytest.mark.parametrize("name", EXAMPLES)
def test_pages_and_tables_are_where_they_were(name, golden):
    found = sheets(name)
    lines = ",\n".join(json.dumps(page) for page in found)
    before = json.loads(golden.text(GOLDEN / f"{name}.json", f"[\n{lines}\n]\n"))

    assert [page["lies"] for page in found] == [page["lies"] for page in before]
    for number, (page, expected) in enumerate(zip(found, before, strict=True), 1):
        assert len(page["tables"]) == len(expected["tables"]), number
        for box, old in zip(page["tables"], expected["tables"], strict=True):
            assert all(abs(side - before) <= NEAR for side, before in zip(box, old, strict=True)), (number, box, old)


@pytest.mark.parametrize("name", EXAMPLES)
def test_tables_stand_inside_the_type_area(name):
    page = STYLE.page
    for number, sheet in enumerate(sheets(name), 1):
        margins: Margins = page.landscape if sheet["lies"] else page.portrait
        width, height = (page.height, page.width) if sheet["lies"] else (page.width, page.height)
        for left, top, wide, high in sheet["tables"]:
            assert left >= margins.left - 1, number
            assert left + wide <= width - margins.right + 1, number
            assert top >= margins.top - 1, number
            assert top + high <= height - margins.bottom + 1, number


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_page_is_nearly_empty_but_those_that_must(name):
    """A table never goes on for the sake of a row or two."""
    short = [
        (number, rows)
        for number, page in enumerate(layout_of(name)._document.pages, 1)
        for rows in list(_rows_on(page))[:1]
        if rows <= 2 and not _has_title(name, number)
    ]
    assert short == []


def _rows_on(page: Any) -> Iterator[int]:
    """The rows of each table on a page but those of its head."""
    for table in page._page_box.descendants():
        if isinstance(table, boxes.TableBox):
            yield sum(len(group.children) for group in table.children if not getattr(group, "is_header", True))


def _has_title(name: str, number: int) -> bool:
    page = layout_of(name)._document.pages[number - 1]
    return any(
        isinstance(box, boxes.BlockBox) and box.element is not None and box.element.get("class") == "table-title"
        for box in page._page_box.descendants()
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_pages_look_as_they_did_from_afar(name, golden):
    found = contact_sheet(example(name)[1])
    with Image.open(io.BytesIO(golden.data(picture_file(name, "all"), png(found)))) as picture:
        before = picture.convert("L")
        assert found.size == before.size
        assert pages_changed(found, before, len(sheets(name))) == []


@pytest.mark.parametrize(("name", "number"), PICTURES)
def test_pages_look_as_they_did(name, number, golden):
    found = picture(name, number)
    with Image.open(io.BytesIO(golden.data(picture_file(name, number), png(found)))) as before:
        assert found.size == before.size
        assert difference(found, before.convert("L")) < ALIKE


def test_pictures_of_different_pages_differ():
    """The tolerance is narrow enough to tell pages apart."""
    first, second = picture(BUDGET, 3), picture(BUDGET, 7)

    assert difference(first, second) > 2 * ALIKE
