"""The faces of a style as Typst knows them: by family, weight, style and width, found by their files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from typst import FontInfo, Fonts

from gongkai.files.scratch import filling, scratch_folder
from gongkai.findings import Finding, FindingsError, Level
from gongkai.output.layout.lines.face_widths import FaceWidths, face_widths
from gongkai.output.look.fonts import locate_fonts
from gongkai.packs.style import FontStyle, Style


@dataclass(frozen=True, slots=True)
class Face:
    """A face: by what the compiler chooses it, and what it is measured by."""

    family: str
    weight: int
    style: str
    stretch: float
    widths: FaceWidths


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces of a style by the names that it gives them, the fallback, and all of them for the compiler."""

    by_name: Mapping[str, Face]
    fallback: Face
    fonts: Fonts


def faces_of(style: Style) -> Faces:
    """The faces of a style. Raises FindingsError when a font is missing, or two faces cannot be told apart."""
    files = locate_fonts(style)
    fonts, known = _loaded(tuple(sorted({*files.values()})))
    faces = {name: _face(font, files[font.file], known) for name, font in style.fonts.items()}
    return Faces(faces, _face(style.fallback, files[style.fallback.file], known), fonts)


@lru_cache(maxsize=4)
def _loaded(files: Sequence[Path]) -> tuple[Fonts, Mapping[Path, Sequence[FontInfo]]]:
    """These files, and no other of the machine, for the compiler, which takes nothing but folders."""
    folder = scratch_folder("fonts")
    places = {file: folder / f"{number}{file.suffix.lower()}" for number, file in enumerate(files)}
    with filling():
        for file, place in places.items():
            _put(file, place)
    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    known = [(os.path.realpath(info.path or ""), info) for info in fonts.fonts()]
    found: dict[Path, Sequence[FontInfo]] = {}
    for file, place in places.items():
        names = {os.path.realpath(file), os.path.realpath(place)}  # the compiler may see through the link
        found[file] = [info for path, info in known if path in names]
    return fonts, found


def _put(file: Path, place: Path) -> None:
    """Let a file be found in another place: by a link where the system allows it, else by a copy."""
    for link in (os.symlink, os.link):
        try:
            link(file.resolve(), place)
        except OSError:
            continue
        return
    shutil.copyfile(file, place)


def _face(font: FontStyle, file: Path, known: Mapping[Path, Sequence[FontInfo]]) -> Face:
    """The face that a style means by a file: of a collection the one of this family, else its first."""
    of_file = known[file]
    info = next((info for info in of_file if info.family == font.family), of_file[0] if of_file else None)
    if info is None:
        raise _refused(font, "读不出来", "请换一个完好的字体文件")
    every = (_variant(other) for of_other in known.values() for other in of_other)
    if list(every).count(_variant(info)) > 1:
        raise _refused(
            font, "和另一个字体文件里的名称、粗细都相同，Typst 分不开", "请用 --engine weasyprint，或换一个字体"
        )
    return Face(info.family, info.weight, info.style, info.stretch, face_widths(file, info.index))


def _variant(info: FontInfo) -> tuple[str, int, str, float]:
    return info.family, info.weight, info.style, info.stretch


def _refused(font: FontStyle, what: str, advice: str) -> FindingsError:
    return FindingsError([Finding("GK601", Level.ERROR, f"字体文件 {font.file} {what}", advice)])
