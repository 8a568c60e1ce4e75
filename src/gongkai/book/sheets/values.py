"""What is put into a cell: a number where one is due and plain digits say it, in every other case the text."""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.intake.book.blocks.shape import Entry

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_KEPT = 15
"""Significant digits that every program keeps of a number."""

NUMBERS = {Entry.NUMBER, Entry.WHOLE}


def value_of(text: str, entry: Entry) -> Decimal | str:
    """The number, exactly as it is written, or the text: codes, days, and what programs would write otherwise."""
    if entry not in NUMBERS or not _PLAIN.fullmatch(text):
        return text
    number = Decimal(text)
    if number.is_zero() and text.startswith("-"):
        return text
    return number if len(number.as_tuple().digits) <= _KEPT else text
