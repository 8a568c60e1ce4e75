"""A copy of a workbook in which the clerk sees what was found where it is, and works on.

Only what must be is patched: the cells that are marked, their comments, the styles, the list of sheets. All other
parts are byte for byte as they were. A marked copy is marked like the workbook from which it was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gongkai.findings import Finding, FindingsError, Level
from gongkai.source.workbook.cells import Position
from gongkai.source.workbook.looks_like import looks_like
from gongkai.source.workbook.names import MOST_COLUMNS, MOST_ROWS, whole
from gongkai.source.workbook.refused import refused

from .book import Book
from .cells import Cells, first_of_merged
from .fills import stamped
from .listed import MOST, Listed
from .notes import Notes, blocks_of
from .parts import Parts
from .styles import Styles, new_styles
from .undo import unmark
from .words import remark

MOST_IN_COMMENTS = 1000
"""Findings that are told at their cells; all are on the sheet of findings."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_CODE = "GK157"


def marked(data: bytes, findings: Sequence[Finding], *, file: str, state: str = "") -> bytes:
    """The workbook (.xlsx, as it is on the disk) with the findings of ``file`` in it, in the order given.

    ``state`` is kept in the copy (``kept_state``): what tells whether somebody has worked in it since.

    Raises FindingsError (GK157) where it is no such workbook, protected by a password, damaged or too large.
    """
    if data.startswith(_OLE):
        raise refused(
            _CODE, file, "旧版（.xls）或设了打开密码的工作簿，不能在上面标注", f"{_SAVE_FIRST}，再标注存好的那份"
        )
    if not data.startswith(_ZIP):
        raise refused(
            _CODE, file, f"这{looks_like(data)}，不能在上面标注", f"请核对是否选错了文件；是表格的，{_SAVE_FIRST}"
        )
    try:
        return _marked(Book(Parts(data, file)), findings, file, state)
    except FindingsError as error:
        told = [replace(one, code=_CODE, message=f"不能在上面标注：{one.message}") for one in error.findings]
        raise FindingsError(told) from None


_SAVE_FIRST = "请用 WPS 或 Excel 打开（有密码的先去掉），“另存为”.xlsx"


def _marked(book: Book, findings: Sequence[Finding], file: str, state: str) -> bytes:
    styles = _styles(book)
    unmark(book, styles)
    block = max(blocks_of(book), default=0) + 1
    for number, (part, marks) in enumerate(_marks(book, findings, file).items()):
        _mark_sheet(book, styles, part, marks, block + number)
    listed = Listed(book, styles, findings, file)
    listed.insert(stamped(styles.fills), state)
    return book.parts.packed()


def _styles(book: Book) -> Styles:
    part = book.target("styles")
    if not part:
        usual = "xl/styles.xml"
        part = book.parts.free_name("xl/styles{}.xml") if book.parts.has(usual) else usual
        book.parts.add_link(book.part, "styles", part)
        book.parts.put(part, new_styles(book.tag))
        book.parts.declare(part, _STYLES_TYPE)
    return Styles(book.parts.root(part, touch=True))


@dataclass
class _Marks:
    """What is marked on a sheet."""

    remarks: dict[Position, list[str]] = field(default_factory=dict)
    levels: dict[Position, Level] = field(default_factory=dict)
    """The gravest of each cell that is coloured."""

    def add(self, at: Position, finding: Finding, *, told: bool) -> None:
        if told:
            self.remarks.setdefault(at, []).append(remark(finding))
        if finding.waived is None:
            order = list(Level)
            self.levels[at] = min(self.levels.get(at, finding.level), finding.level, key=order.index)


def _marks(book: Book, findings: Sequence[Finding], file: str) -> Mapping[str, _Marks]:
    """What is marked, by the part of its sheet."""
    tabs = book.tabs()
    marks: dict[str, _Marks] = {}
    merged: dict[str, Mapping[Position, Position]] = {}
    count = 0
    for finding in findings[:MOST]:
        place = finding.place
        if place is None or place.file != file or not place.sheet or not 1 <= place.line <= MOST_ROWS:
            continue
        tab = book.at(place, tabs)
        if tab is None or not tab.part or place.column > MOST_COLUMNS:
            continue
        if tab.part not in merged:
            merged[tab.part] = first_of_merged(book.parts.root(tab.part), file)
        at = (place.line, max(place.column, 1))
        count += 1
        marks.setdefault(tab.part, _Marks()).add(merged[tab.part].get(at, at), finding, told=count <= MOST_IN_COMMENTS)
    return marks


def _mark_sheet(book: Book, styles: Styles, part: str, marks: _Marks, block: int) -> None:
    if marks.levels:
        cells = Cells(book.parts.root(part, touch=True))
        for at, level in sorted(marks.levels.items()):
            cell = cells.cell(at)
            cell.set("s", str(styles.marked(whole(cell.get("s")), level)))
    if marks.remarks:
        Notes(book, part).add(dict(sorted(marks.remarks.items())), block)
