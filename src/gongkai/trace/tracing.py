"""A document whose every amount can be followed to the facts that it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.document.parse import HtmlDocument

from .printed import Printed
from .sources import FileSources


@dataclass(frozen=True, slots=True)
class Tracing:
    """A document, the amounts that it prints in their order, and what knows where each comes from."""

    document: HtmlDocument
    amounts: Sequence[Printed]
    sources: FileSources
