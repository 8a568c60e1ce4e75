"""Worker processes on this machine. A worker that dies takes nothing with it but the unit that it was making."""

from __future__ import annotations

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

from .pack_snapshot import UnpackedPacks
from .worker import Order, Worker

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
class _Seat:
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
        self._seats: list[_Seat] = []
        self._again: deque[Task] = deque()
        self._tries: Counter[str] = Counter()

    @property
    def size(self) -> int:
        """How many units are made at a time."""
        return self._workers

    @property
    def process_ids(self) -> list[int]:
        """The workers that are alive."""
        return [seat.process.pid for seat in self._seats if seat.process.pid is not None]

    def run(self, take: Take, stop: Stop) -> Iterator[Outcome]:
        """Outcomes as they come, until there is no task left or ``stop`` asks for the end."""
        try:
            while True:
                if not stop.requested:
                    self._hand_out(take)
                busy = [seat for seat in self._seats if seat.task is not None]
                if not busy or stop.at_once:
                    return
                wait([seat.connection for seat in busy], _LOOK_UP)
                heard = [self._hear(seat) for seat in busy if seat.connection.poll() or self._is_overdue(seat)]
                if not stop.requested:
                    self._hand_out(take)  # nobody idles while outcomes are written
                yield from filter(None, heard)
        finally:
            self._dismiss()

    def _hand_out(self, take: Take) -> None:
        idle = [seat for seat in self._seats if seat.task is None]
        while idle or len(self._seats) < self._workers:
            task = self._again.popleft() if self._again else take()
            if task is None:
                return
            try:
                seat = idle.pop() if idle else self._hire()
            except OSError:  # no memory or no process to be had: those that are there go on
                if not self._seats:
                    raise
                self._again.appendleft(task)
                return
            self._tries[task.job.key] += 1
            seat.task, seat.begun = task, time.monotonic()
            try:
                seat.connection.send(task)
            except OSError:  # it died while idle; hearing from it will show that
                continue

    def _hire(self) -> _Seat:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=serve, args=(theirs, self._order, self._packs, run_folder()), daemon=True
        )
        with _deaf_from_the_start():
            process.start()
        theirs.close()
        seat = _Seat(process, ours)
        self._seats.append(seat)
        return seat

    def _hear(self, seat: _Seat) -> Outcome | None:
        """What became of the unit; None when it is to be tried again."""
        task = seat.task
        assert task is not None, "only busy workers are heard"
        if not seat.connection.poll():
            seat.process.kill()
            self._bury(seat)
            message = f"处理了 {self._order.timeout} 秒还没有做完，不再做了"
            return failure(task.job, OVERDUE, message, _OVERDUE_ADVICE, time.monotonic() - seat.begun)
        try:
            outcome: Outcome = seat.connection.recv()
        except (EOFError, OSError):
            code = self._bury(seat)
            if self._tries[task.job.key] < _TRIES:
                self._again.append(task)
                return None
            return failure(task.job, DIED, f"工作进程两次意外结束（{_cause(code)}）", _ADVICE)
        seat.task = None
        seat.made += 1
        if seat.made >= self._recycle:
            seat.connection.close()
            self._bury(seat)
        return outcome

    def _is_overdue(self, seat: _Seat) -> bool:
        return time.monotonic() - seat.begun >= self._order.timeout

    def _bury(self, seat: _Seat) -> int | None:
        """Let a process end, or end it; its exit code, None when not even that can be done."""
        seat.connection.close()
        seat.process.join(_GRACE)
        if seat.process.is_alive():
            seat.process.kill()
            seat.process.join(_GRACE)
        self._seats.remove(seat)
        return seat.process.exitcode

    def _dismiss(self) -> None:
        """End all workers; those at work when the end cannot wait are killed: they write no files."""
        for seat in list(self._seats):
            if seat.task is not None:
                seat.process.kill()
            self._bury(seat)


_ADVICE = "多半是内存不够：请减少 --workers，或把这个单位的文件单独用 gongkai render 生成"
_OVERDUE_ADVICE = "单位确实很大的，加大 --timeout；否则请把数据文件反馈给开发者"


def _cause(code: int | None) -> str:
    return f"信号 {-code}" if code is not None and code < 0 else f"退出码 {code}"
