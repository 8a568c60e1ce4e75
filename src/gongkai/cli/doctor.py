"""What a machine must have to set disclosures, and what to do where something is missing."""

from __future__ import annotations

import ctypes.util
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from gongkai import __version__

_LIBRARIES = {
    "pangoft2-1.0": ("Pango（排版）", "libpangoft2-1.0-0"),
    "harfbuzz-subset": ("HarfBuzz 子集（缩小字体，没有它慢六倍）", "libharfbuzz-subset0"),
}
_PACKAGES = ("weasyprint", "jinja2", "pydantic", "PyYAML", "python-docx", "lxml")


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
    for package in _PACKAGES:
        try:
            yield Item(package, version(package), ok=True)
        except PackageNotFoundError:
            yield Item(package, "没有安装", ok=False, advice="请运行 make setup，或重新安装 gongkai")


def _libraries() -> Iterator[Item]:
    for library, (name, package) in _LIBRARIES.items():
        found = ctypes.util.find_library(library)
        advice = f"Debian、Ubuntu、统信、麒麟：apt-get install {package}"
        yield Item(name, found or "没有安装", ok=found is not None, advice=advice)


def _fonts() -> Iterator[Item]:
    from gongkai.output.fonts import font_files, missing_fonts
    from gongkai.packs.find import ROOT_PACK
    from gongkai.packs.pack import open_pack

    style = open_pack(ROOT_PACK, "预算", 2024).style
    missing = missing_fonts(style)
    if not missing:
        yield Item("字体", "、".join(font_files(style)), ok=True)
    for finding in missing:
        yield Item("字体", finding.message, ok=False, advice=finding.advice)
