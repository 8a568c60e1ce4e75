"""What is wrong with what a pack declares: each mistake with the way to it in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.findings import Path
from gongkai.statements.language.nodes import ExpressionError

_QUOTED = 60
"""Characters of an expression that a message quotes."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where in the table's entry something is wrong, what, and what to write instead."""

    path: Path
    message: str
    advice: str = ""


class DeclarationError(Exception):
    """A declaration with mistakes."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = [*mistakes]
        super().__init__(*(mistake.message for mistake in self.mistakes))


def mistake_in(text: str, path: Path, error: ExpressionError) -> Mistake:
    """The mistake of an expression, with the expression and the place in it."""
    quoted = text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
    return Mistake(path, f"式“{quoted}”第 {error.at + 1} 个字处：{error}", error.advice)
