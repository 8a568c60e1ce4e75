"""The boxes in which comments are shown: shapes of a VML part, which is patched as text.

What programs write there is not always XML that can be parsed (lines of buttons end with ``<br>``), and everything
that is not of a comment of ours stays byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from gongkai.source.workbook.cells import Position
from gongkai.source.workbook.refused import damaged

from .sizes import Anchor, Measures

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_V, _O = 'xmlns:v="urn:schemas-microsoft-com:vml"', 'xmlns:o="urn:schemas-microsoft-com:office:office"'
_X = 'xmlns:x="urn:schemas-microsoft-com:office:excel"'
_EMPTY = (
    f'<xml {_V} {_O} {_X}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{block}}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    f'<v:shape {_V} {_O} {_X} id="_x0000_s{{number}}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;width:{width}pt;height:{height}pt;z-index:1;'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_A_BLOCK = 1024
"""Shapes are numbered in blocks of so many; a drawing says which blocks are its own."""
_POINTS_OF_A_PIXEL = 0.75
_NUMBERS_OF_AN_ANCHOR = 8

_SHAPE_BEGINS = re.compile(r"<((?:\w+:)?)shape\b[^<>]*>")
_ANY_SHAPE = re.compile(r"<(?:\w+:)?(?:shape|rect|oval|line|group|image|roundrect)\b")
_NOTE = re.compile(r"<(?:\w+:)?ClientData\b[^<>]*\bObjectType=[\"']Note[\"'][^<>]*>")
_ROW = re.compile(r"<(?:\w+:)?Row\s*>\s*(\d{1,7})\s*<")
_COLUMN = re.compile(r"<(?:\w+:)?Column\s*>\s*(\d{1,5})\s*<")
_ANCHOR = re.compile(r"(<(?:\w+:)?Anchor\b[^<>]*>)([\d,\s]*)(<)")
_IDMAP = re.compile(r"(<(?:\w+:)?idmap\b[^<>]*?\bdata=[\"'])([\d,\s]*)([\"'])")
_LAST = re.compile(r"</(?:\w+:)?xml\s*>\s*$")
_NUMBER = re.compile(r"\bid=[\"']_x0000_s(\d{1,9})[\"']")


@dataclass
class Boxes:
    """The VML part of a sheet."""

    text: str
    file: str

    @classmethod
    def read(cls, data: bytes, file: str) -> Boxes:
        """Those of a part as it is; bytes that are no text stay as they are."""
        return cls(data.decode("utf-8", "surrogateescape"), file)

    @classmethod
    def new(cls, file: str) -> Boxes:
        """Those of a sheet that had none; the block is given with the first box."""
        return cls(_EMPTY, file)

    def data(self) -> bytes:
        """The part."""
        return self.text.encode("utf-8", "surrogateescape")

    @property
    def blocks(self) -> set[int]:
        """The blocks of numbers that are taken, by what the part says and by what it does."""
        said = {int(block) for match in _IDMAP.finditer(self.text) for block in re.findall(r"\d{1,9}", match[2])}
        return said | {int(number) // _A_BLOCK for number in _NUMBER.findall(self.text)}

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn."""
        return _ANY_SHAPE.search(self.text) is None

    def cells(self) -> set[Position]:
        """The cells whose comments have boxes."""
        return {at for piece in _pieces(self.text) if (at := _cell(piece)) is not None}

    def remove(self, cells: Collection[Position]) -> None:
        """Take away the boxes of comments that are no more."""
        kept = [piece for piece in _pieces(self.text) if _cell(piece) not in cells]
        if len("".join(kept)) < len(self.text):
            self.text = "".join(kept)
            used = {int(number) // _A_BLOCK for number in _NUMBER.findall(self.text)}
            self.text = _IDMAP.sub(lambda match: f"{match[1]}{_only(match[2], used)}{match[3]}", self.text, count=1)

    def add(self, boxes: Iterable[tuple[Position, Anchor, tuple[int, int]]], block: int) -> None:
        """Add boxes, numbered from the block. Raises FindingsError where the part has no end."""
        end = _LAST.search(self.text)
        if end is None:
            raise damaged(self.file, "里面的批注框不完整")
        shapes = "".join(
            _SHAPE.format(
                number=block * _A_BLOCK + count,
                width=f"{size[0] * _POINTS_OF_A_PIXEL:g}",
                height=f"{size[1] * _POINTS_OF_A_PIXEL:g}",
                anchor=_written(anchor),
                row=at[0] - 1,
                column=at[1] - 1,
            )
            for count, (at, anchor, size) in enumerate(boxes, 1)
        )
        if shapes:
            self.text = f"{self.text[: end.start()]}{shapes}{self.text[end.start() :]}"
            self.text = self.text.replace("{block}", str(block), 1)
            self.text = _IDMAP.sub(lambda match: f"{match[1]}{_with(match[2], block)}{match[3]}", self.text, count=1)

    def enlarge(self, sizes: dict[Position, tuple[int, int]], measures: Measures) -> None:
        """Let the boxes of these comments be at least so large."""
        pieces = [(piece, _cell(piece)) for piece in _pieces(self.text)]
        self.text = "".join(
            piece if at is None or at not in sizes else _enlarged(piece, at, sizes[at], measures)
            for piece, at in pieces
        )


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces: each shape, and what stands between them."""
    done = 0
    while (begin := _SHAPE_BEGINS.search(text, done)) is not None:
        last = f"</{begin[1]}shape>"
        end = text.find(last, begin.end())
        if end < 0:
            break
        yield text[done : begin.start()]
        done = end + len(last)
        yield text[begin.start() : done]
    yield text[done:]


def _cell(shape: str) -> Position | None:
    """The cell of a comment's shape; None for other pieces."""
    if not _SHAPE_BEGINS.match(shape):
        return None
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row is None or column is None or not _NOTE.search(shape):
        return None
    return int(row[1]) + 1, int(column[1]) + 1


def _enlarged(shape: str, at: Position, size: tuple[int, int], measures: Measures) -> str:
    anchor = _ANCHOR.search(shape)
    numbers = [int(number) for number in re.findall(r"\d{1,7}", anchor[2])] if anchor else []
    if anchor and len(numbers) == _NUMBERS_OF_AN_ANCHOR:
        return f"{shape[: anchor.start(2)]}{_written(measures.enlarged(numbers, size))}{shape[anchor.end(2) :]}"
    note = _NOTE.search(shape)
    if anchor or note is None or note[0].endswith("/>"):
        return shape
    written = f"<x:Anchor {_X}>{_written(measures.anchor(at, size))}</x:Anchor>"
    return f"{shape[: note.end()]}{written}{shape[note.end() :]}"


def _written(anchor: Anchor) -> str:
    return ", ".join(str(number) for number in anchor)


def _only(blocks: str, used: Collection[int]) -> str:
    """The first block, and those others that are used."""
    first, *others = re.findall(r"\d+", blocks) or [""]
    return ",".join([first, *(block for block in others if int(block) in used)])


def _with(blocks: str, block: int) -> str:
    return blocks if str(block) in re.findall(r"\d+", blocks) else f"{blocks},{block}".lstrip(",")
