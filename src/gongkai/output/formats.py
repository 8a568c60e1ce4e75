"""The register of formats: what a disclosure can be written as, one record each.

Everything else that knows of formats (options and help of commands, names of files, workers that load
ahead, what a machine needs) reads it here. Loading this module loads no format.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from gongkai.output.pdf import engine as engines
from gongkai.output.pdf.choice import Choice, choose
from gongkai.output.pdf.engine import ENGINES, Engine

if TYPE_CHECKING:
    from gongkai.document.compose import Rendered
    from gongkai.document.parse import HtmlDocument
    from gongkai.output.pdf.engine import PagedDocument
    from gongkai.packs.style import Style
    from gongkai.trace.tracing import Tracing

Progress = Callable[[str], None]


def _untraced() -> Tracing:
    raise LookupError("nobody has said where this document's figures come from")


class Manuscript:
    """A disclosure that is ready to be written: what several formats are made of is made once, when one asks for it.

    ``trace`` makes the document once more with the origin of every amount; what is published never asks for it.
    """

    def __init__(
        self, rendered: Rendered, progress: Progress = lambda step: None, engine: Engine = ENGINES[engines.USUAL],
        trace: Callable[[], Tracing] = _untraced,
    ) -> None:  # fmt: skip
        self.rendered = rendered
        self.progress = progress
        self.engine = engine
        self.trace = trace

    @cached_property
    def document(self) -> HtmlDocument:
        """The one HTML document."""
        from gongkai.document.parse import parse_document

        return parse_document(self.rendered)

    @cached_property
    def data(self) -> Mapping[str, bytes]:
        """The open data (开放数据), by file name."""
        from gongkai.output.data.opendata import open_data

        return open_data(self.rendered)

    @cached_property
    def paged(self) -> PagedDocument:
        """The document on its pages."""
        self.progress("排版")
        return self.engine.paginate(self.document, self.rendered.pack.style)

    @property
    def paged_already(self) -> PagedDocument | None:
        """The document on its pages, if a format needed them."""
        return self.__dict__.get("paged")


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, how the names of its files end, how it is written.

    ``what`` explains the name in the help of commands; ``modules`` are what it needs loaded, ``packages`` the
    distributions that make its bytes; ``on_pages`` says that an engine sets the document on pages for it,
    ``internal`` that it is for the unit's own eyes and not to be published.
    """

    name: str
    ending: str
    write: Callable[[Manuscript], bytes]
    modules: Sequence[str]
    packages: Sequence[str]
    what: str = ""
    on_pages: bool = False
    internal: bool = False


def _pdf(made: Manuscript) -> bytes:
    from gongkai.output.look.glyphs import refuse_missing_glyphs

    refuse_missing_glyphs(made.document, made.rendered)
    return made.paged.to_pdf(made.data)


def emblem_png(style: Style) -> bytes:
    """The emblem of a style as PNG, which every office shows; nothing where it has none."""
    emblem = style.emblem
    places = [place for place in (emblem.cover, emblem.head) if place] if emblem else []
    if emblem is None or not places:
        return b""
    if emblem.picture.kind == "png":
        return emblem.picture.data
    largest = max(places, key=lambda place: place.height)
    return engines.rasterised(emblem.picture.data, emblem.width(largest), largest.height)


def _docx(made: Manuscript) -> bytes:
    from gongkai.output.docx.writer import render_docx

    pages = made.paged.pages  # its contents take their page numbers from the PDF
    made.progress("生成 DOCX")
    style = made.rendered.pack.style
    return render_docx(made.document, style, pages, emblem_png(style))


def _html(made: Manuscript) -> bytes:
    from gongkai.output.html.page import render_html

    return render_html(made.document, made.rendered.pack.style)


def _xlsx(made: Manuscript) -> bytes:
    from gongkai.output.xlsx.writer import render_xlsx

    return render_xlsx(made.document, made.rendered)


def _data(made: Manuscript) -> bytes:
    from gongkai.output.data.opendata import open_data_zip

    return open_data_zip(made.data)


def _sources(made: Manuscript) -> bytes:
    from gongkai.output.html.sources import render_sources

    return render_sources(made.trace(), made.rendered.pack.style)


_DOCUMENT, _DATA = "gongkai.document.parse", "gongkai.output.data.opendata"

FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("pdf", ".pdf", _pdf, (_DOCUMENT, _DATA, "gongkai.output.look.glyphs"), (), on_pages=True),
        Format(
            "docx", ".docx", _docx, (_DOCUMENT, "gongkai.output.docx.writer"), ("python-docx", "typst"), on_pages=True
        ),
        Format("html", ".html", _html, (_DOCUMENT, "gongkai.output.html.page"), ("lxml",)),
        Format("xlsx", ".xlsx", _xlsx, (_DOCUMENT, "gongkai.output.xlsx.writer"), ("xlsxwriter",), "各表"),
        Format("data", "-数据.zip", _data, (_DOCUMENT, _DATA), (), "开放数据"),
        Format(
            "sources",
            "-出处.html",
            _sources,
            (_DOCUMENT, "gongkai.output.html.sources"),
            ("lxml",),
            "每个数的出处，内部核对用",
            internal=True,
        ),
    )
}

USUAL = ("pdf", "docx")
"""What is written where nobody says otherwise."""


def load(names: Collection[str], engine: Engine = ENGINES[engines.USUAL]) -> None:
    """Import what these formats need before the first document comes."""
    for form in (FORMATS[name] for name in names):
        for module in (*form.modules, *(engine.modules if form.on_pages else ())):
            import_module(module)


def on_pages(names: Collection[str]) -> bool:
    """Whether an engine sets pages for any of these formats."""
    return any(FORMATS[name].on_pages for name in names)


def engine_of(names: Collection[str], asked: str | None) -> Choice:
    """The engine for these formats, by its name or the one to be had; not loaded where none of them needs pages.

    Raises FindingsError when what is needed cannot be loaded on this machine.
    """
    return choose(asked) if on_pages(names) else Choice(ENGINES[asked or engines.USUAL])


def packages(names: Collection[str], engine: Engine) -> list[str]:
    """The distributions that make the bytes of these formats with this engine, each once."""
    of_engine = engine.packages if on_pages(names) else ()
    return [*dict.fromkeys([*of_engine, *(package for name in names for package in FORMATS[name].packages)])]


def listed() -> str:
    """The formats as the help of commands tells them."""
    return "、".join(f"{form.name}（{form.what}）" if form.what else form.name for form in FORMATS.values())
