"""A document as every engine sets it: tables fitted, figures marked, the lines of running text chosen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lxml.html import HtmlElement

from gongkai.document.vocabulary import COVER_DATE
from gongkai.packs.style import Style

from .cover import space_above_date
from .emblem import place_emblem, space_below, words_below
from .figures import keep_heading_ends, mark_figures
from .fit import fitted
from .lines.set_lines import set_lines


def prepared(root: HtmlElement, style: Style, fonts: Mapping[str, Path]) -> HtmlElement:
    """A copy of a document that is ready to be set; ``fonts`` says where each font file is."""
    root = fitted(root, style, end_cells=True)
    emblem = place_emblem(root, style)
    if emblem is not None and (words := words_below(emblem)) is not None:
        words.set("style", f"margin-top: {space_below(emblem, style):.2f}pt")
    for date in root.find_class(COVER_DATE):
        if (space := space_above_date(date, style)) is not None:
            date.set("style", f"margin-top: {space:.2f}pt")
    mark_figures(root)
    keep_heading_ends(root)
    set_lines(root, style, fonts)
    return root
