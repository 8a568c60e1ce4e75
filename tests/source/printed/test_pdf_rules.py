"""Lines of a table, however a program draws them, are the same grid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pytest

from gongkai.source.printed.pdf.layout.grids import Grid, Region, grids_of
from gongkai.source.printed.pdf.stored.content import content_of
from gongkai.source.printed.pdf.stored.geometry import Content
from gongkai.source.printed.pdf.stored.opened import opened
from support.paper import changed, drawing

XS, YS = (100, 200, 320, 400), (700, 660, 620)
"""Three columns, two rows, from the lower left."""


def lines() -> Iterator[tuple[int, int, int, int]]:
    """From where to where each line goes; that between the first two cells of the first row is missing."""
    yield from ((XS[0], y, XS[-1], y) for y in YS)
    yield from ((x, YS[0], x, YS[-1]) for x in (XS[0], XS[2], XS[3]))
    yield XS[1], YS[1], XS[1], YS[2]


def stroked() -> str:
    return "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in lines())


def in_one_path() -> str:
    return "".join(f"{a} {b} m {c} {d} l\n" for a, b, c, d in lines()) + "S"


def thin_boxes(width: float = 0.5) -> str:
    return "".join(f"{a} {d} {max(c - a, width)} {max(b - d, width)} re f\n" for a, b, c, d in lines())


def thin_boxes_in_one_path() -> str:
    return thin_boxes().replace(" f\n", "\n") + "f"


def pieces() -> str:
    """Each line in pieces that stop at the lines that cross it, with squares there, as Word draws."""
    found = []
    for a, b, c, d in lines():
        places = [x for x in XS if a <= x <= c] if b == d else [y for y in YS[::-1] if d <= y <= b]
        for one, two in pairwise(places):
            room = two - one - 0.5
            found.append(f"{one + 0.5} {b} {room} .5 re f" if b == d else f"{a} {one + 0.5} .5 {room} re f")
        found += [f"{at} {b} .5 .5 re f" if b == d else f"{a} {at} .5 .5 re f" for at in places]
    return "\n".join(found)


def thick_boxes() -> str:
    return thin_boxes(3)


def cell_boxes() -> str:
    cells = [(XS[0], YS[0], XS[2], YS[1]), (XS[2], YS[0], XS[3], YS[1])]
    cells += [(XS[at], YS[1], XS[at + 1], YS[2]) for at in range(3)]
    return "".join(f"{a} {d} {c - a} {b - d} re S\n" for a, b, c, d in cells)


def dashes() -> str:
    return "[2 1] 0 d\n" + stroked()


def grid_of(data: bytes) -> Grid:
    [grid] = grids_of(*rules_of(data))
    return grid


def rules_of(data: bytes) -> tuple[list, list]:
    content = first_page(data)
    return content.across, content.down


def first_page(data: bytes) -> Content:
    with opened(data, "a.pdf") as document:
        page = document[0]
        text = page.get_textpage()
        return content_of(page.raw, text.raw, 1)


WANTED = [Region(0, 0, 0, 1), Region(0, 2, 0, 2), Region(1, 0, 1, 0), Region(1, 1, 1, 1), Region(1, 2, 1, 2)]


WAYS = (stroked, in_one_path, thin_boxes, thin_boxes_in_one_path, thick_boxes, pieces, cell_boxes, dashes)


@pytest.mark.parametrize("draw", WAYS, ids=lambda way: way.__name__)
def test_a_grid_is_the_same_however_it_is_drawn(draw):
    grid = grid_of(drawing(draw().encode()))

    assert grid.regions == WANTED
    assert list(grid.xs) == pytest.approx(XS, abs=1.5)
    assert list(grid.ys) == pytest.approx([842 - y for y in YS], abs=1.5)


def test_a_drawing_within_a_drawing_is_where_it_is_put():
    def wrap(pdf: pikepdf.Pdf) -> None:
        form = pikepdf.Stream(pdf, stroked().encode())
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 595, 842]
        form.Matrix = [0.5, 0, 0, 0.5, 0, 0]
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=pdf.make_indirect(form)))

    grid = grid_of(changed(drawing(b"1 0 0 1 10 0 cm /F Do"), wrap))

    assert grid.regions == WANTED
    assert list(grid.xs) == pytest.approx([x / 2 + 10 for x in XS], abs=1.5)


def test_open_sides_are_sides():
    """Lines across that reach beyond the outermost lines down: a table whose sides are not drawn."""
    across = "".join(f"{XS[0]} {y} m {XS[-1]} {y} l S\n" for y in YS)
    grid = grid_of(drawing((across + f"{XS[2]} {YS[0]} m {XS[2]} {YS[-1]} l S").encode()))

    assert [(region.left, region.right) for region in grid.regions] == [(0, 0), (1, 1)] * 2
    assert list(grid.xs) == pytest.approx([XS[0], XS[2], XS[3]], abs=1.5)


@pytest.mark.parametrize(
    "content",
    [
        "100 100 m 400 100 l S",
        "100 100 300 200 re S",
        "100 100 300 200 re f 0 0 m 300 400 l S",
        "100 100 m 150 300 200 300 250 100 c S",
        "100 100 m 400 100 l n 100 90 m 100 300 l n 200 90 m 200 300 l n",
    ],
    ids=["underline", "frame", "shade and slope", "curve", "not drawn"],
)
def test_what_is_no_grid(content):
    assert grids_of(*rules_of(drawing(content.encode()))) == []
