"""``gongkai pack build``: a pack made into one file; and what ``pack show`` says of the pack as it is handed on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from gongkai import __version__
from gongkai.cli.chinese import Command
from gongkai.cli.options import PACK_DIR
from gongkai.findings import FindingsError, has_errors, visible

from .trials import mistakes_of, named, stop

_SHOWN_LEFT = 10


@click.command(cls=Command)
@click.argument("name", metavar="包")
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path),
              help="写成哪个文件，或写到哪个文件夹；不写即当前文件夹里的“名称-版本号.模板包”。")  # fmt: skip
@PACK_DIR
def build(name: str, out: Path | None, pack_dirs: Sequence[Path]) -> None:
    """把一个模板包做成一个文件，交给各单位，他们写 --pack-dir 文件；核对出错误的不做。"""
    from gongkai.cli.report import console, show_findings, summary
    from gongkai.files.write import write_all
    from gongkai.packs.handing.build import build as built_from
    from gongkai.produce.preview import Trial

    name, pack_dirs = named(name, pack_dirs)
    findings = mistakes_of(Trial(name, pack_dirs))
    screen = console(stderr=True)
    show_findings(findings, screen)
    if has_errors(findings):
        click.echo(f"{name}：有错误，没有做（{summary(findings)}）", err=True)
        sys.exit(1)
    try:
        built = built_from(name, pack_dirs)
    except FindingsError as error:
        stop(error.findings)
    file = out / built.name if out is not None and out.is_dir() else out or Path(built.name)
    try:
        write_all({file: built.data})
    except FindingsError as error:
        raise click.UsageError(f"{file}：{error}") from None
    for left in built.left[:_SHOWN_LEFT]:
        screen.print(f"没有放进去：{left}")
    if len(built.left) > _SHOWN_LEFT:
        screen.print(f"没有放进去的还有 {len(built.left) - _SHOWN_LEFT} 个")
    click.echo(f"做好了 {visible(str(file))}（{len(built.data):,} 字节）")
    click.echo(f"摘要：{built.label.digest}")


def handed_lines(name: str, pack_dirs: Sequence[Path]) -> Iterator[str]:
    """What a pack says of itself to those who get it: its number, what it needs, the hash of its contents."""
    from gongkai.packs.handing.build import label_of
    from gongkai.packs.load.packed import read_packed

    try:
        label = read_packed(Path(name)).label if Path(name).is_file() else label_of(*named(name, pack_dirs))
    except FindingsError as error:
        yield f"摘要：算不出，{error}"
        return
    yield f"{label.name}（{label.id}），版本号：{label.version or '没有写'}"
    yield f"需要程序：{label.needs}（现在的是 {__version__}）"
    yield f"包含：{'、'.join(label.packed)}；随程序的上级：{'、'.join(label.shipped) or '无'}"
    yield f"摘要：{label.digest}"
