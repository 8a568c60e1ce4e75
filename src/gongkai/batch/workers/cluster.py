"""Workers on a Dask cluster. Inputs and packs travel with the work: the other machines need only the product."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Queue
from uuid import uuid4

from distributed import Client, Future
from distributed.client import ClosedClientError

from gongkai.batch.errors import ClusterError
from gongkai.batch.stop import Stop
from gongkai.batch.task import DIED, OWN_BUG, Outcome, Task, failure

from .cluster_plugin import WarmWorker, make
from .local import Take
from .order import Order
from .pack_snapshot import Snapshot
from .toolchain import toolchain_of

_LOOK_UP = 0.5
_CONNECT = 10
_PATIENCE = 60.0
"""Seconds that a cluster may be without any worker: machines come and go."""
_AHEAD = 2
"""Tasks sent for every thread of the cluster: one in work, one at hand."""


class DaskCluster:
    """The workers behind a scheduler's address. Raises ClusterError when it does not answer or has no workers."""

    def __init__(self, address: str, order: Order, snapshot: Snapshot) -> None:
        # What the library logs is told as findings.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._name = f"gongkai-{uuid4().hex}"
        self._client = _connect(address)
        try:
            self._client.wait_for_workers(1, timeout=_CONNECT)
            wanted = toolchain_of(snapshot.files, order)
            self._client.register_plugin(WarmWorker(self._name, order, snapshot, wanted))
        except TimeoutError:
            self._leave()
            raise ClusterError(f"调度器 {address} 还没有工作进程：请先启动 dask worker") from None
        except Exception as error:  # whatever a worker without our code, or with a full disk, may answer
            self._leave()
            raise ClusterError(f"集群的工作进程准备不了（{type(error).__name__}）：{_SAME}") from error
        self._seen = time.monotonic()
        self._alone: deque[Task] = deque()
        self.size = self._threads()

    def run(self, take: Take, stop: Stop) -> Iterator[Outcome]:
        """Outcomes as they come, until there is no task left or ``stop`` asks for the end.

        When a worker dies the scheduler gives its units to others. Those in whose company several died
        are tried once more at the end, each alone: only the one that kills them is a failure. Raises
        ClusterError when the scheduler is lost, or has been without workers for a minute.
        """
        tasks: dict[Future[Outcome], Task] = {}
        ended: Queue[Future[Outcome]] = Queue()
        tried: set[str] = set()
        try:
            while True:
                if not stop.requested:
                    self._send(take, tasks, ended)
                if not tasks or stop.at_once:
                    return
                try:
                    future = ended.get(timeout=_LOOK_UP)
                    outcome = _outcome(future, tasks[future])
                except Empty:
                    self._look_after()
                    continue
                except TimeoutError:  # its worker has gone with the outcome; another makes it again
                    ended.put(future)
                    self._look_after()
                    continue
                task = tasks.pop(future)
                if outcome is None and task.job.key not in tried:
                    tried.add(task.job.key)
                    self._alone.append(task)
                else:
                    yield outcome or failure(task.job, DIED, "集群的工作进程几次意外结束", _ADVICE)
        finally:
            self._leave()

    def _send(self, take: Take, tasks: dict[Future[Outcome], Task], ended: Queue[Future[Outcome]]) -> None:
        wanted = max(1, self._threads()) * _AHEAD
        while len(tasks) < wanted:
            task = take() or (self._alone.popleft() if self._alone and not tasks else None)
            if task is None:
                return
            try:
                future = self._client.submit(make, self._name, task, pure=False)
            except ClosedClientError as error:
                raise ClusterError(_LOST) from error
            tasks[future] = task
            future.add_done_callback(ended.put)

    def _threads(self) -> int:
        """How many threads the cluster has now; machines may come and go."""
        if self._client.status != "running":
            raise ClusterError(_LOST)
        try:
            threads: int = sum(self._client.nthreads(callback_timeout=_CONNECT).values())
        except OSError as error:  # a TimeoutError is one
            raise ClusterError(_LOST) from error
        if threads:
            self._seen = time.monotonic()
        return threads

    def _look_after(self) -> None:
        """Nothing has come: is there anybody who could?"""
        if not self._threads() and time.monotonic() - self._seen > _PATIENCE:
            raise ClusterError("集群已经没有工作进程了")

    def _leave(self) -> None:
        if self._client.status == "running":
            with suppress(Exception):  # the scheduler may have gone, and the plugin with it
                self._client.unregister_worker_plugin(self._name)
        self._client.close()


_LOST = "与调度器的连接断了"
_ADVICE = "多半是内存不够：请给每个工作进程更多内存；也可能处理得太久：单位确实很大的，加大 --timeout"
_SAME = "请核对集群的每台机器都装了同一个版本的 gongkai，临时文件夹没有满"


def _connect(address: str) -> Client:
    try:
        return Client(address, timeout=_CONNECT, name="gongkai")
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(f"连不上调度器 {address}：请核对地址，并确认已启动 dask scheduler") from error
    except TypeError as error:  # a tls:// address, and no certificates
        raise ClusterError(f"连不上调度器 {address}：请按 Dask 的说明配置 TLS 的证书") from error


def _outcome(future: Future[Outcome], task: Task) -> Outcome | None:
    """What became of a unit; None when workers died over it. Raises TimeoutError when it has to be waited for."""
    if future.status == "cancelled":
        raise ClusterError(_LOST)
    try:
        return future.result(timeout=_LOOK_UP)
    except Exception as error:  # whatever the cluster's library may say
        if isinstance(error, TimeoutError) and future.status != "error":
            raise
        if type(error).__name__ == "KilledWorker":
            return None
        message = f"集群上的工作进程做不了：{type(error).__name__}"
        return failure(task.job, OWN_BUG, message, _SAME)
