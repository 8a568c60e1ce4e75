"""``gongkai pack``: what packs there are, what they say, whether they are sound."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from gongkai.findings import Finding, FindingsError, has_errors
from gongkai.kinds import KINDS, USUAL

from .chinese import Group
from .options import ENGINE, PACK_DIR

if TYPE_CHECKING:
    from gongkai.packs.open import AssembledPack

LATEST = 9999

_KIND = click.option(
    "--kind",
    type=click.Choice([*KINDS]),
    metavar="文种",
    default=USUAL,
    show_default=True,
    help=f"看哪一种：{' 或 '.join(KINDS)}。",
)
_YEAR = click.option("--year", type=int, metavar="年度", help="看哪一年的版本；不写即最新的版本。")


@click.group("pack", cls=Group)
def pack() -> None:
    """查看、新建、核对模板包（给设计模板包的人用）。"""


def _open(name: str, kind: str, year: int | None, pack_dirs: Sequence[Path]) -> AssembledPack:
    from gongkai.packs.open import open_pack

    try:
        return open_pack(name, kind, LATEST if year is None else year, pack_dirs)
    except FindingsError as error:
        _stop(error.findings)


def _stop(findings: Sequence[Finding]) -> NoReturn:
    from .report import console, show_findings

    show_findings(findings, console(stderr=True))
    sys.exit(1)


@pack.command("list")
@PACK_DIR
def list_packs(pack_dirs: Sequence[Path]) -> None:
    """列出找得到的模板包。"""
    from gongkai.packs.load.find import available, search_path

    from .report import console, show_findings

    broken: list[Finding] = []
    for found in available(search_path(pack_dirs)):
        try:
            manifest = found.manifest
        except FindingsError as error:
            broken += error.findings
            continue
        editions = "、".join(f"{e.year}（{'、'.join(e.kinds)}）" for e in manifest.editions) or "不分年度"
        click.echo(f"{found.id}\t{manifest.name}\t上级：{manifest.parent or '无'}\t版本：{editions}\t{found.folder}")
        if manifest.description:
            click.echo(f"    {manifest.description}")
    show_findings(broken, console(stderr=True))
    sys.exit(1 if broken else 0)


@pack.command()
@click.argument("name", metavar="名称")
@_KIND
@_YEAR
@PACK_DIR
def show(name: str, kind: str, year: int | None, pack_dirs: Sequence[Path]) -> None:
    """列出一个模板包的每个选项（含义、现值、由哪一层给出）和每个可改的块。"""
    from gongkai.packs.review.inspect import block_rows, option_rows

    ready = _open(name, kind, year, pack_dirs)
    click.echo(f"层次：{' → '.join(layer.name for layer in ready.chain)}")
    click.echo("\n选项")
    for row in option_rows(ready):
        click.echo(f"  {row.name}（{row.kind}，{row.layer or '默认'}）：{row.shown}")
        click.echo(f"      {row.explained}")
    click.echo("\n可改的块（模板、块、现在用哪一层的）")
    for block in block_rows(ready):
        click.echo(f"  {block.template}  {block.block}  {block.layer}:{block.line}")


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
        _stop(error.findings)
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


@pack.command()
@click.argument("name", metavar="名称")
@PACK_DIR
def check(name: str, pack_dirs: Sequence[Path]) -> None:
    """核对一个模板包：选项、块、名称、数字、字体，并用内置的例子试着生成。"""
    from gongkai.packs.load.find import find_pack, search_path
    from gongkai.packs.open import open_pack
    from gongkai.packs.review.template_checks import verify
    from gongkai.produce.preview import try_examples

    from .report import console, show_findings, summary

    findings: list[Finding] = []
    try:
        found = find_pack(name, search_path(pack_dirs))
        years = sorted({edition.year for edition in found.manifest.editions}) or [LATEST]
        for kind in KINDS:
            for year in years:
                findings += verify(open_pack(name, kind, year, pack_dirs))
        if not has_errors(findings):
            findings += try_examples(name, pack_dirs)
    except FindingsError as error:
        findings += error.findings
    findings = list(dict.fromkeys(findings))
    show_findings(findings, console(stderr=True))
    failed = has_errors(findings)
    click.echo(f"{name}：{'不通过' if failed else '通过'}（{summary(findings)}）")
    sys.exit(1 if failed else 0)


@pack.command()
@click.argument("left", metavar="甲")
@click.argument("right", metavar="乙")
@_KIND
@_YEAR
@PACK_DIR
def diff(left: str, right: str, kind: str, year: int | None, pack_dirs: Sequence[Path]) -> None:
    """列出两个模板包不同的地方：选项、表格、版式、模板和块。"""
    from gongkai.packs.review.inspect import differences

    for difference in differences(_open(left, kind, year, pack_dirs), _open(right, kind, year, pack_dirs)):
        click.echo(difference.where)
        click.echo(f"    {left}：{_shown(difference.left)}")
        click.echo(f"    {right}：{_shown(difference.right)}")


def _shown(value: object) -> str:
    return "（没有）" if value is None else str(value)


@pack.command()
@click.argument("name", metavar="名称")
@click.option("-o", "--out", default="output", show_default=True, metavar="文件夹",
              type=click.Path(path_type=Path), help="写到哪个文件夹。")  # fmt: skip
@click.option("--watch", is_flag=True, help="模板包一改就重新生成，按 Ctrl-C 结束。")
@PACK_DIR
@ENGINE
def preview(name: str, out: Path, watch: bool, pack_dirs: Sequence[Path], engine: str | None) -> None:
    """用内置的例子生成，看看模板包的样子。"""
    from gongkai.produce.preview import PREVIEWED, preview_examples, state_of

    from .report import console, show_engine, show_findings
    from .watch import whenever_changed

    told = False
    for _ in whenever_changed(lambda: state_of(name, pack_dirs)):
        results = preview_examples(name, out, pack_dirs, engine)
        # What is wrong with the pack is found with every example.
        show_findings(list(dict.fromkeys(f for result in results for f in result.findings)), console(stderr=True))
        for written in (file for result in results for file in result.written):
            click.echo(str(written))
        told = told or show_engine(results, PREVIEWED, engine)
        if not watch:
            sys.exit(1 if any(result.failed for result in results) else 0)
