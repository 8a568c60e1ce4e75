"""What became of the units of a batch: the data of every report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.batch.jobs import Job
from gongkai.batch.record import Record
from gongkai.batch.task import Outcome
from gongkai.findings import Finding
from gongkai.reports.findings.report import FileReport


class State(StrEnum):
    """What became of a unit."""

    DONE = "完成"
    UNCHANGED = "未变"
    FAILED = "失败"
    NOT_BEGUN = "未做"


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit in the report; ``documents`` are names in its folder below the output folder."""

    job: Job
    state: State
    unit: str = ""
    kind: str = ""
    year: int = 0
    pages: int = 0
    seconds: float = 0.0
    documents: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    hidden: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of_outcome(cls, outcome: Outcome) -> Entry:
        """The entry of a unit that was worked on in this run."""
        return cls(
            outcome.job,
            State.FAILED if outcome.failed else State.DONE,
            outcome.unit,
            outcome.kind,
            outcome.year,
            0 if outcome.failed else outcome.pages,
            outcome.seconds,
            () if outcome.failed else tuple(outcome.digests),
            tuple(outcome.findings),
            outcome.hidden,
        )

    @classmethod
    def of_record(cls, job: Job, record: Record) -> Entry:
        """The entry of a unit that an earlier run made."""
        whose = (record.unit, record.kind, record.year, record.pages)
        return cls(job, State.UNCHANGED, *whose, 0.0, tuple(record.digests), record.findings, record.hidden)

    @property
    def name(self) -> str:
        """What the unit is called: by its own name when its file could be read."""
        return self.unit or self.job.key

    @property
    def title(self) -> str:
        """The unit with the document's year and kind, which tell its documents apart."""
        return f"{self.unit} {self.year} 年{self.kind}" if self.unit else self.job.key

    @property
    def report(self) -> FileReport:
        """What the report of a check would say of its file."""
        passed = self.state in {State.DONE, State.UNCHANGED}
        return FileReport(self.job.shown, self.findings, passed, self.unit, self.kind, self.year, self.hidden)

    def links(self) -> list[str]:
        """The documents as seen from the output folder."""
        return [(self.job.folder / name).as_posix() for name in self.documents]


@dataclass(frozen=True, slots=True)
class Report:
    """All units of a batch, how long it took (seconds), with how many workers, and what hindered the batch itself."""

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
        return not self.findings and all(entry.report.passed for entry in self.entries)

    @property
    def rate(self) -> float:
        """Units made per minute."""
        return 60 * self.count(State.DONE) / self.seconds if self.seconds else 0.0
