"""What a clerk may write a data file in: a register by the ending of its name, each read as a tree with places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from gongkai.files.data_files import BOOKS
from gongkai.model.schema import known
from gongkai.source.text_file import read_text
from gongkai.source.tree import Tree, parse

from .models import Models, plain_model

Bound = Callable[[str, str], None]
"""Looks at the text of a file before it is read, by its name; raises FindingsError for what nobody should read."""


def _unbounded(text: str, file: str) -> None:
    """Any text that a file may hold."""


def _yaml(path: Path, bound: Bound, models: Models) -> Tree:
    """What the file says is the same by any model."""
    text = read_text(path)
    bound(text, str(path))
    return parse(text, str(path), known())


def _book(path: Path, bound: Bound, models: Models) -> Tree:
    """Its size is bounded by the reader of workbooks; its model says which columns it has."""
    from .book.read import read_book

    return read_book(path, models)


READERS: Mapping[str, Callable[[Path, Bound, Models], Tree]] = {
    ".yaml": _yaml,
    ".yml": _yaml,
    **dict.fromkeys(BOOKS, _book),
}

_USUAL = ".yaml"
"""How a file of any other name is read: it may have been renamed."""


def read_tree(path: Path, bound: Bound = _unbounded, models: Models = plain_model) -> Tree:
    """The values of a data file with their places; ``models`` gives the model of a file by what it says.

    Raises FindingsError where the file cannot be read, or not any further.
    """
    return READERS.get(path.suffix.lower(), READERS[_USUAL])(path, bound, models)
