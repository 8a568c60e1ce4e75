"""A batch: jobs to the workers, documents into the output folder, everything that happens into the report."""

from __future__ import annotations

import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gongkai.findings import Finding, FindingsError, Level
from gongkai.output.files import sweep, write_all

from .errors import ClusterError
from .manifest import NAME as MANIFEST
from .manifest import Manifest, alone_in, holds, identity
from .outcomes import Entry, Report, State
from .pool import LocalPool, Take
from .snapshot import Snapshot, UnpackedPacks, take_snapshot
from .sources import Job
from .stop import Stop
from .task import CHANGED, LOST, NOT_SHARED, Outcome, Task, failure, put_down, task_of
from .unit import Settings, output_name
from .worker import Order


@dataclass(frozen=True, slots=True)
class BatchSettings(Settings):
    """What a batch was asked for: what is asked for one unit, and how the many are made."""

    workers: int = 1
    recycle: int = 200
    timeout: int = 1800
    resume: bool = False
    scheduler: str | None = None
    shared: bool = False

    @property
    def order(self) -> Order:
        """What the workers must know of it."""
        shared = self.out.resolve() if self.shared else None
        return Order(self.formats, self.pack, self.strict, shared, self.edition, self.timeout)


class Runner(Protocol):
    """Workers, wherever they are."""

    @property
    def size(self) -> int:
        """How many units are made at a time."""
        ...

    def run(self, take: Take, stop: Stop) -> Iterator[Outcome]:
        """Outcomes as they come, until there is no task left or ``stop`` asks for the end."""
        ...


_PROBE = ".gongkai-batch.probe"


class Watch(Protocol):
    """Who wants to know how it goes."""

    def begun(self, job: Job) -> None:
        """A unit was given to a worker."""

    def done(self, entry: Entry) -> None:
        """A unit was settled."""


def run_batch(jobs: Sequence[Job], settings: BatchSettings, stop: Stop, watch: Watch) -> Report:
    """Make the documents of all jobs; whatever happens to one of them, the others are made.

    Raises BusyError when another batch writes into the folder, FindingsError when nothing can be written
    there at all, and ClusterError when the cluster cannot be reached.
    """
    started = time.monotonic()
    write_all({settings.out / _PROBE: b""})
    (settings.out / _PROBE).unlink()
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder, alone_in(settings.out):
        snapshot = take_snapshot(settings.pack_folders)
        packs = snapshot.unpack(Path(folder))
        batch = _Batch(jobs, settings, packs, watch)
        runner = _runner(settings, snapshot, packs)
        batch.run(runner, stop)
        return batch.report(time.monotonic() - started, runner.size)


def _runner(settings: BatchSettings, snapshot: Snapshot, packs: UnpackedPacks) -> Runner:
    if settings.scheduler is None:
        return LocalPool(settings.order, packs, settings.workers, settings.recycle)
    from .cluster import DaskCluster

    return DaskCluster(settings.scheduler, settings.order, snapshot)


class _Batch:
    """What is still to be made, what is under way, and what has become of the rest."""

    def __init__(self, jobs: Sequence[Job], settings: BatchSettings, packs: UnpackedPacks, watch: Watch) -> None:
        self._settings, self._packs, self._watch = settings, packs, watch
        self._jobs = jobs
        self._waiting = deque(jobs)
        self._under_way: dict[str, str] = {}
        self._begun_again: set[str] = set()
        self._entries: dict[str, Entry] = {}
        self._own: dict[str, Finding] = {}
        self._manifest = Manifest.load(settings.out)

    def run(self, runner: Runner, stop: Stop) -> None:
        """Everything, one outcome after another."""
        self._sweep()  # an earlier run may have been killed while it wrote
        try:
            for outcome in runner.run(self._take, stop):
                self._finish(outcome)
        except ClusterError as error:
            advice = "已做好的都在；集群重新启动后，加 --resume 接着做"
            self._own[LOST] = Finding(LOST, Level.ERROR, str(error), advice)
        if self._settings.shared:
            self._sweep()  # and so may one of the workers in this
        self._note(self._manifest.write)

    def report(self, seconds: float, workers: int) -> Report:
        """What became of every job; those that were not begun are there too."""
        entries = [self._entries.get(job.key) or Entry(job, State.NOT_BEGUN) for job in self._jobs]
        return Report(entries, seconds, workers, list(self._own.values()))

    def _sweep(self) -> None:
        out, forms = self._settings.out, self._settings.formats
        documents = (out / job.folder / output_name(job.path.stem, form) for job in self._jobs for form in forms)
        sweep([out / MANIFEST, *documents])

    def _take(self) -> Task | None:
        """The next unit that must be made; those that need not or cannot be are settled on the way."""
        while self._waiting:
            job = self._waiting.popleft()
            try:
                task = task_of(job)
            except FindingsError as error:
                self._settle(Outcome(job, findings=error.findings, failed=True))
                continue
            entry = self._unchanged(task) if self._settings.resume else None
            if entry is None:
                self._under_way[job.key] = task.digest
                self._watch.begun(job)
                return task
            self._enter(entry)
        return None

    def _unchanged(self, task: Task) -> Entry | None:
        """The entry of a unit that an earlier run made from the same, if its documents are still there."""
        record = self._manifest.records.get(task.job.key)
        if record is None or record.identity != self._identity(task.digest, record.pack):
            return None
        if not holds(self._settings.out / task.job.folder, record.digests):
            return None
        return Entry.of_record(task.job, record)

    def _finish(self, outcome: Outcome) -> None:
        rendered = self._under_way.pop(outcome.job.key)
        if not outcome.failed and _digest_now(outcome.job) != rendered:
            self._changed(outcome.job)
            return
        if self._settings.shared:
            outcome = _seen(outcome, self._settings.out)
        elif not outcome.failed:
            outcome = put_down(outcome, self._settings.out)
        self._settle(outcome, rendered)

    def _changed(self, job: Job) -> None:
        """Documents of a file that has changed meanwhile are not written; the unit is made once more."""
        if job.key not in self._begun_again:
            self._begun_again.add(job.key)
            self._waiting.append(job)
            return
        advice = "请等文件改好、保存后再运行，可加 --resume 只做没做完的"
        self._settle(failure(job, CHANGED, "文件在处理期间两次被改动", advice))

    def _settle(self, outcome: Outcome, task_digest: str = "") -> None:
        made_from = self._identity(task_digest, outcome.pack) if not outcome.failed else ""
        self._note(lambda: self._manifest.keep(outcome, made_from))
        self._enter(Entry.of_outcome(outcome))

    def _enter(self, entry: Entry) -> None:
        self._entries[entry.job.key] = entry
        self._watch.done(entry)

    def _identity(self, task_digest: str, pack: str) -> str:
        return identity(task_digest, self._packs.fingerprint(pack), self._settings.order)

    def _note(self, write: Callable[[], None]) -> None:
        """Without the record the batch goes on: the documents matter more."""
        try:
            write()
        except FindingsError as error:
            self._own |= {finding.code: finding for finding in error.findings}


def _digest_now(job: Job) -> str | None:
    try:
        return task_of(job).digest
    except FindingsError:
        return None


def _seen(outcome: Outcome, out: Path) -> Outcome:
    """The outcome of a worker that wrote by itself, if its documents are seen from here."""
    if outcome.failed or holds(out / outcome.job.folder, outcome.digests):
        return outcome
    return failure(
        outcome.job,
        NOT_SHARED,
        "集群写的文件在这台机器上看不到",
        "--shared 要求 -o 的文件夹在每台机器上是同一个共享文件夹、同一个路径；不是的请去掉 --shared",
    )
