"""What the figures of every kind of document answer: its items (科目) and projects, and its totals."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from gongkai.findings import Path
from gongkai.kinds import KINDS
from gongkai.model.base import Explained
from gongkai.model.disclosure import Disclosure
from gongkai.model.traced import Traced, traced

from .economic import EconomicFigures
from .totals import Fact, Total


class Figures(EconomicFigures):
    """The derived figures of a disclosure, 万元; each kind has its own class (``gongkai.kinds``)."""

    item_list: ClassVar[str]
    """The key of the file under which its 科目 are listed."""
    stated: Mapping[str, Decimal]
    """The approved totals (核定数) of the file by name."""

    def __init__(self, document: Disclosure) -> None:
        super().__init__(document)
        self.document: Any = document

    @property
    def item_codes(self) -> Sequence[str]:
        """The 科目 in the order of the file."""
        raise NotImplementedError

    def spent(self, code: str = "") -> Decimal:
        """What is spent under a 类, 款 or 项 this year, all without a code."""
        raise NotImplementedError

    def general(self, code: str) -> Decimal:
        """What is spent of 一般公共预算 under a 科目 this year."""
        raise NotImplementedError

    def general_change(self, at: int) -> Explained | None:
        """What the file says of last year's 一般公共预算 of a 科目, by its place among them."""
        raise NotImplementedError

    def general_basic(self, codes: Collection[str]) -> list[Decimal]:
        """The amounts typed as 一般公共预算 basic spending under these 科目."""
        raise NotImplementedError

    @property
    def personnel(self) -> Decimal:
        """人员经费 from whatever money, as far as it is told."""
        raise NotImplementedError

    @property
    def spending_of_year(self) -> Decimal:
        """All spending of the year."""
        raise NotImplementedError

    @property
    def official_cars(self) -> tuple[Decimal, int]:
        """公务用车: what running them costs, and how many there are (保有量)."""
        raise NotImplementedError

    @property
    def fleet_counts(self) -> Collection[int]:
        """Every number of vehicles that the file states: a text may speak of any of them."""
        raise NotImplementedError

    @property
    def totals(self) -> Sequence[Total]:
        """The totals of the statements, each with the facts that it adds up."""
        raise NotImplementedError

    def code_of(self, fact: Fact) -> str:
        """The 科目 of a fact, functional or economic; what it is called where it has none."""
        raise NotImplementedError

    @cached_property
    def _traced(self) -> Figures:
        """The same figures, of amounts that know where they stand."""
        return figures_of(traced(self.document))

    def path_of(self, fact: Fact) -> Path | None:
        """The way to a fact in the file: 支出 › 第1条 › 基本支出 › 一般公共预算; None for what it does not state."""
        amount = self._traced.sums.fact(fact)
        return amount.path if isinstance(amount, Traced) else None

    @property
    def procurement(self) -> Decimal:
        """政府采购."""
        return self.total_of("政府采购")

    def total_of(self, name: str) -> Decimal:
        """A total by its name in 核定数, as it is printed."""
        return self.sums.printed(next(total for total in self.totals if total.name == name).ways[0])


def figures_of(disclosure: Disclosure) -> Figures:
    """The derived figures of a disclosure, of which rules and tables speak."""
    return KINDS[disclosure.kind].figures.value(disclosure)
