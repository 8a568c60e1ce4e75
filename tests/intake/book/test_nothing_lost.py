"""Whatever is typed into a cell of the book is read, or it is told that it is not."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.book.convert import file_bytes
from gongkai.findings import FindingsError
from gongkai.intake.book.find import find
from gongkai.intake.book.read import tree_of
from gongkai.intake.guide import guide_of
from gongkai.source.workbook.cells import Cell, Kind, Position, Sheet, Workbook
from gongkai.source.workbook.read import read_workbook
from support.books import EXAMPLES, LAYOUTS, data_of

TYPED = (Cell(Kind.NUMBER, "77.25", "77.25"), Cell(Kind.TEXT, "后来写的", "后来写的"))
NAMES = {"科目", "来源", "资金性质", "编码", "类", "代码", "名称", "项目", "类别"}
"""What says what a row is of: without anything else in the row it says nothing."""


def said(book: Workbook) -> object:
    try:
        tree = tree_of(book)
    except FindingsError as error:
        return [finding.message for finding in error.findings]
    return tree.data, sorted((f.code, f.message, str(f.place)) for f in tree.findings)


def due(book: Workbook) -> Iterator[tuple[Sheet, Position]]:
    """Every cell below a header that may be filled in, and those beside and below."""
    layout = LAYOUTS[book.properties["文种"]]
    guide = guide_of(layout.kind)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for wanted in layout.sheets:
        sheet = sheets[wanted.name]
        for block in find(book, sheet, [(block, block.columns(guide)) for block in wanted.blocks]):
            titles = {block.at[column.title]: column for column in block.columns if column.title in block.at}
            for row in range(block.header + 1, block.last + 1):
                for at in range(1, sheet.columns + 3):
                    column = titles.get(at)
                    if column is None or not (column.label or column.formula or column.title in NAMES):
                        yield sheet, (row, at)


def changed(book: Workbook, sheet: Sheet, at: Position, cell: Cell) -> Workbook:
    cells: Mapping[Position, Cell] = {**sheet.cells, at: cell}
    return replace(book, sheets=[replace(each, cells=cells) if each is sheet else each for each in book.sheets])


def assert_told(example: str, folder: Path, most: int) -> None:
    file = folder / "单位.xlsx"
    file.write_bytes(file_bytes(file, data_of(example)))
    book = read_workbook(file)
    before = said(book)
    spots = list(due(book))
    chance = random.Random(example)
    lost = [
        (sheet.name, *at)
        for sheet, at in chance.sample(spots, min(most, len(spots)))
        if said(changed(book, sheet, at, chance.choice(TYPED))) == before
    ]
    assert lost == []


@pytest.mark.parametrize("example", [path.stem for path in EXAMPLES])
def test_what_is_typed_anywhere_is_read_or_told(example: str, tmp_path: Path) -> None:
    assert_told(example, tmp_path, 15)


@pytest.mark.slow
@pytest.mark.parametrize("example", [path.stem for path in EXAMPLES])
def test_what_is_typed_in_hundreds_of_cells_is_read_or_told(example: str, tmp_path: Path) -> None:
    assert_told(example, tmp_path, 400)
