"""Text of the HTML document as Word runs and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml.html import HtmlElement

# Only the ASCII blanks collapse in HTML: the full-width space of 目　录 is text.
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# Stands for a <br> until the text is split there; XML 1.0 cannot hold it, nor the characters below.
_BREAK = "\v"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")


def _raw_text(element: HtmlElement) -> str:
    """The text of an element as it stands in the source, each <br> as one mark."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == "br":
            pieces.append(_BREAK)
        elif isinstance(child.tag, str):  # comments have a function for a tag
            pieces.append(_raw_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _collapse(raw: str) -> str:
    """Source text with its blanks collapsed and its line breaks as newlines."""
    if raw.isprintable() and "  " not in raw:  # nearly every cell, at a fraction of the time
        return raw.strip(" ")
    clean = _BLANKS.sub(" ", _FORBIDDEN.sub("", raw))
    return "\n".join(line.strip(" ") for line in clean.split(_BREAK))


def text_of(element: HtmlElement) -> str:
    """The text of an element; a newline is a line break, all other blanks are collapsed."""
    return _collapse(_raw_text(element))


def paragraph_texts(element: HtmlElement) -> list[str]:
    """The text of a table cell by paragraphs: its <p> and whatever stands loose between them."""
    if not len(element):  # nearly every cell
        return [_collapse(element.text or "")]
    texts: list[str] = []
    loose = element.text or ""
    for child in element:
        if child.tag == "p":
            texts += [_collapse(loose), text_of(child)]
            loose = ""
        elif child.tag == "br":
            loose += _BREAK
        elif isinstance(child.tag, str):
            loose += _raw_text(child)
        loose += child.tail or ""
    texts.append(_collapse(loose))
    return [text for text in texts if text] or [""]


def text_runs(text: str, *, keep_space: bool = False) -> str:
    """One run without formatting of its own; line breaks become ``w:br``."""
    if not text:
        return ""
    opening = '<w:t xml:space="preserve">' if keep_space else "<w:t>"
    lines = "</w:t><w:br/>".join(opening + escape(line) for line in text.split("\n"))
    return f"<w:r>{lines}</w:t></w:r>"


@dataclass
class Paragraph:
    """A Word paragraph: its style, its content, and the little that a style cannot say."""

    style: str
    content: str
    page_break: bool = False
    outline: int | None = None
    section: str = ""
    before: int | None = None
    """Twips above it, where they are not those of the style."""
    layout: str = ""
    """Its spacing, indents and alignment, where they are none of the style's."""
    keep_next: bool = False
    """Whether it stands on the page where the next paragraph or row begins."""

    def xml(self) -> str:
        """The ``w:p`` element."""
        breaks = "<w:keepNext/>" * self.keep_next + "<w:pageBreakBefore/>" * self.page_break
        outline = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        spacing = self.layout if self.before is None else f'<w:spacing w:before="{self.before}"/>'
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{self.style}"/>{breaks}{spacing}{outline}{self.section}</w:pPr>'
            f"{self.content}</w:p>"
        )
