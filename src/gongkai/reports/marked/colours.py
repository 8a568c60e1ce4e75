"""The colours of marked cells, and what they say of the fill that a cell had before.

A colour comes in 256 shades that no eye tells apart: the number of the shade is that of the earlier fill in the list
that the sheet of findings keeps (0: there was none). Colours survive every program that saves the workbook, and go
with a cell when rows are inserted; numbers of styles do not.
"""

from __future__ import annotations

from gongkai.findings import Level

SHADES = 256
_STEP = 16
_SHADE = 0x0F0F
"""Of a colour, where the shade is: the last half byte of green and of blue."""

LIGHT = {Level.ERROR: 0xFBC0C0, Level.WARNING: 0xFDF0A0, Level.HINT: 0xBBE0F0}
"""Light red, yellow and blue; none that programs offer in their menus."""
DARK = {Level.ERROR: 0x971010, Level.WARNING: 0x875000, Level.HINT: 0x1D4090}
"""The same for cells with light letters."""

_BASES = {*LIGHT.values(), *DARK.values()}


def shade(level: Level, number: int, *, light_letters: bool = False) -> str:
    """The colour of a level over the earlier fill of this number, as a workbook writes it: FFFBC0C0."""
    base = (DARK if light_letters else LIGHT)[level]
    green, blue = divmod(number, _STEP)
    return f"FF{base + (green << 8) + blue:06X}"


def number_of(colour: str) -> int | None:
    """The number of the earlier fill that a colour stands for; None for a colour that is none of these."""
    try:
        value = int(colour[-6:], 16) if len(colour) in {6, 8} else -1
    except ValueError:
        return None
    if value < 0 or value & ~_SHADE not in _BASES:
        return None
    return (value >> 8 & 0x0F) * _STEP + (value & 0x0F)
