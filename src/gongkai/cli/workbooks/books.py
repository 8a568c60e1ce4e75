"""The commands of workbooks: new, convert, mark, import."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from gongkai.cli.chinese import Command
from gongkai.cli.ends import FINDINGS, OK
from gongkai.cli.options import EDITION, PACK, PACK_DIR, STRICT
from gongkai.files.data_files import BOOKS
from gongkai.kinds import KINDS, USUAL

if TYPE_CHECKING:
    from gongkai.findings import Finding

KIND = click.option(
    "--kind", metavar="文种", type=click.Choice([*KINDS]), default=None, help=f"写哪一种：{' 或 '.join(KINDS)}。"
)


@click.command(cls=Command)
@click.argument("file", metavar="[文件]", type=click.Path(path_type=Path), required=False)
@KIND
@PACK
@click.option("--last-year", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="上年的数据文件，或公开的文件（.pdf、.docx）：上年数、科目、文字和项目由它填好。")  # fmt: skip
@PACK_DIR
def new(
    file: Path | None, kind: str | None, pack: str | None, last_year: Path | None, pack_dirs: Sequence[Path]
) -> None:
    """写一份空的数据文件，照着填：填报簿（.xlsx），或带说明的样表（.yaml）。已有同名文件时不覆盖。"""
    from gongkai.findings import FindingsError

    file = file or Path(f"{kind or USUAL}.xlsx")
    if file.exists():
        raise click.UsageError(f"{file} 已经有了，换一个文件名")
    try:
        data = _starter(file, kind, pack, last_year, pack_dirs)
    except FindingsError as error:
        stop(error.findings)
    _write(file, data)
    click.echo(f"写好了 {file}。填好后运行：gongkai render {file}")


def _starter(
    file: Path, kind: str | None, pack: str | None, last_year: Path | None, pack_dirs: Sequence[Path]
) -> bytes:
    if last_year is None and file.suffix.lower() not in BOOKS:
        sample = (files("gongkai.cli") / KINDS[kind or USUAL].starter).read_bytes()
        return sample if pack is None else _sample_of_pack(sample, kind or USUAL, pack, pack_dirs)
    from gongkai.book.convert import file_bytes
    from gongkai.book.last_year import last_year_of
    from gongkai.book.starter import blank_data, data_after
    from gongkai.cli.report import console, show_findings
    from gongkai.produce.models import models_of_packs

    models = models_of_packs(pack_dirs, needed=True)
    if last_year is None:
        return file_bytes(file, blank_data(kind or USUAL, pack), models=models)
    last = last_year_of(last_year, models, pack)
    show_findings(last.findings, console(stderr=True))
    if kind not in {None, last.model.kind}:
        raise click.UsageError(f"{last_year} 是{last.model.kind}，不能从它写{kind}")
    return file_bytes(file, data_after(last, file.parent, pack), models=models)


def _sample_of_pack(sample: bytes, kind: str, pack: str, pack_dirs: Sequence[Path]) -> bytes:
    """The sample with the facts of a pack. Raises FindingsError."""
    from gongkai.book.sample import sample_of_pack
    from gongkai.packs.open import ANY_YEAR, model_of_pack

    model = model_of_pack(pack, kind, ANY_YEAR, pack_dirs)
    return sample_of_pack(sample.decode("utf-8"), pack, model).encode("utf-8")


@click.command(cls=Command)
@click.argument("source", metavar="数据文件", type=click.Path(path_type=Path))
@click.argument("target", metavar="新文件", type=click.Path(path_type=Path))
@PACK_DIR
def convert(source: Path, target: Path, pack_dirs: Sequence[Path]) -> None:
    """填报簿（.xlsx）和 YAML 互相转换，数和文字都不变。已有同名文件时不覆盖。"""
    from gongkai.book.convert import converted
    from gongkai.cli.report import console, show_findings
    from gongkai.findings import FindingsError
    from gongkai.produce.models import models_of_packs

    if target.exists():
        raise click.UsageError(f"{target} 已经有了，换一个文件名")
    try:
        data, findings = converted(source, target, models_of_packs(pack_dirs, needed=True))
    except FindingsError as error:
        stop(error.findings)
    _write(target, data)
    show_findings(findings, console(stderr=True))
    click.echo(f"写好了 {target}")


@click.command(cls=Command)
@click.argument("file", metavar="填报簿", type=click.Path(path_type=Path))
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path, dir_okay=False),
              help="写到哪个文件；不写即“填报簿的名称-核对.xlsx”。")  # fmt: skip
@PACK
@EDITION
@PACK_DIR
@STRICT
def mark(
    file: Path, out: Path | None, pack: str | None, edition: int | None, pack_dirs: Sequence[Path], strict: bool
) -> None:
    """核对填报簿，把问题标在它的副本上：有问题的格涂色加批注，另有一张“核对结果”。"""
    from gongkai.cli.report import console, summary
    from gongkai.findings import FindingsError
    from gongkai.produce.unit import Settings, check_unit

    from .marks import place_of_copy, write_marked

    result = check_unit(file, Settings(Path(), (), pack, pack_dirs, strict, edition))
    out = out or place_of_copy(file)
    try:
        write_marked(file, result.findings, out)
    except FindingsError as error:
        stop(error.findings)
    click.echo(str(out))
    verdict = "不通过" if result.failed else "通过"
    console(stderr=True).print(f"{file}：{verdict}（{summary(result.findings, result.hidden)}）")
    sys.exit(FINDINGS if result.failed else OK)


def _write(file: Path, data: bytes) -> None:
    """Write a new file. Raises UsageError where that cannot be."""
    from gongkai.files.write import write_all
    from gongkai.findings import FindingsError

    try:
        write_all({file: data})
    except FindingsError as error:
        raise click.UsageError(f"{file}：{error}") from None


def stop(findings: Sequence[Finding]) -> NoReturn:
    """Tell why nothing was written, and end."""
    from gongkai.cli.report import console, show_findings
    from gongkai.intake.excerpt import quote

    show_findings(quote(findings), console(stderr=True))
    sys.exit(FINDINGS)
