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
_MARGIN = 0.55
"""Inches."""


def set_up(sheet: Any, blocks: Sequence[Placed], columns: Sequence[float]) -> None:
    """Freeze the header of a list, and fit the filled rows of the sheet to the width of the paper."""
    first, last = blocks[0], blocks[-1]
    if first.growing and first.alone:
        sheet.freeze_panes(first.first, _stay(first))
        sheet.repeat_rows(first.header)
    fit_to_paper(sheet, upright=sum(columns) <= _UPRIGHT)
    end = last.header + len(last.rows) if last.rows else last.last
    sheet.print_area(1, 0, end, len(columns) - 1)


def fit_to_paper(sheet: Any, *, upright: bool) -> None:
    """A4, as wide as the page, with the page's number."""
    sheet.set_paper(_A4)
    if not upright:
        sheet.set_landscape()
    sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, 0.8)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _stay(placed: Placed) -> int:
    """How many columns stay in sight: what a row is of."""
    if isinstance(placed.block, Pivot):
        return placed.at[placed.block.axis] + 1
    return 1 if isinstance(placed.block, Records) else 0
