"""How much there is in a PDF once it is unpacked, found out before it is opened."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_MOST_STREAMS = 50_000
_LARGEST, _MOST = 6_000_000, 40_000_000
"""Bytes, of one stream and of all: the fonts of a document are about one million, its text less."""
_STEP = 1 << 16
_FEW = 4_000_000
_DEEPEST = 4


def is_suspect(data: bytes) -> bool:
    """Whether a PDF may take more time or memory than a document does: it is read in a process of its own then.

    What cannot be looked into counts: streams that are encrypted, or packed in a way that nobody uses any more.
    """
    if re.search(rb"/Encrypt\b|/LZWDecode|/Crypt\b", data):
        return True
    total = 0
    for number, match in enumerate(_STREAM.finditer(data)):
        size = _inflated(data, match.end())
        total += size
        if number >= _MOST_STREAMS or size > _LARGEST or total > _MOST:
            return True
    return False


def _inflated(data: bytes, start: int, depth: int = 0) -> int:
    """How many bytes a stream comes to; at most a little more than ``_LARGEST`` are unpacked."""
    head = data[start : start + 2]
    if len(head) < 2 or head[0] & 15 != 8 or int.from_bytes(head, "big") % 31:
        return 0
    unpack = zlib.decompressobj()
    size, at, first = 0, start, b""
    rest = b""
    try:
        while not unpack.eof and size <= _LARGEST:
            if not rest:
                rest = data[at : at + _STEP]
                at += len(rest)
                if not rest:
                    break
            part = unpack.decompress(rest, _FEW)
            rest = unpack.unconsumed_tail
            first = first or part
            size += len(part)
            if not part and not rest and at >= len(data):
                break
    except zlib.error:
        return size  # damaged, or no such stream
    if first[:1] == b"x" and depth < _DEEPEST:
        size += _inflated(first, 0, depth + 1)  # packed twice
    return size
