"""Findings and progress on the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from gongkai.findings import Finding, FindingsError, visible
from gongkai.reports.findings.report import as_text, summary, verdict
from gongkai.reports.findings.text import finding_lines

from .streams import Plain

if TYPE_CHECKING:
    from gongkai.result import Result

__all__ = ["console", "deliver", "show_findings", "summary"]

_STYLES = {
    "place": "bold", "错误": "bold red", "警告": "yellow", "提示": "blue", "豁免": "green", "quote": "dim",
    "advice": "cyan",
}  # fmt: skip
_IN_FILES_ONLY = {"xlsx": "公开情况检查表", "html": "公开情况检查"}
"""Formats that no terminal shows, and how their files are called."""


class _Screen(Console):
    """A console on which only its own colours are obeyed: what stands in names and texts is spelt out."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Lines of text, or texts whose pieces were spelt out already."""
        super().print(*(visible(item, lines=True) if isinstance(item, str) else item for item in objects), **options)


def console(*, stderr: bool = False) -> Console:
    """A console that colours only on a terminal and never wraps piped output."""
    stream = sys.stderr if stderr else sys.stdout
    on_terminal = stream.isatty()
    file = stream.obeyed if on_terminal and isinstance(stream, Plain) else None
    width = None if on_terminal else 10_000
    return _Screen(stderr=stderr, file=file, highlight=False, soft_wrap=True, width=width, markup=False)


def show_findings(findings: Sequence[Finding], out: Console) -> None:
    """One finding after another: place, level and code, message, and what to do."""
    for line in finding_lines(findings):
        out.print(Text.assemble(*((run.text, _STYLES.get(run.role, "")) for run in line)))


def show_engine(results: Sequence[Result], formats: Sequence[str], asked: str | None) -> bool:
    """Say, where pages were set, that this was by another engine than the usual one; whether any were set."""
    from gongkai.output.formats import engine_of

    paged = any(result.engine for result in results)
    if paged:
        show_findings(engine_of(formats, asked).notices, console(stderr=True))
    return paged


def deliver(results: Sequence[Result], format_: str, out: Path | None) -> None:
    """The report of a check in one file, or on the screen where a format can be read there.

    Raises click.UsageError when the file cannot be written.
    """
    from gongkai.reports.findings.formats import FORMATS

    data = FORMATS[format_]([as_text(result) for result in results])
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
        click.echo(f"{result.file}：{verdict(result)}")
    click.echo(f"写好了 {out}")


def _same(left: Path, right: Path) -> bool:
    return os.path.realpath(left) == os.path.realpath(right)
