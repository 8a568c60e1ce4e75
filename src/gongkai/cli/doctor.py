"""What a machine must have to set disclosures, and what to do where something is missing."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from gongkai import __version__
from gongkai.kinds import USUAL
from gongkai.output.formats import packages
from gongkai.output.pdf.engine import ENGINES

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
    for library in (library for engine in ENGINES.values() for library in engine.libraries()):
        there = bool(library.version)
        yield Item(f"{library.name}（{library.what}）", library.version or "没有安装", ok=there, advice=library.advice)


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
