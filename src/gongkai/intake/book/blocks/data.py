"""Looking into the data of a file: what stands at a path, and names that tell the entries of a list apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai.findings import Path
from gongkai.source.nodes import node_at
from gongkai.source.tree import Node

EACH = "[]"
"""Stands for any entry of a list."""


def text_at(data: Node | Mapping[str, Node], path: Path) -> str | None:
    """The text at a path; None where there is none."""
    found = node_at(data, path)
    return found if isinstance(found, str) else None


def lists_at(data: Mapping[str, Node], path: Sequence[str]) -> Iterator[Path]:
    """The paths of all lists at a path in which ``[]`` stands for every entry of a list around them."""
    found: list[Path] = [()]
    for step in path:
        if step == EACH:
            below = ((each, node_at(data, each)) for each in found)
            found = [(*each, n) for each, items in below if isinstance(items, list) for n in range(len(items))]
        else:
            found = [(*each, step) for each in found]
    yield from (each for each in found if isinstance(node_at(data, each), list))


def any_of(path: Sequence[str]) -> Path:
    """A path to ask the schema with: the first entry of each list."""
    return tuple(0 if step == EACH else step for step in path)


def names_of(data: Mapping[str, Node], entries: Path) -> list[str]:
    """What the entries of a list are called (名称), each differently: the second of a name has #2 behind it."""
    items = node_at(data, entries)
    told: dict[str, None] = {}
    for item in items if isinstance(items, list) else ():
        name = item.get("名称") if isinstance(item, dict) else None
        plain = name.strip() if isinstance(name, str) else ""
        label, number = plain, 1
        while label in told:
            number += 1
            label = f"{plain}#{number}"
        told[label] = None
    return list(told)
