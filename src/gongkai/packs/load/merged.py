"""What the files of a chain of packs say together, and which of them said what."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path as File
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gongkai.findings import Finding, FindingsError, Level, Path, Place, describe, shown
from gongkai.source.tree import Node, Tree
from gongkai.texts.suggest import alike

from .messages import value_meaning
from .valid_names import names_at

NOTHING = "无"
"""What takes an entry out of a mapping that may lose some; in quotes it is the word itself."""

_ABSENT = object()
_MOST_NEAR, _MOST_BESIDE = 4, 16
"""So many names are named as near, and so many beside them."""
_QUOTED = re.compile("“([^”]*)”")


def _at(data: object, path: Path) -> object:
    """The value at a path, or ``_ABSENT``."""
    for step in path:
        if isinstance(data, Mapping) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return _ABSENT
    return data


@dataclass(frozen=True)
class Branch:
    """A part of a file: all of it, or what stands at ``path``."""

    tree: Tree
    path: Path = ()

    def has(self, path: Path = ()) -> bool:
        """Whether the file says anything at ``path`` within the part."""
        return _at(self.tree.data, (*self.path, *path)) is not _ABSENT

    def value(self, path: Path = ()) -> Node:
        """What the file says there."""
        found = _at(self.tree.data, (*self.path, *path))
        assert isinstance(found, str | list | dict), "asked for only where the file says something"
        return found

    def under(self, *path: str | int) -> Branch:
        """A part of this part."""
        return Branch(self.tree, (*self.path, *path))

    def drops(self, path: Path) -> bool:
        """Whether the file says 无 there, and not the word in quotes."""
        return self.value(path) == NOTHING and (*self.path, *path) not in self.tree.quoted


@dataclass(frozen=True)
class Vain:
    """An entry that is taken out of a mapping which has none of this name: who says so, where, and what there is."""

    source: Branch
    path: Path
    names: tuple[str, ...]

    @property
    def place(self) -> Place:
        """Where it is said."""
        return self.source.tree.place((*self.source.path, *self.path))

    @property
    def problem(self) -> tuple[str, str]:
        """What is wrong, and what to do."""
        there = f"有的是：{'、'.join(self.names)}" if self.names else "上级没有写过一条"
        word = shown(str(self.path[-1]))
        return f"没有“{word}”可去掉", f'{there}；要印“{NOTHING}”字的，加引号：{word}: "{NOTHING}"'


class Merged:
    """Parts of files, the most specific first: mappings are merged, everything else is replaced.

    The mappings at the paths ``losing`` lose the entries of which a part says 无.
    """

    def __init__(self, sources: Sequence[Branch], losing: Collection[Path] = ()) -> None:
        self.sources = [source for source in sources if source.has()]
        self._losing = frozenset(losing)
        self._vain: list[Vain] = []

    @cached_property
    def data(self) -> Node:
        """The values in force."""
        merged: Node = {}
        for source in reversed(self.sources):
            merged = self._over(merged, source.value(), source, ())
        return merged

    @property
    def vain(self) -> Sequence[Vain]:
        """Entries that are taken out and were not there."""
        assert self.data is not None, "merged now, if it was not before"
        return self._vain

    def _over(self, beneath: Node, value: Node, source: Branch, path: Path) -> Node:
        """What a part says at a path, over what those beneath it say there."""
        if not isinstance(value, dict):
            return value
        merged: dict[str, Node] = dict(beneath) if isinstance(beneath, dict) else {}
        names = tuple(merged)
        for key, entry in value.items():
            if path in self._losing and source.drops((*path, key)):
                if merged.pop(key, None) is None:
                    self._vain.append(Vain(source, (*path, key), names))
            else:
                merged[key] = self._over(merged.get(key, {}), entry, source, (*path, key))
        return merged

    def place(self, path: Path = ()) -> Place:
        """Where the value at ``path`` comes from; of a value that is nowhere, the nearest thing around it."""
        candidates = self.sources
        for length in range(len(path) + 1):
            here = _until_replaced([source for source in candidates if source.has(path[:length])], path[:length])
            if not here:
                return self._place(candidates[0], path[: length - 1])
            candidates = here
        return self._place(candidates[0], path)

    @staticmethod
    def _place(source: Branch, path: Path) -> Place:
        return source.tree.place((*source.path, *path))

    def find(self, word: str) -> Path | None:
        """The way to the first value that is just this word."""
        return next((path for path, value in _walk(self.data, ()) if value == word), None)


def _until_replaced(sources: list[Branch], path: Path) -> list[Branch]:
    """The sources whose word still counts at ``path``: none beneath the first that replaces the rest."""
    for number, source in enumerate(sources, 1):
        if not isinstance(source.value(path), dict):
            return sources[:number]
    return sources


def _walk(value: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    yield path, value
    if isinstance(value, str):
        return
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, child in steps:
        yield from _walk(child, (*path, step))


_M = TypeVar("_M", bound=BaseModel)


def validate(model: type[_M], merged: Merged, name: Path = (), file: File | None = None) -> _M:
    """The values as a model. Raises FindingsError with the place of every wrong one.

    ``name`` is what the whole is called in messages; ``file`` is blamed where no file says anything.
    """
    try:
        return model.model_validate(merged.data)
    except ValidationError as error:
        findings: dict[Path, Finding] = {}
        for details in error.errors(include_url=False):
            path = _said(merged.data, details)
            if any(path[:length] in findings for length in range(len(path) + 1)):
                continue  # a consequence of what was said of the whole
            if details["type"] == "too_short" and any(told[: len(path)] == path for told in findings):
                continue  # not empty: what is in it is wrong
            meaning = value_meaning(details)
            at = _narrowed(merged.data, path, meaning) if details["type"] == "value_error" else path
            place = merged.place(at) if merged.sources else Place(str(file))
            where = describe((*name, *path))
            message = f"“{where}”：{meaning}" if where else meaning
            advice = _valid(model, path) if details["type"] == "extra_forbidden" else ""
            findings[path] = Finding("GK502", Level.ERROR, message, advice, place=place)
        raise FindingsError(findings.values()) from None


def _valid(model: type[BaseModel], path: Path) -> str:
    """Advice for a name that is not known: the nearest of those that may stand there, or all of them."""
    names = names_at(model, path[:-1])
    return nearest(str(path[-1]), names) if names else ""


def nearest(word: str, names: Collection[str]) -> str:
    """Advice for a wrong name: those that it may be meant for, and, unless that is a long list, all that there are."""
    near = get_close_matches(word, names, _MOST_NEAR) or alike(word, [*names])
    if not near:
        return f"可写：{'、'.join(names)}"
    meant = f"是否想写{'、'.join(f'“{name}”' for name in near)}？"
    return meant if len(names) > _MOST_BESIDE else f"{meant}可写：{'、'.join(names)}"


def _narrowed(data: Node, path: Path, message: str) -> Path:
    """The way to what a message speaks of, where it quotes names that lead on from ``path``."""
    for word in _QUOTED.findall(message):
        here = _at(data, path)
        if isinstance(here, dict) and word in here:
            path = (*path, word)
        elif isinstance(here, list):
            path = next((way for way, value in _walk(here, path) if value == word), path)
    return path


def _said(data: Node, details: ErrorDetails) -> Path:
    """An error's path without the library's own steps (the kinds of a union, the word for a key)."""
    path = details["loc"]
    for length in range(1, len(path) + 1):
        if _at(data, path[:length]) is _ABSENT:
            return path[: length if details["type"] == "missing" else length - 1]
    return path
