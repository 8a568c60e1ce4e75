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

if TYPE_CHECKING:
    from gongkai.document.compose import Rendered
    from gongkai.document.parse import HtmlDocument
    from gongkai.output.pdf.weasyprint.render import Layout

Progress = Callable[[str], None]


class Manuscript:
    """A disclosure that is ready to be written: what several formats are made of is made once, when one asks for it."""

    def __init__(self, rendered: Rendered, progress: Progress = lambda step: None) -> None:
        self.rendered = rendered
        self.progress = progress

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
    def layout(self) -> Layout:
        """The pages of the PDF."""
        from gongkai.output.pdf.weasyprint.render import lay_out

        self.progress("排版")
        return lay_out(self.document, self.rendered.pack.style)

    @property
    def laid_out(self) -> Layout | None:
        """The pages, if a format needed them."""
        return self.__dict__.get("layout")


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, how the names of its files end, how it is written.

    ``what`` explains the name in the help of commands; ``modules`` of the product are what it needs loaded, and
    ``packages`` the distributions that make its bytes.
    """

    name: str
    ending: str
    write: Callable[[Manuscript], bytes]
    modules: Sequence[str]
    packages: Sequence[str]
    what: str = ""


def _pdf(made: Manuscript) -> bytes:
    from gongkai.output.look.glyphs import refuse_missing_glyphs

    refuse_missing_glyphs(made.document, made.rendered)
    return made.layout.to_pdf(made.data)


def _docx(made: Manuscript) -> bytes:
    from gongkai.output.docx.writer import render_docx

    pages = made.layout.pages  # its contents take their page numbers from the PDF
    made.progress("生成 DOCX")
    return render_docx(made.document, made.rendered.pack.style, pages)


def _html(made: Manuscript) -> bytes:
    from gongkai.output.html.page import render_html

    return render_html(made.document, made.rendered.pack.style)


def _xlsx(made: Manuscript) -> bytes:
    from gongkai.output.xlsx.writer import render_xlsx

    return render_xlsx(made.document, made.rendered)


def _data(made: Manuscript) -> bytes:
    from gongkai.output.data.opendata import open_data_zip

    return open_data_zip(made.data)


_DOCUMENT, _RENDERER = "document.parse", "output.pdf.weasyprint.render"
_PAGES = ("weasyprint", "pydyf", "fonttools")

FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("pdf", ".pdf", _pdf, (_DOCUMENT, "output.data.opendata", _RENDERER, "output.look.glyphs"), _PAGES),
        Format("docx", ".docx", _docx, (_DOCUMENT, _RENDERER, "output.docx.writer"), (*_PAGES, "python-docx")),
        Format("html", ".html", _html, (_DOCUMENT, "output.html.page"), ("lxml",)),
        Format("xlsx", ".xlsx", _xlsx, (_DOCUMENT, "output.xlsx.writer"), ("xlsxwriter",), "各表"),
        Format("data", "-数据.zip", _data, (_DOCUMENT, "output.data.opendata"), (), "开放数据"),
    )
}

USUAL = ("pdf", "docx")
"""What is written where nobody says otherwise."""


def load(names: Collection[str]) -> None:
    """Import what these formats need before the first document comes."""
    for name in names:
        for module in FORMATS[name].modules:
            import_module(f"gongkai.{module}")


def packages() -> list[str]:
    """The distributions that make the bytes of documents, each once."""
    return [*dict.fromkeys(package for form in FORMATS.values() for package in form.packages)]


def listed() -> str:
    """The formats as the help of commands tells them."""
    return "、".join(f"{form.name}（{form.what}）" if form.what else form.name for form in FORMATS.values())
