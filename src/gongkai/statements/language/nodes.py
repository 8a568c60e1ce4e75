"""An expression as a tree. ``at`` is where a part begins in the text, from 0."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Sign = Literal["+", "-", "×", "÷"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    value: Decimal
    at: int


@dataclass(frozen=True, slots=True)
class Words:
    """A text in quotes."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions with a sign between them; a minus before one is ``0 - …``."""

    sign: Sign
    left: Node
    right: Node
    at: int


@dataclass(frozen=True, slots=True)
class Otherwise:
    """甲 否则 乙: the first where the file states it, else the second."""

    first: Node
    second: Node
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of expressions: 占比(甲, 乙)."""

    name: str
    arguments: tuple[Node, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Condition:
    """维度=值|值, or with ≠ (``but``) everything else."""

    dimension: str
    values: tuple[str, ...]
    but: bool
    at: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A name, of which a dot leads further, with a comparison (@上年) and conditions ([资金=财政])."""

    names: tuple[str, ...]
    comparison: str
    conditions: tuple[Condition, ...]
    at: int

    @property
    def name(self) -> str:
        """The whole name as it is written."""
        return ".".join(self.names)


Node = Number | Words | Operation | Otherwise | Call | Reference


class ExpressionError(ValueError):
    """An expression that is none; its message is for the pack's designer, ``at`` is the place in the text, from 0."""

    def __init__(self, message: str, at: int, advice: str = "") -> None:
        super().__init__(message)
        self.at, self.advice = at, advice
