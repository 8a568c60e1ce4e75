"""The bars of charts: their colours, and the one pixel of each colour that Word stretches to a bar."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

HEIGHT = 8
"""Points."""

COLOURS: Mapping[str, str] = {"bar": "1f5c99", "bar prior": "a9bfd8"}
"""Colour by class: this year's bar and last year's; they differ in lightness too, for print without colour."""


def css() -> str:
    """How charts and the page of 一图读懂 look, beside what style.yaml says of every table."""
    bars = "\n".join(f"span.{kind.replace(' ', '.')} {{ background: #{c}; }}" for kind, c in COLOURS.items())
    return f"""
.chart {{ margin: 10pt 0; }}
table.chart :is(th, td) {{ border-width: 0 0 0.5pt; border-color: #bbbbbb; }}
table.chart tr {{ break-inside: avoid; }}
table.chart tbody tr:nth-child(-n+2) {{ break-after: avoid; }}
table.chart tbody tr:nth-last-child(-n+2) {{ break-before: avoid; }}
span.bar {{ display: block; height: {HEIGHT}pt; margin: 1pt 0; }}
{bars}
.glance .chart {{ break-inside: avoid; margin: 4pt 0; }}
table.glance td {{ font-size: 15pt; line-height: 28pt; color: #{COLOURS["bar"]}; }}
"""


def pixel(colour: str) -> bytes:
    """A PNG of one pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" + bytes.fromhex(colour))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
