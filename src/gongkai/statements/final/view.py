"""What the explanations (情况说明) of a final account speak of: plain figures for templates to word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.model.base import Explained
from gongkai.model.final.final_account import FISCAL_MONEY, Compared, IncomeKind, Money
from gongkai.model.final.self_evaluation import Narrative
from gongkai.model.reading import ZERO
from gongkai.statements.budget.view import ItemLine

from .figures import FinalFigures
from .self_evaluation import add


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of a whole (万元)."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Movement:
    """A total with last year's and with the original budget, and the reasons (万元)."""

    amount: Decimal
    prior: Decimal = ZERO
    reason: str = ""
    budget: Decimal = ZERO
    budget_reason: str = ""


@dataclass(frozen=True, slots=True)
class FundAccount:
    """One fund's year: carried in, received, spent, carried out, with the items behind it."""

    opening: Decimal
    income: Decimal
    spent: Decimal
    closing: Decimal
    movement: Movement
    classes: Sequence[Part]
    items: Sequence[ItemLine]
    total: Decimal
    """收入总计, which is 支出总计."""

    @property
    def spending_total(self) -> Decimal:
        """支出总计."""
        return self.total

    @property
    def idle(self) -> bool:
        """No money this year, none last year, and none budgeted."""
        money = (self.opening, self.income, self.spent, self.closing, self.movement.prior, self.movement.budget)
        return not (any(money) or self.items)


@dataclass(frozen=True, slots=True)
class ThreePublicLine:
    """An item of 三公经费 with last year's amount, the adjusted budget and the reasons (万元)."""

    name: str
    amount: Decimal
    prior: Decimal
    reason: str
    budget: Decimal
    budget_reason: str


@dataclass(frozen=True, slots=True)
class FinalView:
    """Everything that the prose of a final account prints, section by section."""

    income_total: Decimal
    income: Decimal
    used_balance: Decimal
    opening: Decimal
    spending_total: Decimal
    spent: Decimal
    distributed: Decimal
    closing: Decimal
    total: Movement
    income_parts: Sequence[Part]
    spending_parts: Sequence[Part]
    fiscal: FundAccount
    general: FundAccount
    government: FundAccount
    capital: FundAccount
    basic: Decimal
    staff_costs: Decimal
    staff_items: Sequence[str]
    operating_costs: Decimal
    operating_items: Sequence[str]
    three_public: ThreePublicLine
    vehicles: ThreePublicLine
    items: Sequence[ThreePublicLine]
    running_costs: Movement
    procurement: Decimal
    evaluated_budget: Decimal
    evaluated_spent: Decimal
    unit_evaluation_count: int
    project_count: int
    project_budget: Decimal
    project_spent: Decimal
    secret_count: int
    secret_spent: Decimal
    narrative: Narrative | None


def final_view(f: FinalFigures, *, ended_last: bool = False) -> FinalView:
    """The prose's figures, from the derived figures of a final account.

    ``ended_last`` lists items that had money last year only after all others, not in code order.
    """
    account = f.account
    comparisons = account.comparisons
    evaluation = account.unit_evaluation
    unit_money = add(evaluation.funding.lines if evaluation else [])
    project_money = add([line for p in account.project_evaluations for line in (p.fiscal, p.other)])
    secret = [p for p in account.project_evaluations if p.secret]
    total, vehicles, items = _three_public(f)
    return FinalView(
        income_total=f.income_total,
        income=f.income(),
        used_balance=account.used_balance,
        opening=f.opening(),
        spending_total=f.spending_total,
        spent=f.spent(),
        distributed=account.distributed,
        closing=f.closing(),
        total=_movement(f.income_total, comparisons.total),
        income_parts=_income_parts(f),
        spending_parts=_spending_parts(f),
        fiscal=_fund(f, FISCAL_MONEY, comparisons.fiscal, whole=True),
        general=_fund(f, (Money.GENERAL,), comparisons.general, ended_last=ended_last),
        government=_fund(f, (Money.GOVERNMENT,), comparisons.government, whole=True),
        capital=_fund(f, (Money.CAPITAL,), comparisons.capital, whole=True),
        basic=f.basic(money=(Money.GENERAL,)),
        staff_costs=f.staff_costs,
        staff_items=[f.economic_name(code) for code in f.economic_items(operating=False)],
        operating_costs=f.operating_costs,
        operating_items=[f.economic_name(code) for code in f.economic_items(operating=True)],
        three_public=total,
        vehicles=vehicles,
        items=items,
        running_costs=_movement(f.running_costs, account.running_costs),
        procurement=f.procurement,
        evaluated_budget=unit_money.adjusted,
        evaluated_spent=unit_money.spent,
        unit_evaluation_count=1 if evaluation else 0,
        project_count=len(account.project_evaluations),
        project_budget=project_money.adjusted,
        project_spent=project_money.spent,
        secret_count=len(secret),
        secret_spent=add([line for p in secret for line in (p.fiscal, p.other)]).spent,
        narrative=account.narrative,
    )


