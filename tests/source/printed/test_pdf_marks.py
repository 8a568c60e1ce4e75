"""Places highlighted in a copy of a PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
import pytest

from gongkai.findings import Box, FindingsError
from gongkai.source.printed.pdf.marks import Mark, highlighted
from gongkai.source.printed.pdf.read import read_pdf_data
from support.paper import OVER, changed, paper, rows, turned

PLAIN = paper(f"{OVER}<table class=g><tr><th>编码</th><th>名称</th><th>合计</th><th>基本</th></tr>{rows(3)}</table>")


@dataclass
class Note:
    kind: str
    text: str
    author: str
    sides: list[float]
    corners: int


def annotations(data: bytes) -> list[Note]:
    """The annotations of the first page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            Note(
                str(each.Subtype),
                str(each.Contents),
                str(each.get("/T", "")),
                [float(side) for side in each.Rect],
                len(each.get("/QuadPoints", [])) // 8,
            )
            for each in pdf.pages[0].get("/Annots", [])
        ]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_cell_is_marked_where_it_stands(quarters):
    data = changed(PLAIN, turned([quarters]))
    [table] = read_pdf_data(data, "a.pdf").tables
    [upright] = read_pdf_data(PLAIN, "a.pdf").tables
    spot, box = table.spots[5, 3], upright.spots[5, 3].box
    [mark] = annotations(highlighted(data, [Mark(spot.page, [spot.box], "差 0.01 万元", "核对")], "a.pdf"))

    assert (mark.kind, mark.text, mark.author, mark.corners) == ("/Highlight", "差 0.01 万元", "核对", 1)
    stored = [box.left - 1, 841.89 - box.bottom - 1, box.right + 1, 841.89 - box.top + 1]
    assert mark.sides == pytest.approx(stored, abs=0.1)


def test_a_note_without_a_place_stands_at_the_corner_of_its_page():
    data = highlighted(PLAIN, [Mark(0, [], "全文"), Mark(9, [], "没有这一页")], "a.pdf")
    notes = annotations(data)

    assert [(note.kind, note.text) for note in notes] == [("/Text", "全文"), ("/Text", "没有这一页")]
    assert notes[0].sides != notes[1].sides


def test_the_copy_says_the_same_and_is_always_the_same():
    marks = [Mark(1, [Box(90, 90, 200, 110), Box(90, 110, 150, 130)], "两行")]
    copy = highlighted(PLAIN, marks, "a.pdf")
    one, other = (read_pdf_data(data, "a.pdf") for data in (PLAIN, copy))

    assert copy == highlighted(PLAIN, marks, "a.pdf")
    assert [table.sheet.cells for table in one.tables] == [table.sheet.cells for table in other.tables]
    assert annotations(copy)[0].corners == 2


def test_what_is_no_pdf_is_not_marked():
    with pytest.raises(FindingsError):
        highlighted(b"PK", [Mark(1, [], "")], "a.pdf")
