"""A formula as it reads in another cell: what several cells share is written once, for the first of them."""

from __future__ import annotations

import re

from gongkai.findings import column_letters
from gongkai.source.workbook.names import MOST_COLUMNS, MOST_ROWS, column_number

_LOST = "#REF!"

# What is no reference though it may look like one: texts, sheets in quotes, other workbooks and tables, names.
_PIECE = re.compile(
    r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'!?|\[[^\[\]]*\]"
    r"|(?P<cell>(?<![\w.$])(?P<absolute_column>\$?)(?P<column>[A-Za-z]{1,3})(?P<absolute_row>\$?)(?P<row>[0-9]{1,7})"
    r"(?![\w.(!\[]))"
    r"|(?P<columns>(?<![\w.$])\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(!\[]))"
    r"|(?P<rows>(?<![\w.$])\$?[0-9]{1,7}:\$?[0-9]{1,7}(?![\w.(!\[]))"
    r"|[\w.$]+"
)


def shifted(formula: str, rows: int, columns: int) -> str:
    """The formula so many rows further down and columns further right; what has a dollar stays."""
    return _PIECE.sub(lambda piece: _moved(piece, rows, columns), formula)


def _moved(piece: re.Match[str], rows: int, columns: int) -> str:
    if piece["cell"]:
        column = _column(piece["absolute_column"] + piece["column"], columns)
        row = _row(piece["absolute_row"] + piece["row"], rows)
        return column + row if column and row else _LOST
    if not (piece["columns"] or piece["rows"]):
        return piece[0]
    ends = [_column(end, columns) if piece["columns"] else _row(end, rows) for end in piece[0].split(":")]
    return ":".join(ends) if all(ends) else _LOST


def _column(written: str, by: int) -> str:
    """The name of a column, moved; empty where there is none."""
    if written.startswith("$"):
        return written
    number = column_number(written) + by
    return column_letters(number) if 1 <= number <= MOST_COLUMNS else ""


def _row(written: str, by: int) -> str:
    """The same of a row."""
    if written.startswith("$"):
        return written
    return str(int(written) + by) if 1 <= int(written) + by <= MOST_ROWS else ""
