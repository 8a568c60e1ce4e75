"""政府收支分类科目: codes and names of functional and departmental economic classification."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import combinations

LAST_EDITION = 2025
"""The last year whose 政府收支分类科目 the catalogue has been held against, with its amendments (财预〔2025〕41号)."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One 科目.

    ``confidence`` says how sure the catalogue is of the name (verified, memory-…), ``editions`` in which
    years it was seen so (2024, 2024-2025, 2025- from that year on; '' for a name that nobody verified).
    """

    code: str
    name: str
    confidence: str
    editions: str = ""

    @property
    def verified(self) -> bool:
        """Whether the name has been seen beside its code in a published document or notice."""
        return self.confidence == "verified"


@dataclass(frozen=True, slots=True)
class Drift:
    """How one subject (and all below it) changed over the years; an open end is None, no word is ''."""

    code: str
    first_year: int | None
    last_year: int | None
    successor: str
    former_name: str


class Catalogue:
    """Subjects by code. A code's level is its length; a parent's code is its child's without two digits."""

    def __init__(self, subjects: Mapping[str, Subject]) -> None:
        self._subjects = subjects
        self._below: dict[str, list[Subject]] = {}
        for subject in subjects.values():
            self._below.setdefault(subject.code[:-2], []).append(subject)

    @cached_property
    def _with_gaps(self) -> dict[tuple[str, ...], list[str]]:
        """The codes by what is left of each when as many of its digits as may be mistyped are left open."""
        found: dict[tuple[str, ...], list[str]] = {}
        for code in self._subjects:
            for gapped in _gapped(code):
                found.setdefault(gapped, []).append(code)
        return found

    def __contains__(self, code: str) -> bool:
        return code in self._subjects

    def __iter__(self) -> Iterator[Subject]:
        return iter(self._subjects.values())

    def get(self, code: str) -> Subject | None:
        """The subject, or None for a code the catalogue does not know."""
        return self._subjects.get(code)

    def name(self, code: str) -> str | None:
        """The official name, or None for a code the catalogue does not know."""
        subject = self.get(code)
        return subject.name if subject else None

    def lists_below(self, code: str) -> bool:
        """Whether the catalogue knows any subject one level below this one."""
        return code in self._below

    def similar(self, code: str) -> Subject | None:
        """The known subject of the same level whose code differs from a mistyped one by a digit or two.

        Of several, the one that agrees longest from the left: the parent is more often right.
        """

        def distance(known: str) -> tuple[int, int]:
            differs = [a != b for a, b in zip(known, code, strict=True)]
            return sum(differs), -differs.index(True) if True in differs else -len(code)

        near = {known for gapped in _gapped(code) for known in self._with_gaps.get(gapped, ())}
        # Of those that are as near the first in the catalogue, which is in the order of its codes.
        best = min(sorted(near), key=distance, default=None)
        return self._subjects[best] if best is not None else None

    def alike(self, code: str) -> list[Subject]:
        """The similar subject, and its siblings that are as near to the mistyped code: any of them may be meant."""
        best = self.similar(code)
        if best is None:
            return []

        def differs(known: str) -> int:
            return sum(a != b for a, b in zip(known, code, strict=True))

        peers = (subject for subject in self._below[best.code[:-2]] if subject.code != best.code)
        return [best, *(subject for subject in peers if differs(subject.code) == differs(best.code))]


def _gapped(code: str) -> Iterator[tuple[str, ...]]:
    """A code with a third of its digits left open, in every way: codes that have one of them in common are similar."""
    for places in combinations(range(len(code)), len(code) // 3):
        yield tuple("?" if place in places else digit for place, digit in enumerate(code))


def ancestors(code: str) -> tuple[str, ...]:
    """The code's 类 (and 款), outermost first: 2011301 → 201, 20113."""
    return tuple(code[:length] for length in range(3, len(code), 2))


def _load(name: str) -> Catalogue:
    with (files(__name__) / "data" / name).open(encoding="utf-8") as stream:
        rows = csv.DictReader(stream)
        fields = ("code", "name", "confidence", "editions")
        return Catalogue({row["code"]: Subject(*(row[field] for field in fields)) for row in rows})


@cache
def functional() -> Catalogue:
    """支出功能分类: 类 (3 digits), 款 (5), 项 (7)."""
    return _load("functional.csv")


@cache
def economic() -> Catalogue:
    """部门预算支出经济分类: 类 (3 digits), 款 (5)."""
    return _load("economic_department.csv")


@cache
def drift() -> tuple[Drift, ...]:
    """Functional subjects that were added, discontinued or renamed, with the years in which they are valid."""
    with (files(__name__) / "data" / "drift.csv").open(encoding="utf-8") as stream:
        return tuple(
            Drift(
                row["code"],
                int(row["first_year"]) if row["first_year"] else None,
                int(row["last_year"]) if row["last_year"] else None,
                row["successor"],
                row["former_name"],
            )
            for row in csv.DictReader(stream)
        )
