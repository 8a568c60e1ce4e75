"""A final account's derived figures: every sum that tables and prose share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from gongkai.model.base import ZERO
from gongkai.model.final import FISCAL_MONEY, Account, FinalAccount, IncomeKind, Money

from .economic import EconomicFigures

ALL_MONEY = tuple(Money)


class FinalFigures(EconomicFigures):
    """Sums over a final account's primary facts; all amounts are exact 万元."""

    def __init__(self, account: FinalAccount) -> None:
        super().__init__(account)
        self.account = account

    def _under(self, code: str) -> Iterable[Account]:
        return (a for a in self.account.accounts if a.code.startswith(code))

    def basic(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Decimal:
        """基本支出 under a code from the given money."""
        return sum((a.basic.get(m, ZERO) for a in self._under(code) for m in money), ZERO)

    def project(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Decimal:
        """项目支出 under a code from the given money."""
        return sum((a.project.get(m, ZERO) for a in self._under(code) for m in money), ZERO)

    def to_upper(self, code: str = "") -> Decimal:
        """上缴上级支出."""
        return sum((a.to_upper for a in self._under(code)), ZERO)

    def business(self, code: str = "") -> Decimal:
        """经营支出."""
        return sum((a.business for a in self._under(code)), ZERO)

    def to_subordinate(self, code: str = "") -> Decimal:
        """对附属单位补助支出."""
        return sum((a.to_subordinate for a in self._under(code)), ZERO)

    def spent(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Decimal:
        """本年支出; the three kinds beside 基本 and 项目 are never paid from 财政拨款."""
        own = self.to_upper(code) + self.business(code) + self.to_subordinate(code) if Money.OTHER in money else ZERO
        return self.basic(code, money) + self.project(code, money) + own

    def opening(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Decimal:
        """年初结转和结余."""
        return sum((a.opening.get(m, ZERO) for a in self._under(code) for m in money), ZERO)

    def closing(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Decimal:
        """年末结转和结余."""
        return sum((a.closing.get(m, ZERO) for a in self._under(code) for m in money), ZERO)

    def appropriation(self, code: str = "", money: Sequence[Money] = FISCAL_MONEY) -> Decimal:
        """财政拨款收入: what was spent, and the change of what is carried (04表)."""
        return self.spent(code, money) + self.closing(code, money) - self.opening(code, money)

    def fiscal_total(self, money: Sequence[Money]) -> Decimal:
        """收入总计 of fiscal money, which is 支出总计: what was spent and what is left."""
        return self.spent(money=money) + self.closing(money=money)

    def other_income(self, code: str = "", kinds: Sequence[IncomeKind] = tuple(IncomeKind)) -> Decimal:
        """Income that is not 财政拨款."""
        return sum((a.income.get(k, ZERO) for a in self._under(code) for k in kinds), ZERO)

    def income(self, code: str = "") -> Decimal:
        """本年收入."""
        return self.appropriation(code) + self.other_income(code)

    @cached_property
    def income_total(self) -> Decimal:
        """收入总计."""
        return self.income() + self.account.used_balance + self.opening()

    @cached_property
    def spending_total(self) -> Decimal:
        """支出总计."""
        return self.spent() + self.account.distributed + self.closing()

    def codes(self, money: Sequence[Money] = ALL_MONEY, level: int = 7) -> list[str]:
        """Codes of one level with spending from the given money, in code order."""
        return sorted({a.code[:level] for a in self.account.accounts if self.spent(a.code, money)})

    @cached_property
    def income_codes(self) -> list[str]:
        """项 codes with any income, in code order."""
        return sorted(
            {a.code for a in self.account.accounts if self.appropriation(a.code) or self.other_income(a.code)}
        )

    def fund_codes(self, money: Money) -> list[str]:
        """项 codes with income, spending or balances of one fund, in code order."""
        only = (money,)
        return sorted({
            a.code
            for a in self.account.accounts
            if self.spent(a.code, only) or self.opening(a.code, only) or self.closing(a.code, only)
        })  # fmt: skip

    def economic(self, code: str) -> Decimal:
        """一般公共预算财政拨款基本支出 under an economic 类 or 款."""
        items = self.account.basic_by_economic.items()
        return sum((amount for key, amount in items if key.startswith(code)), ZERO)
