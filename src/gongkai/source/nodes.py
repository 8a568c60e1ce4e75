"""Looking into the values of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .tree import Node


def node_at(data: Node | Mapping[str, Node], path: Sequence[str | int]) -> Node | None:
    """What stands at a path of the values of a file; None where nothing does."""
    here: Any = data
    for step in path:
        if isinstance(here, list):
            here = here[step] if isinstance(step, int) and step < len(here) else None
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
    found: Node | None = here
    return found
