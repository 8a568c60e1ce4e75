"""Marks in a source: places that are looked for when its pages are set. They are seen by nobody."""

from __future__ import annotations

BEGIN, END = "begin", "end"
"""Where a run of text begins and ends."""
ABOVE, LAST, NOTE = "above", "last", "note"
"""The last row but one of a table, its last row, and its first note."""
TABLE_BEGINS, TABLE_ENDS = "begins", "ends"
"""Where a table begins and where it ends, for the words above a page on which it goes on."""
CLOSE = "close"
"""Where the document ends."""
BEGINS, ENDS = "data-begins", "data-ends"
"""Attributes of the first and the last element of a run: its number."""


def mark(kind: str, number: int) -> str:
    """A mark as an expression."""
    return f'[#metadata(("{kind}", {number}))<mark>]'


def place(name: str) -> str:
    """A place of this name, which the source itself asks for."""
    return f"[#metadata(none)<{name}>]"
