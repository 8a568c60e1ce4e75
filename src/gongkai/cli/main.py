"""The command line: render, check, schema, extract, doctor; the other commands are in modules of their own."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai import __version__
from gongkai.findings import visible

from .chinese import Group
from .ends import FINDINGS, OK, code_of, whole
from .options import EDITION, ENGINE, FILES, FORMAT, NAME, PACK, PACK_DIR, STRICT
from .streams import outliving_streams
from .system import end_in_order, let_file_names_be_chinese, let_streams_take_chinese

if TYPE_CHECKING:
    from rich.status import Status

    from gongkai.produce.naming import Claims
    from gongkai.produce.unit import Settings
    from gongkai.result import Result


REPORTS = ("text", "json", "sarif", "xlsx", "html")

_OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""A unit's objects live until it is done: to look for garbage among them often costs a third of a check."""


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

_LAZY = {
    **{name: f"gongkai.cli.workbooks.books:{name}" for name in ("new", "convert", "mark")},
    "import": "gongkai.cli.workbooks.imports:import_",
    "trace": "gongkai.cli.answers.trace:trace",
    "diff": "gongkai.cli.answers.diff:diff",
    "audit": "gongkai.cli.audit:audit",
    "batch": "gongkai.cli.batch:batch",
    "rules": "gongkai.cli.answers.rules:rules",
    "explain": "gongkai.cli.answers.rules:explain",
    "pack": "gongkai.cli.packs.pack:pack",
    "migrate": "gongkai.cli.packs.migrate:migrate",
}


_ORDER = ("new", "import", "check", "mark", "render", "convert")
"""The commands in the order in which a clerk needs them; the others follow."""


@click.group(cls=Group, context_settings=_CONTEXT, lazy=_LAZY, order=_ORDER)
@click.version_option(
    __version__, "-V", "--version", prog_name="gongkai", message="%(prog)s %(version)s", help="显示版本号。"
)
def cli() -> None:
    """公开：把一个单位的填报簿（Excel）或数据文件（YAML）核对后，生成完整的预算、决算公开文件（PDF、DOCX、网页）。

    第一次使用：gongkai new 我们单位.xlsx 写一本填报簿，填好后 gongkai render 我们单位.xlsx。
    """


@cli.command()
@FILES
@click.option("-o", "--out", default="output", show_default=True, metavar="文件夹",
              type=click.Path(path_type=Path), help="写到哪个文件夹。")  # fmt: skip
@FORMAT
@PACK
@EDITION
@PACK_DIR
@STRICT
@NAME
@ENGINE
@click.option("--watch", is_flag=True, help="数据文件一保存就重新生成，按 Ctrl-C 结束。")
def render(
    files: Sequence[Path], out: Path, formats: tuple[str, ...], pack: str | None, edition: int | None,
    pack_dirs: Sequence[Path], strict: bool, name: str, engine: str | None, watch: bool,
) -> None:  # fmt: skip
    """核对数据文件，生成公开文件；有错误就不生成，已有的文件不动。"""
    with _loading():
        from gongkai.produce.naming import Claims, Naming
        from gongkai.produce.unit import Settings

    settings = Settings(out, formats, pack, pack_dirs, strict, edition, Naming(name), engine)
    if settings.naming is Naming.FILE:
        _refuse_same_names(files)
    claims = Claims()
    if watch:
        _render_when_saved(files, settings, claims)
        return
    results = _render(files, settings, claims)
    _tell_engine(results, settings)
    sys.exit(FINDINGS if any(result.failed for result in results) else OK)


def _render_when_saved(files: Sequence[Path], settings: Settings, claims: Claims) -> None:
    from gongkai.produce.file_state import state_of_unit

    from .watch import whenever_changed

    before: Mapping[Path, object] = {}
    told = False
    for now in whenever_changed(lambda: {path: state_of_unit(path, settings.pack_folders) for path in files}):
        results = _render([path for path in files if before.get(path) != now[path]], settings, claims)
        told = told or _tell_engine(results, settings)
        click.echo("等着数据文件的修改，按 Ctrl-C 结束。", err=True)
        before = now


def _tell_engine(results: Sequence[Result], settings: Settings) -> bool:
    """Say, where pages were set, that this was not by the usual engine; whether any were."""
    from .report import show_engine

    return show_engine(results, settings.formats, settings.engine)


def _render(files: Sequence[Path], settings: Settings, claims: Claims) -> list[Result]:
    """Check and render each file, showing what is being done."""
    from gongkai.produce.unit import render_unit

    from .report import console

    results = []
    screen = console(stderr=True)
    for path in files:
        with screen.status(visible(path.name)) if screen.is_terminal else nullcontext() as status:

            def progress(step: str, name: str = visible(path.name), status: Status | None = status) -> None:
                if status is not None:
                    status.update(f"{name}：{step}")

            results.append(render_unit(path, settings, progress, claims))
        _show(results[-1], settings)
    return results


@cli.command()
@FILES
@click.option("--format", "format_", metavar="格式", type=click.Choice(REPORTS),
              help="核对报告的格式：text、json、sarif、xlsx（公开情况检查表）、html；不写即文字。")  # fmt: skip
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path, dir_okay=False),
              help="报告写到哪个文件；没有写格式的，照文件名的结尾。")  # fmt: skip
