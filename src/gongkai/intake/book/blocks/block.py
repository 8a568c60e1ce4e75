"""What every part of a sheet is: a table under its own header, with columns that are found by their titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from gongkai.findings import Path
from gongkai.intake.guide import Guide
from gongkai.source.tree import Node

from .lines import Line
from .sink import Sink

Row = Mapping[str, str]
"""What a row says, by the titles of its columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block.

    ``paths`` are all places of the data that it fills, with () for what is no single value of the schema; the first
    says what may stand in it. One with a ``formula`` is for the eye and never read back: in it ``{编码}`` stands for
    the cell of that column in the same row.
    """

    title: str
    paths: Sequence[Path] = ()
    formula: str = ""
    choices: Sequence[str] = ()
    """Words to choose from, where the schema at its path does not say them."""
    list_of: str = ""
    """The title of a block and column (``项目.名称``) whose entries may be chosen."""
    description: str = ""
    label: bool = False
    """It names what the row is of: not to be changed."""
    own: bool = False
    """It is of a fact that a pack declares."""


class Block(Protocol):
    """A part of a sheet."""

    @property
    def title(self) -> str:
        """Its heading within the sheet; the same in no other block of the kind."""

    @property
    def growing(self) -> bool:
        """Whether rows may be added."""

    @property
    def key(self) -> str:
        """The column that says what a row is of, in which a total (合计) may stand; empty where there is none."""

    def columns(self, guide: Guide) -> Sequence[Column]:
        """Its columns in their order."""

    def rows(self, data: Mapping[str, Node], guide: Guide) -> Iterator[Row]:
        """The rows that say what stands in the data; of a block that does not grow, all of them."""

    def read(self, lines: Sequence[Line], sink: Sink) -> None:
        """Put what the rows of the block say into the data."""

    def homes(self) -> Sequence[Path]:
        """Where in the data its values stand: places that are told to be on its sheet."""
