"""What is handed to a worker for one unit, and what comes back: plain data that can travel to another machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongkai.files.read import read_regular
from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.produce.inputs import digest, fingerprint, inputs_of
from gongkai.result import Result

from .jobs import Job

DIED, OWN_BUG, CHANGED, OTHER_VERSION = "GK621", "GK622", "GK623", "GK624"
NOT_SHARED, LOST, OVERDUE, NAMELESS = "GK625", "GK626", "GK627", "GK628"
"""Codes of what hinders a batch: a worker that died, a bug, a file that changes, three of the cluster, no end,
a name that is no text."""


_LARGEST_DOCUMENT = 1_000_000_000
"""Bytes of a document that is looked at again."""


@dataclass(frozen=True, slots=True)
class Task:
    """A unit to be made. ``files`` are the contents of its file and of those that it names, by path."""

    job: Job
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """A hash of everything that the unit's files say; where they lie makes no difference."""
        return fingerprint(self.job.path, self.files)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a unit. ``contents`` are its documents by file name, unless the worker wrote them itself."""

    job: Job
    result: Result
    seconds: float = 0.0
    contents: Mapping[str, bytes] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def failure(cls, job: Job, findings: Sequence[Finding], seconds: float = 0.0) -> Outcome:
        """A unit that was not made, and why."""
        return cls(job, Result(job.path, findings, failed=True), seconds)

    def without_documents(self, findings: Sequence[Finding]) -> Outcome:
        """The same where its documents may not or cannot be written, for these reasons."""
        result = replace(self.result, findings=[*self.result.findings, *findings], failed=True)
        return replace(self, result=result, contents={}, digests={})


def failure(job: Job, code: str, message: str, advice: str, seconds: float = 0.0) -> Outcome:
    """The outcome of a unit that could not be made, for a reason that is not in its data."""
    finding = Finding(code, Level.ERROR, message, advice, place=Place(job.shown))
    return Outcome.failure(job, [finding], seconds)


def put_down(outcome: Outcome, out: Path) -> Outcome:
    """The outcome after its documents were written below ``out``; what could not be written is a failure."""
    from gongkai.files.write import write_all

    try:
        write_all({out / outcome.job.folder / name: data for name, data in outcome.contents.items()})
    except FindingsError as error:
        return outcome.without_documents(error.findings)
    return replace(outcome, contents={})


def staged(staging: Path, job: Job) -> Path:
    """Where a unit's documents lie until they are moved to their places: those of two units may have one name."""
    return staging / digest(job.key.encode())[:16]


def take_up(outcome: Outcome, staging: Path, out: Path) -> Outcome:
    """The outcome after the documents that another machine put down below ``staging`` were looked at and moved.

    What is not seen here, or cannot be moved, is a failure.
    """
    from gongkai.files.write import move_all

    folder = outcome.job.folder
    staging = staged(staging, outcome.job)
    if not holds(staging / folder, outcome.digests):
        return not_shared(outcome.job)
    try:
        move_all({staging / folder / name: out / folder / name for name in outcome.digests})
    except FindingsError as error:
        return outcome.without_documents(error.findings)
    return outcome


def not_shared(job: Job) -> Outcome:
    """The outcome where the machines do not see the same folder."""
    advice = "--shared 要求 -o 的文件夹在每台机器上是同一个共享文件夹、同一个路径；不是的请去掉 --shared"
    return failure(job, NOT_SHARED, "集群写的文件在这台机器上看不到", advice)


def holds(folder: Path, digests: Mapping[str, str]) -> bool:
    """Whether the folder has all these files, and whole."""
    try:
        return all(
            digest(read_regular(folder / name, _LARGEST_DOCUMENT, source=False)) == stated
            for name, stated in digests.items()
        )
    except OSError:
        return False


def task_of(job: Job) -> Task:
    """The task of a job, with all files that it needs. Raises FindingsError when its file cannot be read."""
    return Task(job, inputs_of(job.path))
