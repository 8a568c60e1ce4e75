"""Reading files that anybody may have put there: ordinary ones only, never more of them than is asked for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))

Identity = tuple[int, int]
"""A file, whatever its names: its device and number."""

_seen: dict[Identity, set[Path]] = {}
"""What was read, by the paths under which it was."""

_places: set[str] = set()
"""Where it was read, links followed: an editor that saves puts a new file in the place of the old one."""


class NotRegularError(OSError):
    """A device, a FIFO, a socket or a folder stands where a file should."""


class TooLargeError(OSError):
    """The file has more bytes than are read; ``size`` says how many."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size


class OutsideError(OSError):
    """The file is a link that leads out of the folder to which it must belong."""


def read_regular(path: Path, most: int, *, within: Path | None = None, source: bool = True) -> bytes:
    """What is in an ordinary file of at most so many bytes; links are followed, but not out of ``within``.

    What a run has read as its ``source`` is never overwritten by it (``was_read``). Raises NotRegularError,
    TooLargeError, OutsideError, and OSError for what the system refuses. Nothing here waits for another program.
    """
    if within is not None and not is_within(path, within):
        raise OutsideError
    # Looked at before it is opened: some devices act on that alone.
    _refuse(path.stat(), most)
    with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
        state = os.fstat(stream.fileno())
        _refuse(state, most)
        data = stream.read(most + 1)
    if data is None:  # the system calls a log that waits for its next line (/proc/kmsg) a file
        raise NotRegularError
    if len(data) > most:
        raise TooLargeError(len(data))
    if source:
        _seen.setdefault(_identity(state), set()).add(path.absolute())
        _places.add(_place(path))
    return data


def is_within(path: Path, folder: Path) -> bool:
    """Whether a path belongs to a folder even when all links are followed."""
    return Path(_place(path)).is_relative_to(_place(folder))


def beginning(path: Path, most: int) -> bytes:
    """The first bytes of an ordinary file; none where there is none, or none that can be read."""
    try:
        _refuse(path.stat(), None)
        handle = os.open(path, _FLAGS)
        try:
            return os.read(handle, most)
        finally:
            os.close(handle)
    except OSError:
        return b""


def was_read(path: Path) -> bool:
    """Whether what stands at a path has been read in this run, under whatever name.

    A file that was replaced since leaves its number to others: only while it is still there does it count.
    """
    here = _identity_at(path)
    if here is None:
        return False
    # Some file systems number no files, or differently each time.
    same = here[1] != 0 and any(_identity_at(name) == here for name in _seen.get(here, ()))
    return same or _place(path) in _places


def _place(path: Path) -> str:
    """Where a path leads; unlike ``resolve`` it never fails, not even in a circle."""
    return os.path.normcase(os.path.realpath(path))


def _identity(state: os.stat_result) -> Identity:
    return state.st_dev, state.st_ino


def _identity_at(path: Path) -> Identity | None:
    try:
        return _identity(path.stat())
    except (OSError, ValueError):
        return None


def _refuse(state: os.stat_result, most: int | None) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise NotRegularError
    if most is not None and state.st_size > most:
        raise TooLargeError(state.st_size)
