"""Folder in a shared output folder where the machines of a cluster put documents down.

Here they are looked at and moved to their places. A machine that is late, after the end of its batch, spoils nothing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

_NAME = ".gongkai-batch.staging-"
_OURS = re.compile(rf"{re.escape(_NAME)}[0-9a-f]{{32}}")


@contextmanager
def staging_in(out: Path, wanted: bool) -> Iterator[Path | None]:
    """A folder for this run, if one is wanted; what runs that were broken off have left is swept away."""
    for old in out.glob(f"{_NAME}*"):
        if _OURS.fullmatch(old.name):
            shutil.rmtree(old, ignore_errors=True)
    if not wanted:
        yield None
        return
    folder = out.resolve() / f"{_NAME}{uuid4().hex}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
