"""Pictures in the lines of a Word file, and the emblem of a pack on its cover and in the heads of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import nsdecls

from gongkai.packs.emblem import CoverEmblem, Emblem, HeadEmblem

from .page import twips
from .text import Paragraph

EMU_PER_POINT = 12700
MOST_EMBLEMS = 3
"""On the cover and in two headers: the numbers of other pictures begin behind theirs."""
_CLOSE = ' distT="0" distB="0" distL="0" distR="0"'
_JUSTIFIED = {"左": "left", "居中": "center", "右": "right"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its number and name in the file, its size in EMU, what else it is, words for who does not see it."""

    number: int
    name: str
    width: int
    height: int
    marks: str = ""
    alternative: str = ""
    around: str = ""
    """The space around it, where it is not what each program takes for usual."""


def picture(drawing: Drawing, relation: str) -> str:
    """A run with a picture; ``relation`` leads to its bytes."""
    size = f'cx="{drawing.width}" cy="{drawing.height}"'
    number, name, words = drawing.number, drawing.name, quoteattr(drawing.alternative, {'"': "&quot;"})
    inside = f">{drawing.marks}</wp:docPr>" if drawing.marks else "/>"
    return (
        f"<w:r><w:drawing {nsdecls('wp', 'a', 'pic')}><wp:inline{drawing.around}><wp:extent {size}/>"
        f'<wp:docPr id="{number}" name="{name}" descr={words}{inside}'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _run(emblem: Emblem, place: CoverEmblem | HeadEmblem, relation: str, number: int) -> str:
    """A run with the emblem as it is in one of its places."""
    width, height = (round(points * EMU_PER_POINT) for points in (emblem.width(place), place.height))
    return picture(Drawing(number, "emblem", width, height, alternative=emblem.alternative, around=_CLOSE), relation)


def emblem_paragraph(emblem: Emblem, place: CoverEmblem | HeadEmblem, relation: str, header: int = 0) -> Paragraph:
    """A paragraph that is as high as the emblem in it, in the body or a ``header``: its letters are of one point."""
    before = twips(place.before) if isinstance(place, CoverEmblem) else 0
    layout = (
        f'<w:snapToGrid w:val="0"/><w:spacing w:before="{before}" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:firstLine="0"/><w:jc w:val="{_JUSTIFIED[place.side]}"/><w:rPr><w:sz w:val="2"/></w:rPr>'
    )
    return Paragraph("Normal", _run(emblem, place, relation, 1 + header), layout=layout)
