"""A final account's derived figures: every sum that tables and prose share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from gongkai.catalog import ancestors
from gongkai.model.base import Explained
from gongkai.model.final.final_account import FISCAL_MONEY, FinalAccount, IncomeKind, Money
from gongkai.model.reading import ZERO
from gongkai.statements.figures import Figures
from gongkai.statements.totals import Fact, Sums, Terms, Total

ALL_MONEY = tuple(Money)

BASIC, PROJECT, INCOME = "基本支出", "项目支出", "收入"
TO_UPPER, BUSINESS, TO_SUBORDINATE = "上缴上级支出", "经营支出", "对附属单位补助支出"
OPENING, CLOSING = "年初结转和结余", "年末结转和结余"
USED, DISTRIBUTED = "使用非财政拨款结余", "结余分配"
_BY_MONEY = (BASIC, PROJECT)
_OWN = (TO_UPPER, BUSINESS, TO_SUBORDINATE)

_FUNDS: Mapping[str, Sequence[Money]] = {"财政拨款": FISCAL_MONEY, **{m.value: (m,) for m in FISCAL_MONEY}}


class FinalFigures(Figures):
    """Sums over a final account's primary facts, 万元: exact, or the approved total (核定数) that stands for one.

    Without ``approved``, every sum is that of what was typed.
    """

    item_list = "科目收支"

    def __init__(self, account: FinalAccount, *, approved: bool = True) -> None:
        super().__init__(account)
        self.account = account
        self._by_part: dict[tuple[str, str], list[tuple[Money | IncomeKind, Fact]]] = {}
        self._codes: list[str] = []
        self.parts: list[tuple[str, str, str, Fact]] = []
        """The facts of the accounts: the part, the 科目, the money or kind of income, and the fact."""
        self.sums = Sums(self._facts())
        self.stated: Mapping[str, Decimal] = {str(name): figure for name, figure in account.control.items()}
        if approved:
            self.sums.state(self.totals, self.stated)

    def _facts(self) -> dict[Fact, Decimal]:
        """The amounts by the name of each fact; beside, the facts of each part of the accounts are listed."""
        account = self.account
        facts: dict[Fact, Decimal] = {USED: account.used_balance, DISTRIBUTED: account.distributed}
        facts |= self.economic_facts()
        facts |= {("三公经费", name): item.spent for name, item in account.three_public.by_name.items()}
        bought = account.procurement
        facts |= {"货物": bought.goods, "工程": bought.works, "服务": bought.services}
        for entry in account.accounts:
            parts: dict[str, Mapping[Money, Decimal] | Mapping[IncomeKind, Decimal]] = {
                BASIC: entry.basic,
                PROJECT: entry.project,
                TO_UPPER: {Money.OTHER: entry.to_upper},
                BUSINESS: {Money.OTHER: entry.business},
                TO_SUBORDINATE: {Money.OTHER: entry.to_subordinate},
                INCOME: entry.income,
                OPENING: entry.opening,
                CLOSING: entry.closing,
            }
            for part, amounts in parts.items():
                for kind, amount in amounts.items():
                    fact = len(self._codes)  # a number is found faster than a name
                    facts[fact] = amount
                    self._codes.append(entry.code)
                    self.parts.append((part, entry.code, kind.value, fact))
                    for level in ("", *ancestors(entry.code), entry.code):
                        self._by_part.setdefault((part, level), []).append((kind, fact))
        return facts

    def code_of(self, fact: Fact) -> str:
        """The 科目 of a fact, functional or economic; what it is called where it has none."""
        if isinstance(fact, int):
            return self._codes[fact]
        return str(fact[-1]) if isinstance(fact, tuple) and fact[0] == "经济分类" else str(fact)

    @cached_property
    def exact(self) -> FinalFigures:
        """The same figures as they add up, whatever was approved."""
        return FinalFigures(self.account, approved=False)

    @cached_property
    def totals(self) -> Sequence[Total]:
        """The totals of the statements, each with the facts that it adds up."""
        terms, general = self._terms, (Money.GENERAL,)
        received = [*self._received(), *terms((INCOME,)), (USED, 1), *terms((OPENING,))]
        ways: dict[str, list[Terms]] = {
            "收支总计": [[*self._spent(), (DISTRIBUTED, 1), *terms((CLOSING,))], received],
            "本年收入": [[*self._received(), *terms((INCOME,))]],
            "本年支出": [self._spent()],
            USED: [[(USED, 1)]],
            DISTRIBUTED: [[(DISTRIBUTED, 1)]],
            OPENING: [terms((OPENING,))],
            CLOSING: [terms((CLOSING,))],
            **{part: [terms((part,))] for part in (*_BY_MONEY, *_OWN)},
            **{kind.value: [terms((INCOME,), kinds=(kind,))] for kind in IncomeKind},
        }
        for name, money in _FUNDS.items():
            ways |= {
                f"{name}收支总计": [[*self._spent(money=money), *terms((CLOSING,), kinds=money)]],
                f"{name}收入": [self._received(money=money)],
                f"{name}支出": [self._spent(money=money)],
                **{f"{name}{part}": [terms((part,), kinds=money)] for part in (OPENING, CLOSING, *_BY_MONEY)},
            }
        operating, staff = self.economic_terms(operating=True), self.economic_terms(operating=False)
        ways[f"{Money.GENERAL.value}基本支出"] = [terms((BASIC,), kinds=general), [*staff, *operating]]
        ways |= {
            "人员经费": [staff],
            "公用经费": [operating],
            "三公经费": [[(("三公经费", name), 1) for name in self.account.three_public.by_name]],
            "政府采购": [[("货物", 1), ("工程", 1), ("服务", 1)]],
        }
        return [Total(name, each) for name, each in ways.items()]

    @property
    def item_codes(self) -> Sequence[str]:
        """The 科目 as the file lists them."""
        return [entry.code for entry in self.account.accounts]

    def general(self, code: str) -> Decimal:
        """一般公共预算 under a 科目."""
        return self.spent(code, (Money.GENERAL,))

    def general_change(self, at: int) -> Explained | None:
        """What is told of last year's 一般公共预算 of a 科目."""
        return self.account.accounts[at].changes.get(Money.GENERAL)

    def general_basic(self, codes: Collection[str]) -> list[Decimal]:
        """基本支出 of 一般公共预算 as it was typed under these 科目."""
        return [entry.basic.get(Money.GENERAL, ZERO) for entry in self.account.accounts if entry.code in codes]

    @property
    def personnel(self) -> Decimal:
        """人员经费 of 一般公共预算: that of other money is not told."""
        return self.staff_costs

    @property
    def spending_of_year(self) -> Decimal:
        """本年支出."""
        return self.spent()

    @property
    def official_cars(self) -> tuple[Decimal, int]:
        """What running 公务用车 costs (万元), and how many there are."""
        running = self.account.three_public.vehicle_running
        return running.spent, running.fleet

    @property
    def fleet_counts(self) -> Collection[int]:
        """All vehicles held, and those of 公务用车."""
        return {self.account.assets.fleet.count, self.account.three_public.vehicle_running.fleet}

    def _terms(
        self, parts: Iterable[str], code: str = "", kinds: Iterable[Money | IncomeKind] | None = None, sign: int = 1
    ) -> Terms:
        """The facts of some parts of the accounts under a code, of some kinds of money or income."""
        wanted = None if kinds is None else frozenset(kinds)
        return [
            (fact, sign)
            for part in parts
            for kind, fact in self._by_part.get((part, code), ())
            if wanted is None or kind in wanted
        ]

    def _spent(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Terms:
        return self._terms((*_BY_MONEY, *_OWN), code, money)

    def _received(self, code: str = "", money: Sequence[Money] = FISCAL_MONEY) -> Terms:
        carried_out, carried_in = self._terms((CLOSING,), code, money), self._terms((OPENING,), code, money, -1)
        return [*self._spent(code, money), *carried_out, *carried_in]

    def basic(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Decimal:
        """基本支出 under a code from the given money."""
        return self.sums.printed(self._terms((BASIC,), code, money))

    def project(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Decimal:
        """项目支出 under a code from the given money."""
        return self.sums.printed(self._terms((PROJECT,), code, money))

    def to_upper(self, code: str = "") -> Decimal:
        """上缴上级支出."""
        return self.sums.printed(self._terms((TO_UPPER,), code))

    def business(self, code: str = "") -> Decimal:
        """经营支出."""
        return self.sums.printed(self._terms((BUSINESS,), code))

    def to_subordinate(self, code: str = "") -> Decimal:
        """对附属单位补助支出."""
        return self.sums.printed(self._terms((TO_SUBORDINATE,), code))

    def spent(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Decimal:
        """本年支出; the three kinds beside 基本 and 项目 are never paid from 财政拨款."""
        return self.sums.printed(self._spent(code, money))

    def opening(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Decimal:
        """年初结转和结余."""
        return self.sums.printed(self._terms((OPENING,), code, money))

    def closing(self, code: str = "", money: Sequence[Money] = ALL_MONEY) -> Decimal:
        """年末结转和结余."""
        return self.sums.printed(self._terms((CLOSING,), code, money))

    def appropriation(self, code: str = "", money: Sequence[Money] = FISCAL_MONEY) -> Decimal:
        """财政拨款收入: what was spent, and the change of what is carried (04表)."""
        return self.sums.printed(self._received(code, money))

    def fiscal_total(self, money: Sequence[Money]) -> Decimal:
        """收入总计 of fiscal money, which is 支出总计: what was spent and what is left."""
        return self.sums.printed([*self._spent(money=money), *self._terms((CLOSING,), kinds=money)])

    def other_income(self, code: str = "", kinds: Sequence[IncomeKind] = tuple(IncomeKind)) -> Decimal:
        """Income that is not 财政拨款."""
        return self.sums.printed(self._terms((INCOME,), code, kinds))

    def income(self, code: str = "") -> Decimal:
        """本年收入."""
        return self.sums.printed([*self._received(code), *self._terms((INCOME,), code)])

    def other_amounts(self, code: str) -> list[Decimal]:
        """What was typed of money that is not 财政拨款 under a 科目: its income, spending and balances."""
        other = (Money.OTHER,)
        return self.sums.amounts([
            *self._spent(code, other),
            *self._terms((OPENING, CLOSING), code, other),
            *self._terms((INCOME,), code),
        ])  # fmt: skip

    @cached_property
    def income_total(self) -> Decimal:
        """收入总计."""
        return self.sums.printed(self.totals[0].ways[1])

    @cached_property
    def spending_total(self) -> Decimal:
        """支出总计."""
        return self.sums.printed(self.totals[0].ways[0])

    def three_public(self, names: Iterable[str] | None = None) -> Decimal:
        """“三公”经费支出: the items of these names, all without."""
        items = self.account.three_public.by_name if names is None else tuple(names)
        return self.sums.printed([(("三公经费", name), 1) for name in items])

    def codes(self, money: Sequence[Money] = ALL_MONEY, level: int = 7) -> list[str]:
        """Codes of one level with spending from the given money, in code order."""
        return sorted({a.code[:level] for a in self.account.accounts if self.spent(a.code, money)})

    def fund_codes(self, money: Money) -> list[str]:
        """项 codes with income, spending or balances of one fund, in code order."""
        only = (money,)
        return sorted({
            a.code
            for a in self.account.accounts
            if self.spent(a.code, only) or self.opening(a.code, only) or self.closing(a.code, only)
        })  # fmt: skip
