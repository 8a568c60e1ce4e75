"""The font programs in a PDF: the outlines of the glyphs that are used, and nothing else.

The renderer keeps the numbers of glyphs, and with them an empty place in the program for every glyph
that is not used: a Chinese typeface has ten thousand. A program whose glyphs have names of their own,
as those of Chinese typefaces do (CID-keyed CFF), can do without the empty places, and without the tables
that only the setting of text needs.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import Any

import pydyf
from fontTools.ttLib import TTFont
from weasyprint import Document


def keep_used_outlines(document: Document, pdf: pydyf.PDF) -> None:
    """Reduce the font programs of a PDF that is about to be written to the glyphs that it shows."""
    used: dict[bytes, set[int]] = {}
    for font in document.fonts.values():
        used.setdefault(font.name, set()).update(font.to_unicode)
    for descriptor in list(pdf.objects):
        if isinstance(descriptor, pydyf.Dictionary) and "FontFile3" in descriptor:
            stream = pdf.objects[int(descriptor["FontFile3"].split()[0])]
            _reduce(stream, used[descriptor["FontName"]])


def _reduce(stream: pydyf.Stream, used: Collection[int]) -> None:
    """Put the bare program in the place of the font file, where it finds its glyphs by the same numbers."""
    font = TTFont(io.BytesIO(stream.stream[0]), recalcBBoxes=False)
    program: Any = font["CFF "].cff[0] if "CFF " in font else None
    if not hasattr(program, "ROS"):
        return
    numbers = sorted({0, *used})
    names = {number: ".notdef" if number == 0 else f"cid{number:05d}" for number in numbers}
    if numbers[-1] >= len(program.charset) or any(program.charset[n] != name for n, name in names.items()):
        return
    outlines = program.CharStrings
    index = outlines.charStringsIndex
    index.items = [index[number] for number in numbers]
    outlines.charStrings = {name: place for place, name in enumerate(names.values())}
    program.FDSelect.gidArray = [program.FDSelect[number] for number in numbers]
    program.FDSelect.format = None  # the shortest
    program.charset = list(names.values())
    stream.stream, stream.extra = [font.getTableData("CFF ")], {"Subtype": "/CIDFontType0C"}
