"""No run leaves anything in the temporary folder, whatever the command and however it ends."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.batch.stop import listening
from gongkai.cli.system import ENDINGS
from gongkai.files import scratch
from gongkai.findings import FindingsError
from support.batches import left_over, make_units, report, small_pack
from support.fixtures import CLEAN, SCRIPT, gongkai

SIGNALS = [signal.SIGINT, *ENDINGS]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of the command, with nothing in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def small(tmp_path: Path) -> list[str]:
    return small_pack(tmp_path / "packs")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


# --- every command, every ordinary end ---


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", CLEAN), ("check", "没有.yaml"), ("check", CLEAN, "-o", "r.xlsx"), ("doctor",), ("rules",),
        ("new", "n.yaml"), ("pack", "list"), ("extract", CLEAN), ("blah",),
    ],
    ids=lambda arguments: " ".join(str(a)[-12:] for a in arguments),
)  # fmt: skip
def test_command_leaves_nothing(arguments, temporary, tmp_path):
    gongkai(*arguments, cwd=tmp_path)

    assert names(temporary) == []


@pytest.mark.parametrize("formats", ["pdf", pytest.param("docx,html,xlsx", marks=pytest.mark.slow)])
def test_render_leaves_nothing(formats, small, temporary, tmp_path):
    assert gongkai("render", CLEAN, *small, "--format", formats, cwd=tmp_path).returncode == 0
    assert names(temporary) == []


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "preview"])
def test_packs_are_tried_without_a_trace(command, small, temporary, tmp_path):
    assert gongkai("pack", command, *small[1:], cwd=tmp_path).returncode == 0
    assert names(temporary) == []


@pytest.mark.slow
def test_batch_leaves_nothing(small, temporary, tmp_path):
    make_units(tmp_path / "in", 3)
    done = gongkai("batch", "in", "-o", "out", *small, "--format", "pdf", "--recycle", "1", cwd=tmp_path)

    assert done.returncode == 0
    assert names(temporary) == []


@pytest.mark.slow
def test_workers_that_are_killed_leave_nothing(small, temporary, tmp_path):
    make_units(tmp_path / "in", 2)
    done = gongkai("batch", "in", "-o", "out", *small, "--format", "pdf", "--timeout", "1", cwd=tmp_path, timeout=120)

    assert done.returncode in (0, 1)
    assert names(temporary) == []


# --- signals ---


def _deaf_no_more() -> None:
    """Hear every signal, even when the tests are run by something that ignores them."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.slow
@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_batch_that_is_told_to_end_reports_and_leaves_nothing(number, small, temporary, tmp_path):
    make_units(tmp_path / "in", 8)
    command = [SCRIPT, "batch", "in", "-o", "out", *small, "--format", "pdf", "--workers", "1"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8", preexec_fn=_deaf_no_more,
                          start_new_session=True) as process:  # fmt: skip
        assert process.stderr is not None
        process.stderr.readline()  # the first unit is done
        os.killpg(process.pid, number)  # as a terminal does
        said = process.stderr.read()

    assert process.returncode == 1
    assert "中断了" in said
    assert report(tmp_path / "out")["not_begun"] > 0
    assert left_over(tmp_path / "out") == []
    assert names(temporary) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_render_that_is_told_to_end_leaves_nothing(number, small, temporary, tmp_path):
    process = _rendering(small, temporary, tmp_path)
    process.send_signal(number)
    process.communicate()

    assert process.returncode == 1
    assert names(temporary) == []
    assert not (tmp_path / "output").exists() or left_over(tmp_path / "output") == []


@pytest.mark.slow
def test_what_a_killed_run_left_is_swept_by_the_next(small, temporary, tmp_path):
    process = _rendering(small, temporary, tmp_path)
    process.kill()
    process.communicate()
    assert names(temporary) != []

    assert gongkai("render", CLEAN, *small, "--format", "pdf", cwd=tmp_path).returncode == 0
    assert names(temporary) == []


def _rendering(small: list[str], temporary: Path, folder: Path) -> subprocess.Popen[bytes]:
    """A run that has begun to use its temporary folder and is far from its end."""
    files = make_units(folder / "in", 30)
    command = [SCRIPT, "render", *files, *small, "--format", "pdf"]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_deaf_no_more
    )
    assert process.stdout is not None
    process.stdout.readline()  # the first unit is done
    return process


def test_every_ending_is_counted_by_a_batch():
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    try:
        for number in SIGNALS:
            with listening() as stop:
                os.kill(os.getpid(), number)
                assert stop.requested
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGQUIT], ids=lambda number: number.name)
def test_ending_that_is_ignored_stays_so(number):
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with listening() as stop:
            os.kill(os.getpid(), number)
            assert not stop.requested
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)


# --- the folder itself ---


@pytest.fixture
def own_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A run of its own, whose temporary folder is here."""
    monkeypatch.setattr(scratch, "_RUN", scratch._Run())
    monkeypatch.setattr(scratch.tempfile, "gettempdir", lambda: str(tmp_path))
    yield tmp_path
    scratch.remove_scratch()


def test_all_that_is_temporary_is_in_one_folder_that_goes(own_run):
    scratch.scratch_folder("fonts")
    with scratch.scratch("packs") as packs:
        assert packs.is_dir()
        assert len(names(own_run)) == 1
    assert not packs.exists()

    scratch.remove_scratch()
    assert names(own_run) == []


def test_only_folders_of_the_dead_are_swept(own_run):
    mine = scratch.scratch_folder("fonts").parent
    dead = own_run / "gongkai-run-dead"
    dead.mkdir()
    (dead / "owner.lock").touch()
    unowned = own_run / "gongkai-run-unowned"
    unowned.mkdir()
    other = own_run / "other"
    other.mkdir()
    (other / "owner.lock").touch()
    (own_run / "gongkai-run-link").symlink_to(other)

    assert scratch.sweep_scratch(own_run) == [dead]
    assert names(own_run) == sorted([mine.name, "gongkai-run-link", "gongkai-run-unowned", "other"])
    assert (other / "owner.lock").exists()


def test_full_temporary_folder_is_told(own_run, monkeypatch):
    def full(**options: object) -> str:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(scratch.tempfile, "mkdtemp", full)
    with pytest.raises(FindingsError) as refused:
        scratch.scratch_folder("fonts")

    assert [finding.code for finding in refused.value.findings] == ["GK637"]
    assert "磁盘满了" in refused.value.findings[0].message


def test_disk_that_fills_up_while_fonts_are_put_there_is_told(own_run):
    with pytest.raises(FindingsError, match="磁盘满了"), scratch.filling():
        raise OSError(errno.ENOSPC, "full")
