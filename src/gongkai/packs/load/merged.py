"""What the files of a chain of packs say together, and which of them said what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as File
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gongkai.findings import Finding, FindingsError, Level, Path, Place, describe
from gongkai.source.tree import Node, Tree

from .messages import value_meaning

_ABSENT = object()


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


class Merged:
    """Parts of files, the most specific first: mappings are merged, everything else is replaced."""

    def __init__(self, sources: Sequence[Branch]) -> None:
        self.sources = [source for source in sources if source.has()]

    @cached_property
    def data(self) -> Node:
        """The values in force."""
        merged: Node = {}
        for source in reversed(self.sources):
            merged = _merge(merged, source.value())
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


def _merge(parent: Node, child: Node) -> Node:
    if not isinstance(parent, dict) or not isinstance(child, dict):
        return child
    merged = dict(parent)
    for key, value in child.items():
        merged[key] = _merge(merged[key], value) if key in merged else value
    return merged


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
            place = merged.place(path) if merged.sources else Place(str(file))
            where = describe((*name, *path))
            message = f"“{where}”：{value_meaning(details)}" if where else value_meaning(details)
            findings[path] = Finding("GK502", Level.ERROR, message, place=place)
        raise FindingsError(findings.values()) from None


def _said(data: Node, details: ErrorDetails) -> Path:
    """An error's path without the library's own steps (the kinds of a union, the word for a key)."""
    path = details["loc"]
    for length in range(1, len(path) + 1):
        if _at(data, path[:length]) is _ABSENT:
            return path[: length if details["type"] == "missing" else length - 1]
    return path
