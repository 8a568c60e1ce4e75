"""The cover stays one page, however long the name of the unit is, and whatever emblem stands above it."""

from __future__ import annotations

import math

from lxml.html import HtmlElement

from gongkai.document.vocabulary import role_of
from gongkai.packs.style import Style
from gongkai.texts.width import ems

from .emblem import pushed_down

_LINES = ("封面单位", "封面标题")
_LEAST = 24.0
"""Points that are always left above the date."""


def space_above_date(date: HtmlElement, style: Style) -> float | None:
    """Points above the date of a cover where an emblem, name or title takes more room; None: as the style says."""
    width, _ = style.page.type_area(landscape=False)
    stated = style.roles["封面日期"].before
    more = pushed_down(date, style)
    for paragraph in date.itersiblings("p", preceding=True):
        role = role_of(paragraph).name
        if role in _LINES:
            look = style.roles[role]
            more += (math.ceil(ems(paragraph.text_content().strip()) * look.size / width) - 1) * look.line
    return max(stated - more, min(stated, _LEAST)) if more > 0 else None
