"""Workbooks in which a text is never anything but a text, whole: what every report and the tables are written with."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongkai.findings import Finding, FindingsError, Level, shown
from gongkai.texts.formulas import like_a_formula

_LONGEST_TEXT = 32_767
"""UTF-16 units that a cell holds; the library would cut what is longer."""


class TextSheet(Worksheet):  # type: ignore[misc]  # the library is typed in part
    """A sheet of a ``TextBook``."""

    book: TextBook

    def write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        """Write a text as it stands. Raises FindingsError where no cell could hold it."""
        if len(string.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
            message = f"“{shown(string)}”有 {len(string):,} 字，工作簿的一格最多放 {_LONGEST_TEXT:,} 字"
            advice = "请精简这段文字；或不生成 XLSX（--format 里不写 xlsx）"
            raise FindingsError([Finding("GK642", Level.ERROR, message, advice)])
        look = self.book.quoted(cell_format) if like_a_formula(string) else cell_format
        written: int = super().write_string(row, col, _whole(string), look)
        return written


class TextBook(Workbook):  # type: ignore[misc]
    """A workbook in memory: texts stay texts, also when somebody goes into the cell and presses Enter."""

    def __init__(self, stream: io.BytesIO, properties: Mapping[str, str], created: datetime) -> None:
        self._given: dict[Format, Mapping[str, Any]] = {}
        self._quoted: dict[Format | None, Format] = {}
        super().__init__(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self.set_properties({**properties, "created": created})

    def add_worksheet(self, name: str | None = None, worksheet_class: Any = TextSheet) -> Any:
        """A new sheet, whatever it is asked to write."""
        sheet = super().add_worksheet(name, worksheet_class)
        sheet.book = self
        sheet.add_write_handler(str, _as_text)
        return sheet

    def add_format(self, properties: Mapping[str, Any] | None = None) -> Format:
        """A new look of cells."""
        look = super().add_format(properties)
        self._given[look] = properties or {}
        return look

    def quoted(self, look: Format | None) -> Format:
        """The same look for a text that must not be read as a formula (quotePrefix)."""
        if look not in self._quoted:
            given = self._given[look] if look is not None else {}
            self._quoted[look] = self.add_format({**given, "quote_prefix": True})
        return self._quoted[look]


def _whole(string: str) -> str:
    """The text for the library, which takes what begins with <r> and ends with </r> for markup and not for words."""
    if string.startswith("<r>") and string.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(string)}</t></r>'
    return string


def _as_text(sheet: TextSheet, row: int, col: int, text: str, look: Format | None = None) -> int | None:
    """What the general ways of writing do with a text; None leaves an empty one to them."""
    return sheet.write_string(row, col, text, look) if text else None
