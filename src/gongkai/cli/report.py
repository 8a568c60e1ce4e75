"""Findings and progress on the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from gongkai.findings import Finding, FindingsError
from gongkai.reports.report import summary
from gongkai.reports.text import finding_lines

if TYPE_CHECKING:
    from gongkai.batch.unit import UnitResult

__all__ = ["console", "deliver", "show_findings", "summary"]

_STYLES = {
    "place": "bold", "错误": "bold red", "警告": "yellow", "提示": "blue", "豁免": "green", "quote": "dim",
    "advice": "cyan",
}  # fmt: skip
_IN_FILES_ONLY = {"xlsx": "公开情况检查表", "html": "公开情况检查"}
"""Formats that no terminal shows, and how their files are called."""


class _Patient(Console):
    """A console that goes on without being read, so that what was asked for is finished all the same."""

    def on_broken_pipe(self) -> None:
        """Whoever read has gone, as ``tee`` does at Ctrl-C: from now on nothing is printed."""
        self.quiet = True
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())


def console(*, stderr: bool = False, patient: bool = False) -> Console:
    """A console that colours only on a terminal and never wraps piped output; ``patient`` outlives its reader."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 10_000
    return (_Patient if patient else Console)(stderr=stderr, highlight=False, soft_wrap=True, width=width, markup=False)


def show_findings(findings: Sequence[Finding], out: Console) -> None:
    """One finding after another: place, level and code, message, and what to do."""
    for line in finding_lines(findings):
        out.print(Text.assemble(*((run.text, _STYLES.get(run.role, "")) for run in line)))


def deliver(results: Sequence[UnitResult], format_: str, out: Path | None) -> None:
    """The report of a check in one file, or on the screen where a format can be read there.

    Raises click.UsageError when the file cannot be written.
    """
    from gongkai.batch.unit import report_of
    from gongkai.reports.formats import FORMATS

    data = FORMATS[format_]([report_of(result) for result in results])
    if out is None and format_ in _IN_FILES_ONLY:
        name = _IN_FILES_ONLY[format_]
        out = Path(f"{results[0].path.stem}-{name}.{format_}" if len(results) == 1 else f"{name}.{format_}")
    if out is None:
        on_screen = format_ == "text"
        # What programs read is UTF-8 whatever the screen's characters.
        click.echo(data.decode("utf-8") if on_screen else data, nl=False)
        return
    from gongkai.files.write import write_all

    if any(_same(out, result.path) for result in results):
        raise click.UsageError(f"{out} 是数据文件，不能写在上面，请换一个文件名")
    try:
        write_all({out: data})
    except FindingsError as error:
        raise click.UsageError(f"{out}：{error}") from None
    for result in results:
        click.echo(f"{result.path}：{report_of(result).verdict}")
    click.echo(f"写好了 {out}")


def _same(left: Path, right: Path) -> bool:
    return left.resolve() == right.resolve()
