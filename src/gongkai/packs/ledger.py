"""A book of the amounts that one document prints: for whoever asks where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gongkai.packs.load.manifest import OptionValue

from .wording import Printed, Wording, marked

FROM = "data-from"
"""The attribute of a printed amount: its number in the ledger, from 0. Only a wording with a ledger writes it."""


class Ledger:
    """The amounts (万元, exact) in the order in which they were printed; some may not have come into the document."""

    def __init__(self) -> None:
        self.figures: list[Decimal] = []

    def note(self, figure: Decimal) -> int:
        """Write a printed figure down; its number."""
        self.figures.append(figure)
        return len(self.figures) - 1


class NotingWording(Wording):
    """A pack's way to say things that notes each amount that it prints; the words are the same."""

    def __init__(self, options: Mapping[str, OptionValue], ledger: Ledger) -> None:
        super().__init__(options)
        self._ledger = ledger

    def _marked(self, figure: str, value: Decimal) -> Printed:
        return marked(figure, f" {FROM}='{self._ledger.note(value)}'")
