"""The names that an expression may use where it stands, and what each of them means there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from gongkai.statements.facts.vocabulary import Vocabulary

from .functions import Function
from .nodes import Call, Node, Operation, Otherwise, Reference


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named expression (量). It is meant as where it was written: names of a table do not reach into it."""

    node: Node
    names: Names
    cost: int
    """How many steps it takes to reckon it, with all that it names."""


@dataclass(frozen=True)
class Names:
    """What may be named.

    ``quantities`` are named expressions, ``locals`` what each row gives (编码, 项目名称), ``record`` is the record of a
    list whose fields may be named alone, ``model`` the data file.
    """

    vocabulary: Vocabulary
    functions: Mapping[str, Function]
    model: type[BaseModel]
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    locals: frozenset[str] = frozenset()
    record: type[BaseModel] | None = None

    def within(self, **changes: Any) -> Names:
        """The same names with some more."""
        return replace(self, **changes)

    def with_quantities(self, expressions: Mapping[str, Node]) -> Names:
        """The same names with further named expressions, each of which may use those before it."""
        names = self
        for name, node in expressions.items():
            quantity = Quantity(node, names, cost_of(node, names))
            names = replace(names, quantities={**names.quantities, name: quantity})
        return names


def cost_of(node: Node, names: Names, row: int = 1) -> int:
    """How many steps it takes to reckon an expression in a row whose figure takes ``row``.

    Names that name each other twice would take longer than anyone can wait: a pack is not trusted.
    """
    if isinstance(node, Operation):
        return 1 + cost_of(node.left, names, row) + cost_of(node.right, names, row)
    if isinstance(node, Otherwise):
        return 1 + cost_of(node.first, names, row) + cost_of(node.second, names, row)
    if isinstance(node, Call):
        return 1 + sum(cost_of(argument, names, row) for argument in node.arguments)
    if isinstance(node, Reference) and len(node.names) == 1:
        if node.name == ROW:
            return 1 + row
        quantity = names.quantities.get(node.name) if not node.comparison else None
        return 1 + (quantity.cost if quantity is not None else 0)
    return 1


ROW = "行"
"""The figure of a row that has one (数), in the columns of its table."""
