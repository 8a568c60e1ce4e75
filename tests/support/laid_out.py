"""Every example, laid out once for all tests."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.document.parse import HtmlDocument, parse_document
from gongkai.intake.read import read
from gongkai.output.data.opendata import open_data
from gongkai.output.pdf.weasyprint.render import Pages, paginate
from gongkai.packs.load.find import ROOT_PACK
from gongkai.packs.open import open_pack
from support.fixtures import ROOT

EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.yaml"))


BUDGET, FINAL = "kezhou-swj-2024-budget", "shili-ju-2024-final"


SHARE_LAYOUTS = pytest.mark.xdist_group("pages of the examples")
"""The tests that look at the pages of the examples: to lay them out is most of their time."""


def rendered(path: Path) -> Rendered:
    disclosure = read(path).model
    return render_disclosure(disclosure, open_pack(disclosure.pack or ROOT_PACK, disclosure.kind, disclosure.year))


def laid_out(path: Path) -> tuple[HtmlDocument, Pages]:
    text = rendered(path)
    document = parse_document(text)
    return document, paginate(document, text.pack.style)


@cache
def example_layout(name: str) -> tuple[HtmlDocument, Pages]:
    """An example laid out, once for all tests of pages: they run in one process (see ``SHARE_LAYOUTS``)."""
    return laid_out(ROOT / "examples" / f"{name}.yaml")


@cache
def example(name: str) -> tuple[HtmlDocument, bytes]:
    document, layout = example_layout(name)
    data = layout.to_pdf(open_data(rendered(ROOT / "examples" / f"{name}.yaml")))
    assert layout.findings == []
    return document, data


@cache
def opened(name: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(example(name)[1]))


def layout_of(name: str) -> Pages:
    return example_layout(name)[1]
