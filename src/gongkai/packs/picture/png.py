"""PNG (ISO/IEC 15948): every chunk looked at, the pixels unpacked within bounds, only what makes the picture kept."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from .picture import Picture, PictureError, refuse_strip

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_PIXELS = 4_000_000
"""Pixels of a picture: on a page of 30 mm, far more than any printer shows."""
MOST_SIDE = 8_000

_HEADER = struct.Struct(">IIBBBBB")
_CHANNELS: Mapping[int, int] = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Values of a pixel by the type of colour."""
_DEPTHS: Mapping[int, tuple[int, ...]] = {0: (1, 2, 4, 8), 2: (8,), 3: (1, 2, 4, 8), 4: (8,), 6: (8,)}
"""Bits of a value by the type of colour; outputs show no more than 8."""
_PALETTE = 3
_TRANSPARENT: Mapping[int, int] = {0: 2, 2: 6}
"""Bytes that name the transparent colour, by the type of colour."""
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column and row, and steps, of the passes of an interlaced picture."""
_FILTERS = 5
_ANIMATED = (b"acTL", b"fcTL", b"fdAT")
_AGAIN = "请用画图软件重新导出 PNG"


@dataclass(slots=True)
class _Parts:
    """What is kept of the chunks."""

    header: bytes = b""
    palette: bytes = b""
    transparency: bytes = b""
    pixels: list[bytes] = field(default_factory=list)


def read_png(data: bytes) -> Picture:
    """A PNG with nothing in it but its pixels. Raises PictureError for one that is broken, animated or too large."""
    if not data.startswith(SIGNATURE):
        raise PictureError("内容不是 PNG", _AGAIN)
    parts = _Parts()
    for kind, content in _chunks(data):
        if kind in _ANIMATED:
            raise PictureError("是会动的图（APNG）", "请导出不动的 PNG")
        if not parts.header and kind != b"IHDR":
            _broken()
        _keep(parts, kind, content)
    width, height, depth, colour, interlaced = _header(parts.header)
    packed = _checked(b"".join(parts.pixels), [*_rows(width, height, _CHANNELS[colour] * depth, interlaced)])
    kept = [(b"IHDR", parts.header), *_colours(parts, colour, depth), (b"IDAT", packed), (b"IEND", b"")]
    return Picture("png", SIGNATURE + b"".join(_chunk(*each) for each in kept), width, height)


def _broken() -> NoReturn:
    raise PictureError("文件坏了", _AGAIN)


def _cut() -> NoReturn:
    raise PictureError("文件不完整，后面缺了一截", "请重新复制或导出")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of every chunk up to the end of the picture."""
    at = len(SIGNATURE)
    kind = b""
    while kind != b"IEND":
        if at + 12 > len(data):
            _cut()
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 8 + size
        if end + 4 > len(data):
            _cut()
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            _broken()
        yield kind, data[at + 8 : end]
        at = end + 4


def _keep(parts: _Parts, kind: bytes, content: bytes) -> None:
    if kind == b"IHDR":
        if parts.header:
            _broken()
        parts.header = content
    elif kind == b"PLTE":
        parts.palette = content
    elif kind == b"tRNS":
        parts.transparency = content
    elif kind == b"IDAT":
        parts.pixels.append(content)


def _header(header: bytes) -> tuple[int, int, int, int, bool]:
    """Width, height, bits of a value, type of colour, and whether the picture is interlaced."""
    if len(header) != _HEADER.size:
        _broken()
    width, height, depth, colour, packing, filtering, interlacing = _HEADER.unpack(header)
    if not width or not height or colour not in _DEPTHS or packing or filtering or interlacing > 1:
        _broken()
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        message = f"太大（{width}×{height} 像素，最多 {MOST_PIXELS:,} 像素、每边 {MOST_SIDE:,}）"
        raise PictureError(message, "请缩小图片，徽标用一两千像素就够")
    if depth not in _DEPTHS[colour]:
        raise PictureError(f"每个颜色值是 {depth} 位", "请存为 8 位的 PNG")
    refuse_strip(width, height)
    return width, height, depth, colour, bool(interlacing)


def _rows(width: int, height: int, bits: int, interlaced: bool) -> Iterator[tuple[int, int]]:
    """How many rows there are of so many bytes, the byte of the filter among them; ``bits`` are those of a pixel."""
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    for left, top, across, down in passes:
        columns, rows = -((left - width) // across), -((top - height) // down)
        if columns > 0 and rows > 0:
            yield rows, 1 + (columns * bits + 7) // 8


def _checked(packed: bytes, rows: list[tuple[int, int]]) -> bytes:
    """The packed pixels without what stands behind them, when they are as many as the picture has."""
    wanted = sum(count * size for count, size in rows)
    unpacking = zlib.decompressobj()
    try:
        pixels = unpacking.decompress(packed, wanted + 1)
        if len(pixels) == wanted and not unpacking.eof:
            pixels += unpacking.decompress(unpacking.unconsumed_tail, 1)
    except zlib.error:
        _broken()
    if len(pixels) > wanted:
        raise PictureError("里面的数据比它写明的像素多", _AGAIN)
    if len(pixels) < wanted or not unpacking.eof:
        _cut()
    at = 0
    for count, size in rows:
        if any(pixels[row] >= _FILTERS for row in range(at, at + count * size, size)):
            _broken()
        at += count * size
    return packed[: len(packed) - len(unpacking.unused_data)]


def _colours(parts: _Parts, colour: int, depth: int) -> Iterator[tuple[bytes, bytes]]:
    """The palette, and what of the colours is transparent, where the picture has them."""
    most = len(parts.palette) // 3
    if colour == _PALETTE:
        if not most or len(parts.palette) % 3 or most > 2**depth:
            _broken()
        yield b"PLTE", parts.palette
    if parts.transparency and colour not in (4, 6):
        size = len(parts.transparency)
        if size > most if colour == _PALETTE else size != _TRANSPARENT[colour]:
            _broken()
        yield b"tRNS", parts.transparency


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
