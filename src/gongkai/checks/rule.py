"""What a rule is, and what all rules share: codes, levels, and the bound of rounding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from gongkai.findings import Finding, Level, Path
from gongkai.prose.numbers import amount
from gongkai.statements.figures import BudgetFigures

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: where, in which words, and the two figures (万元) that disagree."""

    path: Path
    message: str
    stated: Decimal | None = None
    expected: Decimal | None = None
    level: Level | None = None


Check = Callable[[BudgetFigures], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule; its function's docstring is its page in the manual."""

    code: str
    level: Level
    advice: str
    check: Check

    def findings(self, figures: BudgetFigures) -> Iterator[Finding]:
        """The rule applied to one budget."""
        for problem in self.check(figures):
            yield Finding(
                self.code,
                problem.level or self.level,
                problem.message,
                self.advice,
                problem.path,
                stated=problem.stated,
                expected=problem.expected,
            )


def rule(code: str, advice: str, level: Level = Level.ERROR) -> Callable[[Check], Rule]:
    """Make a rule of a function; ``advice`` says what a clerk should do."""
    return lambda check: Rule(code, level, advice, check)


def rounding_bound(figures: BudgetFigures, addends: int) -> Decimal:
    """How far a sum may be off by rounding of its parts, in 万元.

    Figures in 元 are exact. Figures in 万元 were rounded to 0.01 each, so a sum of n of them
    may be off by 0.01 × n ÷ 2, rounded up to 0.01.
    """
    if figures.budget.currency_unit == "元":
        return Decimal(0)
    return (_CENT * addends / 2).quantize(_CENT, rounding=ROUND_CEILING)


def disagreement(
    figures: BudgetFigures, path: Path, what: str, stated: Decimal, other: str, expected: Decimal, addends: int
) -> Iterator[Problem]:
    """A problem when two figures differ: a warning within the bound of rounding, else an error."""
    difference = stated - expected
    if difference == 0:
        return
    within = abs(difference) <= rounding_bound(figures, addends)
    message = f"{what} {amount(stated)} 万元，{other} {amount(expected)} 万元，相差 {amount(difference)} 万元" + (
        "（在四舍五入的误差之内）" if within else ""
    )
    yield Problem(path, message, stated, expected, Level.WARNING if within else None)
