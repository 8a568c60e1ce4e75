"""The amounts of one file by measure, and sums over those that conditions choose.

A table asks for the same sum under one 科目 after another: what else is asked is looked through once, and from then on
each answer is found, so that a table of five thousand projects costs no more for each than one of fifty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from gongkai.catalog import ancestors
from gongkai.statements.totals import Fact, Sums, Terms

from .vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount: the fact, and its value in each dimension of its measure, in their order."""

    fact: Fact
    values: tuple[str, ...]


class Choice(NamedTuple):
    """What a condition lets through: some values of a dimension. A code lets through what begins with it."""

    values: frozenset[str]
    codes: bool = False

    def allows(self, value: str) -> bool:
        """Whether an amount with this value is chosen."""
        return value.startswith(tuple(self.values)) if self.codes else value in self.values

    def narrowed(self, other: Choice) -> Choice:
        """What both let through."""
        if not self.codes:
            return Choice(self.values & other.values)
        longer = {value for value in self.values if value.startswith(tuple(other.values))}
        return Choice(frozenset(longer | {v for v in other.values if v.startswith(tuple(self.values))}), codes=True)


Conditions = Mapping[str, Choice]
"""What is chosen of each dimension; one that is not named is not asked."""

Same = Callable[[str, Terms], Terms]
"""The facts for which others stand: all money of the projects of a 科目 is its 项目支出."""

_Key = tuple[str, ...]


class Facts:
    """The amounts of a file. ``entries`` are those of each measure and comparison."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        sums: Sums,
        entries: Mapping[tuple[str, str], Sequence[Entry]],
        same: Same = lambda measure, terms: terms,
        missing: Mapping[tuple[str, str], Sequence[_Key]] | None = None,
    ) -> None:
        self.vocabulary, self.sums = vocabulary, sums
        self._entries, self._same = entries, same
        self._missing = missing or {}
        self._groups: dict[object, Mapping[_Key, list[Entry]]] = {}
        self._terms: dict[int, Terms] = {}
        self._of_rows = {dimension.name for dimension in vocabulary.dimensions if dimension.codes or dimension.records}

    def incomplete(self, measure: str, comparison: str, conditions: Conditions) -> bool:
        """Whether some of what the conditions choose is not stated: what is must not stand for the whole."""
        missing = self._missing.get((measure, comparison), ())
        if not missing:
            return False
        asked = [(i, conditions[n]) for i, n in enumerate(self._dimensions(measure, comparison)) if n in conditions]
        return any(all(choice.allows(values[at]) for at, choice in asked) for values in missing)

    def with_own(
        self, vocabulary: Vocabulary, stated: Iterable[tuple[str, str, tuple[str, ...], Decimal | None]]
    ) -> Facts:
        """The same with the amounts of a pack's own facts: measure, comparison, values of its dimensions, amount.

        None is an amount of a comparison that the file leaves out.
        """
        amounts: dict[Fact, Decimal] = {}
        missing: dict[tuple[str, str], list[_Key]] = {}
        entries = {key: [*listed] for key, listed in self._entries.items()}
        for measure, comparison, values, amount in stated:
            if amount is None:
                missing.setdefault((measure, comparison), []).append(values)
                continue
            fact: Fact = ("own", measure, comparison, *values)
            amounts[fact] = amount
            entries.setdefault((measure, comparison), []).append(Entry(fact, values))
        return Facts(vocabulary, self.sums.beside(amounts), entries, self._same, missing)

    def states(self, measure: str, comparison: str) -> bool:
        """Whether the file states anything of the measure at all."""
        return bool(self._entries.get((measure, comparison)))

    def terms(self, measure: str, comparison: str, conditions: Conditions) -> Terms:
        """The facts of a measure that the conditions choose."""
        found = self._chosen(measure, comparison, conditions)
        if not found:
            return ()
        terms = self._terms.get(id(found))
        if terms is None:
            terms = self._terms[id(found)] = self._same(measure, [(entry.fact, 1) for entry in found])
        return terms

    def values(self, measure: str, comparison: str, dimension: str, conditions: Conditions) -> list[str]:
        """The values of a dimension of the amounts that the conditions choose, each once, in the order of the file."""
        at = self._dimensions(measure, comparison).index(dimension)
        return list(dict.fromkeys(entry.values[at] for entry in self._chosen(measure, comparison, conditions)))

    def _dimensions(self, measure: str, comparison: str) -> Sequence[str]:
        return self.vocabulary.of_measure[measure][comparison].dimensions

    def _chosen(self, measure: str, comparison: str, conditions: Conditions) -> Sequence[Entry]:
        rows: list[str] = []
        values: list[str] = []
        others: list[tuple[str, Choice]] = []
        for name in self._dimensions(measure, comparison):
            choice = conditions.get(name)
            if choice is None:
                continue
            if name in self._of_rows and len(choice.values) == 1:
                rows.append(name)
                values += choice.values
            else:
                others.append((name, choice))
        key = (measure, comparison, tuple(rows), tuple(others))
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = self._grouped(measure, comparison, rows, others)
        return group.get(tuple(values), ())

    def _grouped(
        self, measure: str, comparison: str, rows: Sequence[str], others: Iterable[tuple[str, Choice]]
    ) -> Mapping[_Key, list[Entry]]:
        """The chosen amounts by every code and record under which a row may ask for them."""
        names = self._dimensions(measure, comparison)
        asked = [(names.index(name), choice) for name, choice in others]
        places = [(names.index(name), self.vocabulary.by_name[name].codes) for name in rows]
        groups: dict[_Key, list[Entry]] = defaultdict(list)
        for entry in self._entries.get((measure, comparison), ()):
            if not all(choice.allows(entry.values[place]) for place, choice in asked):
                continue
            keys: list[_Key] = [()]
            for place, codes in places:
                value = entry.values[place]
                levels = (*ancestors(value), value) if codes else (value,)
                keys = [(*key, level) for key in keys for level in levels]
            for key in keys:
                groups[key].append(entry)
        return groups
