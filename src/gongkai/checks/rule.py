"""What a rule is, and what all rules share: codes, levels, and the bound of rounding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from types import ModuleType
from typing import Any

from gongkai.findings import Finding, Level, Path
from gongkai.model.disclosure import Disclosure
from gongkai.prose.numbers import round_half_up
from gongkai.statements.figures import Figures as Figures  # what every rule speaks of
from gongkai.statements.totals import rounding_bound

from .made_of import just_the_gap

IN_ROUNDING = "（在四舍五入的误差之内）"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: where, in which words, and the two figures that disagree (unit as in the words)."""

    path: Path
    message: str
    stated: Decimal | None = None
    expected: Decimal | None = None
    level: Level | None = None


def disclosure(figures: Figures) -> Disclosure:
    """The document behind the figures."""
    document: Disclosure = figures.document
    return document


Check = Callable[[Any], Iterable[Problem]]
"""A rule speaks of a budget or of a final account, as it is registered."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule; its function's docstring is its page in the manual.

    It is for the ``kinds`` of document (文种), all without them, among whose rules it is registered, for the years
    (年度) from ``since`` to ``until``, and, with a ``region``, only where that pack is in the chain of packs.
    """

    code: str
    level: Level
    advice: str
    check: Check
    kinds: Collection[str] = ()
    since: int | None = None
    until: int | None = None
    region: str | None = None

    def speaks_of(self, kind: str) -> bool:
        """Whether the rule is meant for a kind of document."""
        return not self.kinds or kind in self.kinds

    def applies(self, kind: str, year: int, regions: Collection[str]) -> bool:
        """Whether the rule speaks of such a document; ``regions`` are the packs in its chain."""
        return (
            self.speaks_of(kind)
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
    kinds: Collection[str] = (),
    since: int | None = None,
    until: int | None = None,
    region: str | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a function; ``advice`` says what a clerk should do, the rest to what it applies."""
    return lambda check: Rule(code, level, advice, check, kinds, since, until, region)


def in_file_unit(figures: Figures, value: Decimal, path: Path = ("",)) -> Decimal:
    """An amount (万元) in the unit of the section to which the path leads, in which a clerk can look it up."""
    return value * 10_000 if disclosure(figures).unit_of(path[0]) == "元" else value


def printed(figures: Figures, value: Decimal, path: Path = ("",)) -> str:
    """An amount (万元) in the unit of its section, exact: two figures that differ never look equal."""
    exact = in_file_unit(figures, value, path).normalize()
    exponent = exact.as_tuple().exponent
    assert isinstance(exponent, int), "an amount is finite"
    return f"{exact:,.{max(2, -exponent)}f} {disclosure(figures).unit_of(path[0])}"


def unequal(
    figures: Figures, path: Path, what: str, stated: Decimal, other: str, expected: Decimal, remark: str = ""
) -> Problem:
    """Two figures and their difference; ``other`` leads to the second: “，小于……的”."""
    message = (
        f"{what} {printed(figures, stated, path)}{other} {printed(figures, expected, path)}，"
        f"相差 {printed(figures, abs(stated - expected), path)}{remark}"
    )
    return Problem(path, message, in_file_unit(figures, stated, path), in_file_unit(figures, expected, path))


def disagreement(
    figures: Figures, path: Path, what: str, stated: Decimal, other: str, expected: Decimal, amounts: Iterable[Decimal]
) -> Iterator[Problem]:
    """A problem when two figures differ: a warning within the bound of rounding, else an error.

    ``amounts`` are all that was typed for either figure: each may have been rounded in its last place.
    """
    difference = abs(stated - expected)
    if difference == 0:
        return
    if difference > rounding_bound(amounts):
        yield unequal(figures, path, what, stated, f"，{other}", expected)
        return
    problem = unequal(figures, path, what, stated, f"，{other}", expected, IN_ROUNDING)
    yield replace(problem, level=Level.WARNING)


def told_twice(figures: Figures, path: Path, name: str, whats: tuple[str, str]) -> Iterator[Problem]:
    """A problem when the two ways to add up one total (its name in 核定数) do not come to one figure.

    ``whats`` say what each way adds up. The forms print the total for both: where rounding alone makes a
    difference that would be seen, only an approved figure can tell which is right.
    """
    total = next(total for total in figures.totals if total.name == name)
    exact = [figures.sums.exact(way) for way in total.ways]
    # What a clerk looks at first is stated, what it must come to is expected.
    expected, stated = exact
    for problem in disagreement(
        figures, path, whats[1], stated, whats[0], expected, figures.sums.difference(*total.ways)
    ):
        within = problem.level is Level.WARNING
        if within and figures.sums.approved(total.ways[0]):
            continue  # the approved figure is printed, and that is told by its own rule
        if within and round_half_up(stated) != round_half_up(expected):
            remedy = f"；公开表上这两处印的应是一个数，请核对，确是四舍五入的，在“核定数 › {name}”写批复的数"
            yield replace(problem, message=problem.message + remedy, level=None)
        elif within:
            yield problem
        else:
            hint = just_the_gap(figures, [fact for way in total.ways for fact in way], stated - expected)
            yield replace(problem, message=problem.message + hint)


def rules_of(*modules: ModuleType) -> tuple[Rule, ...]:
    """Every rule of these modules, in the order of the codes."""
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Rule))
    return tuple(sorted(dict.fromkeys(found), key=lambda rule: rule.code))
