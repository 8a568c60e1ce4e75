"""The vocabulary of the document: what each element and class means, and what every output makes of it.

One table each of elements, of paragraphs and of cells. Style sheet, Word styles, tags of the PDF, the web page
and the fitting of tables read them; what a pack may write at all is said here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongkai.packs.ledger import FROM

CONTAINER, BLOCK, INLINE, VOID = "container", "block", "inline", "void"
"""What an element is: one in which only elements stand, one of text, one within a text, one without content."""


@dataclass(frozen=True, slots=True)
class Element:
    """An HTML element: what it is, the attributes it may have beside ``EVERYWHERE``, its tag in the PDF.

    ``meaning`` tells those who write templates what it is for; it is empty for what no template writes in a section.
    """

    kind: str
    attributes: frozenset[str] = frozenset()
    tag: str = ""
    meaning: str = ""


EVERYWHERE = frozenset({"class", "id", "lang"})
"""Attributes of every element."""

_CELL = frozenset({"colspan", "rowspan", "scope"})
_LISTED = frozenset({"data-contents"})

ELEMENTS: Mapping[str, Element] = {
    "html": Element(CONTAINER),
    "head": Element(CONTAINER),
    "title": Element(BLOCK),
    "meta": Element(VOID, frozenset({"charset", "name", "content"})),
    "body": Element(CONTAINER),
    "section": Element(
        CONTAINER, frozenset({"data-orientation"}), "Sect", meaning="一块：封面、一个部分、一张表，由类说明是哪一种"
    ),
    "div": Element(CONTAINER, tag="Div", meaning="一组：落款、一张图"),
    "nav": Element(CONTAINER, tag="TOC", meaning="目录"),
    "h1": Element(BLOCK, _LISTED, "H1", meaning="部分的标题"),
    "h2": Element(BLOCK, _LISTED, "H2", meaning="节的标题"),
    "h3": Element(BLOCK, _LISTED, "H3", meaning="条的标题"),
    "p": Element(BLOCK, _LISTED, "P", meaning="一段；写了类的是表题、表注等"),
    "span": Element(INLINE, frozenset({"style"}), meaning="段落里的一小段：图的横条"),
    "br": Element(INLINE, meaning="换行"),
    "data": Element(INLINE, frozenset({"value", FROM})),
    "a": Element(INLINE, frozenset({"href"}), "Link", meaning="指向本文件里的一处"),
    "table": Element(CONTAINER, tag="Table", meaning="表格"),
    "colgroup": Element(CONTAINER, meaning="各列的宽"),
    "col": Element(VOID, frozenset({"style"}), meaning="一列的宽"),
    "thead": Element(CONTAINER, tag="THead", meaning="表头"),
    "tbody": Element(CONTAINER, tag="TBody", meaning="表身"),
    "tr": Element(CONTAINER, tag="TR", meaning="一行"),
    "th": Element(BLOCK, _CELL, "TH", meaning="表头的一格"),
    "td": Element(BLOCK, _CELL, "TD", meaning="一格"),
}
"""Everything that a document may consist of."""

AMOUNT = "data"
"""The element of an amount: its figure as a number in ``value``, as it is printed in its text."""

CONTAINERS = frozenset(tag for tag, element in ELEMENTS.items() if element.kind == CONTAINER)
INLINES = frozenset(tag for tag, element in ELEMENTS.items() if element.kind == INLINE)
UNCLOSED = frozenset(tag for tag, element in ELEMENTS.items() if element.kind == VOID) | {"br"}
"""Elements that have no closing tag."""

NEXT_HEADING = "H"
"""The tag of a title of a table: a heading one level below the heading before it."""


@dataclass(frozen=True, slots=True)
class Role:
    """A paragraph or heading: its role in style.yaml (样式), how it is written, its Word style, its tag in the PDF."""

    name: str
    element: str
    word: str
    tag: str
    class_: str = ""

    @property
    def selector(self) -> str:
        """Which elements of the document it is, for a style sheet."""
        return f"{self.element}.{self.class_}" if self.class_ else self.element


ROLES = (
    Role("正文", "p", "NormalIndent", "P"),
    Role("封面单位", "p", "CoverUnit", "P", "cover-unit"),
    Role("封面标题", "p", "Title", "P", "cover-title"),
    Role("封面日期", "p", "CoverDate", "P", "cover-date"),
    Role("目录标题", "p", "ContentsTitle", "Caption", "toc-title"),
    Role("目录一级", "p", "TOC1", "TOCI", "toc-1"),
    Role("目录二级", "p", "TOC2", "TOCI", "toc-2"),
    Role("一级标题", "h1", "Heading1", "H1"),
    Role("二级标题", "h2", "Heading2", "H2"),
    Role("三级标题", "h3", "Heading3", "H3"),
    Role("落款", "p", "SignOff", "P", "sign"),
    Role("表号", "p", "TableId", "P", "table-id"),
    Role("表题", "p", "Caption", NEXT_HEADING, "table-title"),
    Role("表副题", "p", "Subtitle", "P", "table-subtitle"),
    Role("表副题", "p", "Subtitle", "P", "chart-title"),
    Role("表头行", "p", "TableUnit", "P", "table-unit"),
    Role("表注", "p", "TableNote", "P", "table-note"),
)
"""Every paragraph and heading."""

_BY_CLASS = {(role.element, role.class_): role for role in ROLES}

COVER, CONTENTS, PART, SHEET, SIGNATURE = "cover", "toc", "part", "sheet", "signature"
"""Classes of what paragraphs and tables stand in: cover, contents, a part of the four, a table with its title,
the 落款."""

CHART, FORM, TOTAL = "chart", "form", "total"
"""Classes of tables and of a row: the bars of a chart, the form above an official table, its total."""

STRUCTURES: Mapping[str, str] = {
    f"section.{COVER}": "封面",
    f"nav.{CONTENTS}": "目录",
    f"section.{PART}": "一个部分，另起一页",
    f"section.{PART}.glance": "一图读懂的一页",
    f"section.{SHEET}": "一张表和它的表号、表题、注；data-orientation 是 landscape 的横向",
    f"div.{SIGNATURE}": "落款",
    f"div.{CHART}": "一张图",
    f"table.{CHART}": "图的数据表",
    "table.grid": "公开表、绩效表的表格",
    f"table.{FORM}": "绩效表上面的表单",
    "table.glance": "一图读懂的要点数",
    "table.dense": "行距收紧的表格，与 grid、form、chart 同写",
    f"tr.{TOTAL}": "合计行",
    "td.bar": "图里放横条的一格",
    "span.bar": '横条，长写作 style="width:52.13%"',
    "span.bar.prior": "上年的横条",
}
"""What paragraphs, tables and bars stand in, by element and classes, with what it means."""

KEPT, FIGURE, CONTINUES, NAMES_ROW = "kept", "figure", "continues", "names-row"
"""Classes that outputs add: text that is never parted, a figure in a face of its own, the line above a later part of a
table (it begins a page), a header of the web page that looks as any other cell: it says what its row's amounts are."""

