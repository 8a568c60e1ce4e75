"""A batch on a Dask cluster of separate worker processes: sent whole, nothing lost or doubled when one is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner
from click.testing import Result as Invocation
from distributed.client import ClosedClientError

from gongkai import __version__
from gongkai.batch.errors import ClusterError
from gongkai.batch.jobs import Job
from gongkai.batch.stop import Stop
from gongkai.batch.task import Outcome, Task, take_up, task_of
from gongkai.batch.workers import toolchain
from gongkai.batch.workers.cluster import DaskCluster, _connect, _outcome
from gongkai.batch.workers.cluster_plugin import WarmWorker
from gongkai.batch.workers.order import Order
from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.batch.workers.toolchain import toolchain_of
from gongkai.cli.main import cli
from gongkai.result import Result
from support.batches import HIDDEN, codes, documents, left_over, make_units, report, small_pack, states
from support.fixtures import SCRIPT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]


class Cluster:
    """A scheduler and workers, each a process of its own in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[str]] = []
        self._readers: list[threading.Thread] = []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        self.address = self._said(self.scheduler, r"Scheduler at:\s+(tcp://\S+)")

    def work(self, count: int = 1) -> list[subprocess.Popen[str]]:
        """Start workers; returns when the cluster knows them."""
        workers = [self._start("worker", self.address, "--nthreads", "1", "--no-nanny") for _ in range(count)]
        for worker in workers:
            self._said(worker, r"(Registered to)")
        return workers

    def stop(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()
        for reader in self._readers:
            reader.join()
        for process in self._processes:
            assert process.stdout is not None
            process.stdout.close()

    def _start(self, *command: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:], "--no-dashboard"],
            cwd=self._folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self._processes.append(process)
        return process

    def _said(self, process: subprocess.Popen[str], words: str) -> str:
        """Wait for a line of the process; what it says from then on is read and let go, so that it never waits."""
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if found := re.search(words, line):
                reader = threading.Thread(target=deque, args=(process.stdout, 0))
                reader.start()
                self._readers.append(reader)
                return found[1]
        raise AssertionError("".join(said))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("machine")


@pytest.fixture(scope="module")
def cluster(folder) -> Iterator[Cluster]:
    cluster = Cluster(folder)
    try:
        cluster.work(2)
        yield cluster
    finally:
        cluster.stop()


Batch = Callable[..., Invocation]


@pytest.fixture
def batch(tmp_path, monkeypatch) -> Batch:
    """Run a batch of the units in ``in``, as seen from here, with a pack that only this machine has."""
    options = small_pack(tmp_path / "packs")
    monkeypatch.chdir(tmp_path)

    def run(address: str, *more: str) -> Invocation:
        arguments = ["batch", "in", "-o", "out", "--format", "html", *options, *more, "--scheduler", address]
        return CliRunner().invoke(cli, arguments, catch_exceptions=False)

    return run


