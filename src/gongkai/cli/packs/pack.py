"""``gongkai pack``: what packs there are, what they say, whether they are sound."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from gongkai.cli.chinese import Group
from gongkai.cli.options import PACK_DIR
from gongkai.findings import Finding, FindingsError
from gongkai.stand_ins import as_known

from .handing import build, handed_lines
from .trials import KIND, SCOPE, YEAR, check, diff, named, opened, preview, stop


@click.group("pack", cls=Group)
def pack() -> None:
    """查看、新建、核对模板包，做成一个文件（给设计模板包的人用）。"""


@pack.command("list")
@PACK_DIR
def list_packs(pack_dirs: Sequence[Path]) -> None:
    """列出找得到的模板包。"""
    from gongkai.cli.report import console, show_findings
    from gongkai.packs.load.find import available, search_path

    broken: list[Finding] = []
    try:
        packs = available(search_path(pack_dirs))
    except FindingsError as error:
        stop(error.findings)
    for found in packs:
        try:
            manifest = found.manifest
        except FindingsError as error:
            broken += error.findings
            continue
        editions = "、".join(e.label for e in manifest.editions) or "不分年度"
        folder = as_known(str(found.folder))
        click.echo(f"{found.id}\t{manifest.name}\t上级：{manifest.parent or '无'}\t版本：{editions}\t{folder}")
        if manifest.description:
            click.echo(f"    {manifest.description}")
    show_findings(broken, console(stderr=True))
    sys.exit(1 if broken else 0)


@pack.command()
@click.argument("name", metavar="包")
@KIND
@YEAR
@SCOPE
@PACK_DIR
def show(name: str, kind: str | None, year: int | None, scope: str | None, pack_dirs: Sequence[Path]) -> None:
    """列出一个模板包（名称、文件夹或做好的文件）的版本号、要什么程序、摘要；它在一个文种、年度、口径里的样子：用哪些版本，每个选项、表、部分和节由谁给出，声明了哪些事实和比较，有什么徽标，哪些块可改。"""
    from gongkai.packs.open import usual_scope
    from gongkai.packs.review.inspect import block_rows, emblem_lines, option_rows, part_rows, table_rows
    from gongkai.packs.review.own_facts import comparison_lines, fact_lines

    ready = opened(*named(name, pack_dirs), kind, year, scope)
    for line in handed_lines(name, pack_dirs):
        click.echo(line)
    click.echo(f"层次：{' → '.join(layer.name for layer in ready.chain)}")
    used = [f"{layer.pack.id} 用 {layer.edition.label}" for layer in ready.chain if layer.edition]
    now = f"{ready.folder}，{f'{year} 年' if year else '最新的版本'}，口径 {scope or usual_scope(ready.folder)}"
    click.echo(f"看的是：{now}；{'、'.join(used) or '各层都不分版本'}")
    click.echo("\n选项（类型，文种，由谁给出）")
    for row in option_rows(ready):
        click.echo(f"  {row.name}（{row.kind}，{'、'.join(row.kinds)}，{row.layer or '默认'}）：{row.shown}")
        click.echo(f"      {row.explained}")
    for option in ("部分", "章节"):
        click.echo(f"\n{option}（标题、模板、用哪一层的）")
        for part in part_rows(ready):
            if part.option == option:
                click.echo(f"  {part.name}：{part.title}  {part.template}  {part.layer}")
    click.echo("\n表格（标题、由哪几层给出）")
    for table in table_rows(ready):
        unlisted = "" if table.published else "  不在选项“表格”里"
        click.echo(f"  {table.name}：{table.title}  {'、'.join(table.layers)}{unlisted}")
    _headed("事实（类型，属于什么，由谁声明）", fact_lines(ready))
    _headed("比较", comparison_lines(ready))
    _headed("徽标", emblem_lines(ready))
    click.echo("\n可改的块（模板、块、现在用哪一层的）")
    for block in block_rows(ready):
        click.echo(f"  {block.template}  {block.block}  {block.layer}:{block.line}")


def _headed(heading: str, lines: Iterable[str]) -> None:
    """Lines under a heading; nothing where there are none."""
    told = [f"  {line}" for line in lines]
    if told:
        click.echo("\n".join(["", heading, *told]))


@pack.command()
@click.argument("name", metavar="文件夹名")
@click.option("--from", "parent", metavar="上级", default="base", show_default=True, help="继承哪个模板包。")
@click.option("--title", metavar="名称", help="中文名称，数据文件的“模板”里写它；不写即文件夹名。")
@click.option("--dir", "folder", metavar="文件夹", default=".", type=click.Path(path_type=Path), help="建在哪里。")
@PACK_DIR
def new(name: str, parent: str, title: str | None, folder: Path, pack_dirs: Sequence[Path]) -> None:
    """新建一个模板包：只有上级和名称，别的都继承。"""
    from gongkai.files.write import write_all
    from gongkai.packs.load.find import MANIFEST, find_pack, search_path

    try:
        below = find_pack(parent, search_path(pack_dirs))
    except FindingsError as error:
        stop(error.findings)
    if not all(text.isprintable() for text in (name, title or name)):
        raise click.UsageError("文件夹名和名称要用 UTF-8 编码的文字")
    target = folder / name
    if target.exists():
        raise click.UsageError(f"{target} 已经有了，换一个名称")
    shown = json.dumps(title or name, ensure_ascii=False)  # in quotes that YAML knows
    text = f"名称: {shown}\n上级: {below.id}\n\n# 只写与上级不同的；有哪些选项见 gongkai pack show\n选项: {{}}\n"
    try:
        write_all({target / MANIFEST: text.encode("utf-8")})
    except FindingsError as error:
        raise click.UsageError(f"{target / MANIFEST}：{error}") from None
    click.echo(f"建好了 {target}。试试：gongkai pack preview {name} --pack-dir {folder}")


for command in (check, diff, preview, build):
    pack.add_command(command)
