"""The formats of numbers that the cells of a workbook refer to by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from lxml import etree

from gongkai.source.workbook.formats import BUILT_IN, GENERAL, Format, format_of
from gongkai.source.workbook.names import local_name, whole

MOST_FORMATS = 10_000
"""The programs make a few hundred."""


def formats_of(root: etree._Element) -> Sequence[Format]:
    """The format of each style of a cell (cellXfs), in order."""
    codes = dict(BUILT_IN)
    styles: Iterable[etree._Element] = ()
    for part in root:
        if local_name(part) == "numFmts":
            codes |= {
                whole(entry.get("numFmtId")): entry.get("formatCode") or "" for entry in islice(part, MOST_FORMATS)
            }
        elif local_name(part) == "cellXfs":
            styles = part
    formats = {number: format_of(code) for number, code in codes.items() if code}
    return [formats.get(whole(style.get("numFmtId")), GENERAL) for style in styles]