@contextmanager
def begun(address: str, folder: Path) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """A batch in a process of its own, when its first unit is done, and what it says from then on."""
    command = [SCRIPT, "batch", "in", "-o", "out", "--format", "html", *small_pack(folder / "packs")]
    with subprocess.Popen(
        [*command, "--scheduler", address],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stderr is not None
        process.stderr.readline()
        yield process, process.stderr


def test_inputs_and_packs_are_sent_and_documents_come_back(cluster, batch, tmp_path):
    make_units(tmp_path / "in", 2)
    make_units(tmp_path / "in/下级", 1)

    run = batch(cluster.address)

    assert run.exit_code == 0, run.output
    assert list(documents(tmp_path / "out")) == ["下级/局01.html", "局01.html", "局02.html"]
    assert report(tmp_path / "out")["workers"] == 2
    local = CliRunner().invoke(cli, ["batch", "in", "-o", "here", "--format", "html", *small_pack(tmp_path / "packs")])
    assert local.exit_code == 0
    assert documents(tmp_path / "here") == documents(tmp_path / "out")


def test_bad_unit_is_told_as_it_is_on_one_machine(cluster, batch, tmp_path):
    files = make_units(tmp_path / "in", 2)
    files[0].write_text("文种: 预算\n", encoding="utf-8")
    template = tmp_path / "packs/small/预算/名词解释.html"

    run = batch(cluster.address)

    assert run.exit_code == 1
    assert states(tmp_path / "out") == {"局01": "失败", "局02": "完成"}
    assert "in/局01.yaml" in run.output
    template.write_text("<p>{{ 没有的 }}</p>\n", encoding="utf-8")
    assert batch(cluster.address).exit_code == 1
    [finding] = report(tmp_path / "out")["entries"][1]["findings"]
    assert finding["place"]["file"] == str(template)


def test_workers_write_to_a_shared_folder_themselves(cluster, batch, tmp_path):
    make_units(tmp_path / "in", 2)

    assert batch(cluster.address, "--shared").exit_code == 0
    assert len(documents(tmp_path / "out")) == 2
    assert left_over(tmp_path / "out") == []
    again = batch(cluster.address, "--shared", "--resume")
    assert again.exit_code == 0
    assert set(states(tmp_path / "out").values()) == {"未变"}


def test_what_a_worker_cannot_write_is_that_units_failure(cluster, batch, tmp_path):
    make_units(tmp_path / "in", 2)
    (tmp_path / "out/局01.html").mkdir(parents=True)

    assert batch(cluster.address, "--shared").exit_code == 1
    assert codes(tmp_path / "out", "局01") == ["GK611"]
    assert states(tmp_path / "out")["局02"] == "完成"


def test_killed_worker_loses_and_doubles_nothing(cluster, batch, tmp_path):
    make_units(tmp_path / "in", 30)
    [victim] = cluster.work()
    with begun(cluster.address, tmp_path) as (process, said):
        os.kill(victim.pid, signal.SIGKILL)
        rest = said.read()

    assert process.returncode == 0, rest
    told = Counter(re.findall(r"完成 (示例县第\d+局)", rest))
    assert set(told.values()) == {1}
    assert set(states(tmp_path / "out").values()) == {"完成"}
    assert len(documents(tmp_path / "out")) == 30
    assert rest.count("完成 示例县") == 29


def test_lost_scheduler_ends_with_a_report_of_what_was_done(batch, tmp_path, tmp_path_factory):
    make_units(tmp_path / "in", 30)
    own = Cluster(tmp_path_factory.mktemp("own"))
    try:
        own.work()
        with begun(own.address, tmp_path) as (process, stream):
            own.scheduler.kill()
            said = stream.read()
    finally:
        own.stop()

    assert process.returncode == 1
    assert "GK626" in said
    assert "Traceback" not in said
    done = [key for key, state in states(tmp_path / "out").items() if state == "完成"]
    assert 1 <= len(done) < 30
    assert sorted(documents(tmp_path / "out")) == sorted(f"{key}.html" for key in done)
    assert (tmp_path / "out" / HIDDEN).is_file()


def test_scheduler_that_does_not_answer_is_wrong_use(batch, tmp_path, monkeypatch):
    make_units(tmp_path / "in", 1)
    monkeypatch.setattr("gongkai.batch.workers.cluster._CONNECT", 1)

    run = batch("tcp://127.0.0.1:9")

    assert run.exit_code == 2
    assert "连不上调度器" in run.output
    assert "Traceback" not in run.output


def test_cluster_without_workers_is_wrong_use(batch, tmp_path, tmp_path_factory, monkeypatch):
    make_units(tmp_path / "in", 1)
    monkeypatch.setattr("gongkai.batch.workers.cluster._CONNECT", 1)
    empty = Cluster(tmp_path_factory.mktemp("empty"))
    try:
        run = batch(empty.address)
    finally:
        empty.stop()

    assert run.exit_code == 2
    assert "还没有工作进程" in run.output


def test_kitchen_keeps_its_worker_and_refuses_another_version(tmp_path):
    small_pack(tmp_path / "packs")
    [file] = make_units(tmp_path / "in", 1)
    task = task_of(Job(file, Path()))
    snapshot, order = take_snapshot([tmp_path / "packs"]), Order(("html",), "small")

    here = toolchain_of(snapshot.files, order)
    warm_worker, other = (
        WarmWorker("一", order, snapshot, here),
        WarmWorker("二", order, snapshot, {**here, "gongkai": "0.0.1"}),
    )
    for one in (warm_worker, other):
        one.setup(None)
    first, second, third = warm_worker.make(task), warm_worker.make(task), other.make(task)
    for one in (warm_worker, other):
        one.teardown(None)

    assert first.contents == second.contents
    assert list(first.contents) == ["局01.html"]
    assert [finding.code for finding in third.result.findings] == ["GK624"]
    assert third.result.findings[0].message == f"集群上的 gongkai 是 {__version__}，这里是 0.0.1"


def test_worker_of_the_cluster_uses_the_engine_of_the_batch_or_says_that_it_has_none(tmp_path, monkeypatch):
    small_pack(tmp_path / "packs")
    [file] = make_units(tmp_path / "in", 1)
    task = task_of(Job(file, Path()))
    snapshot, order = take_snapshot([tmp_path / "packs"]), Order(("pdf",), "small", engine="typst")
    wanted = toolchain_of(snapshot.files, order)

    def made() -> Outcome:
        worker = WarmWorker("一", order, snapshot, wanted)
        worker.setup(None)
        outcome = worker.make(task)
        worker.teardown(None)
        return outcome

    with_it = made()
    known = toolchain.version

    def lacks_typst(name: str) -> str:
        if name == "typst":
            raise PackageNotFoundError(name)
        return known(name)

    monkeypatch.setattr(toolchain, "version", lacks_typst)
    [finding] = made().result.findings

    assert (with_it.result.engine, list(with_it.contents)) == ("typst", ["局01.pdf"])
    assert (finding.code, finding.message) == ("GK624", f"集群上的 typst 是 没有，这里是 {wanted['typst']}")


class KilledWorker(Exception):  # noqa: N818 - the library's name
    """What the cluster's library says of a task that killed several workers."""


class Told:
    """A future of the cluster that has ended, with an outcome or an error."""

    def __init__(self, said: Outcome | Exception, status: str = "finished") -> None:
        self.status, self._said = status, said

    def add_done_callback(self, tell: Callable[[Told], None]) -> None:
        tell(self)

    def result(self, timeout: float) -> Outcome:
        assert timeout < 10, "Ctrl-C must be heeded meanwhile"
        if isinstance(self._said, Exception):
            raise self._said
        return self._said


class Answering:
    """A client for one thread whose answers are known beforehand, by the key of the unit."""

    status = "running"

    def __init__(self, answers: dict[str, list[Outcome | Exception]]) -> None:
        self._answers = answers
        self.asked: list[str] = []

    def nthreads(self, callback_timeout: float) -> dict[str, int]:
        return {"tcp://worker": 1}

    def submit(self, function: object, batch: str, task: Task, *, pure: bool) -> Told:
        self.asked.append(task.job.key)
        return Told(self._answers[task.job.key].pop(0))

    def unregister_worker_plugin(self, name: str) -> None: ...

    def close(self) -> None:
        self.status = "closed"


def answered(client: object) -> DaskCluster:
    cluster = object.__new__(DaskCluster)
    cluster._client, cluster._name = client, "gongkai-1"
    cluster._alone, cluster._seen = deque(), time.monotonic()
    return cluster


def unit(name: str) -> Task:
    return Task(Job(Path(f"{name}.yaml"), Path()), {})


def test_unit_beside_which_workers_died_is_tried_once_more_alone():
    tasks = [unit(name) for name in ("甲局", "乙局", "丙局")]
    innocent, fine = (Outcome(task.job, Result(task.job.path)) for task in tasks[1:])
    client = Answering({"甲局": [KilledWorker(), KilledWorker()], "乙局": [KilledWorker(), innocent], "丙局": [fine]})

    run = answered(client).run(lambda: tasks.pop(0) if tasks else None, Stop())
    outcomes = {outcome.job.key: outcome for outcome in run}

    assert client.asked == ["甲局", "乙局", "丙局", "甲局", "乙局"]
    assert [finding.code for finding in outcomes["甲局"].result.findings] == ["GK621"]
    assert (outcomes["乙局"], outcomes["丙局"]) == (innocent, fine)


def test_unit_that_the_cluster_cannot_make_is_a_failure():
    outcome = _outcome(Told(ModuleNotFoundError("gongkai"), "error"), unit("甲局"))

    assert outcome is not None
    assert [finding.code for finding in outcome.result.findings] == ["GK622"]


def test_outcome_that_was_lost_with_its_worker_is_waited_for():
    with pytest.raises(TimeoutError):
        _outcome(Told(TimeoutError(), "lost"), unit("甲局"))


def test_unit_that_timed_out_itself_is_not_waited_for():
    outcome = _outcome(Told(TimeoutError(), "error"), unit("甲局"))

    assert outcome is not None
    assert [finding.code for finding in outcome.result.findings] == ["GK622"]


def test_futures_without_a_scheduler_end_the_run():
    with pytest.raises(ClusterError):
        _outcome(Told(KilledWorker(), "cancelled"), unit("甲局"))


def test_cluster_that_has_lost_all_workers_ends_the_run(monkeypatch):
    client = Answering({})
    monkeypatch.setattr(client, "nthreads", lambda callback_timeout: {})
    cluster = answered(client)

    cluster._look_after()
    cluster._seen -= 3600
    with pytest.raises(ClusterError, match="没有工作进程"):
        cluster._look_after()


def test_client_that_was_closed_ends_the_run(monkeypatch):
    def submit(*arguments: object, **options: object) -> None:
        raise ClosedClientError

    client = Answering({})
    monkeypatch.setattr(client, "submit", submit)
    tasks = [unit("甲局")]

    with pytest.raises(ClusterError, match="断了"):
        list(answered(client).run(lambda: tasks.pop() if tasks else None, Stop()))


def test_cluster_whose_workers_cannot_get_ready_is_left(monkeypatch):
    class Unready(Answering):
        def wait_for_workers(self, count: int, timeout: float) -> None: ...

        def register_plugin(self, plugin: WarmWorker) -> None:
            raise ModuleNotFoundError("No module named 'gongkai'")

    client = Unready({})
    monkeypatch.setattr("gongkai.batch.workers.cluster._connect", lambda address: client)

    with pytest.raises(ClusterError, match=r"ModuleNotFoundError.*同一个版本"):
        DaskCluster("tcp://127.0.0.1:9", Order(("html",)), take_snapshot(()))
    assert client.status == "closed"


def test_encrypted_cluster_without_certificates_is_told_so():
    with pytest.raises(ClusterError, match="TLS 的证书"):
        _connect("tls://127.0.0.1:9")


def test_cluster_without_its_library_is_wrong_use(batch, tmp_path, monkeypatch):
    make_units(tmp_path / "in", 1)
    monkeypatch.setitem(sys.modules, "gongkai.batch.workers.cluster", None)

    run = batch("tcp://127.0.0.1:9")

    assert run.exit_code == 2
    assert "没有装集群的依赖" in run.output


def test_two_batches_on_one_cluster_do_not_meet(cluster, batch, tmp_path):
    make_units(tmp_path / "in", 30)
    with begun(cluster.address, tmp_path) as (process, said):
        other = batch(cluster.address, "--format", "xlsx", "-o", "other")
        rest = said.read()

    assert process.returncode == 0, rest
    assert other.exit_code == 0, other.output
    assert (len(documents(tmp_path / "out")), len(documents(tmp_path / "out", "xlsx"))) == (30, 0)
    assert (len(documents(tmp_path / "other")), len(documents(tmp_path / "other", "xlsx"))) == (0, 30)


class Gone:
    """A client whose scheduler does not answer any more."""

    def __init__(self, status: str) -> None:
        self.status = status

    def nthreads(self, callback_timeout: float) -> dict[str, int]:
        raise OSError


@pytest.mark.parametrize("status", ["connecting", "running"])
def test_scheduler_that_is_gone_ends_the_run_when_more_is_to_be_sent(status):
    with pytest.raises(ClusterError, match="断了"):
        answered(Gone(status))._threads()


def test_folder_that_is_not_shared_is_named(tmp_path):
    outcome = Outcome(Job(Path("甲局.yaml"), Path()), Result(Path("甲局.yaml")), digests={"甲局.html": "0" * 64})

    assert [finding.code for finding in take_up(outcome, tmp_path / "staging", tmp_path).result.findings] == ["GK625"]


def test_documents_of_a_broken_run_are_swept_and_those_of_a_late_worker_spoil_nothing(cluster, batch, tmp_path):
    make_units(tmp_path / "in", 1)
    assert batch(cluster.address, "--shared").exit_code == 0
    before = documents(tmp_path / "out")
    late = tmp_path / f"out/.gongkai-batch.staging-{'1' * 32}/局01.html"
    late.parent.mkdir()
    late.write_text("晚了", encoding="utf-8")

    assert documents(tmp_path / "out")["局01.html"] == before["局01.html"]
    assert batch(cluster.address, "--shared", "--resume").exit_code == 0
    assert documents(tmp_path / "out") == before
    assert left_over(tmp_path / "out") == []
