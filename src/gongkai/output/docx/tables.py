"""Tables of the HTML document as Word tables, one XML string each.

Written as text because building a table cell by cell through python-docx is slower by
orders of magnitude (docs/决策/03-Word的表写成一段XML.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml.html import HtmlElement

from gongkai.document.grid import Placed, column_shares, place_cells
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
    head_rows = len(table.findall("thead/tr"))
    rows = [
        _row_xml(covering, grid, is_head=number < head_rows, number=number)
        for number, covering in enumerate(_covering(table))
    ]
    columns = "".join(
        f'<w:gridCol w:w="{right - left}"/>' for left, right in zip(grid.edges, grid.edges[1:], strict=False)
    )
    # The next table begins with this rule.
    borders = '<w:tblBorders><w:bottom w:val="nil"/></w:tblBorders>' if frame.continued else ""
    caption = f"<w:tblCaption w:val={quoteattr(frame.title)}/>" if frame.title else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="DisclosureTable"/><w:tblW w:w="{frame.width}" w:type="dxa"/>'
        f'{borders}<w:tblLayout w:type="fixed"/>{_cell_margins(frame.setting)}'
        f'<w:tblLook w:val="{"0620" if head_rows else "0600"}"'
        f' w:firstRow="{int(bool(head_rows))}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell_margins(setting: Setting) -> str:
    """The table's own space above and below text, where it differs from the table style's."""
    if not setting.name:
        return ""
    space = f'w:w="{twips(setting.vertical)}" w:type="dxa"'
    return f"<w:tblCellMar><w:top {space}/><w:bottom {space}/></w:tblCellMar>"


def _covering(table: HtmlElement) -> list[list[Placed]]:
    """For each row the cells that cover it, those that begin above among them, from left to right."""
    rows: list[list[Placed]] = [[] for _ in table.iter("tr")]
    for placed in place_cells(table):
        for row in rows[placed.row : placed.row + placed.rows]:
            row.append(placed)
    return [sorted(row, key=lambda placed: placed.column) for row in rows]


def _column_edges(table: HtmlElement, width: int) -> list[int]:
    """Left edges of the columns and the right edge of the last; the shares always fill the width."""
    shares = column_shares(table)
    edges, reached = [0], 0.0
    for share in shares:
        reached += share
        edges.append(round(width * reached / sum(shares)))
    return edges


def _cell_style(cell: HtmlElement, is_head: bool) -> str:
    """The paragraph style of a cell from its classes; a header cell is always a 表格标目."""
    if is_head:
        return HEAD_CELL.word
    kind = kind_of(cell)
    if not kind:
        return (HEAD_CELL if cell.tag == "th" else PLAIN_CELL).word
    return f"{CELLS[kind].word}{indent_of(cell) or ''}"


def _row_xml(covering: Sequence[Placed], grid: _Grid, *, is_head: bool, number: int) -> str:
    """The ``w:tr`` of a row; HTML lets a row end early, Word wants every column."""
    grid.is_head = is_head
    out: list[str] = []
    column = longest = 0
    for placed in covering:
        out += _filling(grid, column, placed.column)
        if placed.row == number:
            texts = paragraph_texts(placed.cell)
            longest = max(longest, sum(map(len, texts)))
            out.append(_cell_xml(placed, texts, grid))
        else:
            out.append(_continued_xml(placed, grid))
        column = placed.column + placed.columns
    out += _filling(grid, column, grid.columns)
    properties = ("" if longest > _LONG_CELL else "<w:cantSplit/>") + ("<w:tblHeader/>" if is_head else "")
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(out)}</w:tr>"


def _filling(grid: _Grid, start: int, end: int) -> Iterator[str]:
    """An empty cell over columns in which nothing stands."""
    if start < end:
        style = f"{PLAIN_CELL.word}{grid.suffix}"
        yield grid.cell(start, end - start, "", style, Paragraph(style, "").xml())


def _continued_xml(placed: Placed, grid: _Grid) -> str:
    """What Word has where a cell from above reaches down."""
    style = _cell_style(placed.cell, grid.is_head) + grid.suffix
    return grid.cell(placed.column, placed.columns, "<w:vMerge/>", style, Paragraph(style, "").xml())


def _cell_xml(placed: Placed, texts: Sequence[str], grid: _Grid) -> str:
    """One cell, with its text by paragraphs, in the row where it begins."""
    cell = placed.cell
    style = _cell_style(cell, grid.is_head) + grid.suffix
    content = "".join(Paragraph(style, text_runs(text)).xml() for text in texts)
    if len(cell) and grid.frame.bars is not None and (bars := bars_of(cell)):
        room = grid.edges[placed.column + placed.columns] - grid.edges[placed.column] - grid.frame.bar_margin
        content = "".join(Paragraph(style, grid.frame.bars.xml(bar, room)).xml() for bar in bars)
    merge = '<w:vMerge w:val="restart"/>' if placed.rows > 1 else ""
    unbroken = not grid.is_head and placed.unbroken
    return grid.cell(placed.column, placed.columns, merge, style, content, unbroken=unbroken)
