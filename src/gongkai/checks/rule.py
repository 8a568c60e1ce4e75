"""What a rule is, and what all rules share: codes, levels, and the bound of rounding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

from gongkai.findings import Finding, Level, Path
from gongkai.model.disclosure import Disclosure
from gongkai.statements.figures import BudgetFigures
from gongkai.statements.final_figures import FinalFigures

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: where, in which words, and the two figures that disagree (unit as in the words)."""

    path: Path
    message: str
    stated: Decimal | None = None
    expected: Decimal | None = None
    level: Level | None = None


Figures = BudgetFigures | FinalFigures


def disclosure(figures: Figures) -> Disclosure:
    """The document behind the figures."""
    return figures.account if isinstance(figures, FinalFigures) else figures.budget


Check = Callable[[Any], Iterable[Problem]]
"""A rule speaks of a budget or of a final account, as it is registered."""


KINDS = ("预算", "决算")
"""文种."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule; its function's docstring is its page in the manual.

    It is for the ``kinds`` of document (文种) among whose rules it is registered, for the years (年度)
    from ``since`` to ``until``, and, with a ``region``, only where that pack is in the chain of packs.
    """

    code: str
    level: Level
    advice: str
    check: Check
    kinds: Collection[str] = KINDS
    since: int | None = None
    until: int | None = None
    region: str | None = None

    def applies(self, kind: str, year: int, regions: Collection[str]) -> bool:
        """Whether the rule speaks of such a document; ``regions`` are the packs in its chain."""
        return (
            kind in self.kinds
            and (self.since is None or self.since <= year)
            and (self.until is None or year <= self.until)
            and (self.region is None or self.region in regions)
        )

    def findings(self, figures: Figures) -> Iterator[Finding]:
        """The rule applied to one disclosure."""
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


def rule(
    code: str,
    advice: str,
    level: Level = Level.ERROR,
    *,
    kinds: Collection[str] = KINDS,
    since: int | None = None,
    until: int | None = None,
    region: str | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a function; ``advice`` says what a clerk should do, the rest to what it applies."""
    return lambda check: Rule(code, level, advice, check, kinds, since, until, region)


def rounding_bound(figures: Figures, addends: int) -> Decimal:
    """How far a sum may be off by rounding of its parts, in 万元.

    Figures in 元 are exact. Figures in 万元 were rounded to 0.01 each, so a sum of n of them
    may be off by 0.01 × n ÷ 2, rounded up to 0.01.
    """
    if figures.currency_unit == "元":
        return Decimal(0)
    return (_CENT * addends / 2).quantize(_CENT, rounding=ROUND_CEILING)


def in_file_unit(figures: Figures, value: Decimal) -> Decimal:
    """An amount (万元) in the unit of the file, in which a clerk can look it up."""
    return value * 10_000 if figures.currency_unit == "元" else value


def printed(figures: Figures, value: Decimal) -> str:
    """An amount (万元) in the unit of the file, exact: two figures that differ never look equal."""
    exact = in_file_unit(figures, value).normalize()
    exponent = exact.as_tuple().exponent
    assert isinstance(exponent, int), "an amount is finite"
    return f"{exact:,.{max(2, -exponent)}f} {figures.currency_unit}"


def unequal(
    figures: Figures, path: Path, what: str, stated: Decimal, other: str, expected: Decimal, remark: str = ""
) -> Problem:
    """Two figures and their difference; ``other`` leads to the second: “，小于……的”."""
    message = (
        f"{what} {printed(figures, stated)}{other} {printed(figures, expected)}，"
        f"相差 {printed(figures, abs(stated - expected))}{remark}"
    )
    return Problem(path, message, in_file_unit(figures, stated), in_file_unit(figures, expected))


def disagreement(
    figures: Figures, path: Path, what: str, stated: Decimal, other: str, expected: Decimal, addends: int
) -> Iterator[Problem]:
    """A problem when two figures differ: a warning within the bound of rounding, else an error."""
    difference = abs(stated - expected)
    if difference == 0:
        return
    if difference > rounding_bound(figures, addends):
        yield unequal(figures, path, what, stated, f"，{other}", expected)
        return
    problem = unequal(figures, path, what, stated, f"，{other}", expected, "（在四舍五入的误差之内）")
    yield replace(problem, level=Level.WARNING)
