"""What a machine must have to set disclosures, and what to do where something is missing."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from gongkai import __version__
from gongkai.findings import FindingsError
from gongkai.kinds import USUAL
from gongkai.output.formats import packages

_READ = ("jinja2", "pydantic", "PyYAML", "lxml")
"""What reads data and packs; what the formats are written with is in their register."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing looked at."""

    name: str
    state: str
    ok: bool
    advice: str = ""


def examine() -> list[Item]:
    """Everything looked at, in order: Python, packages, libraries, fonts."""
    return [*_python(), *_packages(), *_libraries(), *_fonts()]


def _python() -> Iterator[Item]:
    yield Item("gongkai", __version__, ok=True)
    yield Item("Python", platform.python_version(), ok=True)


def _packages() -> Iterator[Item]:
    for package in dict.fromkeys([*_READ, *packages()]):
        try:
            yield Item(package, version(package), ok=True)
        except PackageNotFoundError:
            yield Item(package, "没有安装", ok=False, advice="请运行 make setup，或照 docs/安装.md 重新安装")


def _libraries() -> Iterator[Item]:
    try:
        from gongkai.output.pdf.weasyprint import fast_import
    except FindingsError as error:
        yield Item("Pango（排版）", "没有安装", ok=False, advice=error.findings[0].advice)
        return
    versions = fast_import.library_versions()
    yield Item("Pango（排版）", versions["Pango"], ok=True)
    yield Item("HarfBuzz（字形）", versions["HarfBuzz"], ok=True)
    cuts = fast_import.cuts_fonts()
    advice = fast_import.INSTALL.get(sys.platform, "请安装 harfbuzz-subset")
    yield Item("HarfBuzz 子集（缩小字体，没有它慢六倍）", "有" if cuts else "没有安装", ok=cuts, advice=advice)


def _fonts() -> Iterator[Item]:
    from gongkai.output.look.fonts import font_files, missing_fonts
    from gongkai.packs.load.find import ROOT_PACK
    from gongkai.packs.open import open_pack

    style = open_pack(ROOT_PACK, USUAL, 2024).style
    missing = missing_fonts(style)
    if not missing:
        yield Item("字体", "、".join(font_files(style)), ok=True)
    for finding in missing:
        yield Item("字体", finding.message, ok=False, advice=finding.advice)
