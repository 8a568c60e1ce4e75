"""Workers on a Dask cluster. Inputs and packs travel with the work: the other machines need only the product."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Lock

from distributed import Client, Future, WorkerPlugin, get_worker
from distributed import Worker as DaskWorker

from gongkai import __version__

from .errors import ClusterError
from .pool import Take
from .snapshot import Snapshot
from .stop import Stop
from .task import DIED, OTHER_VERSION, OWN_BUG, Outcome, Task, failure
from .worker import Order, Worker

_PLUGIN = "gongkai"
_LOOK_UP = 0.5
_CONNECT = 10
_AHEAD = 2
"""Tasks sent for every thread of the cluster: one in work, one at hand."""


class Kitchen(WorkerPlugin):
    """What a worker of the cluster keeps from one unit to the next; sent to those that join later, too."""

    name = _PLUGIN

    def __init__(self, order: Order, snapshot: Snapshot, version: str) -> None:
        self._order, self._snapshot, self._version = order, snapshot, version

    def setup(self, worker: DaskWorker) -> None:
        """Unpack the packs on the worker's machine."""
        self._folder = tempfile.TemporaryDirectory(prefix="gongkai-")
        self._worker: Worker | None = None
        # The renderer's warnings go through one logger: one unit at a time in a process.
        self._lock = Lock()

    def teardown(self, worker: DaskWorker) -> None:
        """Take the packs away again."""
        self._folder.cleanup()

    def make(self, task: Task) -> Outcome:
        """The unit's documents."""
        if self._version != __version__:
            message = f"集群上的 gongkai 是 {__version__}，这里是 {self._version}"
            return failure(task.job, OTHER_VERSION, message, "请在每台机器上装同一个版本")
        with self._lock:
            if self._worker is None:
                self._worker = Worker(self._order, self._snapshot.unpack(Path(self._folder.name)))
            return self._worker.make(task)


def make(task: Task) -> Outcome:
    """What the cluster runs for one unit."""
    kitchen = get_worker().plugins[_PLUGIN]
    assert isinstance(kitchen, Kitchen), "the plugin is ours"
    return kitchen.make(task)


class DaskCluster:
    """The workers behind a scheduler's address. Raises ClusterError when it does not answer or has no workers."""

    def __init__(self, address: str, order: Order, snapshot: Snapshot) -> None:
        # What the library logs is told as findings.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client = Client(address, timeout=_CONNECT, name="gongkai")
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(f"连不上调度器 {address}：请核对地址，并确认已启动 dask scheduler") from error
        try:
            self._client.wait_for_workers(1, timeout=_CONNECT)
        except TimeoutError as error:
            self._client.close()
            raise ClusterError(f"调度器 {address} 还没有工作进程：请先启动 dask worker") from error
        self._client.register_plugin(Kitchen(order, snapshot, __version__))
        self.size = self._threads()

    def run(self, take: Take, stop: Stop) -> Iterator[Outcome]:
        """Outcomes as they come, until there is no task left or ``stop`` asks for the end.

        When a worker dies the scheduler gives its units to others; one that kills several is a failure.
        Raises ClusterError when the scheduler is lost.
        """
        tasks: dict[Future[Outcome], Task] = {}
        ended: Queue[Future[Outcome]] = Queue()
        try:
            while True:
                if not stop.requested:
                    self._send(take, tasks, ended)
                if not tasks or stop.at_once:
                    return
                try:
                    future = ended.get(timeout=_LOOK_UP)
                except Empty:
                    continue
                yield _outcome(future, tasks.pop(future))
        finally:
            self._client.close()

    def _send(self, take: Take, tasks: dict[Future[Outcome], Task], ended: Queue[Future[Outcome]]) -> None:
        wanted = max(1, self._threads()) * _AHEAD
        while len(tasks) < wanted:
            task = take()
            if task is None:
                return
            future = self._client.submit(make, task, pure=False)
            tasks[future] = task
            future.add_done_callback(ended.put)

    def _threads(self) -> int:
        """How many threads the cluster has now; machines may come and go."""
        if self._client.status != "running":
            raise ClusterError(_LOST)
        try:
            return sum(self._client.nthreads().values())
        except OSError as error:
            raise ClusterError(_LOST) from error


_LOST = "与调度器的连接断了"
_ADVICE = "多半是内存不够：请给每个工作进程更多内存；也可能处理得太久：单位确实很大的，加大 --timeout"


def _outcome(future: Future[Outcome], task: Task) -> Outcome:
    if future.status in {"cancelled", "lost"}:
        raise ClusterError(_LOST)
    try:
        return future.result()
    except Exception as error:  # whatever the cluster's library may say
        return _failure(task, error)


def _failure(task: Task, error: Exception) -> Outcome:
    if type(error).__name__ == "KilledWorker":
        return failure(task.job, DIED, "集群的工作进程几次意外结束", _ADVICE)
    message = f"集群上的工作进程做不了：{type(error).__name__}"
    return failure(task.job, OWN_BUG, message, "请核对集群的每台机器都装了同一个版本的 gongkai")
