"""``gongkai diff``: what changed between two documents or data files of one unit."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cli.chinese import Command
from gongkai.cli.ends import FINDINGS, OK
from gongkai.cli.options import PACK, PACK_DIR

if TYPE_CHECKING:
    from gongkai.source.printed.document import Printed


@click.command("diff", cls=Command)
@click.argument("before", metavar="前一个文件", type=click.Path(path_type=Path))
@click.argument("after", metavar="后一个文件", type=click.Path(path_type=Path))
@click.option("--format", "format_", metavar="格式", type=click.Choice(("text", "json")), default="text",
              show_default=True, help="文字（text）或 json。")  # fmt: skip
@PACK
@PACK_DIR
def diff(before: Path, after: Path, format_: str, pack: str | None, pack_dirs: Sequence[Path]) -> None:
    """两个文件有哪些不同：各表逐格，说明逐句。

    可以是做好的文件（.pdf、.docx、.xlsx），也可以是数据文件（.yaml、填报簿），各取一个：上年和本年、
    预算和决算、草稿和公开的、改过的 DOCX 和它的数据文件。没有不同的退出码是 0，有的是 1。
    """
    from gongkai.audit.compare.compare import compare
    from gongkai.cli.report import console, show_findings
    from gongkai.reports.compare import json_comparison, told

    comparison = compare(_read(before, pack, pack_dirs), _read(after, pack, pack_dirs))
    if format_ == "json":
        click.echo(json_comparison(comparison).encode("utf-8"), nl=False)
    else:
        show_findings(comparison.findings, console(stderr=True))
        for line in told(comparison):
            click.echo(line)
    sys.exit(OK if comparison.same else FINDINGS)


def _read(file: Path, pack: str | None, pack_dirs: Sequence[Path]) -> Printed:
    """What stands in a document, or will stand in that of a data file. Raises FindingsError for what cannot be read."""
    from gongkai.files.data_files import is_book, is_text
    from gongkai.source.printed.read import SUFFIXES, read_printed

    if file.suffix.lower() in SUFFIXES and not is_book(file):
        return read_printed(file)
    if file.suffix.lower() in SUFFIXES or is_text(file) or not file.exists():
        return _composed(file, pack, pack_dirs)
    return read_printed(file)


def _composed(file: Path, pack: str | None, pack_dirs: Sequence[Path]) -> Printed:
    """The document of a data file. Ends the run where there is none."""
    from gongkai.audit.compare.composed import composed
    from gongkai.cli.report import console, show_findings
    from gongkai.produce.unit import Settings, trace_unit
    from gongkai.reports.findings.report import summary

    result, tracing = trace_unit(file, Settings(Path(), (), pack, pack_dirs))
    if tracing is None:
        errors = console(stderr=True)
        show_findings(result.findings, errors)
        errors.print(f"{file}：对照不了（{summary(result.findings, result.hidden)}），请先改好这些", style="bold red")
        sys.exit(FINDINGS)
    return composed(tracing.document, str(file))
