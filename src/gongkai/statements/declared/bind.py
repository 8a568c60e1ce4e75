"""Binding a pack's tables: every name, column, dimension and value in them is looked up before any file is seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

from gongkai.findings import Path
from gongkai.model.reading import ZERO
from gongkai.statements.facts.store import Choice
from gongkai.statements.language.bind import NOTHING, Around, bind, unknown
from gongkai.statements.language.names import ROW, Names
from gongkai.statements.language.nodes import ExpressionError, Node, Number
from gongkai.statements.language.paths import fields_of, is_list, record_of, type_at
from gongkai.statements.language.syntax import parse
from gongkai.statements.tables.form import TableForm
from gongkai.statements.tables.row_sets import RowSet

from .bound import AROUND, FIGURE, LOCALS, PROJECT, BoundSet, BoundTable
from .mistakes import DeclarationError, Mistake, mistake_in
from .parts import (
    condition_of,
    fields_shown,
    fits,
    lists,
    narrowed,
    needs_row,
    record_of_rows,
    sums_of_list,
    text_of,
)
from .together import mistakes_together

_T = TypeVar("_T")
_CLASS = re.compile(r"\d{3}")


def with_quantities(names: Names, quantities: Mapping[str, str]) -> Names:
    """The names with a pack's common quantities (量), each of which may use all others before it.

    Raises DeclarationError.
    """
    binder = _Binder()
    found = binder.quantities(names, quantities, ())
    binder.end()
    return found


def bound(key: str, form: TableForm, names: Names) -> BoundTable:
    """A table of a pack. Raises DeclarationError with everything that is wrong with it."""
    binder = _Binder()
    table = binder.table(key, form, names)
    binder.end()
    return table


class _Binder:
    """Binds one declaration and notes its mistakes."""

    def __init__(self) -> None:
        self._mistakes: dict[Path, Mistake] = {}

    def end(self) -> None:
        """Raise what was found."""
        if self._mistakes:
            raise DeclarationError(self._mistakes.values())

    def _tried(self, text: str, path: Path, work: Callable[[], _T]) -> _T | None:
        try:
            return work()
        except ExpressionError as error:
            self._mistakes.setdefault(path, mistake_in(text, path, error))
            return None

    def quantities(self, names: Names, texts: Mapping[str, str], path: Path) -> Names:
        """The names with these quantities; what a row asks of them is looked at where they are used."""
        for name, text in texts.items():
            node = self._read(text, (*path, name))
            if node is not None:
                self._bind(text, (*path, name), node, names)
                names = names.with_quantities({name: node})
        return names

    def _read(self, text: str, path: Path) -> Node | None:
        return self._tried(text, path, lambda: parse(text))

    def _bind(
        self, text: str, path: Path, node: Node, names: Names, around: Around = NOTHING, row: Node | None = None
    ) -> bool:
        return self._tried(text, path, lambda: bind(node, names, around, row)) is not None

    def table(self, key: str, form: TableForm, names: Names) -> BoundTable:
        each = self._list(form.each, ("每",), names)
        of_record: Around = {}
        if each is not None:
            names = names.within(record=each[1])
            of_record = {one.name: None for one in names.vocabulary.dimensions if [one.listed] == [*each[0]]}
        conditions = self._conditions(form.conditions, ("条件",), names)
        around = {**conditions, **of_record}
        names = self.quantities(names, form.quantities, ("量",))
        sets = [self._set(one, form, names, around, ("行集", number)) for number, one in enumerate(form.row_sets)]
        totals: dict[str, tuple[Path, str]] = {
            name: (("合计数", name), text) for name, text in form.total_figures.items()
        }
        if not any(one.sort in {"清单", "并列"} for one in sets):
            totals = {**self._figures(form), **totals}
        elif len(sets) == 1:
            totals = {**sums_of_list(sets[0], names), **totals}
        bound_totals = self._bound(totals, names, around, total=True, hidden={*totals} - {*form.total_figures})
        for mistake in mistakes_together(form, sets, bound_totals, others=bool(self._mistakes)):
            self._mistakes.setdefault(mistake.path, mistake)
        return BoundTable(
            key=key,
            form=form,
            names=names,
            conditions=conditions,
            sets=sets,
            totals=bound_totals,
            form_values=self._form_values(form, names, around),
            each=each[0] if each else (),
            when=self._path(form.when, ("当",), names),
            unless=self._path(form.unless, ("除",), names),
        )

    def _form_values(self, form: TableForm, names: Names, around: Around) -> Mapping[str, Node]:
        given = {name: (("表单值", name), text) for name, text in form.form_values.items()}
        for i, line in enumerate(form.form):
            for j, cell in enumerate(line):
                if cell.label is None and cell.value not in given:
                    wanted = unknown("表单值", cell.value or "", given, 0)
                    self._mistakes.setdefault(
                        ("表单", i, j, "值"), Mistake(("表单", i, j, "值"), str(wanted), wanted.advice)
                    )
        return self._bound(given, names, around)

    @staticmethod
    def _figures(form: TableForm) -> dict[str, tuple[Path, str]]:
        """The expressions of the columns and where each stands: in the heads, or by the name of the column."""
        found: dict[str, tuple[Path, str]] = {name: (("列数", name), text) for name, text in form.figures.items()}
        for path, leaf in form.leaf_paths:
            if leaf.figure is not None:
                found[leaf.key or leaf.text] = ((*path, "数"), leaf.figure)
        return found

    def _bound(
        self,
        given: Mapping[str, tuple[Path, str]],
        names: Names,
        around: Around,
        rows: Iterable[Node | None] = (None,),
        *,
        total: bool = False,
        hidden: Collection[str] = (),
    ) -> dict[str, Node]:
        """The expressions by name, each held against the names; of a ``total`` those that no row is needed for.

        Those of ``hidden`` columns are left out where they do not fit these rows.
        """
        found: dict[str, Node] = {}
        for name, (path, text) in given.items():
            node = self._read(text, path)
            if node is None or (total and needs_row(node)):
                continue
            if name in hidden and not all(fits(node, names, around, row) for row in rows):
                continue  # a parent's column that this table no longer has
            found[name] = node
            for row in rows:
                self._bind(text, path, node, names, around, row)
        return found

    def _set(
        self,
        form: RowSet,
        table: TableForm,
        names: Names,
        around: Around,
        path: Path,
        columns: Mapping[str, tuple[Path, str]] | None = None,
    ) -> BoundSet:
        """A set of rows; those beside others have only the columns that they say themselves."""
        sort = form.sorts[0]
        shared = self._figures(table) if columns is None else columns
        conditions = self._conditions(form.conditions, (*path, "条件"), names)
        around = narrowed(around, conditions)
        if sort == "并列":
            beside = [
                self._set(one, table, names, around, (*path, "并列", number), {})
                for number, one in enumerate(form.beside)
            ]
            return BoundSet(form, sort, names, conditions, beside=beside)
        names = self.quantities(names, form.quantities, (*path, "量"))
        asked = self._asked(form, names, {**around, **dict.fromkeys(AROUND.get(sort, ()))}, path)
        own = names.within(locals=names.locals | LOCALS.get(sort, frozenset()))
        listed = self._list(form.records, (*path, "清单"), names)
        if form.records is not None and listed is None:
            return BoundSet(form, sort, names, conditions)  # its columns are fields of what is not known
        record = listed[1] if listed is not None else record_of_rows(form, names)
        if record is not None:
            own = own.within(record=record)
            shared = {**fields_shown(table, record, LOCALS.get(sort, frozenset())), **shared}
        rows = self._rows(form, table, names, sort)
        of_rows = {**around, **dict.fromkeys(AROUND.get(sort, ())), **({PROJECT: None} if form.last else {})}
        given = {**shared, **{name: ((*path, "列数", name), text) for name, text in form.columns.items()}}
        figures: Sequence[Node | None] = [node for node in rows if node is not None] or [None]
        shown = {leaf.key or leaf.text for _, leaf in table.leaf_paths}
        bound_columns: Mapping[str, Node] = {}
        if sort != "经济分栏":
            bound_columns = self._bound(given, own, of_rows, figures, hidden={*table.figures} - shown)
        return BoundSet(form, sort, own, conditions, asked, bound_columns, rows, path=listed[0] if listed else ())

    def _asked(self, form: RowSet, names: Names, around: Around, path: Path) -> Sequence[Node]:
        """The expressions of which is asked whether a row has anything."""
        stated = form.asked
        texts = (stated,) if isinstance(stated, str) else tuple(stated or ())
        given = {str(number): ((*path, form.sorts[0]), text) for number, text in enumerate(texts)}
        return [*self._bound(given, names, around).values()]

    def _rows(self, form: RowSet, table: TableForm, names: Names, sort: str) -> Sequence[Node | None]:
        """The figures of fixed rows; a code stands for that 类 of what the set names (编码行)."""
        if sort == "经济分栏":
            return [None] * len(table.lines)
        if form.fixed is None:
            return ()
        found: list[Node | None] = []
        for number, row in enumerate(table.fixed_rows(form.fixed)):
            path: Path = (form.fixed, number, FIGURE)
            text = text_of(row, form)
            node = self._read(text, path) if text else None
            if node is not None and not self._bind(text, path, node, names):
                node = Number(ZERO, 0)  # what its columns make of it would be told again
            found += [node] * (row.blank or 1)
        return found

    def _conditions(self, stated: Mapping[str, str], path: Path, names: Names) -> dict[str, Choice]:
        """Conditions as a mapping says them: {资金: 财政, 来路: ≠上级}."""
        found: dict[str, Choice] = {}
        for dimension, values in stated.items():
            sign = "" if values.startswith(("≠", "=")) else "="
            text = f"{ROW}[{dimension}{sign}{values}]"
            choice = self._tried(text, (*path, dimension), lambda text=text: condition_of(text, names))  # type: ignore[misc]
            if choice is not None:
                found[dimension] = choice
        return found

    def _list(self, stated: str | None, path: Path, names: Names) -> tuple[Sequence[str], type[BaseModel]] | None:
        """A list of the file: the way to it and what its records are."""
        if stated is None:
            return None
        steps = stated.split(".")
        for model in filter(None, (names.record, names.model)):
            found, count = type_at(model, steps)
            record = record_of(found)
            if count == len(steps) and is_list(found) and record is not None:
                return steps, record
        valid = [name for model in filter(None, (names.record, names.model)) for name in lists(model)]
        wanted = unknown("清单", stated, valid, 0)
        self._mistakes[path] = Mistake(path, str(wanted), wanted.advice)
        return None

    def _path(self, stated: str | None, path: Path, names: Names) -> Sequence[str]:
        """What a file states or not."""
        if stated is None:
            return ()
        steps = stated.split(".")
        if any(type_at(model, steps)[1] == len(steps) for model in filter(None, (names.record, names.model))):
            return steps
        model = names.record or names.model
        self._mistakes[path] = Mistake(path, f"数据文件里没有“{stated}”", f"可写：{'、'.join(fields_of(model))}")
        return ()
