"""What differs from one operating system to another: processors, characters of names and screens, signals."""

from __future__ import annotations

import codecs
import os
import signal
import sys
from io import TextIOWrapper
from types import FrameType

_NEAREST = {"›": ">", "✓": "√", "✗": "×", "•": "·", "－": "-"}
"""What stands for a character of ours where the code page has none: GBK lacks them."""
_HANDLER = "gongkai-nearest"


def processors() -> int:
    """How many processors this process may use; how many there are, where the system does not tell more."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def let_file_names_be_chinese() -> None:
    """Begin again with UTF-8 where the system's settings would have names of files in other characters.

    In the C locale (as under cron) no file with a Chinese name could even be opened, the packs' own among them.
    """
    if codecs.lookup(sys.getfilesystemencoding()).name != "utf-8" and sys.flags.utf8_mode == 0:
        again = [sys.executable, *sys.orig_argv[1:]]
        os.execve(sys.executable, again, {**os.environ, "PYTHONUTF8": "1"})  # noqa: S606 - it is this one


def end_in_order() -> None:
    """Let the signals that end a process end it like Ctrl-C: what is half written and temporary is taken away.

    A signal that is ignored (``nohup``) stays so.
    """
    for number in ENDINGS:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name))
"""Signals that ask for the end, besides Ctrl-C: of the system, of a terminal that is closed, of Ctrl-\\."""


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
        stream.reconfigure(errors=_HANDLER)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError), "only for writing"
    missing = error.object[error.start : error.end]
    return "".join(_NEAREST.get(character, "?") for character in missing), error.end
