"""Rules about last year's figures of a budget, which stand in several places (上年数)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.checks.rule import IN_ROUNDING, Problem, disagreement, in_file_unit, printed, rule, unequal
from gongkai.checks.subjects.measures import prior_of
from gongkai.findings import Level, Path
from gongkai.model.base import Explained
from gongkai.model.budget.sources import Fund
from gongkai.model.reading import ZERO
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.view import income_entries
from gongkai.statements.totals import rounding_bound

from .completeness import change_explained


@dataclass(frozen=True, slots=True)
class _Place:
    """One place that tells last year's total (万元), as a sum of so many figures."""

    name: str
    what: str
    path: Path
    amounts: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.amounts, ZERO)


@rule("GK405", "请找出上年预算公开文件，核对上年数；两处一致而一处不同的，多半错在不同的那一处")
def prior_general_agrees(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：一般公共预算的上年数在收入、支出性质、科目三处合计相同；另两本预算在收入、科目两处相同。
    为何重要：三处的增减额说的是同一个增减，合计不同就自相矛盾。
    依据：本年各处合计相等，上年也应相等。
    怎样改：找出上年预算公开文件，逐处核对；先看与另两处不同的那一处。
    """
    if any(change_explained.check(figures)):
        return  # a last year's figure is missing, and that is said already
    income = figures.budget.income
    yield from _odd_one_out(figures, _general_places(figures))
    yield from _prior_of_fund(figures, Fund.GOVERNMENT, income.government, income.government_upper)
    yield from _prior_of_fund(figures, Fund.CAPITAL, income.capital, income.capital_upper)


def _general_places(figures: BudgetFigures) -> tuple[_Place, _Place, _Place]:
    budget = figures.budget
    income = (budget.income.general, budget.income.general_upper)
    natures = (budget.expenditure_changes.general_basic, budget.expenditure_changes.general_project)
    items = [entry.changes.get(Fund.GENERAL) for entry in budget.expenditures]

    def place(name: str, what: str, path: Path, parts: Sequence[Explained | None]) -> _Place:
        return _Place(name, what, path, tuple(prior_of(part) for part in parts))

    return (
        place("收入", "收入里一般公共预算的上年数", ("收入", "一般公共预算"), income),
        place("支出变动", "一般公共预算基本支出、项目支出的上年数合计", ("支出变动",), natures),
        place("各科目", "各科目一般公共预算的上年数合计", ("支出",), items),
    )


def _odd_one_out(figures: BudgetFigures, places: Sequence[_Place]) -> Iterator[Problem]:
    """One problem for three places that should tell one figure: which differs from the other two, if two agree."""
    if len({place.total for place in places}) == 1:
        return

    def agree(a: _Place, b: _Place) -> bool:
        return abs(a.total - b.total) <= rounding_bound((*a.amounts, *b.amounts))

    small = all(agree(a, b) for a in places for b in places)
    for odd in places:
        first, second = (place for place in places if place is not odd)
        alike = first.total == second.total if small else agree(first, second)
        if alike and (small or not (agree(odd, first) or agree(odd, second))):
            other = f"，{first.name}、{second.name}两处都是"
            problem = unequal(
                figures, odd.path, odd.what, odd.total, other, first.total, IN_ROUNDING if small else ""
            )  # fmt: skip
            yield replace(problem, level=Level.WARNING) if small else problem
            return
    told = "，".join(f"{place.name} {printed(figures, place.total, places[0].path)}" for place in places)
    message = f"一般公共预算的上年数三处互不相同：{told}{IN_ROUNDING if small else ''}"
    stated, expected = (in_file_unit(figures, place.total, places[0].path) for place in places[:2])
    yield Problem(places[0].path, message, stated, expected, Level.WARNING if small else None)


def _prior_of_fund(figures: BudgetFigures, fund: Fund, *income: Explained | None) -> Iterator[Problem]:
    items = [prior_of(entry.changes.get(fund)) for entry in figures.budget.expenditures if fund in entry.changes]
    received = sum((prior_of(explained) for explained in income), ZERO)
    yield from disagreement(
        figures, ("支出",), f"各科目{fund.value}的上年数合计", sum(items, ZERO),
        f"收入里{fund.value}的上年数", received, [*items, *map(prior_of, income)],
    )  # fmt: skip


@rule("GK406", "请核对各处的上年数（上年预算公开里的数）")
def prior_total_agrees(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：各项收入的上年数之和等于基本支出、项目支出的上年数之和。
    为何重要：上年收支总计是一个数。
    依据：收入总计等于支出总计。
    怎样改：找出上年预算公开文件，逐处核对。
    """
    if any(change_explained.check(figures)):
        return  # a last year's figure is missing, and that is said already
    income = [explained.prior for _, _, explained in income_entries(figures) if explained is not None]
    changes = figures.budget.expenditure_changes
    natures = [prior_of(changes.basic), prior_of(changes.project)]
    nature = sum(natures, ZERO)
    missed = abs(nature - sum(income, ZERO))
    known = prior_general_agrees.check(figures)
    if any(_gap(problem) == in_file_unit(figures, missed, problem.path) for problem in known):
        return  # the same wrong figure, told already
    yield from disagreement(
        figures, ("支出变动",), "基本支出、项目支出的上年数合计", nature,
        "各项收入的上年数合计", sum(income, ZERO), [*income, *natures],
    )  # fmt: skip


def _gap(problem: Problem) -> Decimal:
    assert problem.stated is not None, "two places always disagree by a figure"
    assert problem.expected is not None, "two places always disagree by a figure"
    return abs(problem.stated - problem.expected)


@rule("GK420", "请核对“支出变动”里的上年数")
def prior_general_within_all(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：一般公共预算的基本支出、项目支出的上年数不大于全部资金的。
    为何重要：一般公共预算是全部资金的一部分。
    依据：表3的支出包括表5的支出，上年也是一样。
    怎样改：核对“支出变动”里两对上年数。
    """
    if any(prior_general_agrees.check(figures)):
        return  # one of the places is wrong, and that is told already
    changes = figures.budget.expenditure_changes
    for name, whole, part in (
        ("基本支出", changes.basic, changes.general_basic),
        ("项目支出", changes.project, changes.general_project),
    ):
        if whole is not None and part is not None and part.prior > whole.prior:
            path: Path = ("支出变动", f"一般公共预算{name}", "上年")
            what = f"一般公共预算{name}的上年数"
            yield unequal(figures, path, what, part.prior, f"，大于全部资金{name}的", whole.prior)
