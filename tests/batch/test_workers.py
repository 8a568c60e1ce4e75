"""Worker processes: those that die, hang or cannot start cost at most the unit that they were making."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing import Pipe
from pathlib import Path
from threading import Thread

import pytest

from gongkai.batch.jobs import Job
from gongkai.batch.stop import FROM_TERMINAL, Stop, listening
from gongkai.batch.task import Outcome, Task, task_of
from gongkai.batch.workers.local import LocalPool, serve
from gongkai.batch.workers.order import Order
from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.batch.workers.worker import Worker
from support.batches import make_units, small_pack

SECRET = "不可说的项目"


def pool_run(pool: LocalPool, tasks: Sequence[Task], after: Callable[[Outcome], None] = lambda o: None,
             stop: Stop | None = None) -> list[Outcome]:  # fmt: skip
    waiting = list(tasks)
    outcomes = []
    for outcome in pool.run(lambda: waiting.pop(0) if waiting else None, stop or Stop()):
        outcomes.append(outcome)
        after(outcome)
    return outcomes


@pytest.fixture
def pool(tmp_path):
    """Makes pools of workers over the small pack."""
    small_pack(tmp_path / "packs")
    packs = take_snapshot([tmp_path / "packs"]).unpack(tmp_path / "unpacked")

    def make(workers: int = 1, recycle: int = 100, timeout: int = 1800) -> LocalPool:
        return LocalPool(Order(("html",), "small", timeout=timeout), packs, workers, recycle)

    return make


def tasks_of(folder: Path, count: int) -> list[Task]:
    return [task_of(Job(file, Path())) for file in make_units(folder, count)]


def test_unit_of_a_killed_worker_is_made_by_another(pool, tmp_path):
    workers = pool()
    killed = []

    def kill(outcome: Outcome) -> None:
        if not killed:
            killed.extend(workers.process_ids)
            os.kill(killed[0], signal.SIGKILL)

    outcomes = pool_run(workers, tasks_of(tmp_path / "in", 4), kill)

    assert killed
    assert sorted(outcome.job.key for outcome in outcomes) == ["局01", "局02", "局03", "局04"]
    assert not any(outcome.result.failed for outcome in outcomes)


@pytest.mark.slow
def test_unit_that_kills_its_workers_is_reported_and_the_others_are_made(pool, tmp_path, monkeypatch):
    first, deadly, last = tasks_of(tmp_path / "in", 3)
    # Nothing in a data file can kill a worker; a task that breaks when it arrives can.
    deadly = Task(deadly.job, Bomb())  # type: ignore[arg-type]

    outcomes = {outcome.job.key: outcome for outcome in pool_run(pool(), [first, deadly, last])}

    assert [outcomes[key].result.failed for key in ("局01", "局02", "局03")] == [False, True, False]
    [finding] = outcomes["局02"].result.findings
    assert finding.code == "GK621"
    assert "信号 9" in finding.message


class Bomb(dict[str, bytes]):
    """Contents that kill the process in which they are unpacked."""

    def __reduce__(self) -> tuple[object, ...]:
        return _kill_this_process, ()


def _kill_this_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.slow  # it waits for the limit of a unit
def test_unit_that_does_not_end_is_given_up_and_the_others_are_made(pool, tmp_path):
    short, endless = tasks_of(tmp_path / "in", 2)
    endless = Task(endless.job, Endless())  # type: ignore[arg-type]

    outcomes = {outcome.job.key: outcome for outcome in pool_run(pool(timeout=8), [endless, short])}

    [finding] = outcomes["局02"].result.findings
    assert (finding.code, finding.message) == ("GK627", "处理了 8 秒还没有做完，不再做了")
    assert outcomes["局02"].seconds >= 8
    assert not outcomes["局01"].result.failed


class Endless(dict[str, bytes]):
    """Contents that are never unpacked to their end."""

    def __reduce__(self) -> tuple[object, ...]:
        return time.sleep, (3600,)


def test_workers_give_way_to_fresh_ones(pool, tmp_path):
    workers = pool(recycle=1)
    seen: list[int] = []

    outcomes = pool_run(workers, tasks_of(tmp_path / "in", 3), lambda outcome: seen.extend(workers.process_ids))

    assert len(outcomes) == 3
    assert len(set(seen)) >= 2
    assert workers.process_ids == []


class Panic(BaseException):
    """How a library written in another language may stop."""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "full"), "磁盘满了"),
        (OSError(errno.EMFILE, "many"), "同时打开的文件太多"),
        (ImportError(f"a library: {os.strerror(errno.EMFILE)}"), "同时打开的文件太多"),
        (MemoryError(), "内存不够"),
    ],
)
def test_what_the_system_refuses_is_no_bug_of_ours(error, words, tmp_path, monkeypatch):
    small_pack(tmp_path / "packs")
    worker = Worker(Order(("html",), "small"), take_snapshot([tmp_path / "packs"]).unpack(tmp_path / "unpacked"))
    [task] = tasks_of(tmp_path / "in", 1)

    def refuse(*args: object) -> None:
        raise error

    monkeypatch.setattr("gongkai.batch.workers.worker.make_unit", refuse)
    outcome = worker.make(task)

    assert outcome.result.failed
    assert [(f.code, f.message) for f in outcome.result.findings] == [("GK636", words)]


@pytest.mark.parametrize("kind", [RuntimeError, Panic])
def test_bug_of_ours_costs_one_unit_and_tells_no_secret(kind, tmp_path, monkeypatch):
    small_pack(tmp_path / "packs")
    packs = take_snapshot([tmp_path / "packs"]).unpack(tmp_path / "unpacked")
    worker = Worker(Order(("html",), "small"), packs)
    [task] = tasks_of(tmp_path / "in", 1)

    def break_down(*args: object) -> None:
        raise kind(SECRET)

    monkeypatch.setattr("gongkai.batch.workers.worker.make_unit", break_down)
    outcome = worker.make(task)

    [finding] = outcome.result.findings
    assert outcome.result.failed
    assert finding.code == "GK622"
    assert f"{kind.__name__}（test_workers.py:" in finding.message
    assert SECRET not in str(finding)


def test_worker_serves_until_the_other_end_is_closed(tmp_path, monkeypatch):
    small_pack(tmp_path / "packs")
    packs = take_snapshot([tmp_path / "packs"]).unpack(tmp_path / "unpacked")
    ignored = []
    monkeypatch.setattr(signal, "signal", lambda number, what: ignored.append((number, what)))
    ours, theirs = Pipe()
    served = Thread(target=serve, args=(theirs, Order(("html",), "small"), packs))
    served.start()
    ours.send(tasks_of(tmp_path / "in", 1)[0])

    assert list(ours.recv().contents) == ["局01.html"]
    ours.close()
    served.join()
    theirs.close()
    assert {number for number, what in ignored if what is signal.SIG_IGN} == FROM_TERMINAL


def test_worker_writes_only_into_a_shared_folder_that_it_sees(tmp_path):
    small_pack(tmp_path / "packs")
    packs = take_snapshot([tmp_path / "packs"]).unpack(tmp_path / "unpacked")
    worker = Worker(Order(("html",), "small", shared=tmp_path / "elsewhere"), packs)

    outcome = worker.make(tasks_of(tmp_path / "in", 1)[0])

    assert [finding.code for finding in outcome.result.findings] == ["GK625"]
    assert not (tmp_path / "elsewhere").exists()


def test_worker_that_cannot_start_says_why(tmp_path, monkeypatch):
    def fail(*arguments: object) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'\nmore")

    monkeypatch.setattr("gongkai.batch.workers.local.Worker", fail)
    monkeypatch.setattr(signal, "signal", lambda number, what: None)
    ours, theirs = Pipe()
    served = Thread(target=serve, args=(theirs, Order(("pdf",)), take_snapshot(()).unpack(tmp_path / "unpacked")))
    served.start()
    ours.send(tasks_of(tmp_path / "in", 1)[0])

    [finding] = ours.recv().result.findings
    ours.close()
    served.join()
    theirs.close()
    assert (finding.code, finding.advice) == ("GK622", "请运行 gongkai doctor，照它说的安装")
    assert finding.message == "工作进程启动不了：OSError：cannot load library 'libpango-1.0-0'"


def test_where_no_second_process_is_to_be_had_the_first_makes_all(pool, tmp_path, monkeypatch):
    workers = pool(workers=2)
    hire, hired = workers._spawn, []

    def once() -> object:
        if hired:
            raise BlockingIOError("Resource temporarily unavailable")
        hired.append(hire())
        return hired[0]

    monkeypatch.setattr(workers, "_spawn", once)

    assert [outcome.result.failed for outcome in pool_run(workers, tasks_of(tmp_path / "in", 3))] == [False] * 3
    assert len(hired) == 1


@pytest.mark.slow
def test_cluster_process_that_takes_too_long_ends_itself():
    script = "import time, gongkai.batch.workers.cluster_plugin as k\nwith k._no_longer_than(1): time.sleep(60)"

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=30, check=False)

    assert (run.returncode, run.stdout, run.stderr) == (1, "", "")


def test_first_stop_finishes_what_is_begun(pool, tmp_path):
    stop = Stop()

    def ask(outcome: Outcome) -> None:
        stop.asked = 1

    tasks = tasks_of(tmp_path / "in", 8)
    waiting = deque(tasks)
    outcomes = []
    for outcome in pool(workers=2).run(waiting.popleft, stop):
        outcomes.append(outcome)
        ask(outcome)

    assert 1 <= len(outcomes) <= 4
    assert len(outcomes) == len(tasks) - len(waiting)
    assert not any(outcome.result.failed for outcome in outcomes)


def test_second_stop_gives_up_at_once(pool, tmp_path):
    stop = Stop()

    def ask(outcome: Outcome) -> None:
        stop.asked = 2

    workers = pool(workers=2)
    assert len(pool_run(workers, tasks_of(tmp_path / "in", 8), ask, stop)) <= 2
    assert workers.process_ids == []


def test_signals_are_counted_and_then_left_to_others():
    before = signal.getsignal(signal.SIGINT)

    with listening() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.requested
        assert not stop.at_once
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.at_once

    assert signal.getsignal(signal.SIGINT) is before