@PACK
@EDITION
@PACK_DIR
@STRICT
def check(
    files: Sequence[Path], format_: str | None, out: Path | None, pack: str | None,
    edition: int | None, pack_dirs: Sequence[Path], strict: bool,
) -> None:  # fmt: skip
    """只核对，不生成；一次列出全部问题和它们在文件里的位置。"""
    with _loading():
        from gongkai.produce.unit import Settings, check_unit

    settings = Settings(Path(), (), pack, pack_dirs, strict, edition)
    suffix = out.suffix.lower().removeprefix(".") if out else ""
    format_ = format_ or (suffix if suffix in REPORTS else "text")
    on_screen = format_ == "text" and out is None
    results = []
    for path in files:
        results.append(check_unit(path, settings))
        if on_screen:
            _show(results[-1], settings)
    if not on_screen:
        from .report import deliver

        deliver(results, format_, out)
    sys.exit(FINDINGS if any(result.failed for result in results) else OK)


@cli.command()
@click.argument("file", metavar="[文件]", type=click.Path(path_type=Path), required=False)
@click.option("--pack", metavar="名称", help="连同这个模板包声明的事实。")
@PACK_DIR
def schema(file: Path | None, pack: str | None, pack_dirs: Sequence[Path]) -> None:
    """输出数据文件的 JSON Schema，供编辑器补全和检查。"""
    if pack is None:
        text = (files("gongkai.model") / "schema.json").read_text(encoding="utf-8")
    else:
        from .answers.schema import schema_of_pack

        text = schema_of_pack(pack, pack_dirs)
    if file is None:
        click.echo(text.encode("utf-8"), nl=False)  # whatever the screen's characters: programs read it
        return
    if file.exists() and file.suffix.lower() != ".json":
        raise click.UsageError(f"{file} 已经有了，而且不是 .json 文件：要核对数据，运行 gongkai check {file}")
    from gongkai.files.write import write_all
    from gongkai.findings import FindingsError

    try:
        write_all({file: text.encode("utf-8")})
    except FindingsError as error:
        raise click.UsageError(f"{file}：{error}") from None
    click.echo(f"写好了 {file}。在数据文件第一行写：# yaml-language-server: $schema={file}")


@cli.command()
@click.argument("file", metavar="PDF文件", type=click.Path(path_type=Path))
@click.option("-o", "--out", metavar="文件夹", type=click.Path(path_type=Path),
              help="写到哪个文件夹；不写即“PDF 的名称-数据”。")  # fmt: skip
def extract(file: Path, out: Path | None) -> None:
    """取出公开文件（PDF）里附带的开放数据：说明（JSON）、全部数据（JSON）、各表（CSV）。"""
    from gongkai.files.write import write_all
    from gongkai.findings import FindingsError
    from gongkai.output.pdf.extract import extract as extracted

    from .report import console, show_findings

    folder = out or file.with_name(f"{file.stem}-数据")
    try:
        files = {folder / name: data for name, data in extracted(file).items()}
        write_all(files)
    except FindingsError as error:
        show_findings(error.findings, console(stderr=True))
        sys.exit(FINDINGS)
    for path in files:
        click.echo(str(path))


_STYLES = {"✓": None, "○": "yellow", "✗": "bold red"}


@cli.command()
def doctor() -> None:
    """检查运行环境：排版引擎、字体、版本；缺什么说明怎样装。"""
    from .doctor import examine
    from .report import console

    report = examine()
    out = console()
    for item in report:
        out.print(f"{item.mark} {item.name}：{item.state}", style=_STYLES[item.mark])
        if not item.ok:
            out.print(f"    → {item.advice}", style="cyan")
    sys.exit(OK if all(item.ok or not item.needed for item in report) else FINDINGS)


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded here stays to the end: the garbage collector need not look at it, now or later."""
    gc.disable()
    yield
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    gc.enable()


def _refuse_same_names(paths: Sequence[Path]) -> None:
    """Two inputs of one name would write over each other's output."""
    seen: dict[str, Path] = {}
    for path in paths:
        if path.stem in seen:
            raise click.UsageError(f"{seen[path.stem]} 和 {path} 会生成同名的文件，请分开运行或改名")
        seen[path.stem] = path


def _show(result: Result, settings: Settings) -> None:
    from .report import console, show_findings, summary

    errors = console(stderr=True)
    show_findings(result.findings, errors)
    for written in result.written:
        click.echo(str(written))
    if result.failed:
        errors.print(f"{result.path}：不通过（{summary(result.findings, result.hidden)}）", style="bold red")
        if not result.kind:  # no rule has looked at what could not be read as a whole
            errors.print("先改好这些；合计、原因和文字在这以后才核对。")
    elif not settings.formats:
        click.echo(f"{result.path}：通过（{summary(result.findings, result.hidden)}）")


def main() -> None:
    """Entry point: exit codes 0 fine, 1 errors found, 2 wrong use or nowhere to write, 70 a bug of our own."""
    let_file_names_be_chinese()
    with outliving_streams() as streams:
        let_streams_take_chinese()
        end_in_order()
        code = whole(code_of(cli), streams)
    gc.freeze()  # the process ends: nobody needs the garbage of its last document sorted
    sys.exit(code)
