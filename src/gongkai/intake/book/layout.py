"""The sheets of the book of each kind of document: the one table by which it is written and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.files.data_files import BOOK_STAMP
from gongkai.findings import Path
from gongkai.intake.guide import Guide, guide_of, guide_of_model
from gongkai.model.disclosure import Disclosure

from .blocks.block import Block
from .live.check import Check

GUIDE_SHEET, CATALOGUE_SHEET = "填表说明", "科目目录"
"""Sheets that are not read: how to fill in, and the codes and names to look up."""

NOTE_SHEETS = QUESTIONS_SHEET, ORIGINS_SHEET = "待确认", "取数说明"
"""Nor are those of a book that was made of official tables: what is to be asked, where each fact came from."""

STAMP, VERSION = BOOK_STAMP, "1"
"""The property of a workbook by which it is known as a book, and what it says."""
KIND_STAMP, SHEETS_STAMP = "文种", "工作表"
"""Properties: the kind of document, and the names of the sheets."""
SHEETS_BETWEEN = "、"
"""Stands between the names of the sheets."""


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet: its name, what is filled in on it, in a sentence, and its blocks from top to bottom."""

    name: str
    purpose: str
    blocks: Sequence[Block]
    optional: bool = False
    """Whether all that stands on it may be left out."""
    meaning: str = ""
    """What a pack says of it; it may say something else next year, so that it does not stand on the sheet."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The book of a kind of document (文种); ``model`` is that of its data, where a pack declares facts."""

    kind: str
    sheets: Sequence[BookSheet]
    checks: Sequence[Check] = ()
    model: type[Disclosure] | None = None

    @property
    def guide(self) -> Guide:
        """What may stand in its cells."""
        return guide_of(self.kind) if self.model is None else guide_of_model(self.model)

    @property
    def blocks(self) -> Mapping[str, tuple[BookSheet, Block]]:
        """Every block with its sheet, by its title."""
        return {block.title: (sheet, block) for sheet in self.sheets for block in sheet.blocks}

    def home(self, path: Path) -> str:
        """The name of the sheet on which the value at a path, or what is nearest to it, is filled in."""
        best, name = -1, self.sheets[0].name
        for sheet in self.sheets:
            for home in (home for block in sheet.blocks for home in block.homes()):
                same = _in_common(home, path)
                if same > best and (same == len(home) or same == len(path)):
                    best, name = same, sheet.name
        return name


def _in_common(home: Path, path: Path) -> int:
    """How many steps from the top both have in common; any entry of a list is the same."""
    length = 0
    for ours, theirs in zip(home, path, strict=False):
        if ours != theirs and not (isinstance(ours, int) and isinstance(theirs, int)):
            break
        length += 1
    return length
