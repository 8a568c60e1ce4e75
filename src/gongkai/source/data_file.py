"""What a clerk may write a data file in: a register by the ending of its name, each read as a tree with places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from .known import Known
from .text_file import read_text
from .tree import Tree, parse

Bound = Callable[[str, str], None]
"""Looks at the text of a file before it is read, by its name; raises FindingsError for what nobody should read."""


def _unbounded(text: str, file: str) -> None:
    """Any text that a file may hold."""


def _yaml(path: Path, known: Known, bound: Bound) -> Tree:
    text = read_text(path)
    bound(text, str(path))
    return parse(text, str(path), known)


READERS: Mapping[str, Callable[[Path, Known, Bound], Tree]] = {".yaml": _yaml, ".yml": _yaml}

_USUAL = ".yaml"
"""How a file of any other name is read: it may have been renamed."""


def read_tree(path: Path, known: Known, bound: Bound = _unbounded) -> Tree:
    """The values of a data file with their places, in which these names are ``known``.

    Raises FindingsError where the file cannot be read, or not any further.
    """
    return READERS.get(path.suffix.lower(), READERS[_USUAL])(path, known, bound)
