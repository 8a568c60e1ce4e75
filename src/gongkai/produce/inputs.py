"""What a unit's documents are made of: its data file, and the files that this one names."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from gongkai.files.data_files import BOOKS
from gongkai.findings import FindingsError
from gongkai.intake.data_file import read_tree
from gongkai.intake.named_files.named import KEYS, named_files
from gongkai.source.text_file import MAX_BYTES, read_bytes


def inputs_of(path: Path) -> dict[str, bytes]:
    """The contents of a data file and of those that it names, by path. Raises FindingsError when it cannot be read.

    A file that it names and that is not there is left to the reader, who knows what to say of it.
    """
    files = {_name(path): read_bytes(path)}
    for named in _named(path, files[_name(path)]):
        with contextlib.suppress(FindingsError):
            data = read_bytes(named)
            if sum(map(len, files.values())) + len(data) <= MAX_BYTES:
                files[_name(named)] = data
    return files


def fingerprint(path: Path, files: Mapping[str, bytes]) -> str:
    """A hash of everything that a unit's files say; where they lie makes no difference."""
    named = {_seen_from(path.parent, name): digest(data) for name, data in files.items()}
    return digest(json.dumps(named, sort_keys=True).encode())


def digest(data: bytes) -> str:
    """A hash by which contents are told apart (SHA-256)."""
    return hashlib.sha256(data).hexdigest()


def _seen_from(folder: Path, path: str) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # Windows: on another drive
        return path


def _name(path: Path) -> str:
    """How the reader asks for a file; the working folder of another machine is another one."""
    return os.path.normpath(path)


def _named(path: Path, data: bytes) -> Sequence[Path]:
    """The files that a unit's file names (上年文件, 预算文件): only what may be data is read and sent elsewhere.

    What they name in turn is not read.
    """
    if path.suffix.lower() not in BOOKS and not any(key.encode() in data for key in KEYS):
        return []
    try:
        return list(named_files(path.parent, read_tree(path).data))
    except FindingsError:
        return []
