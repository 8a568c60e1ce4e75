"""Standard output and error that cannot break the work: readers go away, disks are full, names hold strange bytes."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BufferedWriter, FileIO, RawIOBase, TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from gongkai.findings import visible

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

OUT, ERR = 1, 2


class _Outliving(RawIOBase):
    """Writes as long as that can be done; what cannot be written is let go, and ``failure`` says why."""

    def __init__(self, raw: FileIO, number: int) -> None:
        self._raw, self.number = raw, number
        self.failure: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        """All of it, or as much as one call takes; everything when nobody is there to take it."""
        while self.failure is None:
            try:
                written = self._raw.write(data)
            except OSError as error:
                self.failure = error
                break
            if written is not None:
                return written
            select.select([], [self._raw], [])  # a pipe that does not wait by itself
        return memoryview(data).nbytes

    def writable(self) -> bool:
        """What a buffer asks."""
        return True

    def fileno(self) -> int:
        """The system's number of the stream."""
        return self._raw.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._raw.isatty()


class Plain(TextIOWrapper):
    """Text in which what would move the cursor, or is no character at all, is shown and not sent."""

    @cached_property
    def obeyed(self) -> TextIOWrapper:
        """The same stream for who colours and moves the cursor, and spells out by itself what is not its own."""
        return TextIOWrapper(self.buffer, encoding=self.encoding, errors=self.errors, line_buffering=True)

    def write(self, text: str, /) -> int:
        """The text; as many characters as were given."""
        super().write(visible(text, lines=True))
        return len(text)


@dataclass
class Streams:
    """Both streams of a run."""

    raw: list[_Outliving] = field(default_factory=list)

    @property
    def lost(self) -> OSError | None:
        """Why standard output is not whole; a reader that went away, as ``head`` does, has seen enough."""
        return next((raw.failure for raw in self.raw if _is_loss(raw)), None)


def _is_loss(raw: _Outliving) -> bool:
    return raw.number == OUT and raw.failure is not None and not isinstance(raw.failure, BrokenPipeError)


@contextmanager
def outliving_streams() -> Iterator[Streams]:
    """Put streams that outlive their readers in the place of the process's own; where there is none, nothing is said.

    A stream that somebody else has put there, as tests do, stays.
    """
    _occupy()
    before = sys.stdout, sys.stderr
    streams = Streams()
    sys.stdout = _outliving(sys.stdout, OUT, streams)
    sys.stderr = _outliving(sys.stderr, ERR, streams)
    try:
        yield streams
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdout, sys.stderr = before


def _occupy() -> None:
    """Let no file that is opened later have the number of a standard stream that was closed."""
    while (handle := os.open(os.devnull, os.O_RDWR)) <= ERR:
        os.set_inheritable(handle, True)
    os.close(handle)


def _outliving(stream: TextIO | None, number: int, streams: Streams) -> TextIO:
    own = type(stream) is TextIOWrapper and isinstance(getattr(stream.buffer, "raw", stream.buffer), FileIO)
    if stream is not None and not own:
        return stream
    if stream is not None:
        stream.flush()
    # A stream that is None was closed: the null device has its number now.
    raw = _Outliving(FileIO(stream.fileno() if stream else number, "w", closefd=False), number)
    streams.raw.append(raw)
    encoding, errors = (stream.encoding, stream.errors) if stream else ("utf-8", None)
    return Plain(BufferedWriter(raw), encoding=encoding, errors=errors, line_buffering=True)
