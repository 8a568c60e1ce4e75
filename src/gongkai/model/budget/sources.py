"""The money of a budget: its five kinds (资金性质), where it comes from, and both together (资金来源)."""

from __future__ import annotations

from enum import StrEnum


class Fund(StrEnum):
    """The five kinds of money a unit spends (资金性质)."""

    GENERAL = "一般公共预算"
    GOVERNMENT = "政府性基金预算"
    CAPITAL = "国有资本经营预算"
    SPECIAL = "财政专户"
    UNIT = "单位资金"


class Origin(StrEnum):
    """Where this year's money comes from: own level, upper level, or last year."""

    OWN = "本级"
    UPPER = "上级"
    CARRIED = "上年结转结余"


class Source(StrEnum):
    """资金来源: every column of 收入总体情况表, with carried-over money by fund."""

    GENERAL = "一般公共预算"
    GENERAL_UPPER = "上级一般公共预算转移支付"
    GOVERNMENT = "政府性基金预算"
    GOVERNMENT_UPPER = "上级政府性基金转移支付"
    CAPITAL = "国有资本经营预算"
    CAPITAL_UPPER = "上级国有资本经营预算转移支付"
    SPECIAL = "财政专户"
    UNIT = "单位资金"
    GENERAL_CARRIED = "一般公共预算结转"
    GOVERNMENT_CARRIED = "政府性基金预算结转"
    CAPITAL_CARRIED = "国有资本经营预算结转"
    SPECIAL_CARRIED = "财政专户结转结余"
    UNIT_CARRIED = "单位资金结转结余"

    @property
    def fund(self) -> Fund:
        """The kind of money, whatever its origin."""
        return Fund[self.name.partition("_")[0]]

    @property
    def origin(self) -> Origin:
        """Own level, upper level or carried over."""
        suffix = self.name.partition("_")[2]
        return {"": Origin.OWN, "UPPER": Origin.UPPER, "CARRIED": Origin.CARRIED}[suffix]


FISCAL_FUNDS = (Fund.GENERAL, Fund.GOVERNMENT, Fund.CAPITAL)
"""财政拨款: the three budgets that the treasury appropriates (预算法第五条)."""

OTHER_FUNDS = (Fund.SPECIAL, Fund.UNIT)
"""非财政拨款."""
