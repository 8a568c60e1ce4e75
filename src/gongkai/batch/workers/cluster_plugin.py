"""What a worker of a Dask cluster does: it keeps a warm worker of ours, and makes one unit after another with it."""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from threading import Lock

from distributed import Worker as DaskWorker
from distributed import WorkerPlugin, get_worker

from gongkai.batch.task import OTHER_VERSION, Outcome, Task, failure
from gongkai.files.scratch import scratch_folder

from .order import Order
from .pack_snapshot import Snapshot
from .toolchain import toolchain_of
from .worker import Worker

_ONE_AT_A_TIME = Lock()
"""The renderer's warnings go through one logger, and a process has one alarm: whatever batches there are."""


class WarmWorker(WorkerPlugin):
    """What a worker of the cluster keeps for one batch; sent to those that join later, too.

    ``name`` is the batch's own: several may use one cluster. ``wanted`` are the versions and fonts (see
    ``toolchain_of``) of the machine that asked: documents are the same bytes wherever they are made.
    """

    def __init__(self, name: str, order: Order, snapshot: Snapshot, wanted: Mapping[str, str]) -> None:
        self.name = name
        self._order, self._snapshot, self._wanted = order, snapshot, wanted

    def setup(self, worker: DaskWorker) -> None:
        """Get ready; packs are unpacked when the first unit comes."""
        self._folder: Path | None = None
        self._worker: Worker | None = None

    def teardown(self, worker: DaskWorker) -> None:
        """Take the packs away again."""
        if self._folder is not None:
            rmtree(self._folder, ignore_errors=True)

    def make(self, task: Task) -> Outcome:
        """The unit's documents."""
        with _ONE_AT_A_TIME:
            if self._worker is None:
                have = toolchain_of(self._snapshot.files, self._order)
                for name, wanted in self._wanted.items():
                    if have.get(name) != wanted:
                        message = f"集群上的 {name} 是 {have.get(name, '没有')}，这里是 {wanted}"
                        return failure(task.job, OTHER_VERSION, message, "请在每台机器上装同样的版本和字体")
                self._folder = scratch_folder("packs")
                self._worker = Worker(self._order, self._snapshot.unpack(self._folder))
            with _no_longer_than(self._order.timeout):
                return self._worker.make(task)


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    """End the process when it takes longer, even from within a loop that lets no other Python code run."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def make(batch: str, task: Task) -> Outcome:
    """What the cluster runs for one unit of the batch of this name."""
    warm_worker = get_worker().plugins[batch]
    assert isinstance(warm_worker, WarmWorker), "the plugin is ours"
    return warm_worker.make(task)
