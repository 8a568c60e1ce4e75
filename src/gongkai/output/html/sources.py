"""The web page with the origin of every amount on it: for the unit's own eyes, before anything is published."""

from __future__ import annotations

import copy
from pathlib import PurePath

from lxml.html import HtmlElement, builder

from gongkai.document.parse import HtmlDocument
from gongkai.document.vocabulary import AMOUNT, COVER
from gongkai.findings import Place
from gongkai.packs.ledger import FROM
from gongkai.packs.style import Style
from gongkai.trace.sources import Origin
from gongkai.trace.tracing import Tracing
from gongkai.trace.words import origin_lines

from .page import render_html

_NOTICE = "内部核对用，不公开。把鼠标放在一个数上，就看到它由数据文件里的哪些数得出、在什么地方。"
_CLASS = "internal"
_CSS = f"""
.{_CLASS} {{ margin: 0 0 1rem; padding: .5rem 1rem; text-indent: 0; background: #fff3cd; border: 1px solid #8a6d00; }}
[{FROM}] {{ border-bottom: 1px dotted #0b4f9e; cursor: help; }}
"""


def render_sources(tracing: Tracing, style: Style) -> bytes:
    """The page as UTF-8: each amount has its sum in ``title``, and the places of its facts in ``data-from``."""
    document = tracing.document
    root = copy.deepcopy(document.root)
    amounts = [element for element in root.iter(AMOUNT) if element.get(FROM) is not None]
    for element, printed in zip(amounts, tracing.amounts, strict=True):
        origin = tracing.sources.origin(printed.figure)
        _note(element, "\n".join(origin_lines(origin, printed, _spot)), _places(origin))
    _set_notice(root)
    return render_html(HtmlDocument(root, document.title, document.author, document.published), style, _CSS)


def _note(amount: HtmlElement, words: str, places: str) -> None:
    """Put the places of an amount on it, and its origin in words; in a table on its cell: easier to point at."""
    amount.set(FROM, places)
    cell = next(amount.iterancestors("td"), amount)
    cell.set("title", words)


def _places(origin: Origin) -> str:
    told = (origin.approved, *origin.sources) if origin.approved else origin.sources
    return "；".join(_spot(source.place) if source.place else source.words for source in told)


def _spot(place: Place) -> str:
    """A place as the page tells it: the file without its folders, which are nobody's business."""
    return f"{PurePath(place.file).name} {place.spot}".strip()


def _set_notice(root: HtmlElement) -> None:
    notice = builder.P(_NOTICE, builder.CLASS(_CLASS))
    body = root.find("body")
    assert body is not None, "a parsed document always has a body"
    cover = next((element for element in body if COVER in (element.get("class") or "").split()), body)
    cover.insert(0, notice)
    title = root.find(".//title")
    if title is not None:
        title.text = f"（内部核对）{title.text or ''}"
