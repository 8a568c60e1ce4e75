"""Setting Chinese lines to the full measure.

The renderer justifies by widening blanks, of which Chinese has none: its lines would end wherever the
last character that fits happens to end. Here a line is stretched evenly between its characters, where
one of the two is Chinese; figures and words keep their own spacing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import weasyprint.layout.inline
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import TO_UNITS, ffi
from weasyprint.text.line_break import Layout

from gongkai.output.layout.lines.linebreaks import COMPRESSED, SET, SHORT, gaps_of
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python


class _StretchedLayout(Layout):
    """A line of text with space added after some of its characters."""

    def __init__(self, style: Any, text: str, gaps: Sequence[bool], gap: float) -> None:
        super().__init__(style)
        encoded = [len(letter.encode()) for letter in text]
        self._starts = {sum(encoded[:index]) for index, wide in enumerate(gaps) if wide}
        self._units = round(gap * TO_UNITS)
        self.set_text(text)

    def get_first_line(self) -> Any:
        """The line as it is drawn: glyphs of stretched characters advance further."""
        line, index = super().get_first_line()
        run = line.runs[0]
        while run != ffi.NULL:
            item = run.data
            glyphs = item.glyphs
            for number in range(glyphs.num_glyphs):
                if item.item.offset + glyphs.log_clusters[number] in self._starts:
                    glyphs.glyphs[number].geometry.width += self._units
            run = run.next
        return line, index


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            yield from _texts(child)


def _justify(line: Any, extra: float, most: float) -> None:
    """Stretch a line by ``extra``, or compress its points by as much; one that would take more than ``most`` is left.

    ``most`` is what a gap may get, in characters.
    """
    texts = list(_texts(line))
    text = "".join(box.text for box in texts)
    gaps = gaps_of(text) if extra > 0 else [letter in COMPRESSED for letter in text]
    if not any(gaps):
        return
    gap = extra / sum(gaps)
    if gap > most * line.style["font_size"]:
        return
    at = 0
    for box in texts:
        own = gaps[at : at + len(box.text)]
        at += len(box.text)
        if not any(own):
            continue
        box.pango_layout = _StretchedLayout(box.style, box.text, own, gap)
        box.pango_layout.deactivate()
        box.width += gap * sum(own)
    _place(line, texts[0].position_x)


def _place(box: Any, left: float) -> float:
    """Put the parts of a line side by side again; returns where they end."""
    box.position_x = right = left
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            right = _place(child, right)
        box.width = right - left
    else:
        right += box.width
    return right


def _line_end(box: Any) -> str:
    """The class of the line break that ends a line; nothing where none of ours does."""
    while isinstance(box, (boxes.LineBox, boxes.InlineBox)) and box.children:
        if box.element_tag == "br":
            return box.element.get("class") or ""
        box = box.children[-1]
    return ""


@contextmanager
def chinese_lines(most: float) -> Iterator[None]:
    """Justify Chinese text in what is laid out meanwhile, no gap by more than ``most`` characters.

    The renderer offers no other way.
    """
    inline = weasyprint.layout.inline
    justify_line, text_align = inline.justify_line, inline.text_align

    def justify(_: Any, line: Any, extra: float) -> None:
        _justify(line, extra, most)

    def align(context: Any, line: Any, available: float, last: bool) -> Any:
        end = _line_end(line)
        if end == SHORT:
            return 0
        if line.width > available and line.style["text_align_all"] == "justify":
            _justify(line, available - line.width, most)
            return 0
        return text_align(context, line, available, last and end != SET)

    inline.justify_line, inline.text_align = justify, align
    try:
        yield
    finally:
        inline.justify_line, inline.text_align = justify_line, text_align
