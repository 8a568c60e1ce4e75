"""The emblem of a pack on the cover: which element it is, and the room that it takes.

Every output puts the same element, with the same alternative text, at the head of the cover of its own copy of
the document, and makes of it what it can show.
"""

from __future__ import annotations

from lxml.html import HtmlElement, builder

from gongkai.document.vocabulary import CONTAINERS, COVER, EMBLEM, PICTURE, role_of
from gongkai.packs.emblem import CoverEmblem, Emblem
from gongkai.packs.style import Style


def place_emblem(root: HtmlElement, style: Style) -> HtmlElement | None:
    """Put the emblem at the head of the cover; returns it, or None where style or document have no place for it."""
    emblem = style.emblem
    if emblem is None or emblem.cover is None:
        return None
    cover = next((element for element in root.find_class(COVER) if element.tag in CONTAINERS), None)
    if cover is None:
        return None
    made: HtmlElement = builder.IMG(builder.CLASS(EMBLEM), alt=emblem.alternative)
    cover.insert(0, made)
    return made


def is_emblem(element: HtmlElement) -> bool:
    """Whether this is the emblem."""
    return bool(element.tag == PICTURE and element.get("class") == EMBLEM)


def emblem_on_cover(style: Style) -> tuple[Emblem, CoverEmblem]:
    """The emblem and its place, where the document has it."""
    assert style.emblem is not None, "it was placed"
    assert style.emblem.cover is not None, "it was placed"
    return style.emblem, style.emblem.cover


def words_below(made: HtmlElement) -> HtmlElement | None:
    """The first words of the cover."""
    return next(made.itersiblings("p"), None)


def space_below(made: HtmlElement, style: Style) -> float:
    """Points from the emblem to the words below it: these stay where they are as long as there is room."""
    _, place = emblem_on_cover(style)
    below = words_below(made)
    stated = 0.0 if below is None else style.roles[role_of(below).name].before
    return max(stated - place.before - place.height, place.after)


def pushed_down(date: HtmlElement, style: Style) -> float:
    """Points by which the words of a cover are lower because of the emblem."""
    made = next((element for element in date.itersiblings(PICTURE, preceding=True) if is_emblem(element)), None)
    below = None if made is None else words_below(made)
    if made is None or below is None:
        return 0.0
    _, place = emblem_on_cover(style)
    taken = place.before + place.height + space_below(made, style)
    return max(taken - style.roles[role_of(below).name].before, 0.0)
