"""The web pages of examples."""

from __future__ import annotations

from functools import cache

from gongkai.document.compose import render_disclosure
from gongkai.document.parse import HtmlDocument, parse_document
from gongkai.intake.read import read
from gongkai.output.html.page import render_html
from gongkai.packs.open import open_pack
from gongkai.produce.preview import example_files
from support.fixtures import ROOT

EXAMPLES = [path.stem for path in example_files()]


@cache
def made(example: str) -> tuple[HtmlDocument, bytes]:
    """The document, and the page made from it."""
    disclosure = read(ROOT / "examples" / f"{example}.yaml").model
    pack = open_pack(disclosure.pack or "base", disclosure.kind, disclosure.year)
    document = parse_document(render_disclosure(disclosure, pack))
    return document, render_html(document, pack.style)
