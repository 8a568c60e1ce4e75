"""The parts of 单位资金, which only the income side of a budget tells."""

from __future__ import annotations

from decimal import Decimal

from gongkai.findings import Finding, Level
from gongkai.intake.export.bounds.system import Sum
from gongkai.intake.export.facts.draft import Draft, from_table
from gongkai.intake.export.facts.labels import income_items, match_label
from gongkai.intake.export.reading.amounts import Figure
from gongkai.intake.export.reading.found import Found
from gongkai.intake.export.reading.tables import Tables
from gongkai.model.budget.budget import OwnIncomeKind
from gongkai.model.budget.sources import Source

from .sums import BudgetSums

_KINDS = (
    (r"事业收入", OwnIncomeKind.OPERATIONS),
    (r"上级补助收入", OwnIncomeKind.UPPER_SUBSIDY),
    (r"附属单位上缴收入", OwnIncomeKind.SUBORDINATE),
    (r"(事业单位)?经营收入", OwnIncomeKind.BUSINESS),
    (r"其他收入", OwnIncomeKind.OTHER),
)
_PATH = ("收入", "单位资金", "构成")


class UnitIncomeParts:
    """What 单位资金 consists of, in 收支总体情况表 or in the total of 收入总体情况表."""

    def __init__(self, tables: Tables, sums: BudgetSums) -> None:
        self._found, self._parts, self._whole = _of_overall(tables)
        if not self._parts:
            self._found, self._parts = _of_columns(tables)
        self._sums = sums

    def fill(self) -> None:
        """Together they are all 单位资金."""
        if self._found is None or not any(part.value for part in self._parts.values()):
            return
        parts = list(self._parts.values())
        value = sum((part.value for part in parts), Decimal(0))
        slack = sum((part.slack for part in parts), Decimal(0))
        places = tuple(part.place for part in parts)
        terms = self._sums.terms("", (Source.UNIT,))
        self._sums.system.add(Sum(terms, value, slack, f"{self._found.name}单位资金各项收入", places))

    def state(self, draft: Draft) -> None:
        """State the parts."""
        if self._found is None:
            return
        for part in self._parts.values():
            self._found.use(part)
        stated = {kind: part for kind, part in self._parts.items() if part.value}
        for kind, part in stated.items():
            draft.amount((*_PATH, kind.value), part.value, from_table(self._found.name, [part.place]))
        self._hold(draft)

    def _hold(self, draft: Draft) -> None:
        whole, found = self._whole, self._found
        if whole is None or found is None:
            return
        both = sum((part.value for part in self._parts.values()), Decimal(0))
        slack = sum((part.slack for part in self._parts.values()), whole.slack)
        if abs(both - whole.value) > slack:
            message = f"{found.name}的“单位资金”是 {whole.value:,.2f} 万元，各项收入相加是 {both:,.2f} 万元"
            finding = Finding("GK172", Level.ERROR, message, "请核对表里的数", (), whole.place, whole.value, both)
            draft.findings.append(finding)


def _of_overall(tables: Tables) -> tuple[Found | None, dict[OwnIncomeKind, Figure], Figure | None]:
    found = tables.get("收支总体")
    parts: dict[OwnIncomeKind, Figure] = {}
    whole = None
    for item in income_items(found) if found is not None else ():
        figure = item.figures.get("收入数")
        if figure is None or item.carried:
            continue
        if item.label.startswith("单位资金"):
            whole = figure
        kind = match_label(item.label, [(pattern, kind.value) for pattern, kind in _KINDS])
        if kind:
            parts.setdefault(OwnIncomeKind(kind), figure)
    return found, parts, whole


def _of_columns(tables: Tables) -> tuple[Found | None, dict[OwnIncomeKind, Figure]]:
    found = tables.get("收入总体")
    total = found.total if found is not None else None
    if total is None:
        return None, {}
    return found, {kind: total.figures[kind.value] for kind in OwnIncomeKind if kind.value in total.figures}
