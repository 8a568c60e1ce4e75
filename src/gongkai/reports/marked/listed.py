"""The sheet of findings: every one in reading order with a link to its cell, ready to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from lxml import etree

from gongkai.findings import Finding, column_letters, visible
from gongkai.reports.findings.report import exact, level, position, spot, summary
from gongkai.texts.formulas import like_a_formula
from gongkai.texts.width import columns

from .book import Book, Tab
from .cells import new_root
from .colours import LIGHT
from .styles import Styles
from .words import cut, printable, spelt

NAME = "核对结果"
"""Of the sheet, where the clerk has none of this name."""
MOST = 10_000
"""Findings that are listed; nobody reads more."""

_COLUMNS: tuple[tuple[str, float], ...] = (
    ("级别", 7), ("代码", 8), ("位置", 22), ("问题", 46), ("怎样改", 40), ("写明的数", 13), ("应为", 13), ("相差", 12),
    ("理由（豁免）", 20),
)  # fmt: skip
_LAST = column_letters(len(_COLUMNS))
_KEPT = column_letters(len(_COLUMNS) + 1)
"""The hidden column where the sheet is known by."""
_HEAD = 2
_MOST_DIGITS = 15
"""A spreadsheet's numbers hold no more."""
_LINE, _ROOM, _LOWEST, _HIGHEST = 13.5, 5.0, 20.0, 409.0
"""Points."""

_FONT = '{}<sz val="{}"/>{}<name val="宋体"/><family val="3"/><charset val="134"/>'
_SIDES = "".join(f'<{side} style="thin"><color indexed="64"/></{side}>' for side in ("left", "right", "top", "bottom"))
_BORDER = f"{_SIDES}<diagonal/>"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _solid(colour: str) -> str:
    return f'<patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill>'


