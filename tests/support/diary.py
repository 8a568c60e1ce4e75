"""What a batch tells while it works."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gongkai.batch.jobs import Job
from gongkai.findings import Finding
from gongkai.reports.batch.outcomes import Entry


@dataclass
class Diary:
    """A watch that writes down what it is told."""

    notices: list[Finding] = field(default_factory=list)
    began: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    after_first: Callable[[], None] = lambda: None

    def noticed(self, notices: Sequence[Finding]) -> None:
        self.notices += notices

    def begun(self, job: Job) -> None:
        self.began.append(job.key)

    def done(self, entry: Entry) -> None:
        self.entries.append(entry)
        if len(self.entries) == 1:
            self.after_first()
