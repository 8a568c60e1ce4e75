"""The model of a data file by what the file says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.model.disclosure import Disclosure, model_of
from gongkai.source.tree import Node

Models = Callable[[Mapping[str, Node]], "type[Disclosure] | None"]
"""The model of a file by what it says: that of its kind, or of its pack with what this declares; None for none."""


def plain_model(data: Mapping[str, Node]) -> type[Disclosure] | None:
    """The model of a file's kind (文种), without what any pack declares."""
    return model_of(data.get("文种"))
