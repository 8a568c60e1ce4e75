"""What a book says row by row, for excerpts; and what of it may not be told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as File

from gongkai.findings import FindingsError, Place
from gongkai.intake.untold import Untold
from gongkai.source.tree import Tree
from gongkai.source.workbook.cells import Sheet
from gongkai.source.workbook.read import read_workbook

from .read import tree_of

_BETWEEN = " │ "


@dataclass(frozen=True, slots=True)
class BookPage:
    """The rows of a workbook."""

    sheets: Mapping[str, Sheet]
    untold: Untold

    @classmethod
    def of(cls, file: File) -> BookPage:
        """The rows of a file. Raises FindingsError where it cannot be read."""
        book = read_workbook(file)
        try:
            untold = _untold(tree_of(book))
        except FindingsError:  # no book of ours: nobody knows what in it is secret
            untold = Untold(None)
        return cls({sheet.name: sheet for sheet in book.sheets}, untold)

    def line(self, place: Place) -> tuple[str, int] | None:
        """The cells of a row, and where that of the place begins among them."""
        sheet = self.sheets.get(place.sheet)
        if sheet is None:
            return None
        texts: Sequence[tuple[int, str]] = [
            (column, cell.shown) for column in range(1, sheet.columns + 1) if (cell := sheet.at(place.line, column))
        ]
        before = _BETWEEN.join(text for column, text in texts if column < place.column)
        return _BETWEEN.join(text for _, text in texts), len(before)


def _untold(tree: Tree) -> Untold:
    """What may not be told of a book: the rows of what is marked 涉密 in it, and the words that stand there."""
    if () in tree.secrets:
        return Untold(None)
    said = Untold.of(json.dumps(tree.data, ensure_ascii=False)) if tree.secrets else Untold()
    return replace(said, lines=frozenset(_rows(tree)))


def _rows(tree: Tree) -> Iterator[tuple[str, int]]:
    for places in (tree.keys, tree.values, tree.due):
        for path, place in places.items():
            if any(path[:end] in tree.secrets for end in range(1, len(path) + 1)):
                yield place.sheet, place.line
