"""Worker processes on this machine. A worker that dies takes nothing with it but the unit that it was making."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from gongkai.batch.stop import FROM_TERMINAL, Stop
from gongkai.batch.task import DIED, OVERDUE, OWN_BUG, Outcome, Task, failure
from gongkai.files.scratch import run_folder, share
from gongkai.packs.load.find import ENVIRONMENT_VARIABLE

from .order import Order
from .pack_snapshot import UnpackedPacks
from .worker import Worker

_TRIES = 2
_LOOK_UP = 0.5
"""Seconds after which the pool looks whether it is to stop."""
_GRACE = 10.0
"""Seconds that a process may take to end."""

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

Take = Callable[[], Task | None]
"""The next task, or None when there is none now."""


def serve(connection: Connection, order: Order, packs: UnpackedPacks, scratch: Path | None = None) -> None:
    """The life of a worker process: tasks in, outcomes out, until the other end is closed.

    What is temporary goes to ``scratch``, the folder of the process that started it.
    """
    # These go to all processes of a terminal; when to stop is for the first of them to say.
    for number in FROM_TERMINAL:
        signal.signal(number, signal.SIG_IGN)
    share(scratch)
    os.environ.pop(ENVIRONMENT_VARIABLE, None)  # what was found there is among ``packs``, as it was then
    worker = _start(order, packs)
    with suppress(EOFError, OSError):  # nobody is there any more who would hear
        while True:
            task: Task = connection.recv()
            connection.send(_unmade(task, worker) if isinstance(worker, Exception) else worker.make(task))


def _start(order: Order, packs: UnpackedPacks) -> Worker | Exception:
    """The worker, or why there is none: a library that is missing here is missing in the next process, too."""
    try:
        return Worker(order, packs)
    except Exception as error:
        return error


def _unmade(task: Task, error: Exception) -> Outcome:
    why, _, _ = str(error).partition("\n")
    message = f"工作进程启动不了：{type(error).__name__}：{why}"
    return failure(task.job, OWN_BUG, message, "请运行 gongkai doctor，照它说的安装")


@contextmanager
def _deaf_from_the_start() -> Iterator[None]:
    """Let a child be started that no signal of the terminal tears before it can say that it does not listen.

    Windows cannot: there a child that is torn counts as one that died, and its unit is given to another.
    """
    if sys.platform == "win32" or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()
    earlier = signal.pthread_sigmask(signal.SIG_BLOCK, FROM_TERMINAL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, earlier)


@dataclass
class _Slot:
    """A worker process, what it is working on and since when, and how many units it has made."""

    process: BaseProcess
    connection: Connection
    task: Task | None = None
    begun: float = 0.0
    made: int = 0


class LocalPool:
    """``workers`` processes; each gives way to a fresh one after ``recycle`` units, so that memory stays bounded.

    The library that cuts fonts down (HarfBuzz 6) keeps about 0.3 MB of every PDF.
    """

    def __init__(self, order: Order, packs: UnpackedPacks, workers: int, recycle: int) -> None:
        # Started afresh, not forked: a worker inherits no lock, no open file and no thread.
        self._context = get_context("spawn")
        self._order, self._packs = order, packs
        self._workers, self._recycle = workers, recycle
        self._slots: list[_Slot] = []
        self._again: deque[Task] = deque()
        self._tries: Counter[str] = Counter()

    @property
    def size(self) -> int:
        """How many units are made at a time."""
        return self._workers

    @property
    def process_ids(self) -> list[int]:
        """The workers that are alive."""
        return [slot.process.pid for slot in self._slots if slot.process.pid is not None]

    def run(self, take: Take, stop: Stop) -> Iterator[Outcome]:
        """Outcomes as they come, until there is no task left or ``stop`` asks for the end."""
        try:
            while True:
                if not stop.requested:
                    self._hand_out(take)
                busy = [slot for slot in self._slots if slot.task is not None]
                if not busy or stop.at_once:
                    return
                wait([slot.connection for slot in busy], _LOOK_UP)
                heard = [self._hear(slot) for slot in busy if slot.connection.poll() or self._is_overdue(slot)]
                if not stop.requested:
                    self._hand_out(take)  # nobody idles while outcomes are written
                yield from filter(None, heard)
        finally:
            self._dismiss()

    def _hand_out(self, take: Take) -> None:
        idle = [slot for slot in self._slots if slot.task is None]
        while idle or len(self._slots) < self._workers:
            task = self._again.popleft() if self._again else take()
            if task is None:
                return
            try:
                slot = idle.pop() if idle else self._spawn()
            except OSError:  # no memory or no process to be had: those that are there go on
                if not self._slots:
                    raise
                self._again.appendleft(task)
                return
            self._tries[task.job.key] += 1
            slot.task, slot.begun = task, time.monotonic()
            try:
                slot.connection.send(task)
            except OSError:  # it died while idle; hearing from it will show that
                continue

    def _spawn(self) -> _Slot:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=serve, args=(theirs, self._order, self._packs, run_folder()), daemon=True
        )
        with _deaf_from_the_start():
            process.start()
        theirs.close()
        slot = _Slot(process, ours)
        self._slots.append(slot)
        return slot

    def _hear(self, slot: _Slot) -> Outcome | None:
        """What became of the unit; None when it is to be tried again."""
        task = slot.task
        assert task is not None, "only busy workers are heard"
        if not slot.connection.poll():
            slot.process.kill()
            self._close(slot)
            message = f"处理了 {self._order.timeout} 秒还没有做完，不再做了"
            return failure(task.job, OVERDUE, message, _OVERDUE_ADVICE, time.monotonic() - slot.begun)
        try:
            outcome: Outcome = slot.connection.recv()
        except (EOFError, OSError):
            code = self._close(slot)
            if self._tries[task.job.key] < _TRIES:
                self._again.append(task)
                return None
            return failure(task.job, DIED, f"工作进程两次意外结束（{_cause(code)}）", _ADVICE)
        slot.task = None
        slot.made += 1
        if slot.made >= self._recycle:
            slot.connection.close()
            self._close(slot)
        return outcome

    def _is_overdue(self, slot: _Slot) -> bool:
        return time.monotonic() - slot.begun >= self._order.timeout

    def _close(self, slot: _Slot) -> int | None:
        """Let a process end, or end it; its exit code, None when not even that can be done."""
        slot.connection.close()
        slot.process.join(_GRACE)
        if slot.process.is_alive():
            slot.process.kill()
            slot.process.join(_GRACE)
        self._slots.remove(slot)
        return slot.process.exitcode

    def _dismiss(self) -> None:
        """End all workers; those at work when the end cannot wait are killed: they write no files."""
        for slot in list(self._slots):
            if slot.task is not None:
                slot.process.kill()
            self._close(slot)


_ADVICE = "多半是内存不够：请减少 --workers，或把这个单位的文件单独用 gongkai render 生成"
_OVERDUE_ADVICE = "单位确实很大的，加大 --timeout；否则请把数据文件反馈给开发者"


def _cause(code: int | None) -> str:
    return f"信号 {-code}" if code is not None and code < 0 else f"退出码 {code}"
