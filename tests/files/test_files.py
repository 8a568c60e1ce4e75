"""Files appear whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.files.write import write_all
from gongkai.findings import FindingsError, Level


def left_in(folder: Path) -> dict[str, bytes]:
    """Every file in a folder and below, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fail_on(call: int, error: OSError) -> Callable[..., None]:
    """A stand-in for a function whose n-th call fails."""
    calls = 0

    def count(*args: object, **kwargs: object) -> None:
        nonlocal calls
        calls += 1
        if calls == call:
            raise error

    return count


def before(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, watch: Callable[..., None]) -> None:
    """Let ``watch`` run, and perhaps fail, before a function does its work."""
    original = getattr(owner, name)

    def both(*args: object, **kwargs: object) -> object:
        watch(*args, **kwargs)
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, both)


FULL = OSError(errno.ENOSPC, "No space left on device")
DENIED = PermissionError(errno.EACCES, "Permission denied")


@pytest.fixture
def published(tmp_path: Path) -> dict[Path, bytes]:
    """Last month's files, which the public reads."""
    contents = {tmp_path / f"单位.{suffix}": f"上月的 {suffix}".encode() for suffix in ("pdf", "docx", "html")}
    for path, data in contents.items():
        path.write_bytes(data)
    return contents


def new(published: dict[Path, bytes]) -> dict[Path, bytes]:
    return {path: b"new " + data for path, data in published.items()}


def test_all_files_are_written_into_folders_that_did_not_exist(tmp_path):
    contents = {tmp_path / "甲" / "乙" / "单位.pdf": b"%PDF", tmp_path / "甲" / "单位.docx": b"PK"}

    write_all(contents)

    assert left_in(tmp_path) == {"甲/乙/单位.pdf": b"%PDF", "甲/单位.docx": b"PK"}


def test_files_that_exist_are_replaced(published, tmp_path):
    write_all(new(published))

    assert left_in(tmp_path) == {path.name: data for path, data in new(published).items()}


@pytest.mark.parametrize("call", [1, 2, 3])
@pytest.mark.parametrize(
    ("name", "error"),
    [("fsync", FULL), ("fdopen", DENIED)],
    ids=["disk full", "cannot open"],
)
def test_failure_while_writing_leaves_everything_as_it_was(name, error, call, published, tmp_path, monkeypatch):
    before(monkeypatch, os, name, fail_on(call, error))

    with pytest.raises(FindingsError):
        write_all(new(published))

    assert left_in(tmp_path) == {path.name: data for path, data in published.items()}


@pytest.mark.parametrize("call", [1, 2, 3])
def test_folder_that_takes_no_new_file_leaves_everything_as_it_was(call, published, tmp_path, monkeypatch):
    before(monkeypatch, tempfile, "mkstemp", fail_on(call, DENIED))

    with pytest.raises(FindingsError):
        write_all(new(published))

    assert left_in(tmp_path) == {path.name: data for path, data in published.items()}


@pytest.mark.parametrize("call", [1, 2, 3])
def test_failure_while_putting_files_in_place_leaves_one_state_or_the_other(call, published, tmp_path, monkeypatch):
    """A file that Word holds open cannot be replaced: what was replaced before it must go back."""
    held = PermissionError(errno.EACCES, "The process cannot access the file")
    before(monkeypatch, Path, "replace", fail_on(call, held))

    with pytest.raises(FindingsError):
        write_all(new(published))

    assert left_in(tmp_path) == {path.name: data for path, data in published.items()}


def test_interruption_leaves_no_temporary_file(published, tmp_path, monkeypatch):
    before(monkeypatch, os, "fsync", fail_on(2, KeyboardInterrupt()))  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        write_all(new(published))

    assert left_in(tmp_path) == {path.name: data for path, data in published.items()}


def test_failure_is_a_finding_that_names_the_file_and_what_to_do(published, monkeypatch):
    before(monkeypatch, os, "fsync", fail_on(2, FULL))

    with pytest.raises(FindingsError) as caught:
        write_all(new(published))

    [finding] = caught.value.findings
    assert (finding.code, finding.level) == ("GK611", Level.ERROR)
    assert finding.place is not None
    assert finding.place.file == str(list(published)[1])
    assert "磁盘空间" in finding.advice


def test_reason_of_a_failure_is_told_in_chinese(published, monkeypatch):
    before(monkeypatch, os, "fsync", fail_on(1, FULL))

    with pytest.raises(FindingsError) as caught:
        write_all(new(published))

    assert "No space" not in caught.value.findings[0].message


def test_folder_that_cannot_be_made_is_a_finding(tmp_path):
    (tmp_path / "文件").write_bytes(b"")

    with pytest.raises(FindingsError):
        write_all({tmp_path / "文件" / "单位.pdf": b"%PDF"})

    assert left_in(tmp_path) == {"文件": b""}


def test_drive_that_was_taken_away_is_a_finding_in_words(tmp_path, monkeypatch):
    def gone(*_args, **_named):
        raise FileNotFoundError(errno.ENOENT, "gone")

    monkeypatch.setattr(Path, "mkdir", gone)
    with pytest.raises(FindingsError) as caught:
        write_all({tmp_path / "盘" / "甲.pdf": b"x"})

    assert caught.value.findings[0].message == "写不了文件：没有这个盘或文件夹，这里也建不了"


def test_folder_in_the_place_of_a_file_is_a_finding(tmp_path):
    (tmp_path / "单位.pdf").mkdir()

    with pytest.raises(FindingsError):
        write_all({tmp_path / "单位.docx": b"PK", tmp_path / "单位.pdf": b"%PDF"})

    assert left_in(tmp_path) == {}
    assert (tmp_path / "单位.pdf").is_dir()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_mode_of_a_file_that_exists_is_kept(mode, tmp_path):
    file = tmp_path / "单位.pdf"
    file.write_bytes(b"old")
    file.chmod(mode)

    write_all({file: b"new"})

    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_new_file_gets_the_mode_that_the_users_mask_asks_for(umask, mode, tmp_path):
    file = tmp_path / "单位.pdf"
    earlier = os.umask(umask)
    try:
        write_all({file: b"%PDF"})
    finally:
        assert os.umask(earlier) == umask

    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_nothing_to_write_is_no_mistake(tmp_path):
    write_all({})

    assert left_in(tmp_path) == {}
