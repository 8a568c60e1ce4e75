"""A check that is live in the book: two sums of its cells, and how they must stand to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto


class Margin(Enum):
    """How far two figures may be apart, as the rule of the same code has it."""

    NONE = auto()
    ROUNDED = auto()
    """By the rounding of every amount that was typed (``rounding_bound``)."""
    LEEWAY = auto()
    """The same, where there are more than two (``leeway``)."""
    CENT = auto()
    """By 0.01 万元."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Amounts that a check adds up.

    ``of`` names columns of a block (``支出.基本支出+项目支出``) or one cell of rows that the schema gives, by its path
    (``政府采购/货物``). ``where`` are the rows that count: what stands in other columns of the block, a code with ``*``
    behind it for all that begin so; ``unless`` are those that do not. ``sign`` is -1 for what is taken away.
    """

    of: str
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unless: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sign: int = 1


Side = Sequence[Cells] | str
"""Sums, or a formula that counts: in it ``{支出.合计}`` stands for the cells of a column, ``{政府采购/货物}`` for one
cell, ``{×支出}`` for what amounts of that section (分节金额单位) are multiplied with to be in the unit of the file,
``{±支出}`` for the same where they may be rounded, and for nothing where they are exact."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: it holds where ``left`` is what ``right`` is, or with ``at_most`` no more.

    ``rule`` is the code that says the same of the file. ``stated`` are cells without which there is nothing to check;
    where none are named, those of the left side of ``at_most``, and otherwise of both. ``typed`` are the amounts
    whose rounding counts, where these are not all. ``unknown`` is a formula that is not 0 where the check cannot be
    reckoned because of how the rows were filled in.
    """

    rule: str
    what: str
    left: Side
    right: Side
    at_most: bool = False
    margin: Margin = Margin.NONE
    stated: Sequence[Cells] = ()
    typed: Sequence[Cells] = ()
    unknown: str = ""


NOTHING = "0"
"""The right side of a check that counts what does not agree."""


def cells(*of: str) -> tuple[Cells, ...]:
    """Cells without any condition."""
    return tuple(Cells(each) for each in of)
