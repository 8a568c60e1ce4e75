"""Basic spending by economic 款, divided into 人员经费 and 公用经费: what both kinds of document derive alike."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from gongkai.model.disclosure import Disclosure
from gongkai.model.economic import InParts

from .names import Names, is_operating
from .totals import Fact, Sums, Terms

_ITEM = "经济分类"


class EconomicFigures(Names):
    """人员经费 and 公用经费 of 一般公共预算 basic spending, 万元: exact, or approved where ``sums`` says so."""

    sums: Sums

    def __init__(self, document: Disclosure) -> None:
        super().__init__(document.names)
        self._stated = document.basic_as_stated
        self._running_costs = document.running_costs.current

    @cached_property
    def _parts(self) -> Mapping[bool, Mapping[str, Decimal]]:
        """The amounts by 款 that are not nothing: those of 公用经费 under True."""
        parts: dict[bool, dict[str, Decimal]] = {False: {}, True: {}}
        for code, stated in self._stated.items():
            if isinstance(stated, InParts):
                parts[False][code], parts[True][code] = stated.staff, stated.operating
            else:
                parts[is_operating(code)][code] = stated
        return {kind: {code: amount for code, amount in part.items() if amount} for kind, part in parts.items()}

    def economic_facts(self) -> dict[Fact, Decimal]:
        """The amounts of every 款, what is 人员经费 and what 公用经费 each a fact of its own."""
        return {(_ITEM, kind, code): amount for kind, part in self._parts.items() for code, amount in part.items()}

    def economic_terms(self, code: str = "", *, operating: bool | None = None) -> Terms:
        """The facts under an economic 类 or 款 (all without a code): 公用经费, 人员经费, or both."""
        kinds = (False, True) if operating is None else (operating,)
        return [((_ITEM, kind, item), 1) for kind in kinds for item in self._parts[kind] if item.startswith(code)]

    def economic(self, code: str = "", *, operating: bool | None = None) -> Decimal:
        """Basic spending under an economic 类 or 款 (all without a code): 公用经费, 人员经费, or both."""
        return self.sums.printed(self.economic_terms(code, operating=operating))

    def economic_items(self, *, operating: bool) -> list[str]:
        """Economic 款 with basic spending, in code order: 公用经费 or 人员经费; one with both is in both lists."""
        return sorted(self._parts[operating])

    @property
    def staff_costs(self) -> Decimal:
        """人员经费: 301 and 303, unless the file divides a 款 otherwise."""
        return self.economic(operating=False)

    @property
    def operating_costs(self) -> Decimal:
        """公用经费: everything else."""
        return self.economic(operating=True)

    @property
    def running_costs(self) -> Decimal:
        """机关运行经费 of this year: 公用经费, unless the file states what of it is."""
        return self.operating_costs if self._running_costs is None else self._running_costs
