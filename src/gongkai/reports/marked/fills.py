"""The fill that a cell had before it was marked, as a line of text that the sheet of findings keeps."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from gongkai.source.workbook.names import local_name

from .words import LONGEST, units

NONE = ""
"""The record of no fill."""
STAMP = "公开核对标注 1"
"""Begins the cell by which the sheet of findings is known as ours; the number is that of what follows."""

_ELEMENTS = {"fill", "patternFill", "fgColor", "bgColor", "gradientFill", "stop", "color"}
_MOST_LETTERS = 4000
"""Of one record; a gradient takes a few hundred."""


def record_of(fill: etree._Element | None) -> str:
    """The record of a fill."""
    if fill is None or len(fill) == 0:
        return NONE
    first = fill[0]
    if local_name(first) == "patternFill" and first.get("patternType", "none") == "none":
        return NONE
    return etree.tostring(_plain(fill), method="c14n").decode()


def _plain(element: etree._Element) -> etree._Element:
    """The element without namespaces and blanks."""
    plain = etree.Element(local_name(element), {str(k): str(v) for k, v in element.items() if "}" not in str(k)})
    plain.extend(_plain(child) for child in element)
    return plain


def fill_from(record: str) -> etree._Element | None:
    """The fill of a record, in no namespace; None for what is none."""
    if len(record) > _MOST_LETTERS or "<!" in record:
        return None
    try:
        fill = etree.fromstring(record.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    names = {str(element.tag) for element in fill.iter()}
    return _plain(fill) if fill.tag == "fill" and names <= _ELEMENTS else None


def room_for(records: Sequence[str], record: str) -> bool:
    """Whether one more record still fits into the cell."""
    return len(record) <= _MOST_LETTERS and units(stamped([*records, record])) <= LONGEST


def stamped(records: Sequence[str]) -> str:
    """The text of the cell that keeps the records."""
    return "\n".join((STAMP, *records))


def records_in(text: str) -> list[str] | None:
    """The records that such a text keeps; None for another text."""
    first, *records = text.replace("\r\n", "\n").split("\n")
    return records if first.strip() == STAMP else None
