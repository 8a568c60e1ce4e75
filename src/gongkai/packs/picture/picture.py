"""A picture as outputs take it, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

MOST_BYTES = 1_000_000
"""Bytes of a file; a picture stands in every output of every unit."""

NARROWEST = 1 / 20
"""The least share of a picture's longer side that its shorter one has."""

Kind = Literal["png", "svg"]
MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of which every byte is known: it loads nothing, runs nothing, and is not larger than it looks.

    Width and height are in units of its own; only their ratio counts. ``left_out`` are names of settings that were
    not taken over, and may make it look otherwise.
    """

    kind: Kind
    data: bytes
    width: float
    height: float
    left_out: Sequence[str] = ()

    @property
    def ratio(self) -> float:
        """How many times as wide as high it is."""
        return self.width / self.height

    @property
    def media_type(self) -> str:
        """What it is, as the web calls it."""
        return MEDIA_TYPES[self.kind]


class PictureError(ValueError):
    """What is wrong with a picture, what to do, and the line (from 1) where it is; 0 for the file as a whole."""

    def __init__(self, message: str, advice: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message, self.advice, self.line = message, advice, line


def refuse_strip(width: float, height: float) -> None:
    """Raise PictureError for a picture that is a line rather than a picture."""
    if min(width, height) < NARROWEST * max(width, height):
        raise PictureError(f"太扁或太窄：长边最多是短边的 {1 / NARROWEST:g} 倍", "请裁去空白，或换一幅图")
