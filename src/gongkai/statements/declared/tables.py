"""The tables of one file, as its pack declares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel

from gongkai.statements.facts.store import Choice, Conditions
from gongkai.statements.language.nodes import Node
from gongkai.statements.language.paths import fields_of, value_at
from gongkai.statements.language.reckon import Row
from gongkai.statements.tables.fill import fill_form
from gongkai.statements.tables.table import RowValues, Table
from gongkai.statements.tables.words import UNIT, Words

from .bound import BoundTable
from .rows import Filling, is_stated, rows_of, value_at_list


def tables_of(bound: BoundTable, filling: Filling, words: Words) -> Iterator[Table]:
    """The tables that a declaration makes of a file: one, none, or one for each record of its list."""
    unit = bound.form.number_format.unit
    if unit is not None:
        words = {**words, UNIT: unit}
    filled = replace(bound, form=bound.form.filled(words))
    for record, conditions in _records(bound, filling):
        if _is_wanted(bound, filling.data, record):
            yield _filled(filled, filling, words, record, {**bound.conditions, **conditions})


def _records(bound: BoundTable, filling: Filling) -> Iterator[tuple[BaseModel | None, Conditions]]:
    """The records that have a table each, with what chooses their money."""
    if not bound.each:
        yield None, {}
        return
    found = (one for one in filling.facts.vocabulary.dimensions if bound.each == [one.listed])
    dimension = next(found, None)
    for number, record in enumerate(value_at_list(None, filling.data, bound.each)):
        if dimension is None:
            yield record, {}
        elif dimension.records:
            yield record, {dimension.name: Choice(frozenset({str(number)}))}
        else:
            yield record, {dimension.name: Choice(frozenset({record.code}), codes=True)}


def _is_wanted(bound: BoundTable, data: BaseModel, record: BaseModel | None) -> bool:
    def stated(path: Sequence[str]) -> bool:
        start = record if record is not None and path[0] in fields_of(type(record)) else data
        return is_stated(value_at(start, path))

    return (not bound.when or stated(bound.when)) and not (bound.unless and stated(bound.unless))


def _of_total(bound: BoundTable, conditions: Conditions) -> Conditions:
    """What the total adds up: what its rows do, where they are all of one sort."""
    if len(bound.sets) != 1:
        return conditions
    narrowed = dict(conditions)
    for name, choice in bound.sets[0].conditions.items():
        narrowed[name] = narrowed[name].narrowed(choice) if name in narrowed else choice
    return narrowed


def _filled(
    bound: BoundTable, filling: Filling, words: Words, record: BaseModel | None, conditions: Conditions
) -> Table:
    rows = [row for one in bound.sets for row in rows_of(one, bound.form, filling, conditions, record)]
    whole = Row(conditions=_of_total(bound, conditions), record=record)

    def reckoned(nodes: Mapping[str, Node]) -> RowValues:
        return {key: filling.reckoner.value(node, bound.names, whole) for key, node in nodes.items()}

    return fill_form(
        bound.key,
        bound.form,
        rows,
        reckoned(bound.totals),
        words[UNIT],
        reckoned(bound.form_values),
        approved=filling.facts.sums.rounded,
    )
