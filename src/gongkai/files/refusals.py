"""What the system refuses, in the clerk's words: no file, no room, no right to write."""

from __future__ import annotations

import errno
import os

from gongkai.findings import Finding, Level, visible

REASONS = {
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
    errno.EROFS: "文件夹是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超过了磁盘限额",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
    errno.EEXIST: "路径里有一段是文件，不是文件夹",
    errno.EISDIR: "同名的是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENODEV: "这不是文件，是磁盘或套接字",
    errno.ENXIO: "没有程序在读这个管道",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EIO: "磁盘或终端出了故障",
}

_HANDLES = os.strerror(errno.EMFILE)


def refusal_of(error: BaseException) -> Finding | None:
    """The finding (GK636) for an exception that the system is to blame for; None where it was not the system."""
    if isinstance(error, MemoryError):
        return _finding(REASONS[errno.ENOMEM], "请关闭别的程序，或换一台内存大些的机器")
    reason = _reason(error)
    if reason is None:
        return None
    name = getattr(error, "filename", None)
    where = f"{visible(os.fsdecode(name))}：" if isinstance(name, (str, bytes)) else ""
    return _finding(f"{where}{reason}", "请核对文件名、权限、磁盘空间，以及 ulimit -n（能同时打开几个文件）")


def _reason(error: BaseException) -> str | None:
    """Libraries that are loaded late tell of too few handles in words only."""
    if isinstance(error, OSError) and error.errno in REASONS:
        return REASONS[error.errno]
    told = isinstance(error, (OSError, ImportError)) and _HANDLES in str(error)
    return REASONS[errno.EMFILE] if told else None


def _finding(message: str, advice: str) -> Finding:
    return Finding("GK636", Level.ERROR, message, advice)
