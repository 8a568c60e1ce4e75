"""What the explanations (情况说明) of a budget speak of: plain figures for templates to word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from gongkai.model.base import Explained
from gongkai.model.budget.budget import Project
from gongkai.model.budget.sources import FISCAL_FUNDS, OTHER_FUNDS, Fund, Source
from gongkai.model.reading import ZERO
from gongkai.model.unit import UnitNature

from .figures import BudgetFigures
from .spending import APPROPRIATED, CARRIED, of_fund


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with last year's and the reason (万元); ``idle`` when both years have nothing."""

    key: str
    amount: Decimal
    prior: Decimal = ZERO
    reason: str = ""

    @property
    def idle(self) -> bool:
        """Nothing this year and nothing last year."""
        return not self.amount and not self.prior


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A 类 with its amount of one fund (万元) and what it is mainly used for."""

    name: str
    amount: Decimal
    use: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A 项 with its full name 类/款/项, this year's and last year's amount, and the reason.

    ``stated`` is what the file says of it: other comparisons of a pack stand there, too.
    """

    class_name: str
    group_name: str
    name: str
    amount: Decimal
    prior: Decimal
    reason: str
    stated: Explained | None = None


@dataclass(frozen=True, slots=True)
class FundView:
    """This year's appropriation of one fund."""

    total: Decimal
    prior: Decimal
    basic: Line
    project: Line
    classes: Sequence[ClassLine]
    items: Sequence[ItemLine]


class ProjectLine(NamedTuple):
    """A project and its money of the fund that is spoken of (万元)."""

    listed_project: Project
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ProjectsLine:
    """Projects with money of one sort: how many, and how much of it (万元)."""

    key: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ThreePublicView:
    """“三公”经费: the total and its four items."""

    total: Line
    abroad: Line
    vehicle_purchase: Line
    vehicle_running: Line
    reception: Line


@dataclass(frozen=True, slots=True)
class BudgetView:
    """Everything that the prose of a budget disclosure prints, section by section."""

    total: Decimal
    income_kinds: Sequence[str]
    spending_classes: Sequence[str]
    income: Sequence[Line]
    basic: Line
    project: Line
    appropriated: Decimal
    appropriations: Sequence[Line]
    general: FundView
    government: FundView
    capital: FundView
    staff_costs: Decimal
    staff_items: Sequence[str]
    operating_costs: Decimal
    operating_items: Sequence[str]
    projects: Sequence[ProjectLine]
    three_public: ThreePublicView
    carried: Decimal
    carried_sources: Sequence[Line]
    running_costs: Line
    procurement: Decimal
    is_institution: bool
    unit_target_count: int
    unit_target_amount: Decimal
    project_count: int
    fiscal_project_count: int
    fiscal_project_amount: Decimal
    other_project_count: int
    other_project_amount: Decimal
    secret_projects: Sequence[ProjectsLine]
    untargeted_count: int
    untargeted_amount: Decimal


def budget_view(f: BudgetFigures) -> BudgetView:
    """The prose's figures, from the derived figures of a budget."""
    budget = f.budget
    changes = budget.expenditure_changes
    untargeted = [p for p in f.other_projects if not (p.target or p.secret or p.current_of(*FISCAL_FUNDS))]
    general = of_fund(Fund.GENERAL)
    return BudgetView(
        total=f.total,
        income_kinds=_income_kinds(f),
        spending_classes=[f.name(code) for code in f.codes(level=3)],
        income=_income_lines(f),
        basic=_line("基本支出", f.basic(), changes.basic),
        project=_line("项目支出", f.project(), changes.project),
        appropriated=f.appropriated,
        appropriations=[Line(fund.value, f.fund_total(fund)) for fund in FISCAL_FUNDS if f.fund_total(fund)],
        general=_fund_view(f, Fund.GENERAL, changes.general_basic, changes.general_project),
        government=_fund_view(f, Fund.GOVERNMENT, None, None),
        capital=_fund_view(f, Fund.CAPITAL, None, None),
        staff_costs=f.staff_costs,
        staff_items=[f.economic_name(code) for code in f.economic_items(operating=False)],
        operating_costs=f.operating_costs,
        operating_items=[f.economic_name(code) for code in f.economic_items(operating=True)],
        projects=[ProjectLine(p, f.project_money([p], sources=general)) for p in f.general_projects],
        three_public=_three_public(f),
        carried=f.carried,
        carried_sources=[Line(s.value, f.income(s)) for s in CARRIED if f.income(s)],
        running_costs=_line("机关运行经费", f.running_costs, budget.running_costs),
        procurement=f.procurement,
        is_institution=budget.unit.nature is UnitNature.PUBLIC_INSTITUTION,
        unit_target_count=1 if budget.unit_target else 0,
        unit_target_amount=f.total if budget.unit_target else ZERO,
        project_count=len(budget.projects),
        fiscal_project_count=len(f.fiscal_projects),
        fiscal_project_amount=f.project(sources=APPROPRIATED),
        other_project_count=len(f.other_projects),
        other_project_amount=f.project(sources=[s for fund in OTHER_FUNDS for s in of_fund(fund)]),
        secret_projects=_secret_projects(f),
        untargeted_count=len(untargeted),
        untargeted_amount=_amount(f, untargeted, OTHER_FUNDS),
    )


