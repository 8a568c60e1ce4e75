"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from gongkai.findings import Finding, FindingsError, Level, Place


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write every file beside its place first, then put all of them there.

    Files that existed keep their content until everything new is safely written. Raises
    FindingsError when a folder cannot be made or a file cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, data in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "", str(path))
            staged.append((_stage(path, data), path))
        _put(staged)
    except OSError as error:
        raise FindingsError([_refusal(error, Path(error.filename2 or error.filename or path))]) from None
    finally:
        _remove(temporary for temporary, _ in staged)


def _put(staged: Sequence[tuple[Path, Path]]) -> None:
    """Move every staged file to its place; when one cannot be moved, the old ones come back."""
    aside: list[tuple[Path, Path]] = []
    new: list[Path] = []
    try:
        for temporary, path in staged:
            if path.exists():
                kept = temporary.with_suffix(".old")
                path.rename(kept)
                aside.append((kept, path))
            temporary.replace(path)
            new.append(path)
    except OSError:
        _remove(new)
        for kept, path in aside:
            kept.rename(path)
        raise
    _remove(kept for kept, _ in aside)


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
