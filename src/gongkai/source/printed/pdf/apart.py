"""Reading in a process of its own: what takes too long, too much memory, or the library down, stays there."""

from __future__ import annotations

import sys
from contextlib import suppress
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from threading import active_count
from typing import Any

from gongkai.findings import Finding, FindingsError
from gongkai.source.printed.document import Printed
from gongkai.source.printed.refused import damaged, too_large

_SECONDS = 40.0
"""By the clock; the pages have a bound of their own, that of one page that never ends is this."""
_MOST_MEMORY = 3 << 30
"""Bytes of addresses, most of which are never used."""
_GRACE = 5.0


def read_apart(data: bytes, file: str) -> Printed:
    """The same as ``read_here``, within bounds of time and memory. Raises FindingsError where it is beyond them."""
    if current_process().daemon:  # may have no children; whoever started it minds its time and its death
        from .read import read_here

        return read_here(data, file)
    # A copy of this process is there at once; with threads in it, or elsewhere, only a fresh one is safe.
    context: Any = get_context("fork" if sys.platform == "linux" and active_count() == 1 else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        ours.send((data, file))
        if not ours.poll(_SECONDS):
            raise too_large(file, f"读了 {_SECONDS:.0f} 秒还没有读完")
        said = ours.recv()
    except (EOFError, OSError):
        raise damaged(file, "读的时候出错，或要用的内存过多") from None
    finally:
        ours.close()
        process.kill()
        process.join(_GRACE)
    if isinstance(said, Printed):
        return said
    raise FindingsError(said) if said else damaged(file, "要用的内存过多")


def _serve(connection: Connection) -> None:
    """Reads one document and says what is in it, or why nothing is."""
    from .read import read_here

    _bound_memory()
    with suppress(EOFError, OSError):
        data, file = connection.recv()
        said: Printed | list[Finding]
        try:
            said = read_here(data, file)
        except FindingsError as error:
            said = error.findings
        except MemoryError:
            said = []
        connection.send(said)


def _bound_memory() -> None:
    """Windows has no such bound: there the time alone is."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
