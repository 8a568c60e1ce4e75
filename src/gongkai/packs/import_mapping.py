"""What a pack says of the tables that its region exports (取数.yaml): sheets and headers by our names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gongkai.source.tree import Node

from .load.find import find_pack, lineage, search_path
from .load.yaml_file import load

FILE = "取数.yaml"


def import_mapping(name: str, folders: Sequence[Path] = ()) -> dict[str, Node]:
    """The mapping of a pack and its parents, the nearest first in what they say of the same.

    Raises FindingsError when the pack or one of its parents is missing, or a file is no mapping.
    """
    said: dict[str, Node] = {}
    path = search_path(folders)
    for pack in lineage(find_pack(name, path), path):
        said = _joined(said, load(pack.folder / FILE, pack.folder).data)
    return said


def _joined(nearest: dict[str, Node], further: dict[str, Node]) -> dict[str, Node]:
    """What the nearest says, and what only the further says of it."""
    joined = dict(further)
    for key, value in nearest.items():
        other = further.get(key)
        if isinstance(value, dict) and isinstance(other, dict):
            joined[key] = _joined(value, other)
        elif isinstance(value, list) and isinstance(other, list):
            joined[key] = [*value, *(each for each in other if each not in value)]
        else:
            joined[key] = value
    return joined
