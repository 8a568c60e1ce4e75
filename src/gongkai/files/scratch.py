"""The one temporary folder of a run: made when it is needed, gone when the run is, however that ends."""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gongkai.findings import Finding, FindingsError, Level

from .refusals import REASONS

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:

    def _lock(handle: int) -> None:
        """Raises OSError where the lock is taken, or where the system has none: nobody's folder is swept then."""
        try:
            import fcntl
        except ImportError:
            raise OSError from None
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PREFIX = "gongkai-run-"
_LOCK = "owner.lock"
"""File that the owner of a run's folder keeps locked as long as it lives."""


@dataclass
class _Run:
    """The folder of this run, if there is one yet; the handle of its lock, unless it belongs to another process."""

    folder: Path | None = None
    handle: int = -1


_RUN = _Run()


def scratch_folder(name: str) -> Path:
    """A new folder within the run's, its name beginning so. Raises FindingsError when none can be made."""
    try:
        if _RUN.folder is None:
            _begin()
        assert _RUN.folder is not None, "just begun"
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_RUN.folder))
    except OSError as error:
        raise FindingsError([_refusal(error)]) from None


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """A folder within the run's for as long as it is needed. Raises FindingsError when none can be made."""
    folder = scratch_folder(name)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kept_folder(name: str, fill: Callable[[Path], None]) -> Path:
    """The folder of this name within the run's, filled by whoever asks first, and there until the run is over.

    The processes of a run share it; none sees it half filled. Raises FindingsError when it cannot be made.
    """
    if _RUN.folder is not None and (kept := _RUN.folder / name).is_dir():
        return kept
    made = scratch_folder(name)
    kept = made.with_name(name)
    try:
        with filling():
            fill(made)
            made.rename(kept)
    except FindingsError:
        shutil.rmtree(made, ignore_errors=True)
        if not kept.is_dir():  # another process was faster
            raise
    return kept


def run_folder() -> Path | None:
    """The folder of this run, to be handed to its worker processes."""
    return _RUN.folder


def share(folder: Path | None) -> None:
    """Put what is temporary into the folder of another process, which removes it whatever becomes of this one."""
    if folder is not None:
        _RUN.folder, _RUN.handle = folder, -1


@contextmanager
def filling() -> Iterator[None]:
    """Where libraries write into a folder of the run's. Raises FindingsError when the disk takes no more."""
    try:
        yield
    except OSError as error:
        if error.errno not in REASONS:
            raise
        raise FindingsError([_refusal(error)]) from None


def remove_scratch() -> None:
    """Remove the run's folder, if it is its own."""
    if _RUN.folder is None or _RUN.handle < 0:
        return
    folder, handle = _RUN.folder, _RUN.handle
    _RUN.folder, _RUN.handle = None, -1
    os.close(handle)
    shutil.rmtree(folder, ignore_errors=True)


def _begin() -> None:
    place = Path(tempfile.gettempdir())
    sweep_scratch(place)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    # Locked under another name first: whoever sees the lock sees it taken. On Windows an open file keeps its name.
    first = folder / (_LOCK if os.name == "nt" else f"{_LOCK}.new")
    handle = os.open(first, os.O_RDWR | os.O_CREAT, 0o600)
    with suppress(OSError):  # a system without locks
        _lock(handle)
    if os.name != "nt":
        first.rename(folder / _LOCK)
    _RUN.folder, _RUN.handle = folder, handle
    atexit.register(remove_scratch)


def sweep_scratch(place: Path) -> list[Path]:
    """Remove what runs of this user have left that were killed; returns it. Links and folders of others are let be."""
    left = [folder for folder in sorted(place.glob(f"{_PREFIX}*")) if _is_left(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return left


def _is_left(folder: Path) -> bool:
    """Whether a folder is of our making, and its owner lives no more."""
    with suppress(OSError):
        state = folder.lstat()
        if not stat.S_ISDIR(state.st_mode) or (hasattr(os, "getuid") and state.st_uid != os.getuid()):
            return False
        handle = os.open(folder / _LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        try:
            _lock(handle)
            return True
        finally:
            os.close(handle)
    return False


def _refusal(error: OSError) -> Finding:
    reason = REASONS.get(error.errno or 0, "没有一个临时文件夹写得进去")
    advice = "请腾出磁盘空间；或用环境变量 TMPDIR 指明另一个写得进去的文件夹"
    return Finding("GK637", Level.ERROR, f"写不了临时文件：{reason}", advice)
