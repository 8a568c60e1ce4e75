"""The text of a Word paragraph: its runs joined as they read, tracked changes accepted, what is hidden left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .names import child, is_on, name_of, number, value

BREAK, PAGE = "\n", "\f"
"""What stands in a text for a line break that was set by hand, and for the end of a page or a column."""

_DROPPED = frozenset(
    {
        "pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr", "rt", "fldData",
        "commentReference", "annotationRef", "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef",
    }
)  # fmt: skip
"""What is not read, with all that is in it."""
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": BREAK, "noBreakHyphen": "-"}
_SYMBOLS = {0x52: "☑", 0xFE: "☑", 0xA8: "□", 0x6F: "□", 0x53: "☒", 0xFD: "☒", 0x9F: "•", 0x6C: "●", 0x6E: "■"}
"""Signs of the fonts Wingdings and Wingdings 2 that forms use."""
_OWN = 0xF000
"""Where such fonts begin."""


@dataclass
class Said:
    """What a paragraph says, and what hangs on it."""

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)
    """The contents of text boxes that are anchored in it."""
    pictures: int = 0
    objects: int = 0
    """Embedded files (a sheet of Excel) that are shown as a picture."""


def said_in(paragraph: etree._Element) -> Said:
    """The text of a paragraph with its marks for breaks, and its text boxes."""
    said = Said()
    fields: list[bool] = []  # of the fields that are open, whether their result has begun
    said.text = "".join(_pieces(paragraph, said, fields))
    return said


def _pieces(element: etree._Element, said: Said, fields: list[bool]) -> Iterator[str]:
    for each in element:
        name = name_of(each)
        if name == "t":
            yield each.text or "" if all(fields) else ""
        elif name in _DROPPED or (name == "r" and is_on(child(each, "rPr", "vanish"))):
            continue
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "br":
            yield PAGE if value(each, "type") in ("page", "column") else BREAK
        elif name == "sym":
            yield _symbol(each)
        elif name == "fldChar":
            _step(value(each, "fldCharType"), fields)
        elif name == "txbxContent":
            said.boxes.append(each)
        elif name == "AlternateContent":  # the same, for programs of different age
            yield from _pieces(each[0], said, fields) if len(each) else ()
        else:
            said.pictures += name in ("pic", "imagedata")
            said.objects += name == "OLEObject"
            yield from _pieces(each, said, fields)


def _step(kind: str, fields: list[bool]) -> None:
    """A field begins, its result begins, or it ends; one may stand in the instruction of another."""
    if kind == "begin":
        fields.append(False)
    elif fields and kind == "separate":
        fields[-1] = True
    elif fields and kind == "end":
        fields.pop()


def _symbol(element: etree._Element) -> str:
    try:
        code = int(value(element, "char") or "0", 16)
    except ValueError:
        return ""
    if "Wingdings" in value(element, "font"):
        return _SYMBOLS.get(code - _OWN if code >= _OWN else code, "")
    plain = code - _OWN if _OWN <= code < _OWN + 0x100 else code
    return chr(plain) if 0x20 <= plain < 0xD800 else ""


def page_break_in(properties: etree._Element | None) -> bool:
    """Whether a paragraph begins a page, or ends a section."""
    return is_on(child(properties, "pageBreakBefore")) or child(properties, "sectPr") is not None


def joined_with_next(properties: etree._Element | None) -> bool:
    """Whether the end of a paragraph was deleted with tracked changes: accepted, the next goes on in it."""
    mark = child(properties, "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def level_of(properties: etree._Element | None) -> int | None:
    """The level of a heading that a paragraph states itself, from 1; 0 for running text, None where it says nothing."""
    stated = child(properties, "outlineLvl")
    if stated is None:
        return None
    level = number(value(stated), 9)
    return level + 1 if 0 <= level < 9 else 0
