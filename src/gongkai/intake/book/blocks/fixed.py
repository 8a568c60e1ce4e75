"""Blocks whose rows are given by the schema: a form (one value in a row) or a grid (several)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.findings import Path
from gongkai.intake.guide import Guide
from gongkai.source.tree import Node
from gongkai.texts.suggest import suggestion

from .block import Column, Row
from .data import text_at
from .lines import Line
from .shape import is_required, leaves
from .sink import Sink

PART, ITEM, VALUE, MEANING = "部分", "项目", "填写", "说明"
"""The titles of a form's columns."""
_EVERY = "*"


@dataclass(frozen=True)
class Fixed:
    """Rows of values: each of the ``roots`` with all single values below it, in the order of the schema.

    With ``grid`` each root is one row, and its own single values are the columns; ``*`` at the end of a root
    stands for every name that may be there. ``without`` are paths that stand elsewhere.
    """

    title: str
    roots: Sequence[Path]
    grid: bool = False
    without: Sequence[Path] = ()
    growing: bool = False
    key: str = ""

    def columns(self, guide: Guide) -> Sequence[Column]:
        """Part and item, the values, and in a form what they mean."""
        labels = (Column(PART, label=True), Column(ITEM, label=True))
        if not self.grid:
            return (*labels, Column(VALUE), Column(MEANING, label=True))
        paths: dict[str, list[Path]] = {}
        for root in self._roots(guide):
            for name in self._values(guide, root):
                paths.setdefault(name, []).append((*root, name))
        return (*labels, *(Column(name, tuple(found)) for name, found in paths.items()))

    def _roots(self, guide: Guide) -> Iterator[Path]:
        for root in self.roots:
            if root[-1] == _EVERY:
                yield from ((*root[:-1], name) for name in guide.names(root[:-1]))
            else:
                yield root

    def _values(self, guide: Guide, root: Path) -> Iterator[str]:
        """The names of single values in a mapping."""
        for name in guide.names(root):
            if list(leaves(guide, (*root, name))) == [(*root, name)]:
                yield name

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
        names = [column.title for column in self.columns(guide) if not column.label]
        for path in self.paths(guide):
            part, item = self.label(path)
            values = {name: text_at(data, (*path, name) if self.grid else path) or "" for name in names}
            meaning = {} if self.grid else {MEANING: guide.description(path)}
            yield {PART: part, ITEM: item, **values, **meaning}

    def read(self, lines: Sequence[Line], sink: Sink) -> None:
        """Each row by its label; one that is not known is told where something stands in it."""
        rows = {self.label(path): path for path in self.paths(sink.guide)}
        part = ""
        for line in lines:
            part = line.text(PART) or part
            label = (part, line.text(ITEM))
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
                continue
            for name in self._names(line, sink.guide, path):
                sink.put((*path, name), line, name, line.place(name))

    def _names(self, line: Line, guide: Guide, path: Path) -> Iterator[str]:
        """The columns that have something to do with a row; what stands in another of them is read as a mistake."""
        own = set(self._values(guide, path))
        titles = [column.title for column in self.columns(guide) if not column.label]
        yield from (title for title in titles if title in own or line.cell(title) is not None)

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
