"""Changes of single words in a text, by their places: everything else in it stays as it is, line ends too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BREAK = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A word at a place (line and column count from 1), and what is to stand there."""

    line: int
    column: int
    old: str
    new: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, none of which overlap."""
    pieces = _BREAK.split(text)
    lines, breaks = pieces[::2], [*pieces[1::2], ""]
    for edit in sorted(edits, reverse=True):
        line, at = lines[edit.line - 1], edit.column - 1
        assert line.startswith(edit.old, at), "found at this very place"
        lines[edit.line - 1] = f"{line[:at]}{edit.new}{line[at + len(edit.old) :]}"
    return "".join(line + end for line, end in zip(lines, breaks, strict=True))


def plain_breaks(text: str) -> str:
    """The text with every line ended by a line feed, by which places in it are counted."""
    return _BREAK.sub("\n", text)
