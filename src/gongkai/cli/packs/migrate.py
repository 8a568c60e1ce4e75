"""``gongkai migrate``: the names that were changed from one version to the next, brought up to date."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cli.chinese import Command
from gongkai.cli.options import PACK_DIR
from gongkai.files.data_files import BOOKS, TEXTS
from gongkai.findings import Finding, FindingsError, Level, Place

from .trials import named, stop

if TYPE_CHECKING:
    from gongkai.packs.renaming.migrate import Migration


@click.command(cls=Command)
@click.argument("name", metavar="数据文件或包")
@click.option("--write", is_flag=True, help="改好文件；不写这个的，只列出要改哪些。")
@PACK_DIR
def migrate(name: str, write: bool, pack_dirs: Sequence[Path]) -> None:
    """把数据文件（YAML）、模板包（名称或文件夹）里的旧名称改成现在的；只改名称，注释、次序、引号、换行不动。"""
    from gongkai.cli.report import console, show_findings
    from gongkai.packs.renaming.migrate import migrated_data

    file = Path(name)
    if file.suffix.lower() in BOOKS and file.is_file():
        click.echo(f"{name}：填报簿的旧写法都认得，不用改；要换成新的填报簿，用 gongkai convert 存成 YAML，再换回来")
        return
    try:
        is_data = file.suffix.lower() in TEXTS and file.is_file()
        found = migrated_data(file) if is_data else _of_pack(name, pack_dirs)
    except FindingsError as error:
        stop(error.findings)
    for each in found.renamed:
        click.echo(f"{each.place}：{each.old} → {each.new}")
    show_findings(found.by_hand, console(stderr=True))
    if found.contents and write:
        _write(found)
    click.echo(f"{name}：{_summary(found, write)}")
    sys.exit(1 if found.by_hand else 0)


def _of_pack(name: str, pack_dirs: Sequence[Path]) -> Migration:
    """What is to be changed in a pack, after it is proved that its documents stay the same."""
    from gongkai.packs.renaming.migrate import migrated_pack, pack_of
    from gongkai.produce.proof import first_difference

    if Path(name).is_file():
        advice = "请做包的人改他的文件夹，再用 gongkai pack build 做一份；或解开后写文件夹"
        stop([Finding("GK520", Level.ERROR, "做好的模板包文件不能改", advice, place=Place(name))])
    name, pack_dirs = named(name, pack_dirs)
    found = migrated_pack(name, pack_dirs)
    if found.contents:
        pack = pack_of(name, pack_dirs)
        different = first_difference(pack, pack_dirs, found.contents)
        if different is not None:
            message = f"照上面改了以后，{different}印出来的不一样，没有改"
            advice = "请手工改，用 gongkai pack diff 看不同的地方"
            found.by_hand.append(Finding("GK524", Level.WARNING, message, advice, place=Place(str(pack.file))))
            found.contents.clear()
    return found


def _write(found: Migration) -> None:
    from gongkai.files.write import write_all

    try:
        write_all(found.contents, over_sources=True)
    except FindingsError as error:
        stop(error.findings)


def _summary(found: Migration, write: bool) -> str:
    if not found.renamed:
        return "没有要改的旧名称" if not found.by_hand else "要手工改的见上面"
    told = f"{len(found.contents)} 个文件，{len(found.renamed)} 处"
    if not found.contents:
        return "没有改"
    return f"改好了 {told}" if write else f"要改 {told}；加 --write 改好"
