"""Parts of a declaration: conditions, the figures of fixed rows, what needs a row, which lists there are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel

from gongkai.findings import Path
from gongkai.model.own.declared import NOTHING, Declared, FactType
from gongkai.statements.facts.store import Choice
from gongkai.statements.language.bind import Around, bind
from gongkai.statements.language.choices import choice_of
from gongkai.statements.language.names import ROW, Names
from gongkai.statements.language.nodes import Call, ExpressionError, Node, Operation, Otherwise, Reference
from gongkai.statements.language.paths import fields_of, is_list, is_plain, record_of, type_at
from gongkai.statements.language.syntax import parse
from gongkai.statements.tables.form import FixedRow, TableForm
from gongkai.statements.tables.row_sets import RowSet

from .bound import LOCALS, PROJECT, SUBJECT, BoundSet

_CLASS = re.compile(r"\d{3}")


def condition_of(text: str, names: Names) -> Choice:
    """What a condition of a mapping lets through. Raises ExpressionError."""
    node = parse(text)
    if not isinstance(node, Reference) or len(node.conditions) != 1:
        raise ExpressionError("条件应写作 维度: 值，如 资金: 一般公共预算", 0)
    [condition] = node.conditions
    bind(Reference((ROW,), "", (condition,), 0), names, row=parse("0"))
    choice = choice_of(condition, names.vocabulary.by_name[condition.dimension])
    if choice is None:
        raise ExpressionError("这里不写条件就是全部", condition.at)
    return choice


def text_of(row: FixedRow, form: RowSet) -> str:
    """The expression of a fixed row; empty where it has no figure."""
    key = row.key or ""
    return f"{form.coded}[科目={key}]" if form.coded and _CLASS.fullmatch(key) else key


def narrowed(around: Around, conditions: Mapping[str, Choice]) -> dict[str, Choice | None]:
    """What is asked around a set of rows, and by its own conditions."""
    found = dict(around)
    for name, choice in conditions.items():
        other = found.get(name)
        found[name] = choice if other is None else other.narrowed(choice)
    return found


_OF_ROWS = frozenset({ROW}).union(*LOCALS.values())


def needs_row(node: Node) -> bool:
    """Whether an expression says something of the row it stands in."""
    if isinstance(node, Reference):
        return node.names[0] in _OF_ROWS
    if isinstance(node, Operation):
        return needs_row(node.left) or needs_row(node.right)
    if isinstance(node, Otherwise):
        return needs_row(node.first) or needs_row(node.second)
    return isinstance(node, Call) and any(map(needs_row, node.arguments))


def lists(model: type[BaseModel]) -> Iterator[str]:
    """The lists of records in a record, and in the records of its fields."""
    for name, (_, annotation) in fields_of(model).items():
        if is_list(annotation):
            yield name
        record = record_of(annotation)
        if record is not None and not is_list(annotation):
            yield from (f"{name}.{inner}" for inner, (_, kind) in fields_of(record).items() if is_list(kind))


def fits(node: Node, names: Names, around: Around, row: Node | None) -> bool:
    """Whether an expression may stand there."""
    try:
        bind(node, names, around, row)
    except ExpressionError:
        return False
    return True


def record_of_rows(form: RowSet, names: Names) -> type[BaseModel] | None:
    """The record of the data file that each row is, whose fields its columns may name: a 科目, or a project."""
    dimension = PROJECT if form.projects or form.last else SUBJECT if form.subjects or form.subject_tree else ""
    found = names.vocabulary.by_name.get(dimension)
    if found is None or not found.listed:
        return None
    return record_of(type_at(names.model, [found.listed])[0])


def fields_shown(table: TableForm, record: type[BaseModel], given: Collection[str]) -> dict[str, tuple[Path, str]]:
    """The columns that are called as a field of the record that a row is, and say nothing else: they show the field."""
    known = fields_of(record)
    found: dict[str, tuple[Path, str]] = {}
    for path, leaf in table.leaf_paths:
        name = leaf.key or leaf.text
        if leaf.figure is None and name in known and name not in given and is_plain(known[name][1]):
            found[name] = ((*path, "列" if leaf.key else "标目"), name)
    return found


def sums_of_list(bound: BoundSet, names: Names) -> dict[str, tuple[Path, str]]:
    """The totals of a list that a pack declares: the columns that show its amounts and counts, added up."""
    declared: Declared = getattr(names.model, "own_declared", NOTHING)
    [*path] = bound.path
    fact = next((fact for fact in declared.facts if fact.type is FactType.LIST and [fact.name] == path), None)
    summed = {one.name for one in fact.fields if one.type in {FactType.AMOUNT, FactType.COUNT}} if fact else set()
    shown = {key: node.name for key, node in bound.columns.items() if isinstance(node, Reference)}
    return {key: (("列数", key), f"{path[0]}.{name}") for key, name in shown.items() if name in summed}
