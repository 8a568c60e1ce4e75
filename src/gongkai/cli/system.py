"""What differs from one operating system to another: the processors, the characters that a screen can show."""

from __future__ import annotations

import codecs
import os
import sys
from io import TextIOWrapper

_NEAREST = {"›": ">", "✓": "√", "✗": "×", "•": "·", "－": "-"}
"""What stands for a character of ours where the code page has none: GBK lacks them."""
_HANDLER = "gongkai-nearest"


def processors() -> int:
    """How many processors this process may use; how many there are, where the system does not tell more."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def let_streams_take_chinese() -> None:
    """Let standard output and error take all that we print: a redirected one has the machine's code page.

    Where Chinese cannot be written at all (a page of Western Europe), UTF-8 is.
    """
    codecs.register_error(_HANDLER, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        try:
            "公开".encode(stream.encoding)
        except UnicodeEncodeError:
            stream.reconfigure(encoding="utf-8")
        if stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors=_HANDLER)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError), "only for writing"
    missing = error.object[error.start : error.end]
    return "".join(_NEAREST.get(character, "?") for character in missing), error.end
