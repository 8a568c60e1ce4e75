"""What a machine must have to set disclosures, and what to do where something is missing."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version

from gongkai import __version__
from gongkai.kinds import USUAL
from gongkai.output.formats import FORMATS
from gongkai.output.pdf.choice import choose, refused
from gongkai.output.pdf.engine import ENGINES, Engine

_READ = ("jinja2", "pydantic", "PyYAML", "lxml")
"""What reads data and packs; what the formats are written with is in their register."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing looked at. What is not ``ok`` is worth knowing; ``needed`` says that documents want it."""

    name: str
    state: str
    ok: bool
    advice: str = ""
    needed: bool = True

    @property
    def mark(self) -> str:
        """What stands before it: there, missing, or missing without harm."""
        return "✓" if self.ok else "✗" if self.needed else "○"


def examine() -> list[Item]:
    """Everything looked at, in order: Python, packages, engines with their libraries, fonts."""
    return [*_python(), *_packages(), *_engines(), *_fonts()]


def _python() -> Iterator[Item]:
    yield Item("gongkai", __version__, ok=True)
    yield Item("Python", platform.python_version(), ok=True)


def _packages() -> Iterator[Item]:
    written_with = (package for form in FORMATS.values() for package in form.packages)
    for package in dict.fromkeys([*_READ, *written_with]):
        yield _package(package)


def _package(name: str) -> Item:
    try:
        return Item(name, version(name), ok=True)
    except PackageNotFoundError:
        return Item(name, "没有安装", ok=False, advice="请运行 make setup，或照 docs/安装.md 重新安装")


def _engines() -> Iterator[Item]:
    """Which engine sets pages here; then what each is made of, which is needed where no other one can work."""
    working = [engine for engine in ENGINES.values() if refused(engine) is None]
    yield _engine_in_use(working)
    for engine in ENGINES.values():
        for item in _parts(engine):
            if item.ok or not working:
                yield item
            elif engine in working:
                yield replace(item, needed=False)
            else:
                advice = f"没有它也行，PDF 和 DOCX 由 {working[0].name} 排；{item.advice}"
                yield replace(item, needed=False, advice=advice)


def _engine_in_use(working: Sequence[Engine]) -> Item:
    if not working:
        return Item("排版引擎", "一个也用不了，PDF 和 DOCX 生成不了", ok=False, advice="照下面的补一样就行")
    used = choose(None).engine
    others = "；".join(f"写 --engine {engine.name} 就用 {engine.name}" for engine in working if engine is not used)
    return Item("排版引擎", f"{used.name}{f'；{others}' if others else ''}", ok=True)


def _parts(engine: Engine) -> Iterator[Item]:
    for package in engine.packages:
        yield _package(package)
    for library in engine.libraries():
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
