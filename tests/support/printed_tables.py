"""Tables that were read from a finished document, held against those of the workbook of the same document."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from gongkai.source.workbook.cells import Cell, Sheet, Workbook

Rows = list[list[str]]
_MONEY = re.compile(r"单位[:：].*元")
_NAMED = re.compile(r"(编制)?(单位|部门|编制部门)[:：]")
_NOTE = re.compile(r"注|备注|说明|本套报表|.*空表")


def said(cell: Cell | None) -> str:
    """What a cell says: without blanks, a number without the zeros at its end, points and shares as the number."""
    text = re.sub(r"\s", "", cell.shown) if cell else ""
    for old, new in (("≥", ">="), ("≤", "<=")):
        text = text.replace(old, new)
    match = re.fullmatch(r"(-?[\d,]+(?:\.\d+)?)(分|%)?", text)
    try:
        number = Decimal(match[1].replace(",", "")) if match else None
    except InvalidOperation:
        number = None
    if number is None:
        return text
    return str((number / 100 if match and match[2] == "%" else number).normalize() + 0)


def body(sheet: Sheet) -> Rows:
    """The rows from the header on, without notes below: what stands over a table is set by each format in its way."""
    rows = [[said(sheet.at(row, column)) for column in range(1, sheet.columns + 1)] for row in range(1, sheet.rows + 1)]
    first = next(
        at
        for at, row in enumerate(rows)
        if sum(map(bool, row)) > 1 and not any(map(_MONEY.search, row)) and not (at < 3 and _NAMED.match(row[0]))
    )
    while (not rows[-1][0] or _NOTE.match(rows[-1][0])) and not any(rows[-1][1:]):
        rows.pop()
    return rows[first:]


def titles(sheet: Sheet) -> list[str]:
    """What stands alone in one of the first rows."""
    return [re.sub(r"\s", "", cell.text) for row in range(1, 4) if (cell := sheet.at(row, 1)) is not None]


def pairs(book: Workbook, printed: Workbook) -> list[tuple[Sheet, Sheet]]:
    """Each table of a workbook with the same of the document, by title and in order. Fails where one is missing."""
    left = list(printed.sheets)
    found = []
    for sheet in book.sheets:
        if sheet.name == "目录":
            continue
        other = next(each for each in left if re.sub(r"\s", "", each.name) in titles(sheet))
        left.remove(other)
        found.append((sheet, other))
    assert left == []
    return found


def flat(rows: Rows) -> Rows:
    """The cells of each row that say something: performance tables share their columns as the paper allows."""
    return [[text for text in row if text] for row in rows]
