"""Data of two sources as one: what the one does not say is taken from the other."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from gongkai.source.tree import Node

_KEYS = ("科目", "名称", "三级")
"""What tells the entries of a list apart, where they have it."""


def merged(first: Mapping[str, Node], second: Mapping[str, Node]) -> dict[str, Node]:
    """What the ``first`` says, and what only the ``second`` does; entries of lists go by their names."""
    return {name: _node(first.get(name), second.get(name)) for name in (*first, *(n for n in second if n not in first))}


def _node(first: Node | None, second: Node | None) -> Node:
    if first is None or first == "":
        return deepcopy(second) if second is not None else ""
    if isinstance(first, dict) and isinstance(second, dict):
        return dict(merged(first, second))
    if isinstance(first, list) and isinstance(second, list):
        return _lists(first, second)
    return deepcopy(first)


def _lists(first: list[Node], second: list[Node]) -> list[Node]:
    """The entries of the first, each with what the second's of that name says; others of the second behind them.

    Lists whose entries have no name are one whole: the first's.
    """
    key = next((key for key in _KEYS if all(isinstance(e, dict) and key in e for e in (*first, *second))), None)
    if key is None:
        return deepcopy(first) or deepcopy(second)
    told = [entry for entry in first if isinstance(entry, dict)]
    known = {str(entry[key]): entry for entry in second if isinstance(entry, dict)}
    joined: list[Node] = [merged(entry, known.pop(str(entry[key]), {})) for entry in told]
    return [*joined, *(deepcopy(entry) for entry in known.values())]
