"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from gongkai.findings import Finding, FindingsError, Level, Place

from .data_files import OLD_BOOKS, is_book, is_text
from .read import was_read
from .refusals import REASONS

_REASONS = {**REASONS, errno.ENOENT: "没有这个盘或文件夹，这里也建不了"}
"""Elsewhere a file that is not there is no refusal of the system's; here it is a drive that was taken away."""
_INHERITED = range(1, 10)
"""Handles that a shell may have opened for us: standard output, standard error, and a few more."""

_MARK = ".gongkai-"
_OLD = ".old"
_OURS = re.compile(r"\.(?P<name>.+)\.gongkai-[a-z0-9_]{8}(\.old)?")
"""What we put beside a file while it is written: nobody else names a file so."""


def write_all(contents: Mapping[Path, bytes], *, over_books: bool = False, over_sources: bool = False) -> None:
    """Write every file beside its place first, then put all of them there; readers see the old or the new at any time.

    Files that existed keep their content until everything new is safely written; a link stays, and what it leads to
    is written. A device or a FIFO is written to, and never replaced. Raises FindingsError when a folder cannot be
    made or a file cannot be written, and for a file that this run has read, or that is a data file; with
    ``over_books`` the one who calls has made sure that nothing in a fill-in book is lost, with ``over_sources`` that
    these very files are to be changed.
    """
    staged: list[tuple[Path, Path]] = []
    streams: dict[Path, bytes] = {}
    spared = [path for path in contents if not over_sources and _is_spared(path, over_books=over_books)]
    if spared:
        raise FindingsError([_of_input(path) for path in spared])
    try:
        for path, data in contents.items():
            with _refusals(path):
                if _is_stream(path):
                    streams[path] = data
                    continue
                _make_room(path)
                place = _real(path)
                staged.append((_stage(place, data), place))
        for path, data in streams.items():
            with _refusals(path):
                _pour(path, data)
        with _refusals():
            _put(staged)
    finally:
        _remove(temporary for temporary, _ in staged)


def _is_spared(path: Path, *, over_books: bool) -> bool:
    """Whether nothing may be written over what stands at a path."""
    if over_books and path.exists() and is_book(path):
        return False
    return was_read(path) or _is_data(path)


def _is_data(path: Path) -> bool:
    """Whether a clerk's file stands there: only a command whose purpose that is may change one."""
    if not path.exists() or _inherited(path) is not None:
        return False
    names = (path, Path(os.path.realpath(path)))
    return any(is_text(name) or name.suffix.lower() in OLD_BOOKS for name in names) or is_book(path)


def _is_stream(path: Path) -> bool:
    """Whether what stands there takes bytes and keeps none: a terminal, /dev/null, a FIFO. Raises for a disk.

    So does our own output under the name that the system gives it, even where it goes into a file.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if _inherited(path) is not None:
        return True
    if stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise OSError(errno.ENODEV, "", str(path))
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _pour(path: Path, data: bytes) -> None:
    """Write to what is no file; a FIFO that nobody reads refuses, and is not waited for."""
    own = _inherited(path)
    if own is not None:
        sys.stdout.flush()  # what was printed before comes before
        handle = os.dup(own)
    else:
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
        if sys.platform != "win32":  # where nothing was opened so
            os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)


def _inherited(path: Path) -> int | None:
    """Our own handle that a name like /dev/stdout stands for: a log to which it was sent is added to, not replaced."""
    if path.absolute().parts[1:2] not in {("dev",), ("proc",)}:
        return None
    for handle in _INHERITED:
        with suppress(OSError):
            state = os.fstat(handle)
            if os.path.samestat(state, path.stat()) and not stat.S_ISCHR(state.st_mode):
                return handle
    return None


def _real(path: Path) -> Path:
    """Where a link leads; another path as it is written, for messages."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def move_all(moves: Mapping[Path, Path]) -> None:
    """Put files that are written already, on the same disk, in their places: all or none.

    Raises FindingsError when a folder cannot be made or a file cannot be moved.
    """
    spared = [path for path in moves.values() if was_read(path) or _is_data(path)]
    if spared:
        raise FindingsError([_of_input(path) for path in spared])
    for path in moves.values():
        with _refusals(path):
            _make_room(path)
    with _refusals():
        _put(list(moves.items()))


def _make_room(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "", str(path))


@contextmanager
def _refusals(path: Path = Path()) -> Iterator[None]:
    """What the system refuses as a finding about the file that it names, or else about ``path``."""
    try:
        yield
    except OSError as error:
        raise FindingsError([_refusal(error, Path(error.filename2 or error.filename or path))]) from None


def _put(staged: Sequence[tuple[Path, Path]]) -> None:
    """Move every staged file to its place; when one cannot be moved, the old ones come back."""
    aside: list[tuple[Path, Path]] = []
    new: list[Path] = []
    try:
        for temporary, path in staged:
            if path.exists():
                kept = temporary.with_name(f"{temporary.name}{_OLD}")
                aside.append((kept, path))
                _keep(path, kept)
            temporary.replace(path)
            new.append(path)
    except BaseException:
        restored = {path for _, path in aside}
        for kept, path in aside:
            with suppress(FileNotFoundError):  # the file stood where it is when keeping it failed
                kept.replace(path)
        # Two names of one file are not moved onto each other: the second name is left.
        _remove(kept for kept, _ in aside)
        _remove(path for path in new if path not in restored)
        raise
    _remove(kept for kept, _ in aside)


def _keep(path: Path, kept: Path) -> None:
    """Give a file a second name, so that there is one in its place at every moment."""
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)


def sweep(paths: Iterable[Path]) -> list[Path]:
    """Tidy up beside these files after a process that was killed while it wrote them; returns what was removed.

    To be called only when nobody else is writing them.
    """
    folders: dict[Path, set[str]] = {}
    for path in paths:
        folders.setdefault(path.parent, set()).add(path.name)
    return [file for folder, names in folders.items() for file in _swept(folder, names)]


def _swept(folder: Path, names: Set[str]) -> Iterator[Path]:
    for file in sorted(folder.glob(".*")):
        ours = _OURS.fullmatch(file.name)
        if ours and ours["name"] in names:
            with suppress(OSError):  # another user's: whoever writes the file itself will be told
                file.unlink()
                yield file


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def _refusal(error: OSError, path: Path) -> Finding:
    reason = _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")
    advice = "请核对文件夹的权限和磁盘空间；文件正在 Word 或 WPS 里打开的，请先关闭"
    return Finding("GK611", Level.ERROR, f"写不了文件：{reason}", advice, place=Place(str(path)))


def _of_input(path: Path) -> Finding:
    what = "它是数据文件" if _is_data(path) else "这次运行读过它"
    advice = "请换一个文件名或文件夹：生成的文件不覆盖数据文件和读过的文件"
    return Finding("GK612", Level.ERROR, f"不能写在这个文件上：{what}", advice, place=Place(str(path)))


def _stage(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}{_MARK}", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        temporary.chmod(mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
