"""Where the highlighted copies of audited documents are written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from gongkai.batch.documents import AUDITED
from gongkai.files.write import write_all
from gongkai.findings import FindingsError, visible
from gongkai.reports.findings.pdf import pdf_report
from gongkai.reports.findings.report import verdict
from gongkai.result import Result

from .report import console, show_findings

_PDF = ".pdf"


def refuse_what_is_no_pdf(files: Sequence[Path]) -> None:
    """Only a PDF can be highlighted. Raises click.UsageError where none is."""
    if not any(_is_pdf(file) for file in files):
        raise click.UsageError("--format pdf 是在原来的 PDF 上标出，这里没有 PDF；请换 --format xlsx 或 html")


def write_marked_documents(results: Sequence[Result], out: Path | None) -> None:
    """A copy of every PDF that could be read: into the file, or, of several documents, below the folder ``out``.

    What is no PDF has its findings on the screen. Raises click.UsageError when a copy cannot be written.
    """
    places = _places(results, out)
    copies: dict[Path, bytes] = {}
    for result in results:
        try:
            if _is_pdf(result.path) and result.kind:
                copies[places[result.path]] = pdf_report(result)
            else:
                show_findings(result.findings, console(stderr=True))
        except FindingsError as error:
            show_findings(error.findings, console(stderr=True))
    try:
        write_all(copies)
    except FindingsError as error:
        raise click.UsageError(str(error)) from None
    for result in results:
        click.echo(f"{result.file}：{verdict(result)}")
    for place in copies:
        click.echo(f"写好了 {visible(str(place))}")


def _places(results: Sequence[Result], out: Path | None) -> dict[Path, Path]:
    """Where the copy of each document goes; sub-folders stay."""
    if len(results) == 1:
        path = results[0].path
        place = out or Path(f"{path.stem}{AUDITED}{_PDF}")
        if os.path.realpath(place) == os.path.realpath(path):
            raise click.UsageError(f"{place} 是审核的文件，不能写在上面，请换一个文件名")
        return {path: place}
    if out is not None and out.suffix.lower() == _PDF:
        raise click.UsageError(f"有 {len(results)} 份文件，-o 请写一个文件夹")
    parents = [os.path.abspath(result.path.parent) for result in results]  # noqa: PTH100 - links stay as they are
    common = os.path.commonpath(parents)
    below = [os.path.relpath(parent, common) for parent in parents]
    return {
        result.path: (out or Path(AUDITED.strip("-"))) / folder / f"{result.path.stem}{AUDITED}{_PDF}"
        for result, folder in zip(results, below, strict=True)
    }


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() == _PDF
