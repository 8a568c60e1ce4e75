"""Which amounts a file leaves to those that it names, and what these are made of there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gongkai.findings import Path
from gongkai.model.traced import traced
from gongkai.source.tree import Tree
from gongkai.statements.named_files.facts import Measure, Use

from .named import Named
from .supply import may_be_told, slots


@dataclass(frozen=True, slots=True)
class Told:
    """An amount (万元) that a file takes from one that it names, with its addends there.

    ``sealed`` says that it is that of a secret (涉密) project.
    """

    named: Named
    amount: Decimal
    sealed: bool


def told(tree: Tree, named: Iterable[Named]) -> dict[Path, Told]:
    """Every amount that a file takes from others, by its place in the file: for a tree that was completed by them."""
    found: dict[Path, Told] = {}
    for file in named:
        for fact in file.facts(traced(file.model)):
            if fact.measure is not Measure.MONEY or fact.use is Use.HELD or not isinstance(fact.value, Decimal):
                continue
            for slot in slots(tree, fact.where):
                path = (*slot.path, fact.key)
                if path not in tree.keys and path not in found and may_be_told(tree, fact, slot.path):
                    found[path] = Told(file, fact.value, fact.sealed)
    return found
