"""How much a pack's templates may do for one document, so that no pack can take all time or memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jinja2 import TemplateRuntimeError

MAX_STEPS = 50_000
"""Loop turns and calls of one document, beside those that its tables need."""

MAX_TEXT = 20_000_000
"""Characters of any one text; the longest disclosures have some hundred thousand."""

_CHARACTERS_PER_STEP = 1000
_ENTRIES_PER_STEP = 50


class Limits:
    """Counts what one rendering does, and ends it when it is too much."""

    def __init__(self, steps: int | None = None) -> None:
        self._left = MAX_STEPS if steps is None else steps

    def step(self, number: int = 1) -> None:
        """Count loop turns or calls."""
        self._left -= number
        if self._left < 0:
            raise TemplateRuntimeError("模板做的循环和调用太多，像是没有尽头")

    def text(self, size: int) -> None:
        """Count a text that is about to be made."""
        if size > MAX_TEXT:
            raise TemplateRuntimeError("模板要印的文字太长，像是没有尽头")
        self.step(size // _CHARACTERS_PER_STEP)

    def arguments(self, values: Iterable[Any]) -> None:
        """Count what is handed to a function: it goes over all entries, and its text will be about as long."""
        size = entries = 0
        for value in values:
            if isinstance(value, str):
                size += len(value)
            elif isinstance(value, list | tuple | dict):
                entries += len(value)
                size += _size(value)
        self.step(entries // _ENTRIES_PER_STEP)
        self.text(size)


def _size(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    return sum(_size(entry) for entry in value) if isinstance(value, list | tuple) else 0
