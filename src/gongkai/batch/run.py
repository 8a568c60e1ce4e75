"""A batch: jobs to the workers, documents into the output folder, everything that happens into the report."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from gongkai.batch.workers.local import LocalPool, Take
from gongkai.batch.workers.order import Order
from gongkai.batch.workers.pack_snapshot import Snapshot, UnpackedPacks, take_snapshot
from gongkai.files.scratch import scratch
from gongkai.files.write import sweep, write_all
from gongkai.findings import Finding, FindingsError, Level
from gongkai.output.formats import engine_of
from gongkai.output.pdf.engine import USUAL
from gongkai.produce.naming import Naming, output_name, same_name
from gongkai.produce.unit import Settings
from gongkai.reports.batch.outcomes import Entry, Report, State
from gongkai.reports.batch.report import REPORTS
from gongkai.result import Result

from .errors import ClusterError
from .jobs import Job
from .record import NAME as MANIFEST
from .record import Manifest, alone_in, identity
from .staging import staging_in
from .stop import Stop
from .task import CHANGED, LOST, NAMELESS, Outcome, Task, failure, holds, put_down, take_up, task_of


@dataclass(frozen=True, slots=True)
class BatchSettings(Settings):
    """What a batch was asked for: what is asked for one unit, and how the many are made."""

    workers: int = 1
    recycle: int = 50
    timeout: int = 1800
    resume: bool = False
    scheduler: str | None = None
    shared: bool = False

    @property
    def order(self) -> Order:
        """What the workers must know of it."""
        return Order(
            self.formats, self.pack, self.strict, None, self.edition, self.timeout, self.naming, self.engine or USUAL
        )


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

    def noticed(self, notices: Sequence[Finding]) -> None:
        """Before the first unit: what is worth knowing of the batch as a whole."""

    def begun(self, job: Job) -> None:
        """A unit was given to a worker."""

    def done(self, entry: Entry) -> None:
        """A unit was settled."""


def run_batch(jobs: Sequence[Job], settings: BatchSettings, stop: Stop, watch: Watch) -> Report:
    """Make the documents of all jobs; whatever happens to one of them, the others are made.

    Raises BusyError when another batch writes into the folder, FindingsError when nothing can be written
    there at all, or this machine cannot load the engine, and ClusterError when the cluster cannot be reached.
    """
    started = time.monotonic()
    write_all({settings.out / _PROBE: b""})
    (settings.out / _PROBE).unlink(missing_ok=True)
    with scratch("packs") as folder, alone_in(settings.out), staging_in(settings.out, settings.shared) as staging:
        choice = engine_of(settings.formats, settings.engine)  # for every unit, wherever it is made
        settings = replace(settings, engine=choice.engine.name)
        watch.noticed(choice.notices)
        snapshot = take_snapshot(settings.pack_folders)
        packs = snapshot.unpack(folder)
        batch = _Batch(jobs, settings, packs, watch, staging)
        runner = _runner(settings, replace(settings.order, shared=staging), snapshot, packs)
        batch.run(runner, stop)
        return batch.report(time.monotonic() - started, runner.size, choice.notices)


def _runner(settings: BatchSettings, order: Order, snapshot: Snapshot, packs: UnpackedPacks) -> Runner:
    if settings.scheduler is None:
        return LocalPool(order, packs, settings.workers, settings.recycle)
    try:
        from gongkai.batch.workers.cluster import DaskCluster
    except ModuleNotFoundError as error:
        raise ClusterError(f"这台机器没有装集群的依赖（{error.name}）：请安装 gongkai[cluster]") from None
    return DaskCluster(settings.scheduler, order, snapshot)


class _Batch:
    """What is still to be made, what is under way, and what has become of the rest."""

    def __init__(
        self, jobs: Sequence[Job], settings: BatchSettings, packs: UnpackedPacks, watch: Watch, staging: Path | None
    ) -> None:
        self._settings, self._packs, self._watch, self._staging = settings, packs, watch, staging
        self._jobs = jobs
        self._waiting = deque(jobs)
        self._under_way: dict[str, str] = {}
        self._begun_again: set[str] = set()
        self._entries: dict[str, Entry] = {}
        self._lost: list[Finding] = []
        self._unwritten: list[Finding] = []
        self._manifest = Manifest.load(settings.out)
        self._owners: dict[str, Job | None] = {name.casefold(): None for name in (MANIFEST, *REPORTS)}

    def run(self, runner: Runner, stop: Stop) -> None:
        """Everything, one outcome after another."""
        self._sweep()  # an earlier run may have been killed while it wrote
        try:
            for outcome in runner.run(partial(self._take, stop), stop):
                self._finish(outcome)
        except ClusterError as error:
            advice = "已做好的都在；集群重新启动后，加 --resume 接着做"
            self._lost = [Finding(LOST, Level.ERROR, str(error), advice)]
        self._note(self._manifest.write)

    def report(self, seconds: float, workers: int, notices: Sequence[Finding]) -> Report:
        """What became of every job; those that were not begun are there too."""
        entries = [self._entries.get(job.key) or _not_begun(job) for job in self._jobs]
        return Report(entries, seconds, workers, [*notices, *self._lost, *self._unwritten])

    def _sweep(self) -> None:
        out, forms = self._settings.out, self._settings.formats
        documents = {out / job.folder / output_name(job.path.stem, form) for job in self._jobs for form in forms}
        for job in self._jobs:
            record = self._manifest.records.get(job.key)
            documents |= {out / job.folder / name for name in (record.digests if record else ())}
        sweep([*(out / name for name in (MANIFEST, *REPORTS)), *documents])

    def _take(self, stop: Stop) -> Task | None:
        """The next unit that must be made; those that need not or cannot be are settled on the way."""
        while self._waiting and not stop.requested:
            job = self._waiting.popleft()
            if not job.is_nameable:
                self._settle(failure(job, NAMELESS, "文件名不是 UTF-8 编码的文字", "请把文件改名"))
                continue
            try:
                task = task_of(job)
            except FindingsError as error:
                self._settle(Outcome.failure(job, error.findings))
                continue
            entry = self._unchanged(task) if self._settings.resume else None
            if entry is None:
                self._under_way[job.key] = task.digest
                self._watch.begun(job)
                return task
            self._claim(job, entry.documents)
            self._enter(entry)
        return None

    def _unchanged(self, task: Task) -> Entry | None:
        """The entry of a unit that an earlier run made from the same, if its documents are still there."""
        record = self._manifest.records.get(task.job.key)
        if record is None or record.identity != self._identity(task.digest, record.result.pack):
            return None
        if not holds(self._settings.out / task.job.folder, record.digests):
            return None
        result = replace(record.result, path=task.job.path)
        return _entry(task.job, State.UNCHANGED, result, documents=record.digests)

    def _finish(self, outcome: Outcome) -> None:
        rendered = self._under_way.pop(outcome.job.key)
        if _digest_now(outcome.job) != rendered:
            self._changed(outcome.job)
            return
        taken = None if outcome.result.failed else self._claim(outcome.job, outcome.digests)
        if taken is not None:
            self._settle(outcome.without_documents([taken]))
            return
        if not outcome.result.failed:
            out = self._settings.out
            outcome = put_down(outcome, out) if self._staging is None else take_up(outcome, self._staging, out)
        self._settle(outcome, rendered)

    def _claim(self, job: Job, names: Iterable[str]) -> Finding | None:
        """Give a unit the names of its documents; the finding where one belongs to another unit.

        Of two units whose titles are the same the first in order is made, whichever was ready first.
        """
        if self._settings.naming is Naming.FILE:
            return None  # the sources were looked at for that
        places = {(job.folder / name).as_posix().casefold(): name for name in names}
        for place, name in places.items():
            other = self._owners.get(place, job)
            if other is None or other.key < job.key:
                return same_name(name, other.shown if other else "批量的报告", job.shown)
            if other.key > job.key:
                self._give_way(other, same_name(name, job.shown, other.shown))
        self._owners |= dict.fromkeys(places, job)
        return None

    def _give_way(self, job: Job, finding: Finding) -> None:
        """A unit that was made already, and whose documents are written over now."""
        outcome = Outcome.failure(job, [finding])
        self._note(lambda: self._manifest.keep(outcome, ""))
        self._entries[job.key] = _entry_of(outcome)

    def _changed(self, job: Job) -> None:
        """Documents of a file that has changed meanwhile are not written; the unit is made once more."""
        if job.key not in self._begun_again:
            self._begun_again.add(job.key)
            self._waiting.append(job)
            return
        advice = "请等文件改好、保存后再运行，可加 --resume 只做没做完的"
        self._settle(failure(job, CHANGED, "文件在处理期间两次被改动", advice))

    def _settle(self, outcome: Outcome, task_digest: str = "") -> None:
        made_from = self._identity(task_digest, outcome.result.pack) if not outcome.result.failed else ""
        self._note(lambda: self._manifest.keep(outcome, made_from))
        self._enter(_entry_of(outcome))

    def _enter(self, entry: Entry) -> None:
        self._entries[entry.key] = entry
        self._watch.done(entry)

    def _identity(self, task_digest: str, pack: str) -> str:
        return identity(task_digest, self._packs.fingerprint(pack), self._settings.order)

    def _note(self, write: Callable[[], None]) -> None:
        """Without the record the batch goes on: the documents matter more."""
        try:
            write()
        except FindingsError as error:
            self._unwritten = error.findings
        else:
            self._unwritten = []


def _entry(job: Job, state: State, result: Result, seconds: float = 0.0, documents: Iterable[str] = ()) -> Entry:
    return Entry(job.key, job.folder, state, result, seconds, tuple(documents))


def _not_begun(job: Job) -> Entry:
    return _entry(job, State.NOT_BEGUN, Result(job.path, failed=True))


def _entry_of(outcome: Outcome) -> Entry:
    """The entry of a unit that was worked on in this run."""
    state = State.FAILED if outcome.result.failed else State.DONE
    return _entry(outcome.job, state, outcome.result, outcome.seconds, outcome.digests)


def _digest_now(job: Job) -> str | None:
    try:
        return task_of(job).digest
    except FindingsError:
        return None
