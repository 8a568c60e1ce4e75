"""How a run ends: its exit code, and words in Chinese for whatever ended it."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

import click

from gongkai.files.refusals import REASONS, refusal_of
from gongkai.findings import FindingsError, Level

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
    except BaseException as error:  # a library may stop with something that is no Exception
        refusal = refusal_of(error)
        return _tell_bug(error) if refusal is None else _refuse(refusal.code, refusal.message, refusal.advice)
    return OK


def whole(code: int, streams: Streams) -> int:
    """The exit code of a run whose output may have been lost on the way: nobody must take a part for all."""
    sys.stdout.flush()
    if streams.lost is None:
        return code
    reason = REASONS.get(streams.lost.errno or 0, f"系统错误 {streams.lost.errno}")
    _refuse("GK634", f"要显示的没有写全：{reason}", "请核对输出转到的文件和磁盘空间，再运行一次")
    return code or USAGE


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
