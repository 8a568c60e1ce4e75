"""Tables of the HTML document as Word tables, one XML string each.

Written as text because building a table cell by cell through python-docx is slower by
orders of magnitude (design/performance.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml.html import HtmlElement

from gongkai.document.grid import column_shares
from gongkai.document.vocabulary import CELLS, HEAD_CELL, PLAIN_CELL, indent_of, kind_of
from gongkai.output.layout.density import COMPACT, Setting
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

from .bars import BarPictures, bars_of
from .page import twips
from .styles import COMPACT_SUFFIX
from .text import Paragraph, paragraph_texts, text_runs

# A row with a cell longer than this may be split between pages; others stay whole.
_LONG_CELL = 300


@dataclass(frozen=True)
class TableFrame:
    """What a table takes from its surroundings, and how closely it is set.

    A chart's ``bars`` leave ``bar_margin`` twips of their column free.
    """

    width: int
    header_fill: str
    setting: Setting
    title: str = ""
    continued: bool = False
    bars: BarPictures | None = None
    bar_margin: int = 0


@dataclass
class _Span:
    """A cell that reaches down: how many rows are left, how many columns, and its look."""

    rows: int
    columns: int
    style: str


@dataclass
class _Grid:
    """Column edges in twips, the shade of headings, and whether header rows are now written."""

    edges: list[int]
    shade: str
    frame: TableFrame
    suffix: str
    is_head: bool = False

    @property
    def columns(self) -> int:
        return len(self.edges) - 1

    def cell(self, column: int, span: int, merge: str, style: str, content: str, *, unbroken: bool = False) -> str:
        """One ``w:tc``; ``merge`` is its ``w:vMerge`` element or nothing, ``unbroken`` text is not wrapped."""
        # The table style shades its first row only; a header often has more, and forms have labels.
        fill = self.shade if self.is_head or style.startswith(HEAD_CELL.word) else ""
        across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{self.edges[column + span] - self.edges[column]}" w:type="dxa"/>'
            f"{across}{merge}{fill}{'<w:noWrap/>' * unbroken}</w:tcPr>{content}</w:tc>"
        )


def table_xml(table: HtmlElement, frame: TableFrame) -> str:
    """A ``w:tbl`` of exactly ``frame.width``; ``continued`` when another table follows at once."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{frame.header_fill}"/>'
    suffix = COMPACT_SUFFIX if frame.setting.name == COMPACT else ""
    grid = _Grid(_column_edges(table, frame.width), shade, frame, suffix)
    rows: list[str] = []
    groups = _row_groups(table)
    for group, is_head in groups:
        grid.is_head = is_head
        rows += _rows_xml(group, grid, is_head)
    columns = "".join(
        f'<w:gridCol w:w="{right - left}"/>' for left, right in zip(grid.edges, grid.edges[1:], strict=False)
    )
    # The next table begins with this rule.
    borders = '<w:tblBorders><w:bottom w:val="nil"/></w:tblBorders>' if frame.continued else ""
    has_head = any(is_head for _, is_head in groups)
    caption = f"<w:tblCaption w:val={quoteattr(frame.title)}/>" if frame.title else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="DisclosureTable"/><w:tblW w:w="{frame.width}" w:type="dxa"/>'
        f'{borders}<w:tblLayout w:type="fixed"/>{_cell_margins(frame.setting)}'
        f'<w:tblLook w:val="{"0620" if has_head else "0600"}"'
        f' w:firstRow="{int(has_head)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell_margins(setting: Setting) -> str:
    """The table's own space above and below text, where it differs from the table style's."""
    if not setting.name:
        return ""
    space = f'w:w="{twips(setting.vertical)}" w:type="dxa"'
    return f"<w:tblCellMar><w:top {space}/><w:bottom {space}/></w:tblCellMar>"


