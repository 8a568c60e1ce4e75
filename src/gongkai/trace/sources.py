"""The facts of a data file behind a figure: where each of them stands, what it is, and how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.findings import Path, Place, describe, shown
from gongkai.model.reading import ZERO
from gongkai.model.traced import Addend, Traced, addends
from gongkai.source.tree import Tree
from gongkai.statements.names import Names

APPROVED = "核定数"
SECRET = "涉密项目（不显示）"  # noqa: S105 - what is said of a secret project
NOT_WRITTEN = "没有写，按 0"
RECKONED = "表里乘、除得来的数，不是由文件里的数加减得出"


@dataclass(frozen=True, slots=True)
class Source:
    """One addend of a figure: its amount (万元, as it is in the file), how often it counts (1, -1), and its place.

    ``words`` say what it is: its path in the file, and what the entries on it are called. Of a secret (涉密) project
    there is neither place nor path: all its money in a figure is one addend; so it is with what a table of a pack
    multiplies or divides. An amount that the file leaves to
    another one has the key of that (上年文件) in ``via``, and in ``parts`` what it is made of there.
    """

    amount: Decimal
    count: int
    words: str
    place: Place | None = None
    path: Path = ()
    secret: bool = False
    via: str = ""
    parts: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure (万元, exact) comes from: its addends, which come to ``total``.

    ``approved`` is the approved total (核定数) that is printed in place of the total; ``other_way`` is the total by
    which the same money comes to when it is added up another way, and for which this one is printed.
    """

    figure: Decimal
    total: Decimal
    sources: tuple[Source, ...]
    approved: Source | None = None
    other_way: Decimal | None = None


class FileSources:
    """Finds the facts of one data file: its places, and what it takes from the files that it names.

    ``supplied`` are the amounts that it does not write itself, by their paths in it: the key under which the file
    is named that has them, the sources there, the figure there, and whether it is a secret project's.
    """

    def __init__(
        self, tree: Tree, names: Mapping[str, str],
        supplied: Mapping[Path, tuple[str, FileSources, Decimal, bool]] | None = None,
    ) -> None:  # fmt: skip
        self._tree = tree
        self._names = Names(names)
        self._supplied = supplied or {}

    def origin(self, figure: Decimal) -> Origin:
        """Where a figure comes from."""
        instead = figure.instead if isinstance(figure, Traced) else None
        own = self._sources(addends(figure))
        if instead is None:
            return Origin(figure, figure, own)
        if len(own) == 1 and own[0].path[:1] == (APPROVED,):
            return Origin(figure, instead, self._sources(addends(instead)), own[0])
        return Origin(figure, figure, own, other_way=instead)

    def _sources(self, parts: Iterable[Addend]) -> tuple[Source, ...]:
        """The addends from the top of the file down; zeros only where there is nothing else, secret ones as one."""
        found = list(parts)
        told = [part for part in found if part.amount] or found
        sources = [self._source(part) for part in told]
        hidden = sum((source.amount * source.count for source in sources if source.secret), ZERO)
        public = sorted((source for source in sources if not source.secret), key=_order)
        secret = [Source(hidden, 1, SECRET, secret=True)] if len(public) < len(sources) else []
        return (*public, *secret)

    def _source(self, part: Addend) -> Source:
        path = part.path
        if path is None:
            return Source(part.amount, part.count, RECKONED)
        if self._secret(path):
            return Source(part.amount, part.count, SECRET, secret=True)
        words = self._words(path)
        if path in self._tree.keys:
            return Source(part.amount, part.count, words, self._tree.place(path), path)
        if path in self._supplied:
            key, there, figure, sealed = self._supplied[path]
            if sealed:
                return Source(part.amount, part.count, SECRET, secret=True)
            origin = there.origin(figure)
            inner = (origin.approved,) if origin.approved else origin.sources
            return Source(part.amount, part.count, words, None, path, via=key, parts=inner)
        return Source(part.amount, part.count, f"{words}：{NOT_WRITTEN}", self._tree.place(path), path)

    def _secret(self, path: Path) -> bool:
        return any(path[:end] in self._tree.secrets for end in range(len(path) + 1))

    def _words(self, path: Path) -> str:
        """A path in words, with what the codes and entries on it are called: 支出 › 第3条 › …（2010301 行政运行）."""
        called: list[str] = []
        here: Any = self._tree.data
        for step in path:
            here = _below(here, step)
            if isinstance(step, str) and step.isdecimal():
                called.append(self._names.economic_name(step) or self._names.name(step))
            elif isinstance(step, int) and isinstance(here, dict):
                called += self._entry(here)
        named = "，".join(dict.fromkeys(word for word in called if word))
        return describe(path) + (f"（{named}）" if named else "")

    def _entry(self, entry: Mapping[str, object]) -> Iterable[str]:
        """What an entry of a list is called: a 科目, a project, where its money comes from."""
        code = entry.get("科目")
        if isinstance(code, str):
            yield f"{code} {self._names.name(code)}".strip()
        for key in ("名称", "来源"):
            if isinstance(text := entry.get(key), str):
                yield shown(text)


def _order(source: Source) -> tuple[bool, tuple[int, ...]]:
    """Whoever looks the facts up goes through the file once; what does not stand in it comes last."""
    return source.place is None, source.place.order if source.place else ()


def _below(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None
