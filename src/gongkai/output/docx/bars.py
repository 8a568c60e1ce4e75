"""The bars of charts as pictures in Word, marked as decoration: their figures stand in the next cells."""

from __future__ import annotations

from collections.abc import Mapping

from docx.oxml.ns import nsdecls
from lxml.html import HtmlElement

from gongkai.document.grid import share_of
from gongkai.output.look.bars import COLOURS, HEIGHT

_EMU_PER_TWIP, _EMU_PER_POINT = 635, 12700
_DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
"""By which Word, from 2019, knows that a picture says nothing."""


def bars_of(parent: HtmlElement) -> list[HtmlElement]:
    """The bars in an element."""
    return [span for span in parent.iter("span") if span.get("class") in COLOURS]


class BarPictures:
    """Writes bars; ``relations`` gives the picture of each kind, a single pixel that is stretched."""

    def __init__(self, relations: Mapping[str, str]) -> None:
        self._relations = relations
        self._written = 0

    def xml(self, bar: HtmlElement, room: int) -> str:
        """A run with the bar, ``room`` twips being its greatest width; '' for a bar of no length."""
        width = round(room * (share_of(bar) or 0) / 100) * _EMU_PER_TWIP
        relation = self._relations.get(bar.get("class") or "")
        if not width or relation is None:
            return ""
        self._written += 1
        size = f'cx="{width}" cy="{HEIGHT * _EMU_PER_POINT}"'
        number = self._written
        return (
            f"<w:r><w:drawing {nsdecls('wp', 'a', 'pic')}><wp:inline><wp:extent {size}/>"
            f'<wp:docPr id="{number}" name="bar{number}" descr="">{_DECORATION}</wp:docPr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="bar{number}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
