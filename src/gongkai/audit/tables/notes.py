"""Rules on the notes of tables: an empty one says that it is and of which money, a full one does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level, Place, shown
from gongkai.intake.export.forms.words import plain, title
from gongkai.intake.export.reading.found import Found
from gongkai.source.printed.document import Paragraph

_EMPTY = re.compile(
    r"空表|本表(?:为空|无数据)|(?:无|没有|未发生|未安排|不涉及).{0,40}(?:支出|预算|收入|安排|数据|发生)"
)
_SURE = re.compile(r"空表|本表(?:为空|无数据)")
_SHORTEST, _LONGEST = 5, 200
_FUNDS: Mapping[str, str] = {
    "政府性基金": "政府性基金",
    "国有资本经营": "国有资本",
    "三公经费": "三公",
    "结转结余": "结转",
    "政府采购": "政府采购",
    "项目支出": "项目支出",
    "基本支出": "基本支出",
}
"""By table: the words by which a note names what it is about."""
_FOLLOWING = 2
"""Paragraphs after a table among which its note may be."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is said under a table about its being empty."""

    text: str
    place: Place


def _notes(document: Audited) -> Sequence[tuple[Found, Sequence[Note]]]:
    """Every table with the notes of emptiness that are its own."""
    return document.once(_found)


def _found(document: Audited) -> list[tuple[Found, Sequence[Note]]]:
    found: list[tuple[Found, Sequence[Note]]] = []
    for table in document.tables.by_key.values():
        inside = [
            Note(cell.text, table.region.place(at))
            for at, cell in sorted(table.region.sheet.cells.items())
            if table.region.header[1] < at[0] <= table.region.bottom and _is_note(cell.text)
        ]
        found.append((table, inside or list(_below(document, table))))
    return found


def _below(document: Audited, table: Found) -> Iterator[Note]:
    """The note among the paragraphs right below a table."""
    blocks = list(document.printed.blocks)
    sheet = table.region.sheet
    at = next((i for i, block in enumerate(blocks) if not isinstance(block, Paragraph) and block.sheet is sheet), None)
    if at is None or table.region.bottom < sheet.rows:
        return
    for block in blocks[at + 1 : at + 1 + _FOLLOWING]:
        if not isinstance(block, Paragraph) or block.heading:
            return
        if _is_note(block.text):
            yield Note(block.text, document.printed.place(block))
            return


def _is_note(text: str) -> bool:
    said = plain(text)
    return (
        len(said) <= _LONGEST and bool(_EMPTY.search(said)) and ("本表" in said or said.endswith("。") or "注" in said)
    )


@audit_rule("GK809", "请在表下写明没有这项收支、本表为空表；漏填的请补上", Level.WARNING)
def empty_tables_say_so(document: Audited) -> Iterator[Fault]:
    """检查什么：没有一个数的表，表下写明本单位没有这项收支、本表为空表。
    为何重要：没有说明，读者不知道是没有这笔钱，还是漏了公开。
    依据：各地预算、决算公开的规定：涉及的表一律公开，没有数据的公开空表并说明。
    反例：政府性基金预算支出表没有一个数，表下也没有说明。
    正例：注：本部门 2025 年无政府性基金预算财政拨款安排的预算，故本表为空表。
    怎样改：补上说明；有数的，补上数。
    """
    known = [table for table, _ in _notes(document) if not table.empty]
    if len(known) < 3:
        return  # a blank form, not a document
    for table, notes in _notes(document):
        if table.empty and not notes:
            yield Fault(table.place, f"{table.name}没有一个数，也没有说明是空表", quote=table.title)


@audit_rule("GK810", "请改正说明里的资金名称，多半是从另一张表的说明抄来的")
def notes_are_of_their_table(document: Audited) -> Iterator[Fault]:
    """检查什么：空表下面的说明讲的是这张表的资金。
    为何重要：说明从另一张表抄来没有改，等于没有说明。
    依据：各地预算、决算公开的规定：没有数据的公开空表并说明。
    反例：国有资本经营预算支出表下写“本部门无政府性基金预算财政拨款安排的预算，故本表为空表”。
    正例：国有资本经营预算支出表下写“本部门无国有资本经营预算财政拨款安排的预算，故本表为空表”。
    怎样改：改为这张表的资金。
    """
    for table, notes in _notes(document):
        own = _FUNDS.get(table.form.key)
        for note in notes:
            said = plain(note.text)
            others = [other for key, other in _FUNDS.items() if key != table.form.key and other in said]
            if own and others and own not in said:
                message = f"{table.name}的说明讲的是别的资金：“{shown(note.text)}”"
                yield Fault(note.place, message, quote=note.text)


@audit_rule("GK811", "请删去空表的说明，或核对表里的数")
def full_tables_are_not_called_empty(document: Audited) -> Iterator[Fault]:
    """检查什么：有数的表，表下没有写“本表为空表”。
    为何重要：表里有数，说明却说没有，两个总有一个是错的。
    依据：各地预算、决算公开的规定：没有数据的才公开空表并说明。
    反例：政府性基金预算支出表合计 115.00，表下写“本表为空表”。
    正例：有数的表不写空表的说明。
    怎样改：删去说明，或改正表里的数。
    """
    for table, notes in _notes(document):
        for note in notes:
            if not table.empty and _SURE.search(plain(note.text)) and _about(table, note):
                stated = next(line for line in table.lines if line.stated)
                message = f"{table.name}有数（第 {stated.row} 行），下面却写着“{shown(note.text)}”"
                yield Fault(note.place, message, quote=note.text)


def _about(table: Found, note: Note) -> bool:
    """Whether a note is about this table: it names its money, or no other's."""
    said = plain(note.text)
    own = _FUNDS.get(table.form.key)
    named = [key for key, word in _FUNDS.items() if word in said]
    return bool(own and own in said) or not named or title(table.title) in title(note.text)


RULES = (empty_tables_say_so, notes_are_of_their_table, full_tables_are_not_called_empty)
