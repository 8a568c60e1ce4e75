"""The built-in examples with a pack: to look at, and to see whether the pack holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gongkai.document.compose import render_disclosure
from gongkai.findings import Finding, FindingsError
from gongkai.intake.read import read
from gongkai.kinds import USUAL
from gongkai.packs.load.find import find_pack, layers, product_templates, search_path
from gongkai.packs.open import open_pack
from gongkai.result import Result

from .file_state import saved_times
from .unit import Settings, render_unit


def example_files() -> list[Path]:
    """The built-in examples, full ones and nearly empty ones."""
    return sorted((product_templates().parent / "examples").glob("*.yaml"))


PREVIEWED = ("pdf", "docx", "html")
"""The formats of a preview."""


def preview_examples(pack: str, out: Path, folders: Sequence[Path], engine: str | None = None) -> list[Result]:
    """Every example rendered with the pack into ``out``, its pages set by the engine of this name."""
    settings = Settings(out, PREVIEWED, pack, folders, engine=engine)
    return [render_unit(path, settings) for path in example_files()]


def try_examples(pack: str, folders: Sequence[Path]) -> list[Finding]:
    """What goes wrong when the pack meets full and empty data; nothing is written."""
    from gongkai.document.parse import parse_document
    from gongkai.output.look.fonts import missing_fonts

    findings: list[Finding] = []
    for path in example_files():
        disclosure = read(path).model
        try:
            ready = open_pack(pack, disclosure.kind, disclosure.year, folders)
            parse_document(render_disclosure(disclosure, ready))
            findings += missing_fonts(ready.style)
        except FindingsError as error:
            findings += error.findings
    return findings


def state_of(pack: str, folders: Sequence[Path]) -> frozenset[tuple[str, int]]:
    """The files of a pack and its parents with their times, to see when one was changed.

    While the pack cannot be opened, those of all packs: any of them may be what has to be mended.
    """
    path = search_path(folders)
    try:
        chain = layers(find_pack(pack, path), path, USUAL, 0)
    except FindingsError:
        return saved_times(path)
    return saved_times(layer.folder for layer in chain)
