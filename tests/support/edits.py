"""Changes of a file, by the place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.findings import Path
from support.examples import Data

Edit = Callable[[Data], object]


def _at(data: Data, path: Path) -> Any:
    for step in path:
        data = data[step]  # type: ignore[index]
    return data


def put(*path: str | int, value: object) -> Edit:
    """Write a value at a place; sections that are missing on the way are made."""

    def edit(data: Data) -> None:
        *way, last = path
        here: Any = data
        for step in way:
            here = here[step] if isinstance(step, int) else here.setdefault(step, {})
        here[last] = value

    return edit


def drop(*path: str | int) -> Edit:
    """Leave out what stands at a place."""

    def edit(data: Data) -> None:
        del _at(data, path[:-1])[path[-1]]

    return edit
