"""What Word keeps on one page with what follows: the last lines of a part, the lines above a signature, a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from gongkai.document.vocabulary import role_of
from gongkai.output.layout.tails import is_signature, is_text, lines_of, stretches
from gongkai.packs.style import Style


def kept_with_next(root: HtmlElement, style: Style) -> set[HtmlElement]:
    """The elements of running text and of signatures that stand on the page where the next element begins.

    Word breaks the pages itself, so that their lines cannot be counted here: as many paragraphs are kept together
    at the end of a stretch as make the lines that its last page must have (``最少行数``).
    """
    return {element for stretch in stretches(root) for element in _kept(stretch, style)}


def _kept(stretch: Sequence[HtmlElement], style: Style) -> Iterator[HtmlElement]:
    width, _ = style.page.type_area(landscape=False)
    lines, signed = 0, False
    for element in reversed(stretch):
        if is_signature(element):
            lines, signed = lines + len(element), True
            yield from element[:-1]
            continue
        if not is_text(element):
            return
        if signed or 0 < lines < style.typesetting.least_lines:
            yield element
        lines, signed = lines + lines_of(element, style.roles[role_of(element).name], width), False
