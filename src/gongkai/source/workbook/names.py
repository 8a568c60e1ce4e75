"""What XML and the programs write in words of their own: names of elements, whole numbers, flags, cells."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from .cells import Position

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet, in every program."""

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_WHOLE = re.compile(r"[0-9]{1,9}")


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace: the two dialects differ in nothing else."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: etree._Element) -> str:
    """What stands before the name of an element and of those within it: ``{http://…}``."""
    return str(element.tag)[: -len(local_name(element))]


def whole(text: str | None, otherwise: int = 0) -> int:
    """A whole number that is not below 0; for what is none, the other."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else otherwise


def is_on(text: str | None) -> bool:
    """Whether a flag is set."""
    return text in {"1", "true", "on"}


@lru_cache(maxsize=MOST_COLUMNS)
def column_number(letters: str) -> int:
    """The column of this name, from 1: 4 for D."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def position(reference: str) -> Position | None:
    """Row and column of D7, with or without dollars; None for what no sheet has."""
    match = _CELL.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if 1 <= row <= MOST_ROWS and column <= MOST_COLUMNS else None