def _movement(amount: Decimal, explained: Explained | None) -> Movement:
    if explained is None:
        return Movement(amount)
    if isinstance(explained, Compared):
        return Movement(amount, explained.prior, explained.reason, explained.budget, explained.budget_reason)
    return Movement(amount, explained.prior, explained.reason)


def _income_parts(f: FinalFigures) -> list[Part]:
    """The six kinds of income in the order of 02表; all are always printed."""
    return [Part("财政拨款收入", f.appropriation()), *(Part(k.value, f.other_income(kinds=(k,))) for k in IncomeKind)]


def _spending_parts(f: FinalFigures) -> list[Part]:
    """The five kinds of spending in the order of 03表; all are always printed."""
    return [
        Part("基本支出", f.basic()),
        Part("项目支出", f.project()),
        Part("上缴上级支出", f.to_upper()),
        Part("经营支出", f.business()),
        Part("对附属单位补助支出", f.to_subordinate()),
    ]


def _fund(
    f: FinalFigures, money: Sequence[Money], compared: Compared | None, *, whole: bool = False, ended_last: bool = False
) -> FundAccount:
    """A fund's account; ``whole`` compares income and spending in all, otherwise spending alone."""
    spent, opening, income = f.spent(money=money), f.opening(money=money), f.appropriation(money=money)
    return FundAccount(
        opening=opening,
        income=income,
        spent=spent,
        closing=f.closing(money=money),
        movement=_movement(f.fiscal_total(money) if whole else spent, compared),
        classes=[Part(f.name(code), f.spent(code, money)) for code in f.codes(money, level=3)],
        items=sorted(_items(f, money[0]), key=lambda i: ended_last and not i.amount) if len(money) == 1 else [],
        total=f.fiscal_total(money),
    )


def comparison_entries(f: FinalFigures) -> list[tuple[str, Decimal, Explained | None]]:
    """What is compared with last year as a whole (总体变动): its name, this year's amount, and its explanation."""
    stated = f.account.comparisons
    return [
        ("收支总计", f.income_total, stated.total),
        ("财政拨款", f.fiscal_total(FISCAL_MONEY), stated.fiscal),
        ("一般公共预算", f.spent(money=(Money.GENERAL,)), stated.general),
        ("政府性基金预算", f.fiscal_total((Money.GOVERNMENT,)), stated.government),
        ("国有资本经营预算", f.fiscal_total((Money.CAPITAL,)), stated.capital),
    ]


def _items(f: FinalFigures, money: Money) -> list[ItemLine]:
    """Every 项 with an amount of the fund this year or last year, in code order."""
    lines = []
    for entry in sorted(f.account.accounts, key=lambda a: a.code):
        amount = f.spent(entry.code, (money,))
        change = entry.changes.get(money)
        if amount or (change and change.prior):
            names = (f.name(entry.code[:3]), f.name(entry.code[:5]), f.name(entry.code))
            prior, reason = (change.prior, change.reason) if change else (ZERO, "")
            lines.append(ItemLine(*names, amount, prior, reason, change))
    return lines


def _three_public(f: FinalFigures) -> tuple[ThreePublicLine, ThreePublicLine, list[ThreePublicLine]]:
    """The total, vehicles together, and the four items."""
    spent = f.account.three_public
    by_name = spent.by_name

    def line(name: str, names: Sequence[str], reason: str, budget_reason: str) -> ThreePublicLine:
        items = [by_name[item] for item in names]
        return ThreePublicLine(
            name,
            f.three_public(names),
            sum((i.prior for i in items), ZERO),
            reason,
            sum((i.budget for i in items), ZERO),
            budget_reason,
        )

    total = line("“三公”经费", tuple(by_name), spent.reason, spent.budget_reason)
    both = ("公务用车购置费", "公务用车运行维护费")
    vehicles = line("公务用车购置及运行维护费", both, spent.vehicle_reason, "")
    items = [line(name, (name,), item.own_reason, item.budget_reason) for name, item in by_name.items()]
    return total, vehicles, items
