"""Reckoning an expression: what stands in a cell, from the amounts of a file.

Sums stay sums of facts as long as nothing else is done with them, so that whoever asks for the same money gets the
same figure, the approved one (核定数) where there is one. What is reckoned from figures (a share, a difference from
last year) is reckoned from those that are printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel

from gongkai.model.reading import ZERO
from gongkai.prose.numbers import count, exact_quotient
from gongkai.prose.phrases import date_words
from gongkai.statements.facts.store import Choice, Conditions, Facts
from gongkai.statements.tables.table import Figure, Value
from gongkai.statements.totals import Terms

from .choices import choice_of
from .functions import Function
from .names import ROW, Names
from .nodes import Call, Condition, Node, Number, Operation, Otherwise, Reference, Words
from .paths import fields_of, is_measured, value_at


class Sum(NamedTuple):
    """A sum of facts of this year, or of one comparison."""

    terms: Terms
    comparison: str
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The row in which a cell stands.

    ``locals`` are its texts by name, ``conditions`` choose its money, ``record`` is the entry of a list that it is.
    A fixed row has ``figure_names``, with which its ``figure`` (行) was written; one with a label only has no figure.
    """

    locals: Mapping[str, Value] = field(default_factory=dict)
    conditions: Conditions = field(default_factory=dict)
    figure: Node | None = None
    figure_names: Names | None = None
    record: BaseModel | None = None


NO_ROW = Row()


_TOO_LARGE = Decimal(10) ** 20
"""No amount of any file is as large: what comes to more is printed as nothing."""


def _is_count(found: Any) -> bool:
    """Whether something is a number of things, and no money."""
    if isinstance(found, Sum):
        return found.counted
    return isinstance(found, int) or (isinstance(found, Figure) and not found.unit)


def _counts(node: Operation, left: Any, right: Any) -> bool:
    """Whether a sum is one of counts; a number as it is written goes with them."""
    sides = ((node.left, left), (node.right, right))
    counted = [_is_count(found) for _, found in sides]
    return any(counted) and all(
        is_one or isinstance(part, Number) for is_one, (part, _) in zip(counted, sides, strict=True)
    )


def _plain_figure(number: Decimal) -> Figure:
    """A number of things as it is printed."""
    return Figure(count(int(number)) if number == number.to_integral_value() else f"{number:f}")


