"""``gongkai pack check``, ``diff`` and ``preview``: a pack tried on the examples and on a designer's own files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from gongkai.cli.chinese import Command
from gongkai.cli.options import ENGINE, PACK_DIR
from gongkai.findings import Finding, FindingsError, has_errors
from gongkai.kinds import KINDS, USUAL

if TYPE_CHECKING:
    from gongkai.packs.open import AssembledPack
    from gongkai.produce.preview import Trial

_SCOPES = ("单位", "部门")

KIND = click.option(
    "--kind", type=click.Choice([*KINDS]), metavar="文种", help=f"看哪一种：{' 或 '.join(KINDS)}；不写即{USUAL}。"
)
YEAR = click.option("--year", type=int, metavar="年度", help="用哪一年的版本；不写即最新的版本，给了文件的照文件。")
SCOPE = click.option(
    "--scope", type=click.Choice(_SCOPES), metavar="口径",
    help=f"用哪个口径的版本：{' 或 '.join(_SCOPES)}；不写即这个文种通常的口径，给了文件的照文件。",
)  # fmt: skip
_BOTH_SCOPES = click.option(
    "--scope", type=click.Choice(_SCOPES), metavar="口径", help="只核对这个口径的版本；不写即两个口径都核对。"
)
_FILES = click.argument("files", nargs=-1, metavar="[文件…]", type=click.Path(path_type=Path))
_EXAMPLES = click.option("--examples", is_flag=True, help="给了文件的，连内置的和包里“例子”文件夹里的例子也做。")


def stop(findings: Sequence[Finding]) -> NoReturn:
    """Show the findings and end as failed."""
    from gongkai.cli.report import console, show_findings

    show_findings(findings, console(stderr=True))
    sys.exit(1)


def named(name: str, pack_dirs: Sequence[Path]) -> tuple[str, Sequence[Path]]:
    """A pack as a command names it, and where it is sought first: by its name, its folder or its file.

    Ends the command for a file that is no pack's.
    """
    from gongkai.packs.load.find import MANIFEST
    from gongkai.packs.load.packed import read_packed

    path = Path(name)
    try:
        if path.is_file():
            return read_packed(path).label.id, [path, *pack_dirs]
    except FindingsError as error:
        stop(error.findings)
    if (os.sep in name or "/" in name) and (path / MANIFEST).is_file():
        folder = path.absolute()
        return folder.name, [folder.parent, *pack_dirs]
    return name, pack_dirs


def opened(
    name: str, pack_dirs: Sequence[Path], kind: str | None, year: int | None, scope: str | None
) -> AssembledPack:
    """A pack in its edition; ends the command where it cannot be opened."""
    from gongkai.packs.open import open_pack
    from gongkai.packs.review.editions import LATEST

    try:
        return open_pack(name, kind or USUAL, LATEST if year is None else year, pack_dirs, scope)
    except FindingsError as error:
        stop(error.findings)


@click.command(cls=Command)
@click.argument("name", metavar="名称")
@_FILES
@click.option("--year", type=int, metavar="年度", help="例子和文件都用这一年的版本；不写即照各自的年度。")
@_BOTH_SCOPES
@_EXAMPLES
@PACK_DIR
def check(
    name: str, files: Sequence[Path], year: int | None, scope: str | None, examples: bool, pack_dirs: Sequence[Path]
) -> None:
    """核对一个模板包：版本、选项、表格、块、名称、数字、字体，并用例子或给出的文件试着生成。"""
    from gongkai.cli.report import console, show_findings, summary
    from gongkai.produce.preview import Trial

    name, pack_dirs = named(name, pack_dirs)
    findings = mistakes_of(Trial(name, pack_dirs, files, year, scope, examples))
    show_findings(findings, console(stderr=True))
    failed = has_errors(findings)
    click.echo(f"{name}：{'不通过' if failed else '通过'}（{summary(findings)}）")
    sys.exit(1 if failed else 0)


def mistakes_of(trial: Trial) -> list[Finding]:
    """What ``pack check`` finds: what is wrong with the pack itself, then with what it makes of data."""
    from gongkai.produce.preview import try_out

    findings: list[Finding] = []
    try:
        findings += _sound(trial.pack, trial.scope, trial.folders)
        if not has_errors(findings):
            findings += try_out(trial)
    except FindingsError as error:
        findings += error.findings
    return list(dict.fromkeys(findings))


def _sound(name: str, scope: str | None, pack_dirs: Sequence[Path]) -> Iterator[Finding]:
    """What is wrong with the pack itself, in every edition that a document can meet."""
    from gongkai.output.look.fonts import missing_fonts
    from gongkai.packs.load.find import find_pack, lineage, search_path
    from gongkai.packs.open import open_pack
    from gongkai.packs.review.editions import combinations, idle_editions
    from gongkai.packs.review.template_checks import verify

    path = search_path(pack_dirs)
    line = lineage(find_pack(name, path), path)
    yield from idle_editions(line[0])
    for kind, year, of_scope in combinations(line, (scope,) if scope else _SCOPES):
        try:
            ready = open_pack(name, kind, year, pack_dirs, of_scope)
            yield from verify(ready)
            yield from missing_fonts(ready.style)
        except FindingsError as error:  # of this edition: what is wrong with others is told as well
            yield from error.findings


@click.command(cls=Command)
@click.argument("left", metavar="甲")
@click.argument("right", metavar="乙")
@_FILES
@KIND
@YEAR
@SCOPE
@click.option("--to-year", type=int, metavar="年度", help="乙用这一年的版本；不写即与甲相同。")
@click.option("--to-scope", type=click.Choice(_SCOPES), metavar="口径", help="乙用这个口径的版本；不写即与甲相同。")
@PACK_DIR
def diff(
    left: str, right: str, files: Sequence[Path], kind: str | None, year: int | None, scope: str | None,
    to_year: int | None, to_scope: str | None, pack_dirs: Sequence[Path],
) -> None:  # fmt: skip
    """列出两个模板包（或一个包的两个年度）不同的地方；给了文件的，列出印出来的字有哪些不同。"""
    from gongkai.packs.review.inspect import differences
    from gongkai.produce.preview import Trial

    to_year, to_scope = to_year or year, to_scope or scope
    names = left, right
    if left == right:
        names = f"甲（{_edition(year, scope)}）", f"乙（{_edition(to_year, to_scope)}）"
    if files and kind:
        raise click.UsageError("给了文件的，文种照文件，不用写 --kind")
    if files:
        sides = Trial(left, pack_dirs, year=year, scope=scope), Trial(right, pack_dirs, year=to_year, scope=to_scope)
        _diff_texts(files, names, sides)
        return
    packs = opened(left, pack_dirs, kind, year, scope), opened(right, pack_dirs, kind, to_year, to_scope)
    for difference in differences(*packs):
        click.echo(difference.where)
        click.echo(f"    {names[0]}：{_shown(difference.left)}")
        click.echo(f"    {names[1]}：{_shown(difference.right)}")


def _edition(year: int | None, scope: str | None) -> str:
    """How a side of a comparison of one pack with itself is called: 2024 年、部门."""
    return "、".join(filter(None, [f"{year} 年" if year else "不指定年度", scope]))


def _shown(value: object) -> str:
    return "（没有）" if value is None else str(value)


def _diff_texts(files: Sequence[Path], names: tuple[str, str], sides: tuple[Trial, Trial]) -> None:
    from gongkai.cli.report import console
    from gongkai.produce.compare import changes

    out = console()
    wrong: list[Finding] = []
    for file in files:
        try:
            found = changes(file, *sides)
        except FindingsError as error:
            wrong += error.findings
            continue
        out.print(f"{file}：{len(found)} 处不同")
        for change in found:
            out.print(f"  {change.heading or '封面'}")
            for name, lines in zip(names, (change.left, change.right), strict=True):
                for line in lines or ("（没有）",):
                    out.print(f"    {name}：{line}")
    if wrong:
        stop(wrong)


@click.command(cls=Command)
@click.argument("name", metavar="名称")
@_FILES
@click.option("-o", "--out", default="output", show_default=True, metavar="文件夹",
              type=click.Path(path_type=Path), help="写到哪个文件夹。")  # fmt: skip
@click.option("--year", type=int, metavar="年度", help="都用这一年的版本；不写即照各自的年度。")
@click.option("--scope", type=click.Choice(_SCOPES), metavar="口径", help="都用这个口径；不写即照各自的口径。")
@_EXAMPLES
@click.option("--watch", is_flag=True, help="模板包或文件一改就重新生成，按 Ctrl-C 结束。")
@PACK_DIR
@ENGINE
def preview(
    name: str, files: Sequence[Path], out: Path, year: int | None, scope: str | None, examples: bool, watch: bool,
    pack_dirs: Sequence[Path], engine: str | None,
) -> None:  # fmt: skip
    """用内置的例子、包里“例子”文件夹里的例子或给出的文件生成，看看模板包的样子。"""
    from gongkai.cli.report import console, show_engine, show_findings
    from gongkai.cli.watch import whenever_changed
    from gongkai.produce.file_state import state_of_unit
    from gongkai.produce.preview import PREVIEWED, Trial, preview_examples, state_of

    name, pack_dirs = named(name, pack_dirs)
    trial = Trial(name, pack_dirs, files, year, scope, examples)
    told = False
    for _ in whenever_changed(lambda: (state_of(name, pack_dirs), [state_of_unit(file, ()) for file in files])):
        wrong: list[Finding] = []
        try:
            results = preview_examples(trial, out, engine)
        except FindingsError as error:
            results, wrong = [], error.findings
        # What is wrong with the pack is found with every example.
        wrong += [finding for result in results for finding in result.findings]
        show_findings(list(dict.fromkeys(wrong)), console(stderr=True))
        for written in (file for result in results for file in result.written):
            click.echo(str(written))
        told = told or show_engine(results, PREVIEWED, engine)
        if not watch:
            sys.exit(1 if has_errors(wrong) or any(result.failed for result in results) else 0)
