"""What a cell says that stands on paper: an amount where it is printed as one, else a text."""

from __future__ import annotations

import re
import unicodedata

from gongkai.source.workbook.cells import Cell, Kind

_AMOUNT = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+|\d{1,3}(?:,\d{3})+)", re.ASCII)
_MINUS = str.maketrans("−–", "--")
_LONGEST = 40


def printed_cell(text: str) -> Cell | None:
    """The cell in which a text is printed; None for a blank one.

    A number with decimals or separators is a number, as in a workbook. A whole one without is a text: it may as
    well be a code, a number of the row, a year; whoever wants an amount there reads it from the text.
    """
    shown = text.strip(" \t\n\u3000\xa0")
    if not shown:
        return None
    if len(shown) <= _LONGEST:
        said = unicodedata.normalize("NFKC", shown).translate(_MINUS).replace(" ", "")
        if _AMOUNT.fullmatch(said):
            return Cell(Kind.NUMBER, said.replace(",", "").lstrip("+"), shown)
    return Cell(Kind.TEXT, shown, shown)