def _row_groups(table: HtmlElement) -> list[tuple[list[HtmlElement], bool]]:
    """Rows by thead and tbody with whether they are the header; spans never leave a group."""
    groups = [
        ([row for row in part if row.tag == "tr"], part.tag == "thead")
        for part in table
        if part.tag in ("thead", "tbody")
    ]
    loose = [row for row in table if row.tag == "tr"]
    return [*groups, (loose, False)] if loose else groups


def _column_edges(table: HtmlElement, width: int) -> list[int]:
    """Left edges of the columns and the right edge of the last; the shares always fill the width."""
    shares = column_shares(table)
    edges, reached = [0], 0.0
    for share in shares:
        reached += share
        edges.append(round(width * reached / sum(shares)))
    return edges


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _count(cell: HtmlElement, attribute: str) -> int:
    return int(cell.get(attribute) or 1)


def _cell_style(cell: HtmlElement, is_head: bool) -> str:
    """The paragraph style of a cell from its classes; a header cell is always a 表格标目."""
    if is_head:
        return HEAD_CELL.word
    kind = kind_of(cell)
    if not kind:
        return (HEAD_CELL if cell.tag == "th" else PLAIN_CELL).word
    return f"{CELLS[kind].word}{indent_of(cell) or ''}"


def _rows_xml(rows: list[HtmlElement], grid: _Grid, is_head: bool) -> Iterator[str]:
    """The ``w:tr`` elements of one row group."""
    spans: dict[int, _Span] = {}
    for row in rows:
        content, longest = _row_cells(row, grid, is_head, spans)
        properties = ("" if longest > _LONG_CELL else "<w:cantSplit/>") + ("<w:tblHeader/>" if is_head else "")
        yield f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{content}</w:tr>"


def _row_cells(row: HtmlElement, grid: _Grid, is_head: bool, spans: dict[int, _Span]) -> tuple[str, int]:
    """The cells of a row, and the length of its longest text.

    ``spans`` holds the cells reaching down from above, by their first column, and is updated.
    """
    cells = _cells(row)
    out: list[str] = []
    column = longest = 0
    while column < grid.columns:
        above = spans.get(column)
        if above is not None:
            empty = Paragraph(above.style, "").xml()
            out.append(grid.cell(column, above.columns, "<w:vMerge/>", above.style, empty))
            column += above.columns
            above.rows -= 1
            if not above.rows:
                del spans[column - above.columns]
            continue
        cell = next(cells, None)
        if cell is None:  # HTML lets a row end early; Word wants every column
            free = min((start for start in spans if start > column), default=grid.columns)
            style = f"{PLAIN_CELL.word}{grid.suffix}"
            out.append(grid.cell(column, free - column, "", style, Paragraph(style, "").xml()))
            column = free
            continue
        xml, width, length = _cell_xml(cell, grid, column, is_head, spans)
        out.append(xml)
        longest = max(longest, length)
        column += width
    return "".join(out), longest


def _cell_xml(
    cell: HtmlElement, grid: _Grid, column: int, is_head: bool, spans: dict[int, _Span]
) -> tuple[str, int, int]:
    """One cell, the columns it covers and the length of its text; notes in ``spans`` if it reaches down."""
    width, height = _count(cell, "colspan"), _count(cell, "rowspan")
    style = _cell_style(cell, is_head) + grid.suffix
    merge = ""
    if height > 1:
        spans[column] = _Span(height - 1, width, style)
        merge = '<w:vMerge w:val="restart"/>'
    texts = paragraph_texts(cell)
    content = "".join(Paragraph(style, text_runs(text)).xml() for text in texts)
    if grid.frame.bars is not None and (bars := bars_of(cell)):
        room = grid.edges[column + width] - grid.edges[column] - grid.frame.bar_margin
        content = "".join(Paragraph(style, grid.frame.bars.xml(bar, room)).xml() for bar in bars)
    unbroken = not is_head and bool(kind := kind_of(cell)) and CELLS[kind].unbroken
    xml = grid.cell(column, width, merge, style, content, unbroken=unbroken)
    return xml, width, sum(map(len, texts))
