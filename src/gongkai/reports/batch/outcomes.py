"""What became of the units of a batch: the data of every report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from gongkai.findings import Finding, has_errors
from gongkai.result import Result


class State(StrEnum):
    """What became of a unit."""

    DONE = "完成"
    UNCHANGED = "未变"
    FAILED = "失败"
    NOT_BEGUN = "未做"


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit in the report: its key in the batch, its folder below the output folder, the names of its documents."""

    key: str
    folder: Path
    state: State
    result: Result
    seconds: float = 0.0
    documents: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the unit is called: by its own name when its file could be read."""
        return self.result.unit or self.key

    @property
    def title(self) -> str:
        """The unit with the document's year and kind, which tell its documents apart."""
        result = self.result
        return f"{result.unit} {result.year} 年{result.kind}" if result.unit else self.key

    @property
    def pages(self) -> int:
        """The pages of its document; 0 where there is none."""
        return 0 if self.result.failed else self.result.pages

    def links(self) -> list[str]:
        """The documents as seen from the output folder."""
        return [(self.folder / name).as_posix() for name in self.documents]


@dataclass(frozen=True, slots=True)
class Report:
    """All units of a batch, how long it took (seconds), with how many workers.

    ``findings`` are of the batch itself: what hindered it, and hints (提示), which do not.
    """

    entries: Sequence[Entry]
    seconds: float
    workers: int
    findings: Sequence[Finding] = ()

    def count(self, state: State) -> int:
        """How many units are in this state."""
        return sum(entry.state is state for entry in self.entries)

    @property
    def complete(self) -> bool:
        """Whether every unit has its documents, and the records are written."""
        return not has_errors(self.findings) and all(entry.result.passed for entry in self.entries)

    @property
    def rate(self) -> float:
        """Units made per minute."""
        return 60 * self.count(State.DONE) / self.seconds if self.seconds else 0.0
