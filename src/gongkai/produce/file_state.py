"""What tells that somebody has saved a file, for those who wait for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from gongkai.findings import FindingsError

from .inputs import fingerprint, inputs_of

SavedTimes = frozenset[tuple[str, int]]


def saved_times(folders: Iterable[Path]) -> SavedTimes:
    """The files below some folders with their times; what is a file itself counts, too."""
    found = set()
    for file in (file for folder in folders for file in ([folder] if folder.is_file() else folder.rglob("*"))):
        try:
            found.add((str(file), file.stat().st_mtime_ns))
        except OSError:  # an editor puts a new file in the place of the old one
            continue
    return frozenset(found)


def state_of_unit(path: Path, pack_folders: Sequence[Path]) -> tuple[str | None, SavedTimes]:
    """What a unit's documents are made of: its data, last year's file among them, and packs of one's own."""
    try:
        data = fingerprint(path, inputs_of(path))
    except FindingsError:  # not there at the moment, or half of it: whoever renders says what is wrong
        data = None
    return data, saved_times(pack_folders)
