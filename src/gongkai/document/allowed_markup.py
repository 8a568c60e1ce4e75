"""What a document may consist of. A pack is untrusted: anything that loads, runs or cannot be set is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

from lxml.html import HtmlElement, tostring

from gongkai.findings import Finding, FindingsError, Level, Place, shown
from gongkai.packs.ledger import FROM

from .grid import Placed, column_shares, place_cells
from .vocabulary import AMOUNT, CONTAINERS, ELEMENTS, EVERYWHERE, INLINES

_NOT_WRITTEN = frozenset({"html", "head", "body", "meta", "title", AMOUNT})
"""Elements that are there once, or that only functions print: no designer writes them."""
_WIDTH = re.compile(r"width:\s*\d+(\.\d+)?%")
_FIGURE = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_SPANS = {"colspan": 50, "rowspan": 1000}
"""The most that a cell may span: more is a slip or an attack, and takes a renderer for ever."""

Locate = Callable[..., Place | None]
"""Where in the pack any of the words stand that are handed in; None where that is not known."""


def refuse_foreign(root: HtmlElement, locate: Locate) -> None:
    """Raise FindingsError for every element, attribute or text that a disclosure has no use for."""
    # Cells can be put in their places only where their spans are numbers.
    spotted = dict.fromkeys((*_foreign(root), *_loose(root))) or dict.fromkeys(_uneven(root))
    if spotted:
        raise FindingsError(replace(finding, place=locate(*words)) for finding, words in spotted)


def error(message: str, advice: str, place: Place | None = None) -> Finding:
    """A finding about the document that a pack has made."""
    return Finding("GK604", Level.ERROR, message, advice, place=place)


Spotted = tuple[Finding, tuple[str, ...]]
"""What is wrong, and the words by which it is found in the templates."""


def _foreign(root: HtmlElement) -> Iterator[Spotted]:
    allowed = "、".join(tag for tag in ELEMENTS if tag not in _NOT_WRITTEN)
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue  # a comment
        if tag not in ELEMENTS:
            yield error(f"模板里有不能用的 HTML 元素 <{shown(tag)}>", f"可用：{allowed}"), (f"<{tag}",)
            continue
        if tag == AMOUNT and not _is_amount(element):
            advice = "金额由函数印出，如 {{ 金额(…) }}，不要自己写 <data>"
            yield error(f"模板里的金额“{shown(element.text_content())}”不是由函数印出的", advice), ("<data",)
        for name, value in element.attrib.items():
            problem = _attribute(tag, str(name), str(value))
            if problem is not None:
                yield problem, (f'{name}="{value}"', f"{name}='{value}'", f"{name}=")


def _is_amount(element: HtmlElement) -> bool:
    """Whether the element of an amount holds a figure, and states the same as a number."""
    figure = (element.text or "").replace(",", "")
    number = element.get(FROM, "0")
    noted = number.isascii() and number.isdecimal()  # and never a place of the file
    return _FIGURE.fullmatch(figure) is not None and figure == element.get("value") and noted and not len(element)


def _attribute(tag: str, name: str, value: str) -> Finding | None:
    if name not in EVERYWHERE and name not in ELEMENTS[tag].attributes:
        return error(f"模板里 <{tag}> 有不能用的属性 {shown(name)}", "字体、字号、颜色写在 style.yaml")
    if name == "href" and not value.startswith("#"):
        return error(f"模板里有指向文件之外的链接 {shown(value)}", "链接只能指向本文件里的标题")
    if name == "style" and _WIDTH.fullmatch(value) is None:
        return error(f"模板里 <{tag}> 有不能用的样式 {shown(value)}", "列宽写作 width:12.5%，其余写在 style.yaml")
    if name in _SPANS and not (re.fullmatch(r"[1-9]\d{0,3}", value, re.ASCII) and int(value) <= _SPANS[name]):
        return error(f"模板里 <{tag}> 的 {name} 不能是“{shown(value)}”", f"应为 1 至 {_SPANS[name]} 的整数")
    return None


def _loose(root: HtmlElement) -> Iterator[Spotted]:
    """Text that stands between blocks: the outputs would each do something else with it."""
    for element in root.iter():
        if element.tag not in CONTAINERS:
            continue
        inline = [child.text_content() or f"<{child.tag}" for child in element if child.tag in INLINES]
        for text in (element.text, *(child.tail for child in element), *inline):
            if text and text.strip():
                words = text.strip().split("\n")[0]
                advice = "文字要写在 <p>、标题或表格的单元格里"
                yield error(f"模板里有不在段落里的文字“{shown(text)}”", advice), (words,)


def _uneven(root: HtmlElement) -> Iterator[Spotted]:
    """Tables without rows, rows with more cells than there are columns, cells over others: their places are unknown."""
    for table in root.iter("table"):
        if next(table.iter("tr"), None) is None:
            yield error("模板里有没有一行的表格", "没有内容的表格不要写"), (_written(table), "<table")
            continue
        columns = len(column_shares(table))
        reached: set[tuple[int, int]] = set()
        for placed in place_cells(table):
            if placed.column + placed.columns > columns:
                problem = f"模板里的表格有 {columns} 列，“%s”这一格在第 {placed.column + placed.columns} 列"
                yield _of_cell(placed, problem, "请核对 <col> 的个数和各格的 colspan、rowspan")
            if placed.columns > 1 and not reached.isdisjoint(_places(placed)):
                yield _of_cell(placed, "模板里的表格，“%s”这一格和别的格重叠", "请核对各格的 colspan、rowspan")
            if placed.rows > 1:
                reached.update(_places(placed))


def _places(placed: Placed) -> Iterator[tuple[int, int]]:
    """The rows and columns that a cell covers."""
    rows = range(placed.row, placed.row + placed.rows)
    return product(rows, range(placed.column, placed.column + placed.columns))


def _of_cell(placed: Placed, problem: str, advice: str) -> Spotted:
    text = placed.cell.text_content().strip()
    return error(problem % shown(text), advice), (_written(placed.cell), text.split("\n")[0] or "<table")


def _written(element: HtmlElement) -> str:
    """An element as a template most likely has it."""
    return str(tostring(element, encoding="unicode", with_tail=False))
