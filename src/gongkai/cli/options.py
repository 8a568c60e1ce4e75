"""What several commands take: files, formats, packs, strictness, names."""

from __future__ import annotations

import os
from pathlib import Path

import click

from gongkai.files.read import beginning
from gongkai.findings import visible
from gongkai.output.formats import FORMATS, USUAL, listed
from gongkai.output.pdf import engine as engines
from gongkai.output.pdf.engine import ENGINES

from .chinese import speak_chinese

_ZIP = b"PK\x03\x04"

speak_chinese()  # before any option is made: click words some of their texts then


class Formats(click.ParamType[tuple[str, ...]]):
    """A list such as pdf,docx."""

    name = "格式"

    def convert(
        self, value: str | tuple[str, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The formats named, each once."""
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(part.strip().lower() for part in value.replace("，", ",").split(",")))
        unknown = [name for name in names if name not in FORMATS]
        if unknown:
            self.fail(f"不支持格式“{'、'.join(unknown)}”，可用：{'、'.join(FORMATS)}", param, ctx)
        return names


class EngineName(click.ParamType[str]):
    """The name of a PDF engine."""

    name = "引擎"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if there is such an engine."""
        name = value.strip().lower()
        if name not in ENGINES:
            self.fail(f"没有排版引擎“{value}”，可用：{'、'.join(ENGINES)}", param, ctx)
        return name


class PackPlace(click.Path):
    """A folder in which packs are, or the file of a pack."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path, if a pack may be there; what is in a file is looked over when it is used."""
        path = super().convert(value, param, ctx)
        if (file := Path(os.fsdecode(path))).is_file() and beginning(file, len(_ZIP)) != _ZIP:
            self.fail(f"“{visible(str(file))}”不是文件夹，也不是 gongkai pack build 做的文件。", param, ctx)
        return path


FILES = click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
PACK = click.option("--pack", metavar="名称", help="用这个模板包，不用文件里写的。")
EDITION = click.option("--edition", type=int, metavar="年度", help="用模板包这一年的版本，不按文件的年度选。")
PACK_DIR = click.option(
    "--pack-dir", "pack_dirs", multiple=True, metavar="文件夹或文件", type=PackPlace(path_type=Path, exists=True),
    help="另外到这个文件夹，或 gongkai pack build 做的文件里找模板包，可以多次写。",
)  # fmt: skip
NAME = click.option(
    "--name", metavar="方式", type=click.Choice(("文件", "标题")), default="文件", show_default=True,
    help="公开文件怎样取名：文件（与数据文件同名），或 标题（单位名称和封面标题，如 某局2024年单位预算公开）。",
)  # fmt: skip
ENGINE = click.option(
    "--engine", metavar="引擎", type=EngineName(),
    help=f"PDF 和 DOCX 的页用哪个排版引擎：{engines.listed()}；不写即 {engines.USUAL}，本机没有它要的库就用别的。",
)  # fmt: skip
STRICT = click.option("--strict", is_flag=True, help="有警告也算不通过（提示不算）。")
FORMAT = click.option(
    "--format", "formats", type=Formats(), default=",".join(USUAL), show_default=True,
    help=f"生成哪些格式，用逗号分开：{listed()}。",
)  # fmt: skip
