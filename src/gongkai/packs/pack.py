"""Opening a pack by name: found, put together with its parents, and looked over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gongkai.findings import FindingsError

from .find import find_pack, layers, search_path
from .ready import ReadyPack
from .soundness import mistakes

__all__ = ["ReadyPack", "open_pack"]


def open_pack(name: str, kind: str, year: int, folders: Sequence[Path] = ()) -> ReadyPack:
    """The pack ``name`` in its edition for ``kind`` and ``year``; ``folders`` are searched first.

    Raises FindingsError when the pack or one of its parents is missing or wrong.
    """
    path = search_path(folders)
    pack = ReadyPack(layers(find_pack(name, path), path, kind, year), kind)
    findings = mistakes(pack)
    if findings:
        raise FindingsError(findings)
    return pack
