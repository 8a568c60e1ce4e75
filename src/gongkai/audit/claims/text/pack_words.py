"""Sentences in the words of a pack that the general grammar does not read: what a template prints is what reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gongkai.packs.load.manifest import OptionValue
from gongkai.packs.recognise import CHANGE, COMPLETION, PORTION, VARIANCE, Recogniser, Said
from gongkai.packs.wording import BASE, GAP, GROWTH, LEADS, RATE, WHOLE
from gongkai.statements.tables.words import fill

from .flat import flat_text

_FULL_NAME = "科目全称"
_SAMPLE = {**{lead: f"{lead}上年预算" for lead in LEADS}, BASE: "上年预算", WHOLE: "本年支出合计的",
           GAP: "20.00", GROWTH: "25.00", RATE: "25.00", "类": "甲支出", "款": "乙事务", "项": "丙运行"}  # fmt: skip

UP = frozenset({"增加", "上年为零", "上年为负而增加"})
"""The cases of a change that are an increase."""
DOWN = frozenset({"减少", "本年为零", "上年为负而减少"})

Reads = Callable[[str, str], bool]
"""Whether the general grammar reads a sentence that is printed in a case."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Which sentences of a pack's options have to be looked for by the words of the pack."""

    changes: Reads
    portions: Reads
    variances: Reads
    completions: Reads
    names: Reads


class PackWords:
    """Finds in texts of one spelling what a pack prints and the general grammar does not read."""

    def __init__(self, options: Mapping[str, OptionValue], reads: Needed) -> None:
        spelt = {name: _spelt(value) for name, value in options.items()}
        by_option = {CHANGE: reads.changes, PORTION: reads.portions, VARIANCE: reads.variances,
                     COMPLETION: reads.completions}  # fmt: skip
        unread = {name: _unread(spelt.get(name), read) for name, read in by_option.items()}
        self._wanted = frozenset(name for name, sentences in unread.items() if sentences)
        self._names = not reads.names(fill(str(spelt.get(_FULL_NAME, "")), _SAMPLE), "")
        self._pack = Recogniser({**spelt, **unread}) if self._wanted or self._names else None

    def changes(self, text: str) -> list[Said]:
        """Sentences of 增减句式."""
        return self._pack.changes(text) if self._pack and CHANGE in self._wanted else []

    def portions(self, text: str) -> list[Said]:
        """Sentences of 占比句式."""
        return self._pack.portions(text) if self._pack and PORTION in self._wanted else []

    def variances(self, text: str) -> list[Said]:
        """Sentences of 差异率句式."""
        return self._pack.variances(text) if self._pack and VARIANCE in self._wanted else []

    def completions(self, text: str) -> list[Said]:
        """Sentences of 完成率句式."""
        return self._pack.completions(text) if self._pack and COMPLETION in self._wanted else []

    def items(self, text: str) -> list[Said]:
        """Full names of 项."""
        return self._pack.items(text) if self._pack and self._names else []


def _spelt(value: OptionValue) -> OptionValue:
    if isinstance(value, str):
        return flat_text(value)
    return {name: flat_text(text) for name, text in value.items()} if isinstance(value, dict) else value


def _unread(sentences: OptionValue | None, reads: Reads) -> dict[str, str]:
    """Of the sentences of an option those that the general grammar does not read, by their case."""
    said: Iterable[tuple[str, str]] = sentences.items() if isinstance(sentences, dict) else ()
    return {case: text for case, text in said if text and not reads(fill(text, _SAMPLE), case)}
