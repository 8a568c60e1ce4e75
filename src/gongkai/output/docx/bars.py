"""The bars of charts as pictures in Word, marked as decoration: their figures stand in the next cells."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.html import HtmlElement

from gongkai.document.grid import share_of
from gongkai.output.look.bars import COLOURS, HEIGHT

from .pictures import EMU_PER_POINT, Drawing, picture

_EMU_PER_TWIP = 635
_DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
"""By which Word, from 2019, knows that a picture says nothing."""


def bars_of(parent: HtmlElement) -> list[HtmlElement]:
    """The bars in an element."""
    return [span for span in parent.iter("span") if span.get("class") in COLOURS]


class BarPictures:
    """Writes bars; ``relations`` gives the picture of each kind, a single pixel that is stretched.

    They are numbered behind the ``before`` pictures that the document has of another kind.
    """

    def __init__(self, relations: Mapping[str, str], before: int = 0) -> None:
        self._relations = relations
        self._written = before

    def xml(self, bar: HtmlElement, room: int) -> str:
        """A run with the bar, ``room`` twips being its greatest width; '' for a bar of no length."""
        width = round(room * (share_of(bar) or 0) / 100) * _EMU_PER_TWIP
        relation = self._relations.get(bar.get("class") or "")
        if not width or relation is None:
            return ""
        self._written += 1
        number = self._written
        return picture(Drawing(number, f"bar{number}", width, HEIGHT * EMU_PER_POINT, _DECORATION), relation)
