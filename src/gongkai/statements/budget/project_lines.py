"""The money of projects, found by project and by 科目 × 资金来源 without going over all of it.

All the projects of a 科目 together have its 项目支出: the same money, and so the same figure, however each was rounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.model.budget.budget import Project
from gongkai.model.budget.sources import Source
from gongkai.statements.totals import Fact, Sums, Terms

from .spending import Nature, Spending

Place = tuple[str, Source]
"""Where money of projects stands in 支出: under a 科目, from a source."""


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of a project (万元), with its number in the file, its place in 支出 and what it is used for."""

    fact: Fact
    project: int
    place: Place
    economic: str
    secret: bool
    amount: Decimal


class ProjectLines:
    """The amounts of a budget's projects; those of nothing are left out."""

    def __init__(self, projects: Sequence[Project], spending: Iterable[Spending]) -> None:
        self._by_project: dict[int, list[Line]] = {}
        self._count: dict[Place, int] = defaultdict(int)
        self._place: dict[Fact, Place] = {}
        for number, project in enumerate(projects):
            self._by_project[id(project)] = lines = [*_lines(number, project)]
            for line in lines:
                self._count[line.place] += 1
                self._place[line.fact] = line.place
        self._stated: dict[Place, list[int]] = defaultdict(list)
        for at, s in enumerate(spending):
            if s.nature is Nature.PROJECT:
                self._stated[s.code, s.source].append(at)

    @property
    def all(self) -> list[Line]:
        """Every line, in the order of the file."""
        return [line for lines in self._by_project.values() for line in lines]

    @property
    def amounts(self) -> dict[Fact, Decimal]:
        """The amounts by the names of their facts."""
        return {line.fact: line.amount for line in self.all}

    def of(self, projects: Sequence[Project], code: str, sources: Collection[Source]) -> Terms:
        """The money of projects under a 类, 款 or 项 (all without a code) from these sources."""
        return [
            (line.fact, 1)
            for project in projects
            for line in self._by_project[id(project)]
            if line.place[1] in sources and line.place[0].startswith(code)
        ]

    def instead(self, terms: Terms, sums: Sums) -> Terms:
        """The 项目支出 that these lines are all the money of; the lines themselves where they are not.

        They come to the same but for the rounding of what was typed.
        """
        places = {self._place[fact] for fact, _ in terms}
        if sum(self._count[place] for place in places) != len(terms):
            return terms
        stated: Terms = [(at, 1) for at in sorted(at for place in places for at in self._stated[place])]
        return stated if sums.same(terms, stated) else terms


def _lines(number: int, project: Project) -> Iterator[Line]:
    for at, money in enumerate(project.money):
        if money.amount:
            place = (money.code, money.source)
            yield Line(("项目资金", number, at), number, place, money.economic or "", project.secret, money.amount)
