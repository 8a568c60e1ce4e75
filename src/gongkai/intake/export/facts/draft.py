"""The data file that comes to be: what was known, then every fact of the tables with where it came from."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from gongkai.findings import Finding, Level, Path, Place, describe, shown
from gongkai.intake.export.imported import How, Origin, Question
from gongkai.intake.export.reading.amounts import trimmed
from gongkai.source.tree import Node

_LEAST = Decimal("0.01")


class Draft:
    """Data under way. What is known already stays as it is; what a table says otherwise is told."""

    def __init__(self, known: Mapping[str, Node] | None, *, yuan: bool, yuan_of: Mapping[str, bool]) -> None:
        self.data: dict[str, Node] = copy.deepcopy(dict(known or {}))
        self.origins: dict[Path, Origin] = {}
        self.questions: list[Question] = []
        self.findings: list[Finding] = []
        self._yuan, self._yuan_of = yuan, dict(yuan_of)
        self._say_units(known or {})

    def _say_units(self, known: Mapping[str, Node]) -> None:
        if "金额单位" in known:
            self._yuan = known["金额单位"] == "元"
            of_section = known.get("分节金额单位")
            stated = of_section if isinstance(of_section, dict) else {}
            self._yuan_of = {section: unit == "元" for section, unit in stated.items()}
            return
        self.data["金额单位"] = "元" if self._yuan else "万元"
        apart: dict[str, Node] = {
            section: "元" if yuan else "万元" for section, yuan in self._yuan_of.items() if yuan is not self._yuan
        }
        if apart:
            self.data["分节金额单位"] = apart

    def yuan(self, section: str) -> bool:
        """Whether the amounts of a section stand in 元."""
        return self._yuan_of.get(section, self._yuan)

    def text_of(self, section: str, amount: Decimal) -> str:
        """An amount (万元) as the section has it."""
        if self.yuan(section):
            number = trimmed(amount.scaleb(4))
            return f"{number:f}" if number == number.to_integral_value() else f"{number:.2f}"
        number = trimmed(amount)
        return f"{number.quantize(_LEAST):f}" if number == number.quantize(_LEAST) else f"{number:f}"

    def read(self, section: str, node: object) -> Decimal | None:
        """An amount of what is known, 万元; None for what is none."""
        if not isinstance(node, str):
            return None
        try:
            number = Decimal(node.replace(",", "").strip())
        except ArithmeticError:
            return None
        if not number.is_finite():
            return None
        return number.scaleb(-4) if self.yuan(section) else number

    def amount(self, path: Path, amount: Decimal, origin: Origin) -> None:
        """State an amount (万元), unless it is known."""
        section = str(path[0])
        before = self.read(section, self._at(path))
        if before is None:
            self._put(path, self.text_of(section, amount), origin)
        elif abs(before - amount) > Decimal("0.005"):
            self._differs(path, f"{before:,.2f} 万元", f"{amount:,.2f} 万元", origin, before, amount)

    def text(self, path: Path, text: str, origin: Origin) -> None:
        """State a text, unless it is known."""
        before = self._at(path)
        if before is None:
            self._put(path, text, origin)
        elif before != text:
            self._differs(path, f"“{shown(str(before))}”", f"“{shown(text)}”", origin)

    def _differs(
        self, path: Path, known: str, found: str, origin: Origin,
        stated: Decimal | None = None, expected: Decimal | None = None,
    ) -> None:  # fmt: skip
        place = origin.places[0] if origin.places else None
        message = f"“{describe(path)}”已有的是{known}，{origin.table}是{found}，仍用已有的"
        advice = "请核对，改对其中一处"
        self.findings.append(Finding("GK172", Level.ERROR, message, advice, path, place, stated, expected))

    def has(self, path: Path) -> bool:
        """Whether something stands at a path."""
        return self._at(path) is not None

    def ask(self, question: Question) -> None:
        """Ask for what the tables leave open, unless it is known."""
        if self._at(question.path) is None:
            self.questions.append(question)

    def entry(self, section: Path, key: str, value: str, origin: Origin, again: int = 0) -> Path:
        """The path of the entry of a list that has this value: the known one, or a new one.

        Of several with the same value it is the one after ``again`` others.
        """
        items = self._list(section)
        same = [i for i, item in enumerate(items) if isinstance(item, dict) and item.get(key) == value]
        if len(same) > again:
            return (*section, same[again])
        items.append({key: value})
        path = (*section, len(items) - 1)
        self.origins[(*path, key)] = origin
        return path

    def append(self, section: Path, entry: dict[str, str], origin: Origin) -> Path:
        """A new entry at the end of a list; its path."""
        items = self._list(section)
        items.append({**entry})
        path = (*section, len(items) - 1)
        self.origins |= {(*path, key): origin for key in entry}
        return path

    def known_lines(self, section: Path) -> list[dict[str, Any]]:
        """The entries of a list that were known before anything was imported."""
        items = self._at(section)
        known = items if isinstance(items, list) else []
        return [
            item
            for number, item in enumerate(known)
            if isinstance(item, dict) and not any((*section, number, key) in self.origins for key in item)
        ]

    def _list(self, section: Path) -> list[Node]:
        here: Node = self.data
        for step in section[:-1]:
            if isinstance(here, dict):
                here = here.setdefault(str(step), {})
            elif isinstance(here, list) and isinstance(step, int):
                here = here[step]
        if isinstance(here, dict):
            found = here.setdefault(str(section[-1]), [])
            return found if isinstance(found, list) else []
        return []

    def _at(self, path: Path) -> Node | None:
        here: Node | None = self.data
        for step in path:
            if isinstance(here, dict) and isinstance(step, str):
                here = here.get(step)
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                return None
        return here

    def _put(self, path: Path, value: str, origin: Origin) -> None:
        here: Node = self.data
        for step in path[:-1]:
            if isinstance(here, dict):
                here = here.setdefault(str(step), {})
            elif isinstance(here, list) and isinstance(step, int):
                here = here[step]
            else:
                return
        if isinstance(here, dict):
            here[str(path[-1])] = value
            self.origins[path] = origin


def from_table(table: str, places: Iterable[Place]) -> Origin:
    """The origin of what a table says."""
    return Origin(How.TABLE, tuple(places), table)


def likely(table: str, places: Iterable[Place], why: str) -> Origin:
    """The origin of what is taken to be so."""
    return Origin(How.LIKELY, tuple(places), table, why)


def first_places(groups: Iterable[Sequence[Place]], most: int = 3) -> tuple[Place, ...]:
    """A few of the places, each once."""
    return tuple(dict.fromkeys(place for group in groups for place in group))[:most]
