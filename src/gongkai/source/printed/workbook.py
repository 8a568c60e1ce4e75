"""A workbook as a finished document: each sheet that is seen is a table, a sheet of sentences is running text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongkai.source.workbook.cells import Kind, Sheet, Workbook

from .document import Block, Line, Paragraph, Printed, Spot, Table

_SENTENCE = 30
"""Characters: a cell with more of them, or with a full stop at its end, is no label."""
_CONTENTS = frozenset({"目录", "目次"})
_FEW = 3
"""Cells with figures that a page of running text may have."""


def printed_workbook(book: Workbook) -> Printed:
    """What a reader of a workbook sees; sheets that are hidden are left out, and so are their rows and columns."""
    blocks: list[Block] = []
    outline: list[tuple[str, int]] = []
    for sheet in book.sheets:
        if sheet.hidden or not sheet.cells:
            continue
        seen = _seen(sheet)
        if "".join(sheet.name.split()) in _CONTENTS:
            outline += _entries(seen)
        elif _is_text(seen):
            blocks += _paragraphs(book, seen, len(blocks))
        elif seen.cells:
            blocks.append(Table(seen, dict.fromkeys(seen.cells, Spot()), len(blocks) + 1))
    return Printed(book.file, "xlsx", blocks, outline=outline, findings=list(book.findings))


def _entries(sheet: Sheet) -> Iterator[tuple[str, int]]:
    """The entries of the contents: the texts of each row; a workbook has no pages."""
    rows: dict[int, list[str]] = {}
    for (row, _), cell in sorted(sheet.cells.items()):
        rows.setdefault(row, []).append(cell.shown.strip())
    said = (" ".join(filter(None, texts)) for texts in rows.values())
    yield from ((text, 0) for text in said if text and "".join(text.split()) not in _CONTENTS)


def _seen(sheet: Sheet) -> Sheet:
    """The sheet without what is hidden in it; everything else stays in its row and column."""
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return sheet
    cells = {
        (row, column): cell
        for (row, column), cell in sheet.cells.items()
        if row not in sheet.hidden_rows and column not in sheet.hidden_columns
    }
    return replace(sheet, cells=cells)


def _is_text(sheet: Sheet) -> bool:
    """Whether a sheet has sentences and as good as no figures: 名词解释, 编制说明."""
    texts = [cell.text.strip() for cell in sheet.cells.values() if cell.kind is Kind.TEXT and cell.text.strip()]
    figures = sum(cell.kind is Kind.NUMBER for cell in sheet.cells.values())
    sentences = [text for text in texts if len(text) > _SENTENCE or text.endswith("。")]
    return figures < _FEW and sheet.columns <= _FEW and len(sentences) * 2 >= len(texts) > 0


def _paragraphs(book: Workbook, sheet: Sheet, before: int) -> Iterator[Block]:
    """The texts of a sheet from top to bottom, each line of a cell by itself."""
    number = before
    for at, cell in sorted(sheet.cells.items()):
        for line in filter(None, (line.strip(" \t\u3000\xa0") for line in cell.shown.split("\n"))):
            number += 1
            yield Paragraph(line, number, [Line(0, Spot(cell=book.place(sheet, *at)))])