class Listed:
    """The sheet, written from top to bottom."""

    def __init__(self, book: Book, styles: Styles, findings: Sequence[Finding], file: str) -> None:
        self._book, self._tag, self._tabs = book, book.tag, book.tabs()
        self._findings, self._file = findings, file
        self._links: list[tuple[str, str, str]] = []
        plain = _FONT.format("", 10, "")
        self._title = styles.look(font=_FONT.format("<b/>", 12, ""), wrap="0")
        self._header = styles.look(
            font=_FONT.format("<b/>", 10, ""), fill=_solid("FFEDEDED"), border=_BORDER, align="center"
        )
        self._text = styles.look(font=plain, border=_BORDER)
        self._quoted = styles.look(font=plain, border=_BORDER, quote="1")
        self._short = styles.look(font=plain, border=_BORDER, align="center")
        self._number = styles.look(font=plain, border=_BORDER, number_format="#,##0.00####")
        self._digits = styles.look(font=plain, border=_BORDER, align="right")
        link = _FONT.format("<u/>", 10, '<color rgb="FF0B4F9E"/>')
        self._link = styles.look(font=link, border=_BORDER)
        self._levels = {
            one: styles.look(font=plain, fill=_solid(f"FF{colour:06X}"), border=_BORDER, align="center")
            for one, colour in LIGHT.items()
        }

    def insert(self, kept: str, state: str = "") -> None:
        """Put the sheet into the workbook; by the text ``kept`` it is known as ours, the ``state`` is the caller's."""
        names = {tab.name.casefold() for tab in self._tabs}
        number = 1
        while (name := NAME if number == 1 else f"{NAME}({number})").casefold() in names:
            number += 1
        rows = [self._row(1, [self._cell("A1", self._summary(), self._title), self._cell(f"{_KEPT}1", kept, 0)], 24)]
        rows.append(self._head(state))
        rows += self._rows()
        ranges = f"'{name}'!$A${_HEAD}:${_LAST}${len(rows)}"
        titles = f"'{name}'!$1:${_HEAD}"
        self._book.insert_first(
            name, self._sheet(rows), {"_xlnm._FilterDatabase": ranges, "_xlnm.Print_Titles": titles}
        )

    def _summary(self) -> str:
        found = summary(self._findings) if self._findings else "没有发现问题"
        more = f"；只列出前 {MOST:,} 个" if len(self._findings) > MOST else ""
        return f"{NAME}　{visible(Path(self._file).name)}：{found}{more}"

    def _head(self, state: str) -> etree._Element:
        cells = [self._cell(f"{_letter(n)}{_HEAD}", title, self._header) for n, (title, _) in enumerate(_COLUMNS)]
        return self._row(_HEAD, [*cells, self._cell(f"{_KEPT}{_HEAD}", state, 0)], 22)

    def _rows(self) -> Iterator[etree._Element]:
        first = _HEAD + 1
        for number, finding in enumerate(self._findings[:MOST], first):
            yield self._finding(number, finding)
        if not self._findings:
            texts = ["", "", "", "没有发现问题", "", "", "", "", ""]
            cells = [self._cell(f"{_letter(n)}{first}", text, self._text) for n, text in enumerate(texts)]
            yield self._row(first, cells, _LOWEST)

    def _finding(self, number: int, finding: Finding) -> etree._Element:
        place = printable(spot(finding, self._file))
        target = self._target(finding)
        shown = place or printable(position(finding)) or "整个文件"
        if target:
            self._links.append((f"{_letter(2)}{number}", target, shown))
        look = self._short if finding.waived is not None else self._levels[finding.level]
        reason = finding.waived or ""
        texts = [level(finding), finding.code, shown, finding.message, "" if reason else finding.advice]
        looks = [look, self._short, self._link if target else self._text, self._text, self._text]
        cells = [self._cell(f"{_letter(n)}{number}", text, looks[n]) for n, text in enumerate(texts)]
        for n, value in enumerate((finding.stated, finding.expected, finding.difference), len(texts)):
            cells.append(self._figure(f"{_letter(n)}{number}", value))
        cells.append(self._cell(f"{_LAST}{number}", reason, self._text))
        return self._row(number, cells, _height([*texts, "", "", "", reason]))

    def _target(self, finding: Finding) -> str:
        """The cell that a link leads to; empty where the finding is of the file as a whole, or of another."""
        place = finding.place
        tab: Tab | None = None
        if place is not None and place.file == self._file and place.sheet:
            tab = self._book.at(place, self._tabs)
        if place is None or tab is None:
            return ""
        cell = f"{column_letters(max(place.column, 1))}{place.line}" if place.line else "A1"
        return f"'{tab.name.replace(chr(39), chr(39) * 2)}'!{cell}"

    # --- XML ---

    def _element(self, parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        element = etree.SubElement(parent, f"{self._tag}{name}")
        for key, value in attributes.items():
            element.set(key, value)
        return element

    def _row(self, number: int, cells: Sequence[etree._Element], height: float) -> etree._Element:
        row = etree.Element(f"{self._tag}row", {"r": str(number), "ht": f"{height:g}", "customHeight": "1"})
        row.extend(cells)
        return row

    def _cell(self, at: str, text: str, look: int) -> etree._Element:
        """A text; it is one whatever it begins with, also when somebody goes into the cell and presses Enter."""
        look = self._quoted if look == self._text and like_a_formula(text) else look
        cell = etree.Element(f"{self._tag}c", {"r": at, "s": str(look)})
        if text:
            cell.set("t", "inlineStr")
            words = self._element(self._element(cell, "is"), "t")
            words.set(_SPACE, "preserve")
            words.text = spelt(cut(printable(text)))
        return cell

    def _figure(self, at: str, value: Decimal | None) -> etree._Element:
        if value is None or not value.is_finite() or len(value.as_tuple().digits) > _MOST_DIGITS:
            return self._cell(at, exact(value), self._digits)
        cell = etree.Element(f"{self._tag}c", {"r": at, "s": str(self._number)})
        self._element(cell, "v").text = exact(value)
        return cell

    def _sheet(self, rows: Sequence[etree._Element]) -> etree._Element:
        root = new_root(self._tag, "worksheet")
        self._element(self._element(root, "sheetPr"), "pageSetUpPr", fitToPage="1")
        self._element(root, "dimension", ref=f"A1:{_KEPT}{len(rows)}")
        view = self._element(self._element(root, "sheetViews"), "sheetView", tabSelected="1", workbookViewId="0")
        below = f"A{_HEAD + 1}"
        self._element(view, "pane", ySplit=str(_HEAD), topLeftCell=below, activePane="bottomLeft", state="frozen")
        self._element(view, "selection", pane="bottomLeft", activeCell=below, sqref=below)
        self._element(root, "sheetFormatPr", defaultRowHeight="15")
        widths = self._element(root, "cols")
        for number, (_, width) in enumerate(_COLUMNS, 1):
            self._element(widths, "col", min=str(number), max=str(number), width=f"{width:g}", customWidth="1")
        kept = str(len(_COLUMNS) + 1)
        self._element(widths, "col", min=kept, max=kept, width="9", hidden="1", customWidth="1")
        self._element(root, "sheetData").extend(rows)
        self._element(root, "autoFilter", ref=f"A{_HEAD}:{_LAST}{len(rows)}")
        if self._links:
            links = self._element(root, "hyperlinks")
            for at, target, shown in self._links:
                self._element(links, "hyperlink", ref=at, location=target, display=cut(shown, 255))
        self._element(root, "printOptions", horizontalCentered="1")
        self._element(root, "pageMargins", left="0.4", right="0.4", top="0.6", bottom="0.6", header="0.3", footer="0.3")
        self._element(root, "pageSetup", paperSize="9", fitToHeight="0", orientation="landscape")
        self._element(self._element(root, "headerFooter"), "oddFooter").text = "&C第 &P 页，共 &N 页"
        return root


def _letter(number: int) -> str:
    """The name of a column, from 0."""
    return column_letters(number + 1)


def _height(texts: Sequence[str]) -> float:
    """The height (points) in which every text of a row fits: not every program measures wrapped cells itself."""
    lines = max(_lines(text, width) for text, (_, width) in zip(texts, _COLUMNS, strict=True))
    return min(max(_LOWEST, _LINE * lines + _ROOM), _HIGHEST)


def _lines(text: str, width: float) -> int:
    return sum(1 + int(columns(part) // (width - 1)) for part in text.split("\n"))


STATE_CELL = (_HEAD, len(_COLUMNS) + 1)
"""Row and column of the cell that keeps the caller's state."""
