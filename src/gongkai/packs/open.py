"""Opening a pack by name: found, put together with its parents, and looked over."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from gongkai.findings import FindingsError
from gongkai.packs.load.find import Layer, find_pack, layers, search_path

from .assembled import AssembledPack
from .load_checks import mistakes

__all__ = ["AssembledPack", "open_pack"]

_PACKS_REMEMBERED = 16


def open_pack(name: str, kind: str, year: int, folders: Sequence[Path] = ()) -> AssembledPack:
    """The pack ``name`` in its edition for ``kind`` and ``year``; ``folders`` are searched first.

    Raises FindingsError when the pack or one of its parents is missing or wrong.
    """
    path = search_path(folders)
    chain = layers(find_pack(name, path), path, kind, year)
    editions = tuple((layer.name, layer.edition.year if layer.edition else None) for layer in chain)
    return _put_together(_Order(chain, kind, editions, _state(chain)))


@dataclass(frozen=True, slots=True)
class _Order:
    """A pack to be put together; two orders are equal when the same files in the same state answer them."""

    chain: Sequence[Layer] = field(compare=False)
    kind: str
    editions: tuple[tuple[str, int | None], ...]
    state: frozenset[tuple[Path, int, int]]


def _state(chain: Sequence[Layer]) -> frozenset[tuple[Path, int, int]]:
    found = set()
    for file in (file for folder in {layer.pack.folder for layer in chain} for file in folder.absolute().rglob("*")):
        with suppress(OSError):  # a dead link, or what an editor has just taken away
            state = file.stat()
            found.add((file, state.st_mtime_ns, state.st_size))
    return frozenset(found)


@lru_cache(_PACKS_REMEMBERED)
def _put_together(order: _Order) -> AssembledPack:
    """Hundreds of units use the same pack; one whose files were changed is read again."""
    pack = AssembledPack(order.chain, order.kind)
    findings = mistakes(pack)
    if findings:
        raise FindingsError(findings)
    return pack
