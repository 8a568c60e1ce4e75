"""Characters that no face of a pack's style has: they would be printed as boxes, and make the PDF invalid."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path as File
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

from gongkai.document.parse import HtmlDocument
from gongkai.findings import Finding, FindingsError, Level, Path

from .fonts import locate_fonts

if TYPE_CHECKING:
    from gongkai.document.compose import Rendered

_ADVICE = (
    "请换一个字或符号；姓名、地名里的生僻字先核对是不是写成了别的字，确实要印的，"
    "在模板包 style.yaml 的“后备字体”里换一个有这个字的字体；或不生成 PDF（--format docx,html）"
)
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
"""Categories of what has no form: controls, marks of format, blanks, ends of lines."""


@lru_cache(maxsize=16)
def _characters(file: File) -> frozenset[int]:
    """The characters that a font has; all faces of a collection have the same."""
    with TTFont(file, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


def refuse_missing_glyphs(document: HtmlDocument, rendered: Rendered) -> None:
    """Raises FindingsError with every character of the document that could not be printed, and where it is written."""
    style = rendered.pack.style
    files = locate_fonts(style)
    letters = {ord(letter) for letter in document.root.xpath("string()")}
    # A text may be set in any of them: what one of them lacks, the fallback has to give.
    everywhere = frozenset.intersection(*(_characters(files[font.file]) for font in style.fonts.values()))
    rare = sorted(code for code in letters - everywhere if not _has_no_form(code))
    missing = [code for code in rare if code not in _characters(files[style.fallback.file])]
    if missing:
        raise FindingsError(_finding(chr(code), rendered) for code in missing)


def _has_no_form(code: int) -> bool:
    selects_a_form = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    return selects_a_form or unicodedata.category(chr(code)) in _UNSEEN


def _finding(letter: str, rendered: Rendered) -> Finding:
    message = f"“{letter}”（U+{ord(letter):04X}）印不出来：版式的字体里没有这个字"
    path = next(_paths(rendered.public.model_dump(by_alias=True, exclude_unset=True), letter, ()), None)
    place = rendered.place(letter) if path is None else None
    return Finding("GK643", Level.ERROR, message, _ADVICE, path or (), place=place)


def _paths(node: object, letter: str, path: Path) -> Iterator[Path]:
    """The ways to the texts that have this character, in the order of the model."""
    if isinstance(node, str):
        if letter in node:
            yield path
    elif isinstance(node, Mapping):
        for key, child in node.items():
            yield from _paths(child, letter, (*path, str(key)))
    elif isinstance(node, list | tuple):
        for index, child in enumerate(node):
            yield from _paths(child, letter, (*path, index))
