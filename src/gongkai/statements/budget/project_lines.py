"""The money of projects, found by project and by 科目 × 资金来源 without going over all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from gongkai.model.budget.budget import Project
from gongkai.model.budget.sources import Source

Place = tuple[str, Source]
"""Where money of projects stands in 支出: under a 科目, from a source."""


class ProjectLines:
    """The amounts (万元) of a budget's projects; those of nothing are left out."""

    def __init__(self, projects: Iterable[Project]) -> None:
        self._of_project: dict[int, list[tuple[Place, Decimal]]] = {}
        self._owners: dict[Place, set[int]] = defaultdict(set)
        for project in projects:
            lines = [((money.code, money.source), money.amount) for money in project.money if money.amount]
            self._of_project[id(project)] = lines
            for place, _ in lines:
                self._owners[place].add(id(project))

    def of(self, projects: Sequence[Project], code: str, sources: Collection[Source]) -> list[tuple[Place, Decimal]]:
        """The lines of projects under a 类, 款 or 项 (all without a code) from these sources."""
        return [
            (place, amount)
            for project in projects
            for place, amount in self._of_project[id(project)]
            if place[1] in sources and place[0].startswith(code)
        ]

    def belong(self, places: Collection[Place], projects: Sequence[Project]) -> bool:
        """Whether no other project has money at any of these places."""
        known = {id(project) for project in projects}
        return all(self._owners[place] <= known for place in places)
