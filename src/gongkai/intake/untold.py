"""What a file says of secret (涉密) projects, by the text of the file: known even where no model could be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import yaml

from gongkai import catalog
from gongkai.findings import Finding
from gongkai.model.schema import known
from gongkai.source.secret_marks import marks_secret, may_hide
from gongkai.source.tree import MAX_DEPTH
from gongkai.texts.discreet import without
from gongkai.texts.needles import Needles, runs
from gongkai.texts.plain import COMMON, bare, letters

_NAME = "名称"
_SHORT, _LONG = 4, 8
"""Characters of a text that tells as a whole, and of a run of a longer one."""
_COMMON = 2
"""What so many other texts of the file say is no secret."""


@dataclass(frozen=True, slots=True)
class Untold:
    """The lines of secret projects, None where that cannot be known, and the words that tell of them.

    A line is its sheet (empty in a text) and its number from 1.
    """

    lines: frozenset[tuple[str, int]] | None = frozenset()
    words: Needles = field(default_factory=lambda: Needles(()))

    @classmethod
    def of(cls, text: str) -> Untold:
        """What may not be told of a file."""
        if not may_hide(text):
            return cls()
        found = _Reading(text)
        try:
            found.read()
        except yaml.YAMLError:
            found.lines = None
        lines = None if found.lines is None else frozenset(("", line) for line in found.lines)
        return cls(lines, Needles(found.words()))

    def conceal(self, finding: Finding) -> Finding:
        """The finding without these words."""
        return without(finding, lambda text, _: bool(self.words.found(letters(bare(text)))))


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read, with the texts in it by their names."""

    first: int
    mapping: bool
    key: str | None = None
    at_key: bool = True
    secret: bool = False
    texts: list[tuple[str | None, str]] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        """An entry of it: in a mapping, a key or its value in turn."""
        value = event.value if isinstance(event, yaml.ScalarEvent) else None
        if not self.mapping or not self.at_key:
            self.texts += [(self.key, value)] if value else []
        if not self.mapping:
            return
        if self.at_key:
            self.key = value
        elif self.key is not None:
            self.secret |= marks_secret(self.key, value)
        self.at_key = not self.at_key


class _Reading:
    """Goes through a file by the parser's events, which end where it cannot be read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._rows = text.split("\n")
        self._around: list[_Open] = []
        self._secret: list[tuple[str | None, str]] = []
        self._other: list[str] = []
        self.lines: set[int] | None = set()

    def read(self) -> None:
        """Find the lines and the words. Raises YAMLError."""
        for event in yaml.parse(self._text, Loader=yaml.CBaseLoader):
            if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._begin(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._end(event)

    def _begin(self, event: yaml.Event) -> None:
        if self._around:
            self._around[-1].take(event)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            assert event.start_mark is not None, "the C parser marks every event"
            if len(self._around) > MAX_DEPTH:
                raise yaml.YAMLError  # no file of ours, and slow to read on
            self._around.append(_Open(event.start_mark.line + 1, isinstance(event, yaml.MappingStartEvent)))

    def _end(self, event: yaml.Event) -> None:
        ended = self._around.pop()
        mark = event.end_mark
        assert mark is not None, "the C parser marks every event"
        if ended.secret:
            # A block ends where the next thing begins, perhaps some lines further down.
            outside = mark.line >= len(self._rows) or not self._rows[mark.line][: mark.column].strip()
            if self.lines is not None:
                self.lines |= set(range(ended.first, mark.line + 1 if outside else mark.line + 2))
            self._secret += ended.texts
        elif self._around:
            self._around[-1].texts += ended.texts
        else:
            self._other = [text for _, text in ended.texts]

    def words(self) -> set[str]:
        """What tells of the secret projects; the words of the form, and what the file says openly, do not."""
        for still_open in self._around:  # the file could not be read to its end
            self._secret += still_open.texts
        telling = {run for key, text in self._secret for run in _runs(key, text)}
        telling -= Needles(telling).found(_public())
        needles = Needles(telling)
        said = Counter(run for text in {letters(bare(text)) for text in self._other} for run in needles.found(text))
        return {run for run in telling if said[run] < _COMMON}


def _runs(key: str | None, text: str) -> Iterator[str]:
    """What of a text tells: of a name itself and its parts, of another all of it or its longer runs."""
    said = letters(bare(text))
    if len(said) < _SHORT or not any(letter.isalpha() for letter in COMMON.sub("", said)):
        return
    if key != _NAME:
        yield from runs(said, min(len(said), _LONG))
        return
    yield said
    for part in COMMON.split(bare(text)):
        yield from runs(part or "", _SHORT)


@cache
def _public() -> str:
    subjects: Iterable[str] = (subject.name for subject in (*catalog.functional(), *catalog.economic()))
    return "\n".join(letters(bare(text)) for text in (*known().names, *subjects))
