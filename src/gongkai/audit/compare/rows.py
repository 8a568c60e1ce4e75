"""Tables that no form knows (those of performance, a pack's own): row against row, as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest

from gongkai.findings import Place, shown
from gongkai.intake.export.forms.words import plain, title
from gongkai.source.printed.document import PrintedBook, Table
from gongkai.source.printed.docx.sheets import title_of
from gongkai.source.workbook.cells import Sheet

from .changes import FactChange
from .sentences import notes_of
from .sides import Side

_SIGNS = str.maketrans({"≥": ">=", "≤": "<="})
_NAMED = ("项目名称", "项目支出名称")
_NUMBER = re.compile(r"([+-]?\d{1,15}(?:,\d{3})*(?:\.\d{1,15})?)分?(%?)", re.ASCII)
_LABEL = re.compile(r"[^\d\s，。；]{2,12}")
"""What says of the cell behind it what stands there."""
_HEAD_ROWS = 4
_MOST_ROWS = 3_000
_MANY_ROWS = 300
"""With more rows, those that are often the same do not count for the order: it would take too long."""
_WINDOW = 30
"""Rows among which the one that goes with another is looked for."""
_SAME_ROW = 0.5


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row that say something, and what they say in one spelling."""

    key: tuple[str, ...]
    cells: tuple[str, ...]
    places: tuple[Place, ...]


def names_of(side: Side) -> dict[str, Table]:
    """The tables of a document that no form knows, by title, and by project where several have one."""
    found: dict[str, Table] = {}
    for table in side.others:
        said = title_of(list(_above(table.sheet))) or table.sheet.name
        name = title(side.relative(said)) or said
        project = _project(table.sheet)
        called = name = f"{name}（{project}）" if project else name
        again = 1
        while called in found:
            again += 1
            called = f"{name}（第 {again} 张）"
        found[called] = table
    return found


def _above(sheet: Sheet) -> Iterator[str]:
    """The texts of the first rows, among which a title may be."""
    for at, cell in sorted(sheet.cells.items()):
        if at[0] <= _HEAD_ROWS:
            yield cell.text


def _project(sheet: Sheet) -> str:
    """The project that a form is of."""
    for (row, column), cell in sorted(sheet.cells.items()):
        if plain(cell.text).rstrip(":") in _NAMED:
            return next((sheet.cells[at].text for at in sorted(sheet.cells) if at[0] == row and at[1] > column), "")
    return ""


def differing_rows(name: str, sides: tuple[Side, Side], tables: tuple[Table, Table]) -> Iterator[FactChange]:
    """The cells of two tables of one name that differ."""
    one, other = (_rows(side, table) for side, table in zip(sides, tables, strict=True))
    keys = [row.key for row in one], [row.key for row in other]
    codes = SequenceMatcher(None, *keys, autojunk=max(map(len, keys)) > _MANY_ROWS).get_opcodes()
    for tag, i, k, j, m in codes:
        if tag != "equal":
            for before, after in _paired(one[i:k], other[j:m]):
                yield from _cells(name, before, after)


def _rows(side: Side, table: Table) -> list[_Row]:
    book = side.printed.workbook
    rows: dict[int, list[tuple[int, str]]] = {}
    notes = {row for (row, _), _ in notes_of(table.sheet)}  # compared among the sentences
    for (row, column), cell in sorted(table.sheet.cells.items()):
        if row <= _MOST_ROWS and row not in notes and cell.shown.strip():
            rows.setdefault(row, []).append((column, cell.shown))
    return [_row(side, book, table.sheet, row, cells) for row, cells in rows.items()]


def _row(side: Side, book: PrintedBook, sheet: Sheet, row: int, cells: Sequence[tuple[int, str]]) -> _Row:
    texts = tuple(text for _, text in cells)
    key = tuple(_spelt(side.relative(text)) for text in texts)
    return _Row(key, texts, tuple(book.place(sheet, row, column) for column, _ in cells))


def _spelt(text: str) -> str:
    """What a cell says in one spelling: 1,200.50分 is 1200.5, ≥ is >=."""
    said = plain(text).translate(_SIGNS)
    number = _NUMBER.fullmatch(said)
    if number is None:
        return said
    amount = Decimal(number[1].replace(",", ""))
    return f"{amount.normalize() if amount else Decimal(0):f}{number[2]}"


def _paired(one: Sequence[_Row], other: Sequence[_Row]) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Rows of two blocks that differ: as many in both are each other's, else by what they have alike."""
    if len(one) == len(other):
        yield from zip(one, other, strict=True)
        return
    free = list(other)
    for row in one:
        at = next((at for at, each in enumerate(free[:_WINDOW]) if _alike(row, each) >= _SAME_ROW), None)
        if at is None:
            yield row, None
            continue
        yield from ((None, each) for each in free[:at])
        yield row, free[at]
        del free[: at + 1]
    yield from ((None, each) for each in free)


def _alike(one: _Row, other: _Row) -> float:
    same = sum(a == b for a, b in zip(one.key, other.key, strict=False))
    return same / max(len(one.key), len(other.key))


def _cells(name: str, before: _Row | None, after: _Row | None) -> Iterator[FactChange]:
    """The cells that differ in a row; a row that only one has is one change."""
    if before is None or after is None or len(before.key) != len(after.key):
        rows = before or after
        assert rows is not None
        texts = ("　".join(before.cells) if before else None), ("　".join(after.cells) if after else None)
        places = before.places[0] if before else None, after.places[0] if after else None
        yield FactChange(name, shown(rows.cells[0]), "整行", *texts, *places)
        return
    for at, (one, other) in enumerate(zip_longest(before.key, after.key)):
        if one != other:
            label = before.cells[at - 1] if at > 1 else ""
            column = label.rstrip("：:") if label and _LABEL.fullmatch(label) else f"第 {at + 1} 格"
            said = before.cells[at], after.cells[at], before.places[at], after.places[at]
            yield FactChange(name, shown(before.cells[0]), column, *said)
