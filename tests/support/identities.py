"""Identities are functions that assert; here they are all tried, and those that do not hold are named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from .examples import Data

D = TypeVar("D")


def broken(disclosure: D, identities: Iterable[Callable[[D], None]]) -> list[str]:
    """The identities that do not hold, each with its number, its words and what was found instead."""
    found = []
    for identity in identities:
        try:
            identity(disclosure)
        except AssertionError as error:
            found.append(f"{identity.__doc__} {error}")
    return found


@dataclass(frozen=True)
class Stated:
    """A data file, read without the product."""

    data: Data

    def amount(self, written: str | None) -> Decimal:
        """An amount as written in the file's unit, in exact 万元."""
        value = Decimal((written or "0").replace(",", ""))
        return value / 10_000 if self.data["金额单位"] == "元" else value
