"""The bars of charts: their colours, and the one pixel of each colour that Word stretches to a bar."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from lxml.html import HtmlElement

from gongkai.document.vocabulary import classes_of

HEIGHT = 8
"""Points."""

AROUND, AROUND_SHORT = 10.0, 4.0
"""Points above and below a chart, and one of 一图读懂."""
RULE, RULE_COLOUR = 0.5, "#bbbbbb"
"""The rule below each row of a chart, in points."""
KEY_SIZE, KEY_LINE = 15.0, 28.0
"""Points of the key figures of 一图读懂, and of their lines."""

COLOURS: Mapping[str, str] = {"bar": "1f5c99", "bar prior": "a9bfd8"}
"""Colour by class: this year's bar and last year's; they differ in lightness too, for print without colour."""


def space_around(chart: HtmlElement) -> float:
    """Points above and below a chart, and between its title and its bars."""
    is_short = any("glance" in classes_of(above) for above in chart.iterancestors())
    return AROUND_SHORT if is_short else AROUND


def css() -> str:
    """How charts and the page of 一图读懂 look, beside what style.yaml says of every table."""
    bars = "\n".join(f"span.{kind.replace(' ', '.')} {{ background: #{c}; }}" for kind, c in COLOURS.items())
    return f"""
.chart {{ margin: {AROUND:g}pt 0; }}
table.chart :is(th, td) {{ border-width: 0 0 {RULE:g}pt; border-color: {RULE_COLOUR}; }}
table.chart tr {{ break-inside: avoid; }}
table.chart tbody tr:nth-child(-n+2) {{ break-after: avoid; }}
table.chart tbody tr:nth-last-child(-n+2) {{ break-before: avoid; }}
span.bar {{ display: block; height: {HEIGHT}pt; margin: 1pt 0; }}
{bars}
.glance .chart {{ break-inside: avoid; margin: {AROUND_SHORT:g}pt 0; }}
table.glance td {{ font-size: {KEY_SIZE:g}pt; line-height: {KEY_LINE:g}pt; color: #{COLOURS["bar"]}; }}
"""


def pixel(colour: str) -> bytes:
    """A PNG of one pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" + bytes.fromhex(colour))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
