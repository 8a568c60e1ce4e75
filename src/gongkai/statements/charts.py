"""Charts as data: what each bar is called, its amounts, and how long it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.model.final.final_account import IncomeKind
from gongkai.model.reading import ZERO
from gongkai.prose.numbers import ratio_percent, round_half_up
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.view import income_entries
from gongkai.statements.final.figures import FinalFigures

INCOME, SPENDING, THREE_PUBLIC = "收入结构", "支出结构", "三公经费"
CHARTS = (INCOME, SPENDING, THREE_PUBLIC)
"""The charts that a pack can ask for, by the name of its option."""

MOST_BARS = 7
"""Bars of a chart on the one page of 一图读懂; the smallest beyond become one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: amounts in 万元, lengths in per cent of the longest bar, as they are set."""

    label: str
    amount: Decimal
    length: str
    prior: Decimal = ZERO
    prior_length: str = "0"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; ``whole`` is what shares are of, and None in a chart that compares two years."""

    name: str
    section: str
    whole: Decimal | None
    bars: Sequence[Bar]


Pair = tuple[str, Decimal, Decimal]
"""A label with this year's and last year's amount, 万元."""


def budget_charts(f: BudgetFigures) -> list[Chart]:
    """The charts of a budget; one without any amount is left out."""
    return _charts(
        [(key, amount) for key, amount, _ in income_entries(f)],
        [(f.name(code), f.spent(code)) for code in f.codes(level=3)],
        [(label, f.three_public((label,)), item.prior) for label, item in f.budget.three_public.by_name.items()],
    )


def final_charts(f: FinalFigures) -> list[Chart]:
    """The charts of a final account; one without any amount is left out."""
    return _charts(
        [("财政拨款收入", f.appropriation()), *((kind.value, f.other_income(kinds=(kind,))) for kind in IncomeKind)],
        [(f.name(code), f.spent(code)) for code in f.codes(level=3)],
        [(label, f.three_public((label,)), item.prior) for label, item in f.account.three_public.by_name.items()],
    )


def _charts(
    income: Iterable[tuple[str, Decimal]], spending: Iterable[tuple[str, Decimal]], three_public: Iterable[Pair]
) -> list[Chart]:
    found = [
        _chart(INCOME, "收入", [(label, amount, ZERO) for label, amount in income], shares=True),
        _chart(SPENDING, "支出", [(label, amount, ZERO) for label, amount in spending], shares=True),
        _chart(THREE_PUBLIC, "三公经费", three_public, shares=False),
    ]
    return [chart for chart in found if chart.bars]


def _chart(name: str, section: str, pairs: Iterable[Pair], *, shares: bool) -> Chart:
    shown = [pair for pair in pairs if pair[1] or pair[2]]
    longest = max((max(amount, prior) for _, amount, prior in shown), default=ZERO)
    bars = [Bar(n, a, _length(a, longest), p, _length(p, longest)) for n, a, p in shown]
    return Chart(name, section, sum((bar.amount for bar in bars), ZERO) if shares else None, bars)


def _length(amount: Decimal, longest: Decimal) -> str:
    return f"{max(round_half_up(ratio_percent(amount, longest)), ZERO):f}"


def on_one_page(charts: Sequence[Chart]) -> list[Chart]:
    """The charts with no more than ``MOST_BARS`` bars each: the smallest beyond are added up as 其他."""
    return [_shortened(chart) for chart in charts]


def _shortened(chart: Chart) -> Chart:
    if len(chart.bars) <= MOST_BARS:
        return chart
    by_size = sorted(chart.bars, key=lambda bar: bar.amount, reverse=True)
    kept, rest = by_size[: MOST_BARS - 1], by_size[MOST_BARS - 1 :]
    pairs = [(bar.label, bar.amount, bar.prior) for bar in kept]
    pairs.append((f"其他{len(rest)}项", sum((b.amount for b in rest), ZERO), sum((b.prior for b in rest), ZERO)))
    shortened = _chart(chart.name, chart.section, pairs, shares=chart.whole is not None)
    return replace(shortened, whole=chart.whole)