class Reckoner:
    """Reckons expressions over the facts and the data of one file."""

    def __init__(self, facts: Facts, data: BaseModel, functions: Mapping[str, Function]) -> None:
        self._facts, self._data, self._functions = facts, data, functions
        self._choices: dict[Condition, Choice | None] = {}

    def value(self, node: Node, names: Names, row: Row = NO_ROW) -> Value:
        """What a cell of a row shows; sums are printed as :meth:`gongkai.statements.totals.Sums.printed` says."""
        try:
            shown = self._shown(self._found(node, names, row, row.conditions))
        except ArithmeticError:
            return None  # no figure of money is so large
        return None if isinstance(shown, Decimal) and abs(shown) >= _TOO_LARGE else shown

    def _shown(self, found: Any) -> Value:
        if isinstance(found, Sum):
            figure = self._facts.sums.printed(found.terms)
            return Figure(count(int(figure))) if found.counted else figure
        if isinstance(found, date):
            return "{年}年{月}月{日}日".format(**date_words(found))
        return Figure(count(found)) if isinstance(found, int) else found

    def _number(self, found: Any) -> Decimal | None:
        shown = self._shown(found)
        if isinstance(shown, Figure):
            return shown.number
        return shown if isinstance(shown, Decimal) else None

    def _found(self, node: Node, names: Names, row: Row, conditions: Conditions) -> Any:
        if isinstance(node, Reference):
            return self._reference(node, names, row, conditions)
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Words):
            return node.text
        if isinstance(node, Otherwise):
            chosen = node.first if self._stated(node.first, names, row) else node.second
            return self._found(chosen, names, row, conditions)
        if isinstance(node, Operation):
            left = self._found(node.left, names, row, conditions)
            return self._together(node, left, self._found(node.right, names, row, conditions))
        return self._called(node, names, row, conditions)

    def _called(self, node: Call, names: Names, row: Row, conditions: Conditions) -> Value:
        found = [self._shown(self._found(argument, names, row, conditions)) for argument in node.arguments]
        values = [value.number if isinstance(value, Figure) else value for value in found]
        reckoned = self._functions[node.name].reckon(*values)
        counted = bool(found) and all(isinstance(value, Figure) and not value.unit for value in found)
        return _plain_figure(reckoned) if counted and isinstance(reckoned, Decimal) else reckoned

    def _together(self, node: Operation, left: Any, right: Any) -> Any:
        if isinstance(left, Sum) and isinstance(right, Sum) and left[1:] == right[1:]:
            if node.sign == "+":
                return Sum([*left.terms, *right.terms], *left[1:])
            if node.sign == "-":
                return Sum([*left.terms, *((fact, -sign) for fact, sign in right.terms)], *left[1:])
        one, other = self._number(left), self._number(right)
        if node.sign in "+-":
            if one is None and other is None:
                return None
            one, other = one or ZERO, other or ZERO
            reckoned = one + other if node.sign == "+" else one - other
            counts = [
                _is_count(left) or isinstance(node.left, Number),
                _is_count(right) or isinstance(node.right, Number),
            ]
            return _plain_figure(reckoned) if all(counts) and (_is_count(left) or _is_count(right)) else reckoned
        if one is None or other is None:
            return None
        if node.sign == "×":
            return one * other
        return exact_quotient(one, other) if other else None

    def _reference(self, node: Reference, names: Names, row: Row, conditions: Conditions) -> Any:
        first = node.names[0]
        if node.conditions:
            conditions = self._narrowed(node, conditions)
        if len(node.names) == 1:
            if first == ROW and row.figure_names is not None:
                figure = row.figure
                return None if figure is None else self._found(figure, row.figure_names, NO_ROW, conditions)
            if first in names.locals:
                return row.locals.get(first)
            if first in names.quantities and not node.comparison:
                quantity = names.quantities[first]
                return self._found(quantity.node, quantity.names, row, conditions)
            if first in names.vocabulary.of_measure:
                measure = names.vocabulary.of_measure[first][node.comparison]
                if node.comparison and self._facts.incomplete(first, node.comparison, conditions):
                    return None
                terms = self._facts.terms(first, node.comparison, conditions)
                return Sum(terms, node.comparison, measure.counted)
        of_record = names.record is not None and first in fields_of(names.record)
        found = value_at(row.record if of_record else self._data, node.names)
        model = names.record if of_record else names.model
        measured = isinstance(found, Decimal) and model is not None and is_measured(model, node.names)
        return Figure(f"{found:f}") if measured else found

    def _narrowed(self, node: Reference, conditions: Conditions) -> Conditions:
        narrowed = dict(conditions)
        for condition in node.conditions:
            if condition not in self._choices:
                self._choices[condition] = choice_of(condition, self._facts.vocabulary.by_name[condition.dimension])
            choice, name = self._choices[condition], condition.dimension
            if choice is None:
                narrowed.pop(name, None)
            else:
                narrowed[name] = narrowed[name].narrowed(choice) if name in narrowed else choice
        return narrowed

    def _stated(self, node: Node, names: Names, row: Row) -> bool:
        """Whether the file states anything of what an expression speaks of; a sum of nothing is not stated."""
        if isinstance(node, Operation):
            return self._stated(node.left, names, row) or self._stated(node.right, names, row)
        if isinstance(node, Otherwise):
            return self._stated(node.first, names, row) or self._stated(node.second, names, row)
        if isinstance(node, Call):
            return any(self._stated(argument, names, row) for argument in node.arguments)
        if not isinstance(node, Reference):
            return True
        first = node.names[0]
        if len(node.names) == 1:
            if first in names.quantities and not node.comparison:
                quantity = names.quantities[first]
                return self._stated(quantity.node, quantity.names, row)
            if first in names.vocabulary.of_measure:
                return self._facts.states(first, node.comparison)
        found = self._reference(node, names, row, row.conditions)
        return found is not None and found != ""
