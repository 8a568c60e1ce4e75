"""How a sheet of the book is shown and printed: what stays in sight, the paper, the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.intake.book.blocks.pivot import Pivot
from gongkai.intake.book.blocks.records import Records

from .plan import Placed

_A4 = 9
_UPRIGHT = 92.0
"""Characters that a page takes upright at a size that can be read."""
_MARGIN, _FOOT = 0.55, 0.8
"""Inches."""
_POINTS = 5.25
"""The width of a character."""
_UPRIGHT_PAGE, _LYING_PAGE = (516.0, 744.0), (763.0, 495.0)
"""Points that a page leaves for cells: width and height."""
_READABLE = 0.6
"""How small cells may be printed so that all blocks of a sheet stand on one page."""


def set_up(sheet: Any, blocks: Sequence[Placed], columns: Sequence[float], height: float) -> None:
    """Freeze the header of a list, and fit the filled rows of the sheet, so high in points, to the paper.

    Several blocks stand on one page where that can be read: no header is left alone at the foot of another.
    """
    first, last = blocks[0], blocks[-1]
    if first.growing and first.alone:
        sheet.freeze_panes(first.first, _stay(first))
        sheet.repeat_rows(first.header)
    width = sum(columns)
    upright, lying = (_scale(page, width, height) for page in (_UPRIGHT_PAGE, _LYING_PAGE))
    if len(blocks) > 1 and max(upright, lying) >= _READABLE:
        fit_to_paper(sheet, upright=upright >= lying, pages=1)
    else:
        fit_to_paper(sheet, upright=width <= _UPRIGHT)
    end = last.header + len(last.rows) if last.rows else last.last
    sheet.print_area(1, 0, end, len(columns) - 1)


def _scale(page: tuple[float, float], width: float, height: float) -> float:
    """How large so many characters and points of height are printed on one page; at most as they are."""
    return min(1.0, page[0] / (width * _POINTS), page[1] / height)


def fit_to_paper(sheet: Any, *, upright: bool, pages: int = 0) -> None:
    """A4, as wide as the page and so many pages long (0: as many as there are), with the page's number."""
    sheet.set_paper(_A4)
    if not upright:
        sheet.set_landscape()
    sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, _FOOT)
    sheet.fit_to_pages(1, pages)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _stay(placed: Placed) -> int:
    """How many columns stay in sight: what a row is of."""
    if isinstance(placed.block, Pivot):
        return placed.at[placed.block.axis] + 1
    return 1 if isinstance(placed.block, Records) else 0
