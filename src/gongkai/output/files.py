"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
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
            staged.append((_stage(path, data), path))
        for temporary, path in staged:
            temporary.replace(path)
    except OSError as error:
        message = f"写不了文件：{error.strerror}"
        advice = "请核对文件夹的权限和磁盘空间；文件正在 Word 或 WPS 里打开的，请先关闭"
        finding = Finding("GK611", Level.ERROR, message, advice, place=Place(str(path)))
        raise FindingsError([finding]) from None
    finally:
        for temporary, _ in staged:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


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
