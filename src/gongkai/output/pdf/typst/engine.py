"""The compiler: a source in, pages and a PDF out; what it complains of becomes findings."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from typst import Compiler, Fonts, TypstError, TypstWarning

from gongkai.files.scratch import filling, scratch_folder
from gongkai.findings import Finding, FindingsError, Level, shown

# One thread: another one wins a tenth of a second, and costs memory and work of its own. Read at the first compiling.
os.environ.setdefault("RAYON_NUM_THREADS", "1")

_KEPT_FOR = 10
"""Calls for which the compiler keeps what it has reckoned."""
_STANDARDS = ["a-3a", "ua-1"]
_PLACES = "query(heading).map(it => (str(it.label), counter(page).at(it.location()).first()))"
_COUNT = "query(<mark>).last().location().page()"
_MARKS = "query(<mark>).map(it => { let at = it.location().position(); (..it.value, at.page, at.y.pt()) })"
_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_STANDARD = "PDF/"
"""How the compiler's words begin where a text breaks a standard."""
_CONVERGENCE = ("did not converge", "value of")
"""In the compiler's words when page numbers and pages do not settle."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that was marked in a source: what is there, its number, the page, and the points from its upper edge."""

    kind: str
    number: int
    page: int
    height: float


class Compiled:
    """A source that the compiler sets. Nothing in it is code but what this engine wrote."""

    def __init__(self, source: str, fonts: Fonts) -> None:
        file = _file()
        with filling():
            file.write_text(source, encoding="utf-8")  # it answers no questions about a source that is not a file
        self._compiler = Compiler(str(file), root=str(file.parent), font_paths=fonts, ignore_system_fonts=True)

    def pdf(self) -> tuple[bytes, list[Finding]]:
        """The PDF, and what the compiler complained of. Raises FindingsError where a text cannot be set."""
        try:
            data, warnings = self._compiler.compile_with_warnings(format="pdf", pdf_standards=_STANDARDS)  # type: ignore[arg-type]
        except TypstError as error:
            refusals = _refusals(error)
            if not refusals:
                raise
            raise FindingsError(refusals) from None
        assert isinstance(data, bytes), "one file is asked for"
        return data, complaints(warnings)

    def pages(self) -> Mapping[str, int]:
        """The printed page number of every heading and table title, by its id."""
        return {str(name): int(number) for name, number in self._asked(_PLACES)}

    def page_count(self) -> int:
        """How many pages there are: a mark stands at the end."""
        return int(self._asked(_COUNT))

    def marks(self) -> list[Mark]:
        """All places that were marked, in their order."""
        found = self._asked(_MARKS)
        return [Mark(str(kind), int(number), int(page), float(height)) for kind, number, page, height in found]

    def _asked(self, expression: str) -> Any:
        return json.loads(self._compiler.eval(expression))


@lru_cache(maxsize=1)
def _file() -> Path:
    """The one file that every source is written to: the compiler reads it again for every document."""
    return scratch_folder("typst") / "document.typ"


def put_beside(data: bytes, ending: str) -> Path:
    """A file of these bytes beside the sources, which may ask for it by its name; equal bytes have one name."""
    file = _file().with_name(f"{hashlib.sha256(data).hexdigest()}{ending}")
    if not file.exists():
        with filling():
            file.write_bytes(data)
    return file


def _refusals(error: TypstError) -> list[Finding]:
    """What keeps a text from being set; nothing where the mistake is ours."""
    letters = dict.fromkeys(_GLYPH.findall(error.diagnostic))
    if letters:
        advice = "请换一个字或符号，或在模板包 style.yaml 的“后备字体”里换一个有这个字的字体"
        return [
            Finding("GK643", Level.ERROR, f"“{shown(letter)}”印不出来：版式的字体里没有这个字", advice)
            for letter in letters
        ]
    if error.message.startswith(_STANDARD):
        return [Finding("GK602", Level.ERROR, f"排不成可存档、可读屏的 PDF：{error.message}", "请核对模板和文字")]
    return []


def complaints(warnings: list[TypstWarning]) -> list[Finding]:
    """What the compiler complained of, each thing once."""
    found: dict[str, Finding] = {}
    for warning in warnings:
        if any(words in warning.message for words in _CONVERGENCE):
            message, advice = (
                "排了五遍，页码还没有稳定下来，目录里的页码可能不对",
                "请核对目录；或用 --engine weasyprint",
            )
        else:
            message, advice = f"排版时有警告：{warning.message}", "请核对模板和文字"
        found.setdefault(message, Finding("GK602", Level.WARNING, message, advice))
    return list(found.values())


def forget() -> None:
    """Let go of what the compiler has kept of documents: all that was not used in its last calls."""
    nothing = no_fonts()
    for _ in range(_KEPT_FOR + 1):
        Compiler(b"", font_paths=nothing, ignore_system_fonts=True).compile(format="svg")
    _give_back()


def _give_back() -> None:
    """Let the system have what is free, where its library can: else each worker keeps thirty megabytes for nothing."""
    with suppress(OSError, AttributeError, TypeError):  # another library, or none that can be asked
        ctypes.CDLL(None).malloc_trim(0)


@lru_cache(maxsize=1)
def no_fonts() -> Fonts:
    """No face at all, for what has no text."""
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[])
