"""What a book says row by row, for excerpts; and what of it may not be told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path as File

from gongkai.findings import FindingsError, Place
from gongkai.intake.untold import Untold
from gongkai.source.nodes import node_at
from gongkai.source.tree import Tree
from gongkai.source.workbook.cells import Kind, Sheet, Workbook
from gongkai.source.workbook.read import read_workbook

from .read import tree_of

_BETWEEN = " │ "
_SECRECY, _UNREAD = "涉密", "没有读的"
_LONGEST, _MOST_COLUMNS = 200, 20
"""Characters of a cell, and columns on either side, that an excerpt looks at."""


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
            untold = _untold(tree_of(book), book)
        except FindingsError:  # no book of ours: nobody knows what in it is secret
            untold = Untold(None)
        return cls({sheet.name: sheet for sheet in book.sheets}, untold)

    def line(self, place: Place) -> tuple[str, int] | None:
        """The cells of a row, and where that of the place begins among them."""
        sheet = self.sheets.get(place.sheet)
        if sheet is None:
            return None
        near = range(max(1, place.column - _MOST_COLUMNS), min(sheet.columns, place.column + _MOST_COLUMNS) + 1)
        texts: Sequence[tuple[int, str]] = [
            (column, cell.shown[:_LONGEST]) for column in near if (cell := sheet.at(place.line, column))
        ]
        before = _BETWEEN.join(text for column, text in texts if column < place.column)
        return _BETWEEN.join(text for _, text in texts), len(before)


def _untold(tree: Tree, book: Workbook) -> Untold:
    """What may not be told of a book: the rows of what is marked 涉密 in it, and the words that stand there."""
    if () in tree.secrets:
        return Untold(None)
    data = deepcopy(tree.data)
    rows = frozenset(_rows(tree))
    for path in tree.secrets:
        marked = node_at(data, path)
        if isinstance(marked, dict):
            marked[_SECRECY] = "是"  # also where the mark itself could not be read
            marked[_UNREAD] = [*_not_read(tree, book, rows)]
    said = Untold.of(json.dumps(data, ensure_ascii=False)) if tree.secrets else Untold()
    return replace(said, lines=rows)


def _not_read(tree: Tree, book: Workbook, rows: frozenset[tuple[str, int]]) -> Iterator[str]:
    """Texts in the rows of what is marked that are under no column of the product: facts of a pack, the clerk's own."""
    read = {(place.sheet, place.line, place.column) for places in (tree.keys, tree.values) for place in places.values()}
    for sheet in book.sheets:
        for (row, column), cell in sheet.cells.items():
            unread = (sheet.name, row) in rows and (sheet.name, row, column) not in read
            if unread and cell.kind is Kind.TEXT and not cell.formula:
                yield cell.text


def _rows(tree: Tree) -> Iterator[tuple[str, int]]:
    for places in (tree.keys, tree.values, tree.due):
        for path, place in places.items():
            if any(path[:end] in tree.secrets for end in range(1, len(path) + 1)):
                yield place.sheet, place.line
