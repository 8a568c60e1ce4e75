"""Blocks whose rows are given by the schema: a form (one value in a row) or a grid (several)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.findings import Level, Path, describe
from gongkai.intake.guide import Guide
from gongkai.source.nodes import node_at
from gongkai.source.tree import Node
from gongkai.source.workbook.cells import Kind
from gongkai.texts.suggest import suggestion

from .block import Column, Row
from .data import text_at
from .lines import Line
from .shape import Entry, is_required, leaves, shape_of
from .sink import Sink
from .titles import own_title

PART, ITEM, VALUE, MEANING = "部分", "项目", "填写", "说明"
"""The titles of a form's columns."""
_EVERY = "*"
_MAY_BE_BLANK = "可以不填"
_IS_MORE = re.compile(r"^[\d,. ]*[1-9]")
"""A figure above zero."""


@dataclass(frozen=True)
class Fixed:
    """Rows of values: each of the ``roots`` with all single values below it, in the order of the schema.

    With ``grid`` each root is one row, and its own single values are the columns; ``*`` at the end of a root
    stands for every name that may be there. ``without`` are paths that stand elsewhere. ``compared`` are columns
    that are printed as 0 where they are blank: told where the row has a figure and no file is named that supplies
    them (by the key under which it is named).
    """

    title: str
    roots: Sequence[Path]
    grid: bool = False
    without: Sequence[Path] = ()
    compared: Mapping[str, str] = field(default_factory=dict)
    growing: bool = False

    @property
    def key(self) -> str:
        """A total may be typed below the rows of a grid."""
        return ITEM if self.grid else ""

    def columns(self, guide: Guide) -> Sequence[Column]:
        """Part and item, the values, and in a form what they mean."""
        labels = (Column(PART, label=True), Column(ITEM, label=True))
        if not self.grid:
            return (*labels, Column(VALUE), Column(MEANING, label=True))
        paths: dict[str, list[Path]] = {}
        titles = self._titles(guide)
        for root in self._roots(guide):
            for below in _below(guide, root):
                paths.setdefault(titles[below], []).append((*root, *below))
        return (*labels, *(Column(t, tuple(p), own=all(map(guide.own_type, p))) for t, p in paths.items()))

    def _roots(self, guide: Guide) -> Iterator[Path]:
        for root in self.roots:
            if root[-1] == _EVERY:
                yield from ((*root[:-1], name) for name in guide.names(root[:-1]))
            else:
                yield root

    def _values(self, guide: Guide, root: Path) -> Mapping[str, Path]:
        """The single values of a row by their titles, and where they are in its mapping."""
        titles = self._titles(guide)
        return {titles[below]: below for below in _below(guide, root)}

    def _titles(self, guide: Guide) -> Mapping[Path, str]:
        """The titles of all values that a row may have: their names, but for those of a pack that mean another."""
        found: dict[Path, str] = {}
        own: list[Path] = []
        for root in self._roots(guide):
            for below in _below(guide, root):
                if guide.own_type((*root, *below)):
                    own.append(below)
                else:
                    found[below] = str(below[-1])
        for below in own:
            if below not in found:
                found[below] = own_title(below, (PART, ITEM, *found.values()))
        return found

    def paths(self, guide: Guide) -> Sequence[Path]:
        """The path of every row."""
        if self.grid:
            return tuple(self._roots(guide))
        found = (path for root in self._roots(guide) for path in leaves(guide, root))
        return tuple(path for path in found if not any(path[: len(gone)] == gone for gone in self.without))

    def label(self, path: Path) -> tuple[str, str]:
        """Part and item of a row."""
        return " · ".join(str(step) for step in path[:-1]) or self.title, str(path[-1])

    def rows(self, data: Mapping[str, Node], guide: Guide) -> Iterator[Row]:
        """Every row, with what stands in the data."""
        titles = self._titles(guide) if self.grid else {(): VALUE}
        for path in self.paths(guide):
            part, item = self.label(path)
            values = {title: text_at(data, (*path, *below)) or "" for below, title in titles.items()}
            meaning = {} if self.grid else {MEANING: _meaning(guide, path)}
            yield {PART: part, ITEM: item, **values, **meaning}

    def read(self, lines: Sequence[Line], sink: Sink) -> None:
        """Each row by its label; one that is not known is told where something stands in it."""
        rows = {self.label(path): path for path in self.paths(sink.guide)}
        part = ""
        for line in lines:
            said, item = sink.label(line, PART, ()), sink.label(line, ITEM, ())
            if said is None or item is None:
                continue
            part = said or part
            label = (part, item)
            path = rows.get(label)
            if path is None:
                self._strange(line, label, rows, sink)
                continue
            key = line.place(ITEM)
            around = path if self.grid else path[:-1]
            if around and is_required(sink.guide, around):
                sink.begin(around, key)  # so that each value that is missing is told where it is due
            if not self.grid:
                sink.put(path, line, VALUE, key)
                self._tell_in_meaning(line, path, sink)
                continue
            for title, below in self._own_values(line, path, sink).items():
                sink.put((*path, *below), line, title, line.place(title))
            self._tell_blanks(line, path, sink)

    def _tell_in_meaning(self, line: Line, path: Path, sink: Sink) -> None:
        """What was typed over the meaning of a row, which is not read."""
        typed = line.cell(MEANING)
        same = typed is None or typed.text.strip() == _meaning(sink.guide, path).strip()
        if typed is not None and not same and (typed.kind is not Kind.TEXT or line.cell(VALUE) is None):
            message = f"写在“{MEANING}”一栏的没有读"
            sink.tell(Level.WARNING, "GK162", message, f"请写在“{VALUE}”一栏", line.place(MEANING), path)

    def _own_values(self, line: Line, path: Path, sink: Sink) -> Mapping[str, Path]:
        """The columns that have something to do with a row; what stands in another of them is not read."""
        titles = self._titles(sink.guide)
        own = {titles[below]: below for below in _below(sink.guide, path)}
        for title in (title for title in titles.values() if title not in own and line.cell(title) is not None):
            message = f"“{path[-1]}”没有“{title}”这一项，写在这里的没有读"
            sink.tell(Level.WARNING, "GK162", message, "灰的格子不用填，请删去", line.place(title), path)
        return own

    def _tell_blanks(self, line: Line, path: Path, sink: Sink) -> None:
        """A figure to compare with that is not written, beside one of this year's: it would be printed as 0."""
        own = self._values(sink.guide, path) if self.compared else {}
        figures = [
            str(node_at(sink.tree.data, (*path, *below)) or "")
            for title, below in own.items()
            if title not in self.compared
            and not sink.guide.own_type((*path, *below))
            and shape_of(sink.guide, (*path, *below)).entry is Entry.NUMBER
        ]
        if not any(_IS_MORE.search(each) for each in figures):
            return
        for title, supplier in self.compared.items():
            blank = title in own and line.cell(title) is None
            if blank and supplier not in sink.tree.data:
                message = f"“{describe((*path, title))}”没有填写，将印出 0"
                advice = "有数的请补上；确实没有的写 0"
                sink.tell(Level.WARNING, "GK221", message, advice, line.place(title), (*path, title))

    def _strange(self, line: Line, label: tuple[str, str], rows: Mapping[tuple[str, str], Path], sink: Sink) -> None:
        names = [column.title for column in self.columns(sink.guide) if not column.label]
        if not any(line.cell(name) for name in names):
            return
        items = [item for part, item in rows if part == label[0]] or [item for _, item in rows]
        message = f"“{self.title}”里没有“{label[1] or label[0]}”这一行" if any(label) else "这一行没有写项目"
        sink.refuse("GK161", message, suggestion(label[1], items), (), line.place(ITEM))

    def homes(self) -> Sequence[Path]:
        """The roots."""
        return tuple(root[:-1] if root[-1] == _EVERY else root for root in self.roots)


def _meaning(guide: Guide, path: Path) -> str:
    """What a value means; of a fact of a pack also whether it may be left out."""
    said = guide.description(path)
    if guide.own_type(path) and not is_required(guide, path) and "不写" not in said:
        return f"{said}（{_MAY_BE_BLANK}）" if said else _MAY_BE_BLANK
    return said


def _below(guide: Guide, root: Path) -> Iterator[Path]:
    """Where the single values of a row are in its mapping; within further mappings only those of a pack."""
    for name in guide.names(root):
        path = (*root, name)
        if guide.own_type(path):
            yield from (leaf[len(root) :] for leaf in leaves(guide, path))
        elif list(leaves(guide, path)) == [path]:
            yield (name,)
