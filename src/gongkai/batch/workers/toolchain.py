"""What gives documents their bytes besides data and packs: the product, the libraries and the fonts."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

from gongkai import __version__
from gongkai.files.read import read_regular
from gongkai.output.formats import on_pages
from gongkai.output.formats import packages as written_with
from gongkai.output.look.fonts import font_folders
from gongkai.output.pdf.engine import ENGINES
from gongkai.packs.assembled import STYLE
from gongkai.produce.inputs import digest

from .order import Order

_LARGEST_FONT = 200_000_000
_FOR_ALL = ("lxml", "jinja2")
"""What every document is made with; the rest is in the register of formats."""


def versions(order: Order) -> dict[str, str]:
    """The product and the libraries that write the documents of an order, with their versions.

    Of the engines only the one in use counts, and none where no format has pages. What is missing on this machine is
    left out. Not the version of Python: documents are the same bytes on each (``gongkai.prose.sums``).
    """
    return {"gongkai": __version__, **dict(_libraries(order)), "zlib": zlib.ZLIB_RUNTIME_VERSION}


def _libraries(order: Order) -> Iterator[tuple[str, str]]:
    engine = ENGINES[order.engine]
    for package in dict.fromkeys([*written_with(order.formats, engine), *_FOR_ALL]):
        with suppress(PackageNotFoundError):
            yield package, version(package)
    for library in engine.libraries() if on_pages(order.formats) else ():
        if library.version:
            yield library.name, library.version


def named_fonts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The font files on this machine that the styles among these files name."""
    styles = b"\n".join(data for name, data in files.items() if name.endswith(STYLE)).decode("utf-8", "replace")
    found: dict[str, bytes] = {}
    for folder in font_folders():
        for file in sorted(folder.glob("*.*")):
            if file.name in styles and file.name not in found:
                found[file.name] = read_regular(file, _LARGEST_FONT)
    return found


def toolchain_of(files: Mapping[str, bytes], order: Order) -> dict[str, str]:
    """What makes an order's documents on this machine with these packs: versions by library, hashes by font file."""
    return versions(order) | {name: digest(data)[:12] for name, data in named_fonts(files).items()}
