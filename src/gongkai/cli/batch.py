"""``gongkai batch``: the documents of many units, in parallel, to be continued where it was broken off."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.findings import FindingsError, Level

from .chinese import Command
from .ends import FINDINGS, OK
from .options import EDITION, ENGINE, FORMAT, NAME, PACK, PACK_DIR, STRICT
from .system import processors

if TYPE_CHECKING:
    from rich.console import Console

    from gongkai.batch.jobs import Job
    from gongkai.batch.run import BatchSettings
    from gongkai.reports.batch.outcomes import Report


@click.command("batch", cls=Command)
@click.argument("sources", nargs=-1, required=True, metavar="来源…")
@click.option("-o", "--out", required=True, metavar="文件夹",
              type=click.Path(path_type=Path, file_okay=False), help="写到哪个文件夹。")  # fmt: skip
@FORMAT
@click.option("--workers", type=click.IntRange(min=1), metavar="个数", default=processors(),
              help="同时用几个进程；不写即处理器的个数。")  # fmt: skip
@click.option("--recycle", type=click.IntRange(min=1), metavar="个数", default=50, show_default=True,
              help="每个进程做多少个单位后换新，免得占用的内存越来越多。")  # fmt: skip
@click.option("--timeout", type=click.IntRange(min=1), metavar="秒", default=1800, show_default=True,
              help="一个单位最多做多久；到时还没有做完的记为失败。")  # fmt: skip
@click.option("--resume", is_flag=True, help="接着做：数据、模板包和程序都没变、文件也还在的单位不再做。")
@click.option("--scheduler", metavar="地址", help="交给这个 Dask 调度器的集群去做，如 tcp://10.0.0.1:8786。")
@click.option("--shared", is_flag=True, help="集群的每台机器直接写到共享文件夹里，不传回来。")
@PACK
@EDITION
@PACK_DIR
@STRICT
@NAME
@ENGINE
def batch(
    sources: Sequence[str], out: Path, formats: tuple[str, ...], workers: int, recycle: int, timeout: int,
    resume: bool, scheduler: str | None, shared: bool, pack: str | None, edition: int | None,
    pack_dirs: Sequence[Path], strict: bool, name: str, engine: str | None,
) -> None:  # fmt: skip
    """一次生成许多单位的公开文件；一个单位有错，不影响别的单位。

    来源可以是文件夹（连同下级文件夹）、带 * 的文件名、一行写一个文件的清单，或数据文件本身。
    按 Ctrl-C 一次，做完手上的就停；再按一次，立即停。
    """
    from gongkai.batch.errors import SourceError
    from gongkai.batch.jobs import find_jobs
    from gongkai.batch.run import BatchSettings
    from gongkai.produce.naming import Naming
    from gongkai.reports.batch.report import RESERVED

    if shared and scheduler is None:
        raise click.UsageError("--shared 要和 --scheduler 一起用")
    try:
        jobs = find_jobs(sources, RESERVED)
    except SourceError as error:
        raise click.UsageError(str(error)) from None
    settings = BatchSettings(
        out, formats, pack, pack_dirs, strict, edition, Naming(name), engine,
        workers=workers, recycle=recycle, timeout=timeout, resume=resume, scheduler=scheduler, shared=shared,
    )  # fmt: skip
    try:
        sys.exit(_run(jobs, settings))
    except FindingsError as error:
        from .report import console, show_findings

        show_findings(error.findings, console(stderr=True))
        sys.exit(FINDINGS)


def _run(jobs: Sequence[Job], settings: BatchSettings) -> int:
    """The exit code of a batch. Raises FindingsError when nothing can be written."""
    from gongkai.batch.errors import BusyError, ClusterError
    from gongkai.batch.run import run_batch
    from gongkai.batch.stop import listening

    from .progress import BatchProgress
    from .report import console

    screen = console(stderr=True)
    progress = BatchProgress(len(jobs), screen)
    try:
        with listening(progress.stopping) as stop:  # until the reports are written
            with progress.showing():
                report = run_batch(jobs, settings, stop, progress)
            if stop.requested:
                screen.print("中断了：已做好的都在，加 --resume 接着做", style="yellow")
            return OK if _tell(report, settings.out, screen) and report.complete else FINDINGS
    except BusyError:
        raise click.UsageError(f"另一个批量任务正在写 {settings.out}，请等它做完，或换一个文件夹") from None
    except ClusterError as error:
        raise click.UsageError(str(error)) from None


def _tell(report: Report, out: Path, screen: Console) -> bool:
    """The end of a batch: what was done, and where it is told in full. Whether that could be written."""
    from gongkai.reports.batch.report import write_reports
    from gongkai.reports.batch.text import summary

    from .report import show_findings

    findings = [finding for finding in report.findings if finding.level is not Level.HINT]  # told at the beginning
    reports: list[Path] = []
    try:
        reports = write_reports(report, out)
    except FindingsError as error:
        findings += error.findings
    with suppress(OSError):
        show_findings(findings, screen)
        screen.print(summary(report), style=None if report.complete else "bold red")
        for path in reports:
            click.echo(str(path))
    return bool(reports)
