"""Facts that one file takes from another: where the one states them, and where the other says so.

A file may name others (上年文件, 预算文件). Every fact of theirs that belongs into it is one row; what is
not written is taken from the row, and what is written is held against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from gongkai.findings import Path


class Entry(NamedTuple):
    """A step to those entries of a list that have this value under this key."""

    key: str
    value: str


Where = tuple[str | Entry, ...]
"""The way to a mapping in the file that names another; entries of lists are found by what they are called."""


class Measure(Enum):
    """In what a fact is counted, and how two of them are told to be the same."""

    MONEY = "money"
    """万元, exact; a file writes it in its own unit, and may have rounded it."""
    HEADS = "heads"
    """Persons of the other file: 增减 is 人数 less these."""
    NUMBER = "number"
    TEXT = "text"
    """A text, a list of texts, or a mapping of both."""


class Use(Enum):
    """What the fact is good for."""

    TAKEN = "taken"
    """It stands for what is not written; what is written is held against it."""
    FILLED = "filled"
    """It stands for what is not written, and whatever is written may be something else."""
    HELD = "held"
    """What is written is held against it; nothing is taken."""
    NEWS = "news"
    """There was one last year, so that 新增 is wrong; what is written instead is not judged."""
    LIMIT = "limit"
    """It stands for what is not written; only a figure above it is told."""


Value = Decimal | int | str | tuple[str, ...] | dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: the mapping that has or should have it, its key, and what the other file says.

    ``what`` is what messages call it, ``source`` is where the other file says so (empty where it is reckoned
    from many places). ``also`` are figures that may be written as well. ``code`` is that of the finding where
    the two differ, ``missing`` that where the mapping is not there though there is money for it. A mapping
    that is not there is ``created`` for what is taken, or else left away. ``sealed`` is the fact of a secret
    (涉密) project: for entries that are marked so, and for nobody's eyes.
    """

    where: Where
    key: str
    value: Value
    measure: Measure = Measure.MONEY
    use: Use = Use.TAKEN
    what: str = ""
    source: Path = ()
    also: tuple[Decimal, ...] = ()
    code: str = "GK122"
    missing: str = ""
    created: bool = False
    sealed: bool = False
