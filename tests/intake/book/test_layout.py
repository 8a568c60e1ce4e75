"""The sheets of the book: every place of the schema has its cell, once; every column says what is due there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongkai.findings import Path
from gongkai.intake.book.blocks.by_code import ByCode
from gongkai.intake.book.blocks.fixed import Fixed
from gongkai.intake.book.layout import Layout
from gongkai.intake.guide import Guide, guide_of
from gongkai.kinds import KINDS
from gongkai.model.schema import kind_schema
from support.books import LAYOUTS

CODES = ("201", "20101", "2010101", "GK101", "名称")
"""Examples of the names that mappings by code may have."""


def generic(guide: Guide, path: Path) -> Path:
    """A path in which any entry of a list is the first, and any code is called 编码."""
    steps: list[str | int] = []
    for end, step in enumerate(path):
        free = isinstance(step, str) and not guide.names(path[:end])
        steps.append(0 if isinstance(step, int) else "编码" if free else step)
    return tuple(steps)


def schema_paths(guide: Guide, path: Path = ()) -> Iterator[Path]:
    """Every single value that the schema knows, by walking it without the book."""
    rule = guide.at(path)
    names = guide.names(path)
    if names:
        for name in names:
            yield from schema_paths(guide, (*path, name))
    elif "items" in rule:
        yield from schema_paths(guide, (*path, 0))
    elif "patternProperties" in rule or isinstance(rule.get("additionalProperties"), dict):
        code = next((code for code in CODES if "patternProperties" not in rule or guide.is_code((*path, code))), None)
        assert code is not None, path
        yield from schema_paths(guide, (*path, code))
    else:
        yield path


def book_paths(layout: Layout, guide: Guide) -> Iterator[Path]:
    """Every place of the data that a cell of the book fills."""
    for _, block in layout.blocks.values():
        columns = block.columns(guide)
        if isinstance(block, Fixed) and not block.grid:
            yield from block.paths(guide)
        for column in columns:
            yield from column.paths


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_of_the_schema_has_a_cell(kind: str) -> None:
    guide = guide_of(kind)
    due = {generic(guide, path) for path in schema_paths(guide)}
    told = {generic(guide, path) for path in book_paths(LAYOUTS[kind], guide)}
    assert due - told == set()
    wholes = {generic(guide, (*b.path, "x")) for _, b in LAYOUTS[kind].blocks.values() if isinstance(b, ByCode)}
    assert told - due <= wholes  # what is one value or has parts stands in a column of its own


@pytest.mark.parametrize("kind", KINDS)
def test_no_place_has_two_cells(kind: str) -> None:
    guide = guide_of(kind)
    paths = list(book_paths(LAYOUTS[kind], guide))
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("kind", KINDS)
def test_headings_and_titles_tell_blocks_and_columns_apart(kind: str) -> None:
    layout, guide = LAYOUTS[kind], guide_of(kind)
    titles = [block.title for sheet in layout.sheets for block in sheet.blocks]
    assert len(titles) == len(set(titles))
    for _, block in layout.blocks.values():
        names = [column.title for column in block.columns(guide)]
        assert len(names) == len(set(names)), block.title
    assert len({sheet.name for sheet in layout.sheets}) == len(layout.sheets)
    assert all(len(sheet.name) <= 31 for sheet in layout.sheets)


@pytest.mark.parametrize("kind", KINDS)
def test_every_section_has_a_sheet(kind: str) -> None:
    layout = LAYOUTS[kind]
    for section in kind_schema(kind)["properties"]:
        name = layout.home((section,))
        sheet = next(sheet for sheet in layout.sheets if sheet.name == name)
        assert any(section == home[0] for block in sheet.blocks for home in block.homes()), section
