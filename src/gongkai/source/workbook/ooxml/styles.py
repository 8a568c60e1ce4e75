"""The formats of numbers that the cells of a workbook refer to by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from gongkai.source.workbook.formats import BUILT_IN, GENERAL, Format, format_of
from gongkai.source.workbook.names import local_name, whole


def formats_of(root: etree._Element) -> Sequence[Format]:
    """The format of each style of a cell (cellXfs), in order."""
    codes = dict(BUILT_IN)
    styles: Iterable[etree._Element] = ()
    for part in root:
        if local_name(part) == "numFmts":
            codes |= {whole(entry.get("numFmtId")): entry.get("formatCode") or "" for entry in part}
        elif local_name(part) == "cellXfs":
            styles = part
    return [_format(codes.get(whole(style.get("numFmtId")))) for style in styles]


def _format(code: str | None) -> Format:
    return format_of(code) if code else GENERAL
