"""Figures in running text: set in a face of their own, and never parted from their unit at a line's end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement, builder

from gongkai.document.vocabulary import AMOUNT, FIGURE, KEPT, classes_of, role_of

BUILT = ("目录标题", "目录一级", "目录二级", "表头行")
"""Roles whose paragraphs are built of elements that others look for."""

HEADING_END = 4
"""Characters at a heading's end that stay together: 情况说明, 总体说明."""

UNIT = "万元|亿元|个百分点|平方米|[%％‰元年月日人辆台套个项次批户家所件㎡]"
_HAN = "[\u4e00-\u9fff]"
_PART = re.compile(
    rf"(?P<figure>[+\-−]?\d[\d,]*(?:\.\d+|\.)?%?)(?P<unit>{UNIT})?"
    # A line that ends with a hyphen looks, and is read by programs, as if it were a divided word.
    rf"|(?P<joint>{_HAN}-{_HAN})|(?P<word>[!-~]+)"
)
_UNIT = re.compile(UNIT)
_LONGEST = 20
"""Characters that are kept together at most: what is longer leaves lines too empty."""


def mark_figures(root: HtmlElement) -> None:
    """Mark figures and Latin words of the running text, and with a figure the unit it is kept together with."""
    for paragraph in root.iter("p", "h1", "h2", "h3"):
        if role_of(paragraph).name in BUILT:
            continue
        for amount in list(paragraph.iter(AMOUNT)):
            _mark_amount(amount)
        for element in list(paragraph.iter()):
            if isinstance(element.tag, str) and not _is_mark(element):
                _mark(element)


def keep_heading_ends(root: HtmlElement) -> None:
    """Keep the last characters of headings together: none stands alone on a second line (…情况说 / 明)."""
    for heading in root.iter("h1", "h2", "h3"):
        last = heading[-1] if len(heading) else None
        text = (heading.text if last is None else last.tail) or ""
        if len(text) <= HEADING_END:
            continue
        end = builder.SPAN(text[-HEADING_END:], builder.CLASS(KEPT))
        if last is None:
            heading.text = text[:-HEADING_END]
        else:
            last.tail = text[:-HEADING_END]
        heading.append(end)


def _mark(element: HtmlElement) -> None:
    """Put marks into the text that stands in an element itself."""
    children = list(element)
    head, marks = _marked(element.text or "")
    element.text = head
    element[:0] = marks
    for child in children:
        tail, marks = _marked(child.tail or "")
        child.tail = tail
        at = element.index(child) + 1
        element[at:at] = marks


def _is_mark(element: HtmlElement) -> bool:
    return element.tag == "span" and not {KEPT, FIGURE}.isdisjoint(classes_of(element))


def _mark_amount(amount: HtmlElement) -> None:
    """Put marks in the place of an amount and of the unit behind it."""
    tail = amount.tail or ""
    unit = match[0] if (match := _UNIT.match(tail)) else ""
    mark = _kept_together(amount.text or "", unit)
    mark.tail = tail[len(unit) :]
    amount.tail = None  # else it would be taken along
    amount.getparent().replace(amount, mark)


def _marked(text: str) -> tuple[str, list[HtmlElement]]:
    """Text up to its first mark, and the marks, each with the text that follows it."""
    matches = list(_PART.finditer(text))
    if not matches:
        return text, []
    ends = [match.start() for match in matches[1:]] + [len(text)]
    marks = [_mark_of(match) for match in matches]
    for mark, match, end in zip(marks, matches, ends, strict=True):
        mark.tail = text[match.end() : end]
    return text[: matches[0].start()], marks


def _mark_of(match: re.Match[str]) -> HtmlElement:
    if match["joint"]:
        return builder.SPAN(match["joint"], builder.CLASS(KEPT))
    return _kept_together(match["figure"] or match["word"], match["unit"] or "")


def _kept_together(figure: str, unit: str) -> HtmlElement:
    """A figure, or a Latin word, with the unit behind it."""
    classes = " ".join(_classes(figure, unit))
    if not unit:
        return builder.SPAN(figure, builder.CLASS(classes))
    inner = builder.SPAN(figure, builder.CLASS(FIGURE))
    inner.tail = unit
    return builder.SPAN(inner, builder.CLASS(classes))


def _classes(figure: str, unit: str) -> Iterator[str]:
    if len(figure + unit) <= _LONGEST:
        yield KEPT
    if not unit:
        yield FIGURE
