"""What the styles of a Word document say of its paragraphs: levels of headings, contents, numbering."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from .names import child, name_of, value
from .runs import level_of

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录) ?[1-9]", re.IGNORECASE)
_DEEPEST = 20
"""Styles of which one may be based on the next."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style says of every paragraph that has it."""

    heading: int = 0
    """From 1; 0 for running text."""
    contents: bool = False
    """Whether such a paragraph is an entry of the contents."""
    numbering: etree._Element | None = None
    """Its ``w:numPr``."""


def styles_of(root: etree._Element | None) -> Mapping[str, ParagraphStyle]:
    """The styles of a document by their ids; what no paragraph has under ``""`` is the one that is said by none."""
    if root is None:
        return {}
    elements = {value(each, "styleId"): each for each in root if name_of(each) == "style"}
    found = {name: _style(name, elements) for name in elements}
    usual = next((name for name, each in elements.items() if value(each, "default") in ("1", "true", "on")
                  and value(each, "type") == "paragraph"), None)  # fmt: skip
    return {**found, "": found[usual]} if usual is not None else found


def _style(name: str, elements: Mapping[str, etree._Element]) -> ParagraphStyle:
    """A style with what it has from those that it is based on; its own wins."""
    level: int | None = None
    numbering: etree._Element | None = None
    contents = False
    for _ in range(_DEEPEST):
        element = elements.get(name)
        if element is None:
            break
        said = value(child(element, "name"))
        contents = contents or _CONTENTS.fullmatch(said) is not None
        properties = child(element, "pPr")
        if level is None:
            heading = _HEADING.fullmatch(said)
            level = int(heading[1]) if heading else level_of(properties)
        if numbering is None:
            numbering = child(properties, "numPr")
        name = value(child(element, "basedOn"))
    return ParagraphStyle(0 if contents else level or 0, contents, numbering)
