"""Finding the font files that a style names. A missing font stops the work with clear words."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from platformdirs import user_data_path

from gongkai.findings import Finding, FindingsError, Level
from gongkai.packs.style import Style

ENVIRONMENT_VARIABLE = "GONGKAI_FONTS"


def own_folder() -> Path:
    """The user's folder for the product's fonts: ~/.local/share/fonts/gongkai, or what the system has instead."""
    return user_data_path() / "fonts/gongkai"


def font_folders() -> Iterator[Path]:
    """Where fonts are sought: the environment's folder, the user's, the machine's."""
    stated = os.environ.get(ENVIRONMENT_VARIABLE)
    if stated:
        yield Path(stated)
    yield own_folder()
    yield Path(sys.prefix) / "share/fonts/gongkai"
    yield Path("/usr/local/share/fonts/gongkai")
    yield Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
    yield Path("/usr/share/fonts/opentype/noto")
    yield Path("/usr/share/fonts/noto-cjk")


def _find(file: str) -> Path | None:
    return next((folder / file for folder in font_folders() if (folder / file).is_file()), None)


def font_files(style: Style) -> Mapping[str, str]:
    """Every font file that a style names, with the name of the typeface that first wants it."""
    wanted: dict[str, str] = {}
    for name, font in {**style.fonts, "后备字体": style.fallback}.items():
        wanted.setdefault(font.file, name)
    return wanted


def missing_fonts(style: Style) -> list[Finding]:
    """An error for every font file that is nowhere."""
    return [
        Finding(
            "GK601",
            Level.ERROR,
            f"缺少字体文件 {file}（{name}要用它）",
            "请运行 make setup 安装字体；用 pip 安装的，从装好的机器上复制字体文件，"
            f"放进 {own_folder()}，或用环境变量 {ENVIRONMENT_VARIABLE} 指明所在文件夹",
        )
        for file, name in font_files(style).items()
        if _find(file) is None
    ]


def locate_fonts(style: Style) -> Mapping[str, Path]:
    """Where every font file of a style is. Raises FindingsError that names all missing ones."""
    missing = missing_fonts(style)
    if missing:
        raise FindingsError(missing)
    return {file: found for file in font_files(style) if (found := _find(file)) is not None}
