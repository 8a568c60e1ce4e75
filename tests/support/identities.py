"""Identities are functions that assert; here they are all tried, and those that do not hold are named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

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
