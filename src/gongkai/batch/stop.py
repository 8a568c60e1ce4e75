"""Ctrl-C and its like: once to finish what is begun and report, twice to stop at once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

FROM_TERMINAL = {getattr(signal, name) for name in ("SIGINT", "SIGHUP", "SIGQUIT") if hasattr(signal, name)}
"""Signals that a terminal sends to all its processes: Ctrl-C, its own end, Ctrl-\\."""


@dataclass
class Stop:
    """How often the end was asked for."""

    asked: int = 0

    @property
    def requested(self) -> bool:
        """Whether no further unit is to be begun."""
        return self.asked > 0

    @property
    def at_once(self) -> bool:
        """Whether those that are begun are to be given up."""
        return self.asked > 1


@contextmanager
def listening(heard: Callable[[], None] = lambda: None) -> Iterator[Stop]:
    """Count the signals that ask for the end instead of being torn from the middle of writing; tell the first.

    SIGHUP or SIGQUIT that was ignored before (``nohup``) stays so.
    """
    stop = Stop()

    def count(number: int, frame: FrameType | None) -> None:
        stop.asked += 1
        if stop.asked == 1:
            heard()

    ignored = {number for number in FROM_TERMINAL if signal.getsignal(number) is signal.SIG_IGN}
    numbers = {*FROM_TERMINAL, signal.SIGTERM} - (ignored - {signal.SIGINT})
    earlier = {number: signal.signal(number, count) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
