"""A budget's spending as it is stated: amounts by 功能科目, 资金来源 and 支出性质, and groups of sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from gongkai.model.base import Explained
from gongkai.model.budget.budget import Budget
from gongkai.model.budget.sources import FISCAL_FUNDS, Fund, Origin, Source


class Nature(StrEnum):
    """支出性质."""

    STAFF = "人员经费"
    OPERATING = "公用经费"
    BASIC = "基本支出"
    PROJECT = "项目支出"


APPROPRIATED = tuple(s for s in Source if s.fund in FISCAL_FUNDS and s.origin is not Origin.CARRIED)
"""This year's 财政拨款 of own and upper level."""

CARRIED = tuple(s for s in Source if s.origin is Origin.CARRIED)

CURRENT = tuple(s for s in Source if s.origin is not Origin.CARRIED)


@cache
def of_fund(fund: Fund) -> tuple[Source, ...]:
    """This year's sources of one fund: own and upper level, nothing carried over."""
    return tuple(s for s in Source if s.fund is fund and s.origin is not Origin.CARRIED)


@dataclass(frozen=True, slots=True)
class Spending:
    """One amount (万元) with its coordinates 功能科目 × 资金来源 × 支出性质."""

    code: str
    source: Source
    nature: Nature
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A 项 with this year's and last year's amount of one fund (万元), and the reason."""

    code: str
    amount: Decimal
    prior: Decimal
    reason: str
    stated: Explained | None = None


BASIC_NATURES = (Nature.BASIC, Nature.STAFF, Nature.OPERATING)
"""基本支出, divided or not."""


def spendings(budget: Budget) -> Iterator[Spending]:
    """Every amount of spending that a budget states."""
    for entry in budget.expenditures:
        parts = (
            (Nature.BASIC, entry.basic),
            (Nature.STAFF, entry.staff),
            (Nature.OPERATING, entry.operating),
            (Nature.PROJECT, entry.project),
        )
        for nature, amounts in parts:
            for source, value in amounts.items():
                yield Spending(entry.code, source, nature, value)
