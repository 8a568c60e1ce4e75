"""The document as PDF, through WeasyPrint: archival (PDF/A-3a) and accessible (PDF/UA-1)."""

from __future__ import annotations

from . import fast_import  # noqa: F401

# isort: split
import datetime
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from shutil import rmtree
from weakref import finalize

import pydyf
import weasyprint.pdf
import weasyprint.svg  # the renderer loads it late
from lxml.html import HtmlElement
from weasyprint import CSS, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from gongkai.document.parse import HtmlDocument
from gongkai.files.scratch import filling, scratch_folder
from gongkai.findings import Finding, Level
from gongkai.output.collector import quiet_collector
from gongkai.output.layout.prepared import prepared
from gongkai.output.look.css import allowed_families, print_css
from gongkai.output.look.fonts import locate_fonts
from gongkai.packs.style import Style
from gongkai.prose.sums import let_modules_add

from .attach import attach
from .emblem import address_emblem, emblem_css, images_of, show_gradients_once
from .glyph_subset import keep_used_outlines
from .justify import chinese_lines
from .leaders import join_leaders
from .overflow import overflows
from .pdfa import archive, looks_cut, packet
from .short_pages import without_short_pages
from .structure_tree import add_structure, number_pages
from .weasyprint_document import ParsedPage

# The renderer gives a PDF/A an identifier and printable links; tags, metadata and colour are ours.
_VARIANT = "pdf/a-3a"
let_modules_add("weasyprint")
_LOGGER = logging.getLogger("weasyprint")


class _FontsOnly(URLFetcher):
    """Lets the renderer read the style's font files and nothing else: no network, no other file."""

    def __init__(self, fonts: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=("file",))
        self._allowed = {file.as_uri() for file in fonts.values()}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in self._allowed:
            # The renderer goes on without it and says so; the warning becomes a finding.
            raise ValueError(f"a document must not load {url}")
        return super().fetch(url, headers)


class _Collector(logging.Handler):
    """Turns the renderer's warnings into findings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.findings: list[Finding] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = f"排版时有警告：{record.getMessage()}"
        self.findings.append(Finding("GK602", Level.WARNING, message, "请核对模板和文字"))


@dataclass(frozen=True)
class Pages:
    """A document set on pages: the page number of every heading, and what the renderer complained of."""

    pages: Mapping[str, int]
    findings: list[Finding]
    _front: int
    _source: HtmlDocument
    _document: Document
    _published: datetime.date
    _families: frozenset[str]

    @property
    def page_count(self) -> int:
        """How many pages the document has, cover and contents among them."""
        return len(self._document.pages)

    def to_pdf(self, files: Mapping[str, bytes]) -> bytes:
        """The PDF with the files attached; the same document gives the same bytes."""
        with quiet_collector(), _warnings() as warnings, _own_tags():
            data = next(data for data in map(partial(self._written, files), count()) if not looks_cut(data))
        self.findings.extend(warnings.findings)
        self.findings.extend(self._substitutes())
        return data

    def _written(self, files: Mapping[str, bytes], spare: int) -> bytes:
        """The PDF, with so many objects that say nothing."""
        source = self._source

        def finish(document: Document, pdf: pydyf.PDF) -> None:
            keep_used_outlines(document, pdf)
            show_gradients_once(pdf)
            number_pages(pdf, self._front)
            attach(pdf, files, self._published)
            archive(pdf, packet(source.title, source.author, source.published, pdf.info["Producer"].string), spare)

        data: bytes = self._document.write_pdf(finisher=finish, pdf_variant=_VARIANT, output_intent="")
        return data

    def _substitutes(self) -> Iterator[Finding]:
        """A warning for every face that the style does not name: the renderer itself is silent about it."""
        used = {font.family for font in self._document.fonts.values()}
        for family in sorted(used - self._families):
            message = f"有文字用了版式以外的字体“{family}”，多半是版式的字体里没有这个字"
            yield Finding("GK603", Level.WARNING, message, "请核对生僻字和特殊符号；或在模板包里换一个后备字体")


@contextmanager
def _own_tags() -> Iterator[None]:
    """Let the renderer tag by our structure; it offers no other way to reach the marks of its boxes."""
    theirs = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = add_structure
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = theirs


@contextmanager
def _warnings() -> Iterator[_Collector]:
    collector = _Collector()
    handlers, propagate = _LOGGER.handlers[:], _LOGGER.propagate
    _LOGGER.handlers, _LOGGER.propagate = [collector], False
    try:
        yield collector
    finally:
        _LOGGER.handlers, _LOGGER.propagate = handlers, propagate


def _font_configuration() -> FontConfiguration:
    """A configuration whose folder of fonts is removed with it, and at the end of the process at the latest.

    The renderer's own folder goes when it is collected, which at the end of a process never happens.
    """
    configuration = FontConfiguration()
    configuration._folder = scratch_folder("fonts")
    finalize(configuration, rmtree, configuration._folder, ignore_errors=True)
    return configuration


def paginate(document: HtmlDocument, style: Style) -> Pages:
    """Set the document on pages. Raises FindingsError when a font of the style is missing."""
    fonts = locate_fonts(style)
    fetcher = _FontsOnly(fonts)
    configuration = _font_configuration()
    root = prepared(document.root, style, fonts)
    address_emblem(root)
    images = images_of(style, fetcher)
    with quiet_collector(), _warnings() as warnings, chinese_lines(style.typesetting.stretch):
        with filling():
            css = print_css(style, fonts) + emblem_css(style)
            sheet = CSS(string=css, font_config=configuration, url_fetcher=fetcher)

        def render(root: HtmlElement) -> Document:
            return ParsedPage(root, fetcher).render(stylesheets=[sheet], font_config=configuration, cache=images)

        rendered = without_short_pages(root, style, render)
    join_leaders(rendered)
    findings = [*warnings.findings, *overflows(rendered)]
    front = _front_pages(rendered)
    pages, families = _page_numbers(rendered, front), allowed_families(style)
    return Pages(pages, findings, front, document, rendered, document.published, families)


def _front_pages(rendered: Document) -> int:
    """How many pages stand before the first part: cover and contents, which are not counted."""
    return next((i for i, page in enumerate(rendered.pages) if "h1" in page.anchors), 0)


def _page_numbers(rendered: Document, front: int) -> dict[str, int]:
    """The printed page number of every anchor."""
    return {anchor: index - front + 1 for index, page in enumerate(rendered.pages) for anchor in page.anchors}
