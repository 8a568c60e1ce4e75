"""Pages of the Word file: lengths, section properties and the page number in the footer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from gongkai.packs.style import Margins, PageStyle

from .text import text_runs

Orientation = Literal["portrait", "landscape"]
FooterKind = Literal["default", "even"]

_PAGE_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
# GB/T 9704-2012, 7.5: the rule beside the page number lies 7 mm below the type area.
_FOOTER_GAP = 7 * 72 / 25.4


def twips(points: float) -> int:
    """Points in twentieths of a point (dxa), the unit of lengths in Word."""
    return round(points * 20)


def margins_of(page: PageStyle, orientation: Orientation) -> Margins:
    """The margins of pages of one orientation."""
    return page.landscape if _is_turned(page, orientation) else page.portrait


def _is_turned(page: PageStyle, orientation: Orientation) -> bool:
    return page.all_landscape or orientation == "landscape"


def paper(page: PageStyle, orientation: Orientation) -> tuple[int, int]:
    """Width and height of the paper in twips, as it lies."""
    width, height = twips(page.width), twips(page.height)
    return (height, width) if _is_turned(page, orientation) else (width, height)


def text_width(page: PageStyle, orientation: Orientation) -> int:
    """The width between the margins in twips."""
    margins = margins_of(page, orientation)
    return paper(page, orientation)[0] - twips(margins.left) - twips(margins.right)


def section_properties(
    page: PageStyle,
    orientation: Orientation,
    *,
    footer_line: float,
    footers: Mapping[FooterKind, str] | None = None,
    headers: Mapping[FooterKind, str] | None = None,
    head: float | None = None,
    first_number: int | None = None,
) -> str:
    """A ``w:sectPr``; a section without ``footers`` and ``headers`` continues those of the section before it.

    ``head`` is how far above the type area what is in the headers begins, in points.
    """
    margins = margins_of(page, orientation)
    width, height = paper(page, orientation)
    references = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="{rel}"/>'
        for part, relations in (("header", headers), ("footer", footers))
        for kind, rel in (relations or {}).items()
    )
    header = margins.top / 2 if head is None else max(margins.top - head, 0)
    turned = ' w:orient="landscape"' if _is_turned(page, orientation) else ""
    footer = max(margins.bottom - _FOOTER_GAP - footer_line, 0)
    numbering = "" if first_number is None else f'<w:pgNumType w:start="{first_number}"/>'
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{twips(margins.top)}" w:right="{twips(margins.right)}"'
        f' w:bottom="{twips(margins.bottom)}" w:left="{twips(margins.left)}"'
        f' w:header="{twips(header)}" w:footer="{twips(footer)}" w:gutter="0"/>'
        # A docGrid without a type has no grid: the lines of the styles stay as they are.
        f'{numbering}<w:cols w:space="425"/><w:docGrid w:linePitch="312"/></w:sectPr>'
    )


def footer_paragraph(page: PageStyle, kind: FooterKind) -> str:
    """The page number as the pack writes it (— 1 —) around a real PAGE field."""
    before, _, after = page.number.partition("{页}")
    style = "FooterEven" if kind == "even" else "Footer"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{text_runs(before, keep_space=True)}{_PAGE_FIELD}{text_runs(after, keep_space=True)}</w:p>"
    )
