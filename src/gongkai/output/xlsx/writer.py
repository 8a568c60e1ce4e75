"""All tables as a workbook in the official layout: a sheet for each, with real numbers, ready to be printed."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gongkai.document.parse import HtmlDocument
from gongkai.statements.tables.table import Table

from .book import TextBook
from .formats import Formats
from .sheet import write_table

if TYPE_CHECKING:
    from gongkai.document.compose import Rendered

_CONTENTS = "目录"
_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'\u3000 ")


def render_xlsx(document: HtmlDocument, rendered: Rendered) -> bytes:
    """The workbook; equal contents give equal bytes: it is dated by the publication, not by the clock."""
    stream = io.BytesIO()
    created = datetime.datetime.combine(document.published, datetime.time())
    book = TextBook(stream, {"title": document.title, "author": document.author}, created)
    formats, tables = _formats(book, rendered), rendered.tables
    contents = book.add_worksheet(_CONTENTS)
    names = sheet_names(tables)
    for table, name in zip(tables, names, strict=True):
        write_table(book.add_worksheet(name), table, formats, rendered)
    _write_contents(contents, document, tables, names, formats)
    book.close()
    return stream.getvalue()


def _formats(book: TextBook, rendered: Rendered) -> Formats:
    wording = rendered.wording
    return Formats(book, rendered.pack.style, grouped_forms=wording.groups_forms)


def sheet_names(tables: Sequence[Table]) -> list[str]:
    """A name for every sheet: number and title, within what a workbook allows, none twice."""
    names: list[str] = []
    used = {_CONTENTS}
    for table in tables:
        whole = f"{table.number}{table.title}".translate(_FORBIDDEN) or "表"
        name, again = whole[:_LONGEST_NAME], 1
        while name.lower() in used:
            again += 1
            name = f"{whole[: _LONGEST_NAME - 5]}({again})"
        used.add(name.lower())
        names.append(name)
    return names


def _write_contents(
    sheet: Any, document: HtmlDocument, tables: Sequence[Table], names: Sequence[str], formats: Formats
) -> None:
    """The first sheet: what the workbook is, and a link to every table."""
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 70)
    sheet.set_paper(formats.A4)
    sheet.fit_to_pages(1, 0)
    sheet.merge_range(0, 0, 0, 1, document.title, formats.of("表题"))
    for line, (table, name) in enumerate(zip(tables, names, strict=True), 2):
        sheet.write_string(line, 0, table.number, formats.of("表格文字", align="center", border=1))
        link = formats.of("表格文字", border=1, font_color="#0b4f9e", underline=1)
        sheet.write_url(line, 1, f"internal:'{name}'!A1", link, table.title)
    sheet.activate()
