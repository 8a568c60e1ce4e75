"""What stands in a cell of a printed table, as a workbook would hold it."""

from __future__ import annotations

import re
import unicodedata

from gongkai.source.workbook.cells import Cell, Kind

_NUMBER = re.compile(r"[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_MINUS = str.maketrans("−–", "--")
_BLANKS = " \t\n\u3000\xa0"
_LONGEST = 40


def printed_cell(text: str) -> Cell | None:
    """The cell that says a text: an amount is a number, with all the decimals that are printed (1,200.50 is 1200.50).

    What begins with 0 and is no decimal (010) is a code, a text; so are shares (12.5%). Signs of full width, and a
    typographic minus, are read as what they stand for. None for a blank one.
    """
    shown = text.strip(_BLANKS)
    if not shown:
        return None
    if len(shown) <= _LONGEST:
        said = unicodedata.normalize("NFKC", shown).translate(_MINUS)
        if _NUMBER.fullmatch(said):
            return Cell(Kind.NUMBER, said.replace(",", "").removeprefix("+"), shown)
    return Cell(Kind.TEXT, shown, shown)
