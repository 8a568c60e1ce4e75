"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from gongkai.findings import Finding, FindingsError, Level, Place

_OLD = ".old"
_RANDOM_LETTERS = 8
"""How many letters ``tempfile`` puts after our prefix."""


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write every file beside its place first, then put all of them there.

    Files that existed keep their content until everything new is safely written. Raises
    FindingsError when a folder cannot be made or a file cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, data in contents.items():
            with _refusals(path):
                _make_room(path)
                staged.append((_stage(path, data), path))
        with _refusals():
            _put(staged)
    finally:
        _remove(temporary for temporary, _ in staged)


def move_all(moves: Mapping[Path, Path]) -> None:
    """Put files that are written already, on the same disk, in their places: all or none.

    Raises FindingsError when a folder cannot be made or a file cannot be moved.
    """
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
                kept = path.with_name(f".{path.name}{_OLD}")
                _keep(path, kept)
                aside.append((kept, path))
            temporary.replace(path)
            new.append(path)
    except BaseException:
        restored = {path for _, path in aside}
        for kept, path in aside:
            kept.replace(path)
        # Two names of one file are not moved onto each other: the second name is left.
        _remove(kept for kept, _ in aside)
        _remove(path for path in new if path not in restored)
        raise
    _remove(kept for kept, _ in aside)


def _keep(path: Path, kept: Path) -> None:
    """Give a file a second name, so that there is one in its place at every moment."""
    kept.unlink(missing_ok=True)
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        path.replace(kept)


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
        name, dot, rest = file.name[1:].rpartition(".")
        if name not in names or not (f"{dot}{rest}" == _OLD or len(rest) == _RANDOM_LETTERS):
            continue
        with suppress(OSError):  # another user's: whoever writes the file itself will be told
            if f"{dot}{rest}" == _OLD and not (folder / name).exists():
                file.replace(folder / name)
            else:
                file.unlink()
                yield file


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink(missing_ok=True)


_REASONS = {
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
    errno.EROFS: "文件夹是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超过了磁盘限额",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
    errno.EEXIST: "路径里有一段是文件，不是文件夹",
    errno.EISDIR: "同名的是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
}


def _refusal(error: OSError, path: Path) -> Finding:
    reason = _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")
    advice = "请核对文件夹的权限和磁盘空间；文件正在 Word 或 WPS 里打开的，请先关闭"
    return Finding("GK611", Level.ERROR, f"写不了文件：{reason}", advice, place=Place(str(path)))


def _stage(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
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
