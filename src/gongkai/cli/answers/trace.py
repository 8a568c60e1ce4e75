"""``gongkai trace``: where a printed figure comes from, down to the places in the data file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from gongkai.cli.chinese import Command
from gongkai.cli.ends import FINDINGS, OK
from gongkai.cli.options import EDITION, PACK, PACK_DIR
from gongkai.cli.report import console, show_findings
from gongkai.produce.unit import Settings, trace_unit
from gongkai.reports.findings.report import summary
from gongkai.reports.trace import Told, json_trace
from gongkai.trace.asked import find
from gongkai.trace.words import told


@click.command("trace", cls=Command)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.argument("wanted", nargs=-1, required=True, metavar="要查的…")
@click.option("--format", "format_", metavar="格式", type=click.Choice(("text", "json")), default="text",
              show_default=True, help="文字（text）或 json。")  # fmt: skip
@PACK
@EDITION
@PACK_DIR
def trace(
    file: Path, wanted: Sequence[str], format_: str, pack: str | None, edition: int | None, pack_dirs: Sequence[Path]
) -> None:
    """一个数从哪里来：公开文件上的一个数由数据文件里的哪些数加减得出，各在第几行（哪张表、哪一格）。

    要查的可以写几个：表5:合计、表5:2010301:基本支出（表、行、列；表写编号或名称，行写名称或科目编码）；
    287.46（印出这个数的每一处）；机关运行经费（有这几个字的句子里的数）。
    """
    result, tracing = trace_unit(file, Settings(Path(), (), pack, pack_dirs, edition=edition))
    errors = console(stderr=True)
    if tracing is None:
        show_findings(result.findings, errors)
        errors.print(f"{file}：查不了（{summary(result.findings, result.hidden)}），请先改好这些", style="bold red")
        sys.exit(FINDINGS)
    if result.failed:
        errors.print(f"{file}：核对没有通过（{summary(result.findings, result.hidden)}），见 gongkai check")
    answers = []
    for asked in wanted:
        answer = find(asked, tracing.amounts)
        found = [(printed, tracing.sources.origin(printed.figure)) for printed in answer.found]
        answers.append(Told(asked, found, answer.near))
        if not answer.found:
            near = f"；相近的{answer.what}：{'、'.join(answer.near)}" if answer.near else ""
            errors.print(f"没有找到“{asked}”{near}", style="yellow")
    if format_ == "json":
        click.echo(json_trace(str(file), answers).encode("utf-8"), nl=False)
    else:
        for line in (line for each in answers for line in told(each.found)):
            click.echo(line)
    sys.exit(OK if all(each.found for each in answers) else FINDINGS)
