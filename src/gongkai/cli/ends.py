"""How a run ends: its exit code, and words in Chinese for whatever ended it."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable

import click

from gongkai.files.write import REASONS
from gongkai.findings import FindingsError, Level, visible

from .streams import Streams

OK, FINDINGS, USAGE, OWN_BUG = 0, 1, 2, 70


def code_of(run: Callable[[], object]) -> int:
    """Run a command; its exit code."""
    try:
        os.getcwd()  # noqa: PTH109 - only whether there is one
    except OSError:
        return _refuse("GK635", "当前文件夹已经不在了，或者进不去", "请先用 cd 进入一个还在的文件夹")
    try:
        run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else OK
    except KeyboardInterrupt:
        click.echo("中断了", err=True)
        return FINDINGS
    except FindingsError as error:
        for finding in error.findings:
            where = f"{finding.place}：" if finding.place else ""
            _refuse(finding.code, f"{where}{finding.message}", finding.advice)
        return FINDINGS
    except MemoryError:
        return _refuse("GK636", REASONS[errno.ENOMEM], "请关闭别的程序，或换一台内存大些的机器")
    except BaseException as error:  # a library may stop with something that is no Exception
        reason = _reason(error)
        return _tell_bug(error) if reason is None else _refuse_system(error, reason)
    return OK


def whole(code: int, streams: Streams) -> int:
    """The exit code of a run whose output may have been lost on the way: nobody must take a part for all."""
    sys.stdout.flush()
    if streams.lost is None:
        return code
    reason = REASONS.get(streams.lost.errno or 0, f"系统错误 {streams.lost.errno}")
    _refuse("GK634", f"要显示的没有写全：{reason}", "请核对输出转到的文件和磁盘空间，再运行一次")
    return code or USAGE


_HANDLES = os.strerror(errno.EMFILE)


def _reason(error: BaseException) -> str | None:
    """Why the system refused; None where it was not the system. Libraries that are loaded late say it in words."""
    if isinstance(error, OSError) and error.errno in REASONS:
        return REASONS[error.errno]
    told = isinstance(error, (OSError, ImportError)) and _HANDLES in str(error)
    return REASONS[errno.EMFILE] if told else None


def _refuse_system(error: BaseException, reason: str) -> int:
    name = getattr(error, "filename", None)
    where = f"{visible(os.fsdecode(name))}：" if isinstance(name, (str, bytes)) else ""
    return _refuse("GK636", f"{where}{reason}", "请核对文件名、权限、磁盘空间，以及 ulimit -n（能同时打开几个文件）")


def _refuse(code: str, message: str, advice: str) -> int:
    click.echo(f"{Level.ERROR} {code} {message}\n    → {advice}", err=True)
    return USAGE


def _tell_bug(error: BaseException) -> int:
    """The words of the exception stay here, and the lines of what ran: they may quote what is secret."""
    for frame in traceback.extract_tb(error.__traceback__):
        click.echo(f"  {frame.filename}:{frame.lineno} in {frame.name}", err=True)
    click.echo(type(error).__name__, err=True)
    click.echo("程序出错了，这不是数据文件的问题。请把上面的信息反馈给开发者。", err=True)
    return OWN_BUG
