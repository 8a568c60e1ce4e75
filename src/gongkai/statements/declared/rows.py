"""The rows of a table, of every sort that there is, from the facts of one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import Any

from pydantic import BaseModel

from gongkai.statements.facts.store import Choice, Conditions, Facts
from gongkai.statements.language.bind import measures_of
from gongkai.statements.language.nodes import Reference, Words
from gongkai.statements.language.paths import fields_of, value_at
from gongkai.statements.language.reckon import Reckoner, Row
from gongkai.statements.names import Names, code_cells, tree
from gongkai.statements.tables.form import TableForm, one_by_one
from gongkai.statements.tables.table import Line, RowValues, Value

from .bound import (
    CODED_NAME,
    ECONOMIC,
    INDEX,
    NAME,
    NUMBER,
    PROJECT,
    PROJECT_NAME,
    SUBJECT,
    SUBJECT_NAME,
    BoundSet,
)
from .economic_blocks import block_rows

_LEVELS = {3: "类", 5: "款", 7: "项"}


@dataclass(frozen=True)
class Filling:
    """What tables are filled from: the facts of a file, its names of 科目, the names of its projects in their order.

    ``data`` is the file as the public may see it.
    """

    facts: Facts
    reckoner: Reckoner
    names: Names
    projects: Sequence[str]
    data: BaseModel

    @cached_property
    def records(self) -> Mapping[str, Mapping[str, BaseModel]]:
        """The entries of the file that rows may be: of every dimension that has a list, by their values."""
        found: dict[str, Mapping[str, BaseModel]] = {}
        for dimension in self.facts.vocabulary.dimensions:
            entries = value_at(self.data, (dimension.listed,)) if dimension.listed else ()
            keyed = (str(number) if dimension.records else entry.code for number, entry in enumerate(entries))
            found[dimension.name] = dict(zip(keyed, entries, strict=True))
        return found


@dataclass(frozen=True)
class _Rows:
    """The rows of one set in one table of one file."""

    bound: BoundSet
    form: TableForm
    filling: Filling
    conditions: Conditions
    record: BaseModel | None
    before: int

    def all(self) -> Iterator[Line]:
        makers: Mapping[str, Callable[[], Iterable[Line]]] = {
            "科目树": self._subject_tree,
            "科目": self._subjects,
            "类": self._classes,
            "经济分类树": self._economic_tree,
            "经济分栏": lambda: block_rows(self.form, self.filling.facts, self.filling.names, self.conditions),
            "项目": lambda: self._projects(self.conditions, {}),
            "固定": self._fixed,
            "清单": self._records,
            "一行": lambda: [self._row(Row(conditions=self.conditions))],
            "并列": self._beside,
        }
        yield from makers[self.bound.sort]()

    def _row(self, row: Row) -> Line:
        if self.record is not None and row.record is None:
            row = replace(row, record=self.record)
        reckoner, names = self.filling.reckoner, self.bound.names
        line = Line(row.locals)
        for key, node in self.bound.columns.items():
            line[key] = reckoner.value(node, names, row)
        return line

    def _has(self, conditions: Conditions) -> bool:
        reckoner, names = self.filling.reckoner, self.bound.names
        row = Row(conditions=conditions, record=self.record)
        return any(bool(reckoner.value(node, names, row)) for node in self.bound.asked)

    def _present(self, dimension: str, codes: bool = True) -> list[str]:
        """The values of a dimension under which there is anything, in the order of codes or of the file."""
        facts = self.filling.facts
        found = dict.fromkeys(
            value
            for node in self.bound.asked
            for measure, comparison in measures_of(node, self.bound.names)
            for value in facts.values(measure, comparison, dimension, {})
        )
        ordered = sorted(found) if codes else sorted(found, key=int)
        return [value for value in ordered if self._has(self._under(dimension, value))]

    def _under(self, dimension: str, value: str, conditions: Conditions | None = None) -> dict[str, Choice]:
        around = self.conditions if conditions is None else conditions
        codes = self.filling.facts.vocabulary.by_name[dimension].codes
        choice = Choice(frozenset({value}), codes=codes is not None)
        return {**around, dimension: around[dimension].narrowed(choice) if dimension in around else choice}

    def _subject(self, code: str) -> dict[str, Value]:
        name = self.filling.names.name(code)
        return {**code_cells(code), SUBJECT_NAME: name, NAME: name, CODED_NAME: f"{code} {name}"}

    def _of_subject(self, code: str, conditions: Conditions | None = None) -> Row:
        record = self.filling.records[SUBJECT].get(code)
        return Row(self._subject(code), self._under(SUBJECT, code, conditions), record=record)

    def _subject_tree(self) -> Iterator[Line]:
        present = self._present(SUBJECT)
        unit: dict[str, Value] = {SUBJECT_NAME: value_at(self.filling.data, ("单位", "名称"))}
        if self.form.unit_row and present:
            yield Line({**self._row(Row(conditions=self.conditions)), **unit})
        levels = self.bound.form.levels
        for code in tree(present):
            if _LEVELS[len(code)] not in levels:
                continue
            if len(code) == 7 and self.bound.form.last == PROJECT:
                yield from self._projects(self._under(SUBJECT, code), self._subject(code))
            else:
                yield self._row(self._of_subject(code))

    def _subjects(self) -> Iterator[Line]:
        yield from (self._row(self._of_subject(code)) for code in self._present(SUBJECT))

    def _classes(self) -> Iterator[Line]:
        # Money of a 类 that the form does not list would be in the total and in no row.
        listed, found = self.form.classes, {code[:3] for code in self._present(SUBJECT)}
        for code in [*listed, *sorted(found - {*listed})]:
            row = self._of_subject(code)
            name = self.form.class_names.get(code) or self.filling.names.name(code)
            yield self._row(replace(row, locals={**row.locals, NAME: name, CODED_NAME: f"{code} {name}"}))

    def _economic_tree(self) -> Iterator[Line]:
        for code in tree(self._present(ECONOMIC)):
            name = self.filling.names.economic_name(code)
            cells = {**code_cells(code), SUBJECT_NAME: name, NAME: name, CODED_NAME: f"{code} {name}"}
            yield self._row(Row(cells, self._under(ECONOMIC, code)))

    def _projects(self, conditions: Conditions, cells: RowValues) -> Iterator[Line]:
        """A row for every project with money under these conditions."""
        facts = self.filling.facts
        found = dict.fromkeys(
            value
            for node in self.bound.asked
            for measure, comparison in measures_of(node, self.bound.names)
            for value in facts.values(measure, comparison, PROJECT, conditions)
        )
        for number in sorted(found, key=int):
            chosen = self._under(PROJECT, number, conditions)
            if self._has(chosen):
                name = self.filling.projects[int(number)]
                record = self.filling.records[PROJECT].get(number)
                yield self._row(Row({NAME: name, **cells, PROJECT_NAME: name}, chosen, record=record))

    def _fixed(self) -> Iterator[Line]:
        name = self.bound.form.fixed
        assert name is not None, "the set is of this sort"
        lines = one_by_one(self.form.fixed_rows(name))
        for number, (line, figure) in enumerate(zip(lines, self.bound.rows, strict=True), 1):
            said: dict[str, Value] = {NAME: self.form.label(line), NUMBER: str(self.before + number)}
            row = self._row(Row(said, self.conditions, figure, self.bound.names))
            row.format = line.number_format.plain
            yield row

    def _records(self) -> Iterator[Line]:
        listed = value_at_list(self.record, self.filling.data, self.bound.path)
        rows = [
            self._row(Row({INDEX: str(number)}, self.conditions, record=record))
            for number, record in enumerate(listed, 1)
        ]
        group = self.bound.form.group
        if not group or not self.form.heads:
            return iter(rows)
        return iter(self._with_heads(rows, group))

    def _with_heads(self, rows: Sequence[Line], group: str) -> list[Line]:
        """The rows in the order of the heads that always stand there (固定一级指标), each of them at least once."""
        heads = self.form.heads
        columns = [
            key for key, node in self.bound.columns.items() if isinstance(node, Reference) and node.name == group
        ]
        constant = {key: node.text for key, node in self.bound.columns.items() if isinstance(node, Words)}
        present = {row[key] for row in rows for key in columns}
        missing = [Line({**constant, **dict.fromkeys(columns, head)}) for head in heads if head not in present]
        order = {head: place for place, head in enumerate(heads)}
        return sorted([*missing, *rows], key=lambda row: order.get(str(row[columns[0]]), len(order)))

    def _beside(self) -> Iterator[Line]:
        sides: list[list[Line]] = []
        for one in self.bound.beside:
            before = sum(map(len, sides))
            sides.append(rows_of(one, self.form, self.filling, self.conditions, self.record, before))
        for cells in zip_longest(*sides, fillvalue=Line()):
            row = Line()
            for bound, side in zip(self.bound.beside, cells, strict=True):
                row |= {key: side[key] for key in bound.columns if key in side}
            yield row


def rows_of(
    bound: BoundSet,
    form: TableForm,
    filling: Filling,
    conditions: Conditions,
    record: BaseModel | None = None,
    before: int = 0,
) -> list[Line]:
    """The rows of a set, keyed by column; ``before`` is how many fixed rows are numbered (行次) before them."""
    around = dict(conditions)
    for name, choice in bound.conditions.items():
        around[name] = around[name].narrowed(choice) if name in around else choice
    return [*_Rows(bound, form, filling, around, record, before).all()]


def value_at_list(record: BaseModel | None, data: BaseModel, path: Sequence[str]) -> Sequence[Any]:
    """The records of a list of the file, or of the record whose table it is; none where it is not written."""
    start = record if record is not None and path[0] in fields_of(type(record)) else data
    return value_at(start, path) or ()


def is_stated(value: object) -> bool:
    """Whether something is written in the file: 是 for a question, anything else that is not empty."""
    return value not in (None, "", (), False)
