"""The emblem of a pack as the compiler takes it: a file beside the source, and where it stands on cover and pages."""

from __future__ import annotations

from gongkai.output.layout.emblem import emblem_on_cover
from gongkai.output.pdf.typst.code import points, quoted
from gongkai.output.pdf.typst.engine import put_beside
from gongkai.packs.emblem import CoverEmblem, Emblem, HeadEmblem
from gongkai.packs.style import Margins, Style

_SIDES = {"左": "left", "居中": "center", "右": "right"}


def cover_emblem(style: Style) -> tuple[str, float]:
    """The emblem of the cover as an expression, and the points above it."""
    emblem, place = emblem_on_cover(style)
    return f"align({_SIDES[place.side]}, {_image(emblem, place)})", place.before


def head_emblem(style: Style, margins: Margins) -> str:
    """What numbered pages with these margins are set on, as a setting of theirs; nothing where there is no emblem."""
    emblem = style.emblem
    if emblem is None or emblem.head is None:
        return ""
    head = emblem.head
    sides = f"top: {points(margins.top - head.gap - head.height)}, left: {points(margins.left)}"
    image = f"align({_SIDES[head.side]}, {_image(emblem, head)})"
    return f", background: place(top + left, block(width: 100%, pad({sides}, right: {points(margins.right)}, {image})))"


def _image(emblem: Emblem, place: CoverEmblem | HeadEmblem) -> str:
    name = put_beside(emblem.picture.data, f".{emblem.picture.kind}").name
    size = f"width: {points(emblem.width(place))}, height: {points(place.height)}"
    return f'image("{name}", alt: {quoted(emblem.alternative)}, {size})'
