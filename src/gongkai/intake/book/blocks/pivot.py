"""A block with a row for each 科目 and each of its kinds of money: the entries of a list, turned by one dimension."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.findings import Path, describe, shown
from gongkai.intake.guide import Guide
from gongkai.source.nodes import node_at
from gongkai.source.tree import Node
from gongkai.texts.suggest import suggestion

from .block import Column, Row
from .data import text_at
from .lines import Line
from .shape import leaves
from .sink import Sink
from .titles import own_title


@dataclass(frozen=True, slots=True)
class _Measure:
    """A column: a value of every kind of money (``spread``: below ``head``, a name, then ``tail``), or of the entry."""

    title: str
    head: Path
    tail: Path = ()
    spread: bool = False
    reduced: bool = False
    """It is by the kind of money that the name of the row belongs to, not by that name."""

    def path(self, name: str) -> Path:
        """Within an entry, in the row of that name."""
        return (*self.head, name, *self.tail) if self.spread else self.head


@dataclass(frozen=True)
class Pivot:
    """The entries of the list at ``path``, told apart by ``key``; ``axis`` is the column of the other dimension.

    ``spread`` names a mapping of an entry whose names are those of the axis. What is by other names belongs to the
    row whose name ``reduce`` turns into theirs.
    """

    title: str
    path: Path
    key: str
    axis: str
    spread: str
    reduce: Callable[[str], str]
    order: Sequence[str] = ()
    formulas: Sequence[tuple[str, str, str]] = ()
    growing: bool = True

    def names(self, guide: Guide) -> Sequence[str]:
        """What may stand in the axis."""
        return guide.names((*self.path, 0, self.spread))

    def columns(self, guide: Guide) -> Sequence[Column]:
        """Key and axis, the values, and what is for the eye."""
        entry, names = (*self.path, 0), self.names(guide)
        found = [Column(self.key, ((*entry, self.key),)), Column(self.axis, choices=tuple(names))]
        for each in self._measures(guide):
            paths = dict.fromkeys((*entry, *each.path(self._name(each, name))) for name in names)
            found.append(Column(each.title, tuple(paths), own=bool(guide.own_type(next(iter(paths))))))
        for title, formula, behind in self.formulas:
            index = next(i for i, column in enumerate(found) if column.title == behind) + 1
            found.insert(index, Column(title, formula=formula))
        return found

    def _name(self, measure: _Measure, name: str) -> str:
        return self.reduce(name) if measure.reduced else name

    def _measures(self, guide: Guide) -> Sequence[_Measure]:
        """The columns that an entry has by the schema, each with what it is by."""
        entry = (*self.path, 0)
        names = self.names(guide)
        reduced = list(dict.fromkeys(map(self.reduce, names)))
        found: list[_Measure] = []
        for name in guide.names(entry):
            below = guide.names((*entry, name))
            if name == self.key:
                continue
            if below in (names, reduced):
                inner = (*entry, name, below[0])
                for path in leaves(guide, inner):
                    tail = path[len(inner) :]
                    title = str(tail[-1]) if tail else name
                    found.append(_Measure(title, (name,), tail, spread=True, reduced=below != names))
            else:
                for path in leaves(guide, (*entry, name)):
                    found.append(_Measure(str(path[-1]), path[len(entry) :]))  # noqa: PERF401
        rank = {title: place for place, title in enumerate(self.order)}
        return self._told_apart(sorted(found, key=lambda each: rank.get(each.title, len(rank))), guide)

    def _told_apart(self, measures: Sequence[_Measure], guide: Guide) -> Sequence[_Measure]:
        """The measures, behind them those that a pack declares, none of these called like another column."""
        first = {each: (*self.path, 0, *each.path(self._name(each, self.names(guide)[0]))) for each in measures}
        own = [each for each in measures if guide.own_type(first[each])]
        found = [each for each in measures if each not in own]
        taken = [self.key, self.axis, *(title for title, _, _ in self.formulas), *(each.title for each in found)]
        for each in own:
            title = own_title(each.tail or each.head, taken)
            taken.append(title)
            found.append(replace(each, title=title))
        return found

    # Writing

    def rows(self, data: Mapping[str, Node], guide: Guide) -> Iterator[Row]:
        """The rows of each entry, in the order of the axis; what is the entry's own stands in its first."""
        entries = node_at(data, self.path)
        measures = self._measures(guide)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                yield from self._rows_of(entry, measures, self.names(guide))

    def _rows_of(self, entry: Mapping[str, Node], measures: Sequence[_Measure], names: Sequence[str]) -> Iterator[Row]:
        rows: dict[str, dict[str, str]] = {}
        reduced: dict[str, str] = {}
        for name in names:
            told = {m.title: text_at(entry, m.path(name)) for m in measures if m.spread and not m.reduced}
            if any(value is not None for value in told.values()):
                rows[name] = {title: value or "" for title, value in told.items()}
                reduced.setdefault(self.reduce(name), name)
        for each in (m for m in measures if m.reduced):
            for fund in dict.fromkeys(map(self.reduce, names)):
                value = text_at(entry, each.path(fund))
                if value is not None:
                    home = reduced.setdefault(fund, next(n for n in names if self.reduce(n) == fund))
                    rows.setdefault(home, {})[each.title] = value
        rows = {name: rows[name] for name in names if name in rows} or {"": {}}
        first = next(iter(rows.values()))
        first |= {m.title: text_at(entry, m.head) or "" for m in measures if not m.spread}
        for name, row in rows.items():
            yield {self.key: text_at(entry, (self.key,)) or "", self.axis: name, **row}

    # Reading

    def read(self, lines: Sequence[Line], sink: Sink) -> None:
        """The rows of each 科目 together; a blank 科目 means that of the row above."""
        measures = self._measures(sink.guide)
        found: dict[str, int] = {}
        code = ""
        for line in lines:
            said = sink.label(line, self.key, self.path)
            if said is None:
                code = ""
                continue
            code = said or code
            if not any(line.cell(title) for title in (self.key, *(m.title for m in measures))):
                continue
            if not code:
                message = f"这一行没有写{self.key}"
                sink.refuse("GK202", message, f"请补上{self.key}的编码", self.path, line.place(self.key))
                continue
            self._take(code, line, found, measures, sink)

    def _take(self, code: str, line: Line, found: dict[str, int], measures: Sequence[_Measure], sink: Sink) -> None:
        begun = code not in found
        entry = (*self.path, found.setdefault(code, len(found)))
        if begun:
            sink.begin(entry, line.place(self.key))
            sink.put((*entry, self.key), line, self.key)
        for each in (m for m in measures if not m.spread):
            if line.cell(each.title):
                sink.put((*entry, *each.head), line, each.title)
            elif sink.guide.own_type((*entry, *each.head)):
                sink.named((*entry, *each.head), line.place(each.title))
        spread = [m for m in measures if m.spread]
        told = [m for m in spread if line.cell(m.title)]
        name = self._axis_of(line, entry, told, sink)
        if name is None:
            return
        for each in told:
            sink.put((*entry, *each.path(self._name(each, name))), line, each.title, line.place(self.axis))
        for each in (m for m in spread if m.reduced):
            # Beside what is written of the same kind of money, the rest of it is due.
            head = (*entry, *each.head, self.reduce(name))
            if node_at(sink.tree.data, head) is not None:
                sink.named((*head, *each.tail), line.place(each.title))

    def _axis_of(self, line: Line, entry: Path, told: Sequence[_Measure], sink: Sink) -> str | None:
        """The kind of money of a row; None where it has none, or one that is not known."""
        name, names = sink.label(line, self.axis, entry), self.names(sink.guide)
        if name is None or name in names:
            return name
        if name:
            message = f"{self.axis}里没有“{shown(name)}”"
            sink.refuse("GK204", message, suggestion(name, names), entry, line.place(self.axis))
        elif told:
            message = f"“{describe(entry)}”这一行写了“{told[0].title}”，没有写{self.axis}"
            sink.refuse("GK202", message, f"请选{self.axis}：{'、'.join(names)}", entry, line.place(self.axis))
        return None

    def homes(self) -> Sequence[Path]:
        """The list."""
        return (self.path,)
