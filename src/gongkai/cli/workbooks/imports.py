"""The command that takes official tables in: import."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli.chinese import Command
from gongkai.cli.ends import FINDINGS, OK
from gongkai.cli.options import PACK_DIR

if TYPE_CHECKING:
    from gongkai.findings import Finding
    from gongkai.intake.export.imported import Imported
    from gongkai.source.tree import Node

_FEW = 12
"""Lines of each kind that the screen shows; the book has them all."""


@click.command("import", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path, dir_okay=False),
              help="写到哪个文件，.xlsx（填报簿）或 .yaml；不写即“第一个文件的名称-填报簿.xlsx”。")  # fmt: skip
@click.option("--last-year", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="上年的数据文件，或公开的文件（.pdf、.docx）：上年数、文字由它填好。")  # fmt: skip
@click.option("--mapping", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="对照文件（YAML）：不认识的工作表、栏目各是什么。")  # fmt: skip
@click.option("--pack", metavar="名称", help="用这个模板包里的对照（取数.yaml）；填报簿里也写上它。")
@PACK_DIR
def import_(
    files: Sequence[Path], out: Path | None, last_year: Path | None, mapping: Path | None, pack: str | None,
    pack_dirs: Sequence[Path],
) -> None:  # fmt: skip
    """从官方的预算表、决算表（.xlsx、.xls）和做好的公开文件（.pdf、.docx）取数，写成填报簿；定不下来的列出来问，不替你填。"""
    from gongkai.book.imported import imported_file
    from gongkai.book.importing import import_files
    from gongkai.cli.report import console, show_findings
    from gongkai.files.write import write_all
    from gongkai.findings import FindingsError, has_errors
    from gongkai.intake.excerpt import quote
    from gongkai.intake.export.own_facts import questions_of_pack
    from gongkai.produce.models import models_of_packs

    from .books import stop

    out = out or files[0].with_name(f"{files[0].stem}-填报簿.xlsx")
    if out.exists():
        raise click.UsageError(f"{out} 已经有了，换一个文件名")
    try:
        models = models_of_packs(pack_dirs, needed=True)
        imported = import_files(files, _mapping(mapping, pack, pack_dirs), pack, models)
        data, told = _with_last_year(imported, last_year, out, pack_dirs)
        data |= {"模板": pack} if pack else {}
        if "文种" not in data:
            raise FindingsError(imported.findings)
        imported = replace(
            imported,
            findings=[*imported.findings, *told],
            questions=[*imported.questions, *questions_of_pack(data, models(data))],
        )
        write_all({out: imported_file(out, data, imported, models)})
    except FindingsError as error:
        stop(error.findings)
    screen = console(stderr=True)
    show_findings(quote(imported.findings), screen)
    for line in _told(imported):
        screen.print(line)
    click.echo(f"写好了 {out}")
    sys.exit(FINDINGS if has_errors(imported.findings) else OK)


def _mapping(file: Path | None, pack: str | None, pack_dirs: Sequence[Path]) -> dict[str, Any] | None:
    """What a file says of tables, or else the pack. Raises FindingsError."""
    if file is None and pack is None:
        return None
    from gongkai.packs.import_mapping import import_mapping
    from gongkai.source.known import Known
    from gongkai.source.text_file import read_text
    from gongkai.source.tree import parse

    if file is None:
        return dict(import_mapping(pack or "", pack_dirs))
    return dict(parse(read_text(file), str(file), Known(frozenset(), frozenset())).data)


def _with_last_year(
    imported: Imported, last_year: Path | None, out: Path, pack_dirs: Sequence[Path]
) -> tuple[dict[str, Node], Sequence[Finding]]:
    """What the tables say, with what last year's file says of the rest, and what that leaves open.

    Raises FindingsError.
    """
    if last_year is None:
        return dict(imported.data), ()
    from gongkai.book.last_year import last_year_of
    from gongkai.book.merge import merged
    from gongkai.book.starter import data_after
    from gongkai.produce.models import models_of_packs

    last = last_year_of(last_year, models_of_packs(pack_dirs, needed=True))
    kind = imported.data.get("文种")
    if kind not in {None, last.model.kind}:
        raise click.UsageError(f"{last_year} 是{last.model.kind}，这些表是{kind}的")
    return merged(imported.data, data_after(last, out.parent, None, imported.data)), last.findings


def _told(imported: Imported) -> list[str]:
    """How many facts came how, and those that a clerk must look at."""
    from gongkai.findings import describe
    from gongkai.intake.export.imported import How

    counts = Counter(origin.how for origin in imported.origins.values())
    exact = f"取自附件 {counts[How.ATTACHED]} 处，" if counts[How.ATTACHED] else ""
    told = f"由表得出 {counts[How.TABLE]} 处，推定 {counts[How.LIKELY]} 处"
    lines = [f"{exact}{told}，待确认 {len(imported.questions)} 处"]
    likely = [(path, origin) for path, origin in imported.origins.items() if origin.how is How.LIKELY]
    lines += [f"推定　{describe(path)}：{origin.why}" for path, origin in likely[:_FEW]]
    lines += [f"待确认　{describe(each.path)}：{each.what}" for each in imported.questions[:_FEW]]
    more = max(0, len(likely) - _FEW) + max(0, len(imported.questions) - _FEW)
    return [*lines, f"还有 {more} 处，见填报簿的“待确认”和“取数说明”"] if more else lines
