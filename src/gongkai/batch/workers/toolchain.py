"""What gives documents their bytes besides data and packs: the product, the libraries and the fonts."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from gongkai import __version__
from gongkai.files.read import read_regular
from gongkai.output.formats import packages as written_with
from gongkai.output.look.fonts import font_folders
from gongkai.output.pdf.engine import ENGINES
from gongkai.packs.assembled import STYLE
from gongkai.produce.inputs import digest

_LARGEST_FONT = 200_000_000
_FOR_ALL = ("lxml", "jinja2")
"""What every document is made with; the rest is in the register of formats."""


def versions() -> dict[str, str]:
    """The product and the libraries that write documents, with their versions.

    Not the version of Python: documents are the same bytes on each (``gongkai.prose.sums``).
    """
    packages = {name: version(name) for name in dict.fromkeys([*written_with(), *_FOR_ALL])}
    return {"gongkai": __version__, **packages, **_system_libraries(), "zlib": zlib.ZLIB_RUNTIME_VERSION}


@cache
def _system_libraries() -> Mapping[str, str]:
    """Those of the system that are there."""
    needed = (library for engine in ENGINES.values() for library in engine.libraries())
    return {library.name: library.version for library in needed if library.version}


def named_fonts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The font files on this machine that the styles among these files name."""
    styles = b"\n".join(data for name, data in files.items() if name.endswith(STYLE)).decode("utf-8", "replace")
    found: dict[str, bytes] = {}
    for folder in font_folders():
        for file in sorted(folder.glob("*.*")):
            if file.name in styles and file.name not in found:
                found[file.name] = read_regular(file, _LARGEST_FONT)
    return found


def toolchain_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """What makes documents on this machine with these packs: versions by library, hashes by font file."""
    return versions() | {name: digest(data)[:12] for name, data in named_fonts(files).items()}
