"""Again whenever a file is saved, until Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

State = TypeVar("State")

# Asking works on network drives too, which tell nobody that a file was saved.
_SECONDS = 0.5


def whenever_changed(state: Callable[[], State]) -> Iterator[State]:
    """The state now, and again each time that it has become another; what changes in between is not missed."""
    now = state()
    while True:
        yield now
        before = now
        try:
            while (now := state()) == before:
                time.sleep(_SECONDS)
        except KeyboardInterrupt:
            return