def _amount(f: BudgetFigures, projects: Sequence[Project], funds: Sequence[Fund]) -> Decimal:
    return f.project_money(projects, sources=[s for fund in funds for s in of_fund(fund)])


def _secret_projects(f: BudgetFigures) -> list[ProjectsLine]:
    """Secret projects under each sort of money that they have: of this year, fiscal and other, and carried over."""
    fiscal, other, carried = (
        [p for p in projects if p.secret] for projects in (f.fiscal_projects, f.other_projects, f.carried_projects)
    )
    lines = (
        ProjectsLine("财政拨款", len(fiscal), _amount(f, fiscal, FISCAL_FUNDS)),
        ProjectsLine("非财政拨款", len(other), _amount(f, other, OTHER_FUNDS)),
        ProjectsLine("上年结转结余", len(carried), f.project_money(carried, sources=CARRIED)),
    )
    return [line for line in lines if line.count]


def _line(key: str, amount: Decimal, explained: Explained | None) -> Line:
    if explained is None:
        return Line(key, amount)
    return Line(key, amount, explained.prior, explained.reason)


def _income_kinds(f: BudgetFigures) -> list[str]:
    kinds = [fund.value for fund in Fund if f.fund_total(fund)]
    return [*kinds, "上年结转结余"] if f.carried else kinds


def income_entries(f: BudgetFigures) -> list[tuple[str, Decimal, Explained | None]]:
    """Every income line of section 二: its key, this year's amount, and its explanation."""
    income = f.budget.income
    explained: dict[Source, Explained | None] = {
        Source.GENERAL: income.general,
        Source.GENERAL_UPPER: income.general_upper,
        Source.GOVERNMENT: income.government,
        Source.GOVERNMENT_UPPER: income.government_upper,
        Source.CAPITAL: income.capital,
        Source.CAPITAL_UPPER: income.capital_upper,
        Source.SPECIAL: income.special,
        Source.UNIT: income.unit,
    }
    entries = [(source.value, f.income(source), reason) for source, reason in explained.items()]
    return [*entries, ("上年结转结余", f.carried, income.carried)]


def nature_entries(f: BudgetFigures) -> list[tuple[str, Decimal, Explained | None]]:
    """基本支出 and 项目支出, of all money and of 一般公共预算: the name, this year's amount, and its explanation."""
    changes, general = f.budget.expenditure_changes, of_fund(Fund.GENERAL)
    return [
        ("基本支出", f.basic(), changes.basic),
        ("项目支出", f.project(), changes.project),
        ("一般公共预算基本支出", f.basic(sources=general), changes.general_basic),
        ("一般公共预算项目支出", f.project(sources=general), changes.general_project),
    ]


def _income_lines(f: BudgetFigures) -> list[Line]:
    return [_line(key, amount, explained) for key, amount, explained in income_entries(f)]


def _fund_view(f: BudgetFigures, fund: Fund, basic: Explained | None, project: Explained | None) -> FundView:
    sources = of_fund(fund)
    changes = f.item_changes(fund)
    return FundView(
        total=f.fund_total(fund),
        prior=sum((i.prior for i in changes), ZERO),
        basic=_line("基本支出", f.basic(sources=sources), basic),
        project=_line("项目支出", f.project(sources=sources), project),
        classes=[
            ClassLine(f.name(code), f.spent(code, sources), f.use(code, fund)) for code in f.codes(sources, level=3)
        ],
        items=[
            ItemLine(f.name(i.code[:3]), f.name(i.code[:5]), f.name(i.code), i.amount, i.prior, i.reason, i.stated)
            for i in changes
        ],
    )


def _three_public(f: BudgetFigures) -> ThreePublicView:
    items = f.budget.three_public.by_name
    parts = [Line(name, f.three_public((name,)), item.prior, item.reason) for name, item in items.items()]
    total = Line("“三公”经费", f.three_public(), sum((p.prior for p in parts), ZERO))
    return ThreePublicView(total, *parts)
