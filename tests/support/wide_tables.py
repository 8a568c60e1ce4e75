"""Tables of amounts that are too wide for a page."""

from __future__ import annotations

from collections.abc import Sequence

import lxml.html
from lxml.html import HtmlElement

AMOUNT = "1,234,567,890.12"


def table(head: str, rows: str, shares: Sequence[float]) -> str:
    columns = "".join(f'<col style="width:{share}%">' for share in shares)
    return f'<table class="grid"><colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{rows}</tbody></table>'


def sheet(tables: str, orientation: str = "portrait") -> str:
    return (
        f'<section class="sheet" data-orientation="{orientation}"><p class="table-id">表 1</p>'
        f'<p class="table-title">某某情况表</p>{tables}<p class="table-note">备注：无。</p></section>'
    )


def document_of(content: str) -> HtmlElement:
    return lxml.html.document_fromstring(f"<html><body>{content}</body></html>")


def amounts_beside(name: str, amounts: int, shares: Sequence[float]) -> str:
    head = "<tr><th>名称</th>" + "<th>金额</th>" * amounts + "</tr>"
    row = f'<tr><td class="text">{name}</td>' + f'<td class="num">{AMOUNT}</td>' * amounts + "</tr>"
    return sheet(table(head, row, shares))
