"""What is handed to a worker for one unit, and what comes back: plain data that can travel to another machine."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongkai.files.read import read_regular
from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.intake.named_files.named import KEYS, named_files
from gongkai.model.schema import known
from gongkai.result import Result
from gongkai.source.text_file import MAX_BYTES, read_bytes, read_text
from gongkai.source.tree import parse

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
        folder = self.job.path.parent
        named = {_seen_from(folder, path): digest(data) for path, data in self.files.items()}
        return digest(json.dumps(named, sort_keys=True).encode())


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


def digest(data: bytes) -> str:
    """A hash by which contents are told apart (SHA-256)."""
    return hashlib.sha256(data).hexdigest()


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
    """The task of a job, with all files that it needs. Raises FindingsError when its file cannot be read.

    A file that it names and that is not there is left to the reader, who knows what to say of it.
    """
    files = {_name(job.path): read_bytes(job.path)}
    for named in _named(job.path, files[_name(job.path)]):
        with contextlib.suppress(FindingsError):
            data = read_bytes(named)
            if sum(map(len, files.values())) + len(data) <= MAX_BYTES:
                files[_name(named)] = data
    return Task(job, files)


def _seen_from(folder: Path, path: str) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # Windows: on another drive
        return path


def _name(path: Path) -> str:
    """How the reader asks for a file; the working folder of another machine is another one."""
    return os.path.normpath(path)


def _named(path: Path, data: bytes) -> Sequence[Path]:
    """The files that a unit's file names (上年文件, 预算文件): only what may be data is read and sent elsewhere.

    What they name in turn is not read.
    """
    if not any(key.encode() in data for key in KEYS):
        return []
    try:
        return list(named_files(path.parent, parse(read_text(path), str(path), known()).data))
    except FindingsError:
        return []
