"""A block with a row for each entry of a list, or of lists within the entries of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.findings import Path, shown
from gongkai.intake.guide import Guide
from gongkai.source.nodes import node_at
from gongkai.source.tree import Node
from gongkai.texts.suggest import suggestion

from .block import Column, Row
from .data import EACH, any_of, lists_at, names_of, text_at
from .lines import Line
from .shape import leaves
from .sink import Sink
from .titles import DOT, own_title

_NAME = "名称"


@dataclass(frozen=True)
class Records:
    """The entries of the list at ``path``; within the entries of another list, each names that entry (``link``).

    ``carried`` are columns in which a blank cell says the same as the row above, of the same entry; not where the
    file names another (``unless``) that supplies what is not written. ``order`` are the names of columns that come
    first. ``formulas`` are columns for the eye: title, formula, and the title behind which they stand.
    """

    title: str
    path: Sequence[str]
    link: str = ""
    carried: Sequence[str] = ()
    unless: str = ""
    order: Sequence[str] = ()
    formulas: Sequence[tuple[str, str, str]] = ()
    list_of: Mapping[str, str] | None = None
    called: str = _NAME
    """The column of what an entry is called, where it has no link."""
    growing: bool = True

    @property
    def key(self) -> str:
        """The link, or the name of an entry."""
        return self.link or self.called

    @property
    def _parents(self) -> Path:
        """Where the list stands to which the link leads."""
        return tuple(self.path[: len(self.path) - 1 - self.path[::-1].index(EACH)]) if EACH in self.path else ()

    def columns(self, guide: Guide) -> Sequence[Column]:
        """The link, then the single values of an entry."""
        entry = (*any_of(self.path), 0)
        link = [Column(self.link, list_of=f"{self.link}.名称")] if self.link else []
        lists = self.list_of or {}
        values = [
            Column(title, ((*entry, *below),), list_of=lists.get(title, ""), own=bool(guide.own_type((*entry, *below))))
            for title, below in self._titles(guide)
        ]
        found = [*link, *values]
        for title, formula, behind in self.formulas:
            index = next(i for i, column in enumerate(found) if column.title == behind) + 1
            found.insert(index, Column(title, formula=formula))
        return found

    def _titles(self, guide: Guide) -> Sequence[tuple[str, Path]]:
        """The titles of the values with their paths within an entry."""
        entry = (*any_of(self.path), 0)
        every = [path[len(entry) :] for path in leaves(guide, entry)]
        own = [path for path in every if guide.own_type((*entry, *path))]
        below = [path for path in every if path not in own]
        times = Counter(path[-1] for path in below)
        titles = [(str(p[-1]) if times[p[-1]] == 1 else DOT.join(map(str, p)), p) for p in below]
        rank = {name: place for place, name in enumerate(self.order)}
        titles.sort(key=lambda each: rank.get(each[0], len(rank)))
        taken = [self.link, *(title for title, _, _ in self.formulas), *(title for title, _ in titles)]
        for path in own:
            title = own_title(path, taken)
            taken.append(title)
            titles.append((title, path))
        return titles

    def rows(self, data: Mapping[str, Node], guide: Guide) -> Iterator[Row]:
        """A row for each entry."""
        titles = self._titles(guide)
        labels = names_of(data, self._parents) if self.link else []
        for path in lists_at(data, self.path):
            entries = node_at(data, path)
            link = {self.link: labels[self._parent_of(path)]} if self.link else {}
            for entry in entries if isinstance(entries, list) else ():
                yield {**link, **{title: text_at(_mapping(entry), below) or "" for title, below in titles}}

    def _parent_of(self, path: Path) -> int:
        """Which entry of the parents a list belongs to."""
        step = path[len(self._parents)]
        assert isinstance(step, int)
        return step

    def read(self, lines: Sequence[Line], sink: Sink) -> None:
        """An entry for each row with anything in it."""
        titles = self._titles(sink.guide)
        labels = {label: index for index, label in enumerate(names_of(sink.tree.data, self._parents))}
        carried = self._carried(sink)
        above: dict[str, Line] = {}
        parent = ""
        count: Counter[Path] = Counter()
        for line in lines:
            named = sink.label(line, self.link, tuple(self._parents)) if self.link else ""
            if named is None:
                parent, above = "", {}
                continue
            if named and named != parent:
                parent, above = named, {}
            if not any(line.cell(title) for title, _ in titles):
                continue
            path = self._list_of(parent, labels, line, sink)
            if path is None:
                continue
            entry = (*path, count[path])
            count[path] += 1
            self._take(entry, line, above, titles, sink)
            above |= {title: line for title in carried if line.cell(title) is not None}

    def _carried(self, sink: Sink) -> Sequence[str]:
        return () if self.unless and self.unless in sink.tree.data else self.carried

    def _list_of(self, parent: str, labels: Mapping[str, int], line: Line, sink: Sink) -> Path | None:
        """The list to which a row belongs; None where that is not known, which is a finding."""
        if not self.link:
            return tuple(self.path)
        if parent in labels:
            return (*self._parents, labels[parent], *self.path[len(self._parents) + 1 :])
        place = line.place(self.link)
        if not parent:
            sink.refuse("GK163", f"这一行没有写{self.link}", f"请从“{self.link}”表的名称里选一个", (), place)
        elif sink.tree.secrets:  # it may be a secret one, misspelt, or the true name of one that is masked elsewhere
            sink.refuse("GK163", f"“{self.link}”表里没有这一行写的名称", "请从下拉清单里选", (), place)
        else:
            message = f"“{self.link}”表里没有“{shown(parent)}”"
            sink.refuse("GK163", message, suggestion(parent, [*labels]), (), place)
        return None

    def _take(
        self, entry: Path, line: Line, above: Mapping[str, Line], titles: Sequence[tuple[str, Path]], sink: Sink
    ) -> None:
        """Read one row; what it leaves blank and the row ``above`` says is taken from there."""
        sink.begin(entry, line.place(titles[0][0]))
        for title, below in titles:
            blank = line.cell(title) is None
            sink.put((*entry, *below), above.get(title, line) if blank else line, title)

    def homes(self) -> Sequence[Path]:
        """The list, as it is named in the first entry of those around it."""
        return (any_of(self.path),)


def _mapping(node: Node) -> Mapping[str, Node]:
    return node if isinstance(node, dict) else {}
