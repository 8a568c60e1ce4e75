"""Many finished documents audited at once, by the same worker processes that make many units."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from gongkai.batch.workers.local import LocalPool
from gongkai.batch.workers.order import Order
from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.files.scratch import scratch
from gongkai.produce.audited import AuditSettings, audit_file
from gongkai.result import Result

from .jobs import Job
from .stop import Stop, listening
from .task import Outcome, Task

_FEW = 8
"""So many are done before a process has started."""
_RECYCLE, _TIMEOUT = 200, 120
"""After how many documents a process gives way to a fresh one, and how many seconds one may take."""


def audit_all(files: Sequence[Path], settings: AuditSettings, workers: int = 1) -> Iterator[Result]:
    """What was found in each, in the order of the files; whatever happens to one, the others are audited.

    Raises KeyboardInterrupt when the end was asked for before all were done.
    """
    if workers == 1 or len(files) <= _FEW:
        yield from (audit_file(file, settings) for file in files)
        return
    with scratch("packs") as folder, listening() as stop:
        order = Order((), timeout=_TIMEOUT, audit=settings)
        packs = take_snapshot(settings.pack_folders).unpack(folder)
        pool = LocalPool(order, packs, min(workers, len(files)), _RECYCLE)
        yield from _in_order(pool, files, stop)
        if stop.requested:
            raise KeyboardInterrupt


def _in_order(pool: LocalPool, files: Sequence[Path], stop: Stop) -> Iterator[Result]:
    """Outcomes as they come, each held back until all before it are there."""
    waiting = deque(Task(Job(file, Path(str(number))), {}) for number, file in enumerate(files))
    done: dict[int, Result] = {}
    told = 0
    for outcome in pool.run(lambda: waiting.popleft() if waiting else None, stop):
        done[_number(outcome)] = outcome.result
        while told in done:
            yield done.pop(told)
            told += 1


def _number(outcome: Outcome) -> int:
    return int(outcome.job.folder.name)
