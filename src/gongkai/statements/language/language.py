"""What the expressions of one kind of document may speak of, and how a file of it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from gongkai.statements.facts.store import Facts
from gongkai.statements.facts.vocabulary import Vocabulary

from .functions import FUNCTIONS, Function
from .names import Names

Options = Mapping[str, Any]


def _none(options: Options) -> Mapping[str, Function]:
    return {}


@dataclass(frozen=True, slots=True)
class Language:
    """The measures and the data file of a kind; ``more`` are functions that a pack's options decide."""

    vocabulary: Vocabulary
    model: type[BaseModel]
    facts: Callable[[Any], Facts]
    more: Callable[[Options], Mapping[str, Function]] = _none

    def functions(self, options: Options) -> Mapping[str, Function]:
        """All functions, as these options have them."""
        return {**FUNCTIONS, **self.more(options)}

    def names(self, options: Options) -> Names:
        """The names of the kind, without what a pack adds."""
        return Names(self.vocabulary, self.functions(options), self.model)
