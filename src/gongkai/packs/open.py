"""Opening a pack by name: found, put together with its parents, and looked over."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from gongkai.findings import FindingsError
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.model.unit import Scope
from gongkai.packs.load.facts import declared, model_of_files
from gongkai.packs.load.find import Layer, find_pack, layers, search_path

from .assembled import AssembledPack
from .load_checks import mistakes

__all__ = ["ANY_YEAR", "AssembledPack", "model_of_pack", "models_by_scope", "open_pack", "usual_scope"]

_PACKS_REMEMBERED = 16
ANY_YEAR = 2000
"""Stands for the year where none is known yet: what a pack declares is the same in all its editions."""


def open_pack(name: str, kind: str, year: int, folders: Sequence[Path] = (), scope: str | None = None) -> AssembledPack:
    """The pack ``name`` in its edition for ``kind``, ``year`` and 口径; ``folders`` are searched first.

    Without a ``scope`` it is that for the 口径 that a document of the kind commonly has.
    Raises FindingsError when the pack or one of its parents is missing or wrong.
    """
    path = search_path(folders)
    scope = scope or usual_scope(kind)
    chain = layers(find_pack(name, path), path, kind, year, scope)
    editions = tuple((layer.name, layer.number) for layer in chain)
    return _put_together(_Order(chain, kind, scope, editions, _state(chain)))


def model_of_pack(
    name: str, kind: str, year: int, folders: Sequence[Path] = (), scope: str | None = None
) -> type[Disclosure]:
    """The model of the data files of a pack, whatever else is wrong with the pack.

    Raises FindingsError where the pack or what it declares of facts cannot be read.
    """
    path = search_path(folders)
    scope = scope or usual_scope(kind)
    return model_of_files(kind, declared(layers(find_pack(name, path), path, kind, year, scope), kind, scope))


def models_by_scope(name: str, folders: Sequence[Path] = ()) -> dict[tuple[str, str], type[Disclosure]]:
    """The models of the data files of a pack, by the kind and the 口径, which is empty for all that are not named.

    Raises FindingsError where the pack or what it declares of facts cannot be read.
    """
    found: dict[tuple[str, str], type[Disclosure]] = {}
    for kind in KINDS:
        found[kind, ""] = model_of_pack(name, kind, ANY_YEAR, folders)
        for scope in Scope:
            model = model_of_pack(name, kind, ANY_YEAR, folders, scope)
            if model is not found[kind, ""]:
                found[kind, str(scope)] = model
    return found


def usual_scope(kind: str) -> str:
    """The 口径 that a document of a kind has where its file does not say."""
    return str(KINDS[kind].model.value.model_fields["scope"].default)


@dataclass(frozen=True, slots=True)
class _Order:
    """A pack to be put together; two orders are equal when the same files in the same state answer them."""

    chain: Sequence[Layer] = field(compare=False)
    kind: str
    scope: str
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
    pack = AssembledPack(order.chain, order.kind, order.scope)
    findings = mistakes(pack)
    if findings:
        raise FindingsError(findings)
    return pack
