"""Amounts that know where in the file they stand, and sums of them that know their addends.

A disclosure whose amounts are traced is like any other: whatever is reckoned from it comes to the same figures.
Only who asks where a figure comes from (``gongkai trace``) has one made; every other run has plain amounts and
pays nothing. Where a figure is added, taken away or turned round it remembers what it is made of; products,
quotients and roundings are no sums of facts, and plain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel

from gongkai.findings import Path

from .reading import ZERO

_M = TypeVar("_M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Addend:
    """An amount of the file (万元) in a sum, and how often it counts: 1 added, -1 taken away.

    Its ``path`` is None where the amount is not the file's: a product or quotient, as a table of a pack may have.
    """

    path: Path | None
    amount: Decimal
    count: int


class Traced(Decimal):
    """An amount in 万元 that knows its addends; otherwise a Decimal like any other.

    ``path`` is where it stands in the file, if it was typed. ``instead`` is the sum for which it is printed: an
    approved total (核定数), or the same money added up another way, in place of the exact sum of its facts.
    """

    __slots__ = ("_parts", "instead", "path")

    path: Path | None
    instead: Decimal | None
    _parts: Sequence[tuple[Decimal, int]]

    def __new__(
        cls, value: Decimal, parts: Sequence[tuple[Decimal, int]] = (), path: Path | None = None,
        instead: Decimal | None = None,
    ) -> Traced:  # fmt: skip
        """An amount of this value: typed at ``path``, or the sum of ``parts`` with their signs."""
        made = super().__new__(cls, value)
        made._parts, made.path, made.instead = parts, path, instead
        return made

    def __add__(self, other: Any) -> Any:
        """The sum."""
        return _sum(Decimal.__add__(self, other), (self, 1), (other, 1))

    def __radd__(self, other: Any) -> Any:
        """The sum."""
        return _sum(Decimal.__radd__(self, other), (other, 1), (self, 1))

    def __sub__(self, other: Any) -> Any:
        """The difference."""
        return _sum(Decimal.__sub__(self, other), (self, 1), (other, -1))

    def __rsub__(self, other: Any) -> Any:
        """The difference."""
        return _sum(Decimal.__rsub__(self, other), (other, 1), (self, -1))

    def __neg__(self) -> Traced:
        """The same with the other sign."""
        return Traced(Decimal.__neg__(self), ((self, -1),))

    def __pos__(self) -> Traced:
        """The same."""
        return Traced(Decimal.__pos__(self), ((self, 1),))

    def __abs__(self) -> Traced:
        """The same without its sign."""
        return Traced(Decimal.__abs__(self), ((self, -1 if self < 0 else 1),))

    def __copy__(self) -> Traced:
        """Itself: it never changes."""
        return self

    def __deepcopy__(self, memo: object) -> Traced:
        """Itself: it never changes."""
        return self

    def __reduce__(self) -> tuple[type[Decimal], tuple[str]]:  # type: ignore[override]
        """In another process it is a plain amount."""
        return Decimal, (str(self),)

    def standing_for(self, total: Decimal) -> Traced:
        """The same figure, printed in place of this sum."""
        return Traced(self, self._parts, self.path, total)


def _sum(value: Any, *parts: tuple[Any, int]) -> Any:
    """A sum with its parts; what Decimal does not add is left to the other operand."""
    return value if value is NotImplemented else Traced(value, parts)


def addends(figure: Decimal) -> list[Addend]:
    """The amounts of the file that a figure adds up and takes away, in the order of the sum, each once.

    What cancels out, and zeros that nobody typed, are left out. With their signs they come to the figure itself,
    also where it is printed in place of another sum.
    """
    counts: dict[Path | None, int] = {}
    amounts: dict[Path | None, Decimal] = {}
    for part, sign in _leaves(figure):
        path = part.path if isinstance(part, Traced) else None
        if path is None:
            amounts[None] = amounts.get(None, ZERO) + part * sign
        else:
            counts[path] = counts.get(path, 0) + sign
            amounts[path] = Decimal(part)
    found = [Addend(path, amounts[path], count) for path, count in counts.items() if count]
    unknown = amounts.get(None, ZERO)
    return [*found, Addend(None, unknown, 1)] if unknown else found


def _leaves(figure: Decimal) -> Iterator[tuple[Decimal, int]]:
    """The amounts of which a figure was added up, with their signs; sums of thousands are deep."""
    left: list[tuple[Decimal, int]] = [(figure, 1)]
    while left:
        part, sign = left.pop()
        if isinstance(part, Traced) and part._parts:
            left += [(inner, sign * own) for inner, own in reversed(part._parts)]
        else:
            yield part, sign


def traced(model: _M) -> _M:
    """The same disclosure with every amount that its file states knowing where it stands."""
    made = _traced(model, ())
    assert isinstance(made, type(model))
    return made


def _traced(value: Any, path: Path) -> Any:
    """A value with its amounts traced; the value itself where there are none in it."""
    if isinstance(value, Decimal):
        return Traced(value, path=path)
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        stated = {name: getattr(value, name) for name in fields if name in value.model_fields_set}
        made = {name: _traced(part, (*path, str(fields[name].alias or name))) for name, part in stated.items()}
        changed = {name: part for name, part in made.items() if part is not stated[name]}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, Mapping):
        entries = {key: _traced(part, (*path, str(key))) for key, part in value.items()}
        return entries if any(entries[key] is not value[key] for key in entries) else value
    if isinstance(value, tuple | list):
        parts = [_traced(part, (*path, number)) for number, part in enumerate(value)]
        return type(value)(parts) if any(a is not b for a, b in zip(parts, value, strict=True)) else value
    return value
