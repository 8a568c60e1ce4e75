"""The register of PDF engines: each sets the one document on pages and writes them, behind the same protocol.

Everything else that needs pages (the PDF itself, page numbers in a Word file's contents, what a machine must have)
asks here. Loading this module loads no engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gongkai.document.parse import HtmlDocument
    from gongkai.findings import Finding
    from gongkai.packs.style import Style

ATTACHED_AS = "Data"
"""How attached files belong to the document (AFRelationship, ISO 32000-2, 7.11.3): the data of its tables."""


MEDIA_TYPES: Mapping[str, str] = {".csv": "text/csv", ".json": "application/json"}
"""What attached files are, by how their names end."""


class PagedDocument(Protocol):
    """A document set on pages."""

    @property
    def pages(self) -> Mapping[str, int]:
        """The printed page number of every heading and table title, by its id."""
        ...

    @property
    def page_count(self) -> int:
        """How many pages there are, cover and contents among them."""
        ...

    @property
    def findings(self) -> Sequence[Finding]:
        """What the engine complained of: what is clipped, overlaps, or has no glyph."""
        ...

    def to_pdf(self, files: Mapping[str, bytes]) -> bytes:
        """The PDF with the files attached; the same document gives the same bytes. May add findings."""
        ...


@dataclass(frozen=True, slots=True)
class Library:
    """A library of the system that an engine needs: its version, empty where it is missing, and how to get it."""

    name: str
    what: str
    version: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine: its name, the distributions and modules that it is, and what it does.

    ``what`` explains the name in the help of commands. ``paginate`` raises FindingsError when a font of the style, or
    a library of the system, is missing. ``libraries`` are those of the system. Importing the ``modules`` raises
    FindingsError or ImportError on a machine where the engine cannot work. ``forget`` lets go of what the engine keeps
    of a document in case that it comes again: whoever makes many documents calls it between two of them.
    """

    name: str
    what: str
    packages: Sequence[str]
    modules: Sequence[str]
    paginate: Callable[[HtmlDocument, Style], PagedDocument]
    libraries: Callable[[], Sequence[Library]]
    forget: Callable[[], None] = lambda: None


def _weasyprint(document: HtmlDocument, style: Style) -> PagedDocument:
    from .weasyprint.render import paginate

    return paginate(document, style)


def _weasyprint_libraries() -> Sequence[Library]:
    from .weasyprint.needs import libraries

    return libraries()


def _typst(document: HtmlDocument, style: Style) -> PagedDocument:
    from .typst.render import paginate

    return paginate(document, style)


def _typst_libraries() -> Sequence[Library]:
    from .typst.needs import libraries

    return libraries()


def _typst_forget() -> None:
    from .typst.engine import forget

    forget()


DOTS, MOST_DOTS = 300.0, 3000
"""Per inch, of pictures that are made of pixels, and along the longer side of one."""


def rasterised(svg: bytes, width: float, height: float) -> bytes:
    """An SVG that was made safe, as PNG of so many points: whatever engine sets the pages, one makes the pixels."""
    from .typst.pictures.raster import rasterised as made

    return made(svg, width, height, min(DOTS, MOST_DOTS * 72 / max(width, height)))


ENGINES: dict[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine(
            "weasyprint",
            "要系统里的 Pango",
            ("weasyprint", "pydyf", "fonttools"),
            ("gongkai.output.pdf.weasyprint.render",),
            _weasyprint,
            _weasyprint_libraries,
        ),
        Engine(
            "typst",
            "快几倍，不用系统里的库",
            ("typst", "pikepdf"),
            ("gongkai.output.pdf.typst.render",),
            _typst,
            _typst_libraries,
            _typst_forget,
        ),
    )
}

USUAL = "weasyprint"
"""The engine that is meant where nobody says otherwise."""


def listed() -> str:
    """The engines as the help of commands tells them."""
    return "、".join(f"{engine.name}（{engine.what}）" for engine in ENGINES.values())
