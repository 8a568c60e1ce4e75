"""``gongkai audit``: finished documents, whoever made them, are read and what is wrong in them is told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .chinese import Command
from .ends import FINDINGS, OK
from .options import PACK_DIR, STRICT
from .system import processors

if TYPE_CHECKING:
    from gongkai.produce.audited import AuditSettings
    from gongkai.result import Result

REPORTS = ("text", "json", "sarif", "xlsx", "html", "pdf")
_FOR_PROGRAMS = ("json", "sarif")


@click.command("audit", cls=Command)
@click.argument("sources", nargs=-1, required=True, metavar="文件…")
@click.option("--pack", metavar="名称", help="照这个模板包的样子读；不写即照文件的标题和句子认。")
@PACK_DIR
@click.option("--last-year", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="这个单位上年的公开文件（PDF、DOCX、工作簿）：与它比上年数和原因。")  # fmt: skip
@click.option("--format", "format_", metavar="格式", type=click.Choice(REPORTS),
              help="报告的格式：text、json、sarif、xlsx（公开情况检查表）、html、pdf（在原来的 PDF 上标出）；"
              "不写即文字。")  # fmt: skip
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path),
              help="报告写到哪个文件（几份 PDF 的写到哪个文件夹）；没有写格式的，照文件名的结尾。")  # fmt: skip
@click.option("--workers", type=click.IntRange(min=1), metavar="个数", default=processors(),
              help="许多份一起审核时同时用几个进程；不写即处理器的个数。")  # fmt: skip
@STRICT
def audit(
    sources: Sequence[str], pack: str | None, pack_dirs: Sequence[Path], last_year: Path | None,
    format_: str | None, out: Path | None, workers: int, strict: bool,
) -> None:  # fmt: skip
    """审核做好的公开文件（PDF、DOCX、工作簿，不论是谁做的）：表和表、表和文字、文字本身，哪里不对。

    文件也可以是文件夹（连同下级文件夹）或带 * 的文件名；认不出、读不出的也说明，不猜。
    """
    from gongkai.produce.audited import AuditSettings

    suffix = out.suffix.lower().removeprefix(".") if out else ""
    format_ = format_ or (suffix if suffix in REPORTS else "text")
    files = _files(sources)
    if last_year is not None and len(files) > 1:
        raise click.UsageError("--last-year 是一个单位的上年文件，一次只能审核一份")
    settings = AuditSettings(pack, pack_dirs, strict, last_year)
    on_screen = format_ == "text" and out is None
    if format_ == "pdf":
        from .marked_documents import refuse_what_is_no_pdf, write_marked_documents

        refuse_what_is_no_pdf(files)
    results = _audited(files, settings, workers, on_screen=on_screen)
    if format_ == "pdf":
        write_marked_documents(results, out)
    elif not on_screen:
        from .report import deliver

        deliver(results, format_, out)
    if len(results) > 1 and not (out is None and format_ in _FOR_PROGRAMS):
        _tell_all(results)
    sys.exit(FINDINGS if any(result.failed for result in results) else OK)


def _files(sources: Sequence[str]) -> list[Path]:
    from gongkai.batch.documents import find_documents
    from gongkai.batch.errors import SourceError

    try:
        return find_documents(sources)
    except SourceError as error:
        raise click.UsageError(str(error)) from None


def _audited(files: Sequence[Path], settings: AuditSettings, workers: int, *, on_screen: bool) -> list[Result]:
    """What became of each, in the order of the files; shown as they come where the screen is to have them."""
    from gongkai.batch.audits import audit_all

    results = []
    for result in audit_all(files, settings, workers):
        if on_screen:
            _show(result)
        results.append(result)
    return results


def _show(result: Result) -> None:
    from .report import console, show_findings, summary

    errors = console(stderr=True)
    show_findings(result.findings, errors)
    said = summary(result.findings, result.hidden)
    if result.failed:
        errors.print(f"{result.file}：不通过（{said}）", style="bold red")
    else:
        click.echo(f"{result.file}：通过（{said}）")


def _tell_all(results: Sequence[Result]) -> None:
    from gongkai.reports.findings.together import together

    for line in together(results):
        click.echo(line)
