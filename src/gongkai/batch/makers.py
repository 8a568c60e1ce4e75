"""What gives documents their bytes besides data and packs: the product, the libraries and the fonts."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from gongkai import __version__
from gongkai.output.fonts import font_folders
from gongkai.packs.ready import STYLE

from .task import digest

_LIBRARIES = ("weasyprint", "pydyf", "fonttools", "python-docx", "lxml", "jinja2", "xlsxwriter")


def versions() -> dict[str, str]:
    """The product and the libraries that write documents, with their versions."""
    return {"gongkai": __version__, **{name: version(name) for name in _LIBRARIES}}


def named_fonts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The font files on this machine that the styles among these files name."""
    styles = b"\n".join(data for name, data in files.items() if name.endswith(STYLE)).decode("utf-8", "replace")
    found: dict[str, bytes] = {}
    for folder in font_folders():
        for file in sorted(folder.glob("*.*")):
            if file.name in styles and file.name not in found:
                found[file.name] = file.read_bytes()
    return found


def makers(files: Mapping[str, bytes]) -> dict[str, str]:
    """What makes documents on this machine with these packs: versions by library, hashes by font file."""
    return versions() | {name: digest(data)[:12] for name, data in named_fonts(files).items()}
