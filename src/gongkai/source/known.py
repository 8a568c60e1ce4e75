"""What a reader knows of the words of a file before it reads it; who asks for the file hands it in."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """Names that stand before a colon, and words that are a whole answer, of which no part can have been lost."""

    names: frozenset[str]
    answers: frozenset[str]
