"""The emblem of a pack on the web page: as wide as on paper, narrower where the screen is."""

from __future__ import annotations

from gongkai.document.vocabulary import COVER, EMBLEM, PICTURE
from gongkai.packs.emblem import CoverEmblem, Emblem

POINTS_PER_PIXEL = 0.75

_MARGINS = {"左": "0 auto 1rem 0", "居中": "0 auto 1rem", "右": "0 0 1rem auto"}


def emblem_css(emblem: Emblem, place: CoverEmblem, below: float) -> str:
    """The style sheet of the emblem; ``below`` are the points from it to the words, on paper."""
    element = f"{PICTURE}.{EMBLEM}"
    size = f"width: {emblem.width(place):.2f}pt; height: auto; max-width: 100%"
    return f"""
{element} {{ display: block; {size}; margin: {_MARGINS[place.side]}; }}
@media print {{
  .{COVER} {{ padding-top: {place.before:.2f}pt; }}
  {element} {{ margin-bottom: 0; }}
  {element} + p {{ margin-top: {below:.2f}pt; }}
}}
"""