PICTURE, EMBLEM = "img", "emblem"
"""The element and the class of the pack's emblem, which outputs add to the cover: no template may write it."""

LINES = "data-lines"
"""The attribute of a paragraph whose lines are marked: how many it has."""

TABLE_TITLE, CHART_TITLE, TABLE_UNIT, TABLE_NOTE = "table-title", "chart-title", "table-unit", "table-note"
COVER_TITLE, COVER_DATE, TOC_FIRST = "cover-title", "cover-date", "toc-1"


@dataclass(frozen=True, slots=True)
class CellKind:
    """What stands in a cell: its Word style, whether its text is never broken, its meaning for designers."""

    word: str
    unbroken: bool = False
    meaning: str = ""


NUMBER, TEXT, CODE, CENTER, LABEL = "num", "text", "code", "center", "label"

CELLS: Mapping[str, CellKind] = {
    NUMBER: CellKind("TableNumber", unbroken=True, meaning="数"),
    TEXT: CellKind("TableText", meaning="文字"),
    CODE: CellKind("TableCentre", unbroken=True, meaning="编码"),
    CENTER: CellKind("TableCentre", meaning="居中的文字"),
    LABEL: CellKind("TableHead", meaning="标目"),
}
"""The kinds of cells by their class; a cell of the header has none."""

HEAD_CELL, PLAIN_CELL = CELLS[LABEL], CELLS[TEXT]
_INDENT = "in-"


def classes_of(element: Any) -> list[str]:
    """The classes of an element; a comment has none."""
    return (element.get("class") or "").split() if isinstance(element.tag, str) else []


def role_of(element: Any) -> Role:
    """What a paragraph or heading is: the first of its classes that says so, else its element."""
    tag = element.tag
    return next((_BY_CLASS[tag, name] for name in classes_of(element) if (tag, name) in _BY_CLASS), _BY_CLASS[tag, ""])


def kind_of(cell: Any) -> str:
    """The class that says what stands in a cell; none for a cell of the header."""
    return _kind_among(cell.get("class") or "")


def indent_of(cell: Any) -> int:
    """How many characters the text of a cell stands in."""
    return _indent_among(cell.get("class") or "")


# Thousands of cells, each asked several times, have a score of different classes.
@lru_cache(maxsize=500)
def _kind_among(classes: str) -> str:
    return next((name for name in classes.split() if name in CELLS), "")


@lru_cache(maxsize=500)
def _indent_among(classes: str) -> int:
    return next((int(name.removeprefix(_INDENT)) for name in classes.split() if name.startswith(_INDENT)), 0)


def selector(name: str) -> str:
    """Which elements a role of style.yaml sets."""
    return ", ".join(role.selector for role in ROLES if role.name == name)
