"""What reading a paragraph needs to know of the document: its kind and year, its 科目, the words of its pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gongkai.audit.document import Audited

from . import patterns
from .claim import Role, Subject
from .comparisons import reads_change
from .flat import Flat, flat_text
from .pack_words import Needed, PackWords
from .sections import Section
from .subjects import bare, key_of, own_words, role_in
from .template_words import Meaning, template_words

_PROJECT = re.compile(r"^(?:\d{1,3}[.、]|（[一二三四五六七八九十\d]{1,3}）)?项目名称：(?P<name>.{1,120})$")
_SCALE = re.compile("安排规模|预算规模")


@dataclass(frozen=True, slots=True)
class Name:
    """A 科目 with its full name in a text: 类, 款 and 项."""

    start: int
    end: int
    names: tuple[str, str, str]


def _names(slots: Mapping[str, str]) -> tuple[str, str, str]:
    return slots.get("类", ""), slots.get("款", ""), slots.get("项", "")


_GENERAL = Needed(
    changes=reads_change,
    portions=lambda sentence, _: patterns.SHARE.match(f"，{sentence}") is not None,
    variances=lambda sentence, _: patterns.VARIANCE.search(sentence) is not None or "25.00" not in sentence,
    completions=lambda sentence, _: patterns.COMPLETED.search(sentence) is not None or "25.00" not in sentence,
    names=lambda name, _: patterns.SUBJECT_NAME.search(name) is not None,
)
"""Which sentences need no pack to be read."""


@dataclass
class Context:
    """Of one document."""

    document: Audited
    _project: str = ""
    _keys: dict[str, str] = field(default_factory=dict)

    @cached_property
    def final(self) -> bool:
        """Whether it is a final account."""
        return self.document.tables.kind == "决算"

    @cached_property
    def year(self) -> int | None:
        """The year that it is of."""
        return self.document.tables.year

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names of all 类 in its tables, in one spelling."""
        lines = (line for found in self.document.found for line in found.lines)
        return frozenset(flat_text(line.name) for line in lines if len(line.code) == len("201") and line.name)

    @cached_property
    def pack(self) -> PackWords | None:
        """What finds the sentences of its pack that the general grammar does not read."""
        return PackWords(self.document.pack.options, _GENERAL) if self.document.pack is not None else None

    @cached_property
    def _printed(self) -> Mapping[str, Meaning]:
        return template_words(self.document.pack) if self.document.pack is not None else {}

    def printed(self, words: str) -> Meaning | None:
        """What words mean that end as the pack's own templates call a figure; the longest ending counts."""
        ending = max((each for each in self._printed if words.endswith(each)), key=len, default=None)
        return self._printed[ending] if ending is not None else None

    @cached_property
    def _named(self) -> Mapping[str, str]:
        options = self.document.pack.options if self.document.pack is not None else {}
        return {flat_text(words): key for words, key in own_words(options).items()}

    def key(self, words: str) -> str:
        """Our name of what words end with; what a pack calls things counts before what is usual."""
        if words not in self._keys:
            own = self.printed(words)
            self._keys[words] = self._named.get(words) or (own[0] if own else key_of(words))
        return self._keys[words]

    def is_subject(self, words: str) -> bool:
        """Whether words name something of which amounts are told."""
        said = role_in(bare(words))[0]
        return bool(self.key(said)) or said in self.classes or said.endswith(("（类）", "（项）"))

    def names(self, text: str) -> list[Name]:
        """The 科目 that a text names in full."""
        found = [
            Name(each.start("类"), each.end(), (bare(each["类"]), each["款"], each["项"]))
            for each in patterns.SUBJECT_NAME.finditer(text)
        ]
        if not found and self.pack is not None:
            found = [Name(each.start, each.end, _names(each.slots)) for each in self.pack.items(text)]
        return found

    def role(self, said: str, year: int | None) -> Role:
        """Of which amount words speak that say ``said`` of it, and name a year."""
        if year is not None and self.year is not None and year < self.year:
            return Role.PRIOR
        if said == "planned" and self.final:
            return Role.PLANNED
        return Role.PRIOR if said == "prior" and not self.final and year is None else Role.CURRENT

    def note_project(self, said: Flat) -> None:
        """A paragraph that names a project: what follows is told of it."""
        found = _PROJECT.match(said.text)
        if found is not None:
            self._project = found["name"]

    def project(self, words: str, section: Section) -> Subject:
        """The project that an amount is of whose words only say 预算安排规模; of nothing known otherwise."""
        if self._project and _SCALE.search(words):
            return Subject(self._project, "项目", section.fund, ("", "", self._project))
        return Subject(words)
