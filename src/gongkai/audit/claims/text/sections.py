"""Which headings stand over a paragraph, and of which money they say that it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.source.printed.document import Paragraph

from .flat import Flat, flat

_LONGEST_HEADING = 60
_LEVELS = (
    (1, re.compile(r"^第[一二三四五六七八九十]{1,3}部分")),
    (2, re.compile(r"^[一二三四五六七八九十]{1,3}、")),
    (3, re.compile(r"^（[一二三四五六七八九十]{1,3}）")),
)
_SAYS_SOMETHING = re.compile(r"[。；，]|\d元|万元|[：，]$|：.")
_UNNUMBERED = re.compile(r"(编制说明|情况说明|说明)$")
_GLOSSARY = re.compile(r"名词解释|主要职能|职责|机构设置")

FUNDS = ("一般公共预算", "政府性基金", "国有资本经营")
"""The three budgets."""
_FUND_WORDS = re.compile("一般公共预算|政府性基金|国有资本(?:经营)?")


@dataclass(frozen=True, slots=True)
class Section:
    """The headings over a paragraph, from the top, in one spelling."""

    titles: tuple[str, ...] = ()

    @property
    def fund(self) -> str:
        """Of which money it speaks, by the lowest heading that says so."""
        for title in reversed(self.titles):
            found = fund_in(title)
            if found:
                return found
        return ""

    @property
    def explains_words(self) -> bool:
        """Whether it is the glossary, or tells of tasks and offices: nothing there is a claim about money."""
        return any(_GLOSSARY.search(title) for title in self.titles)

    def says(self, pattern: str) -> bool:
        """Whether any of its headings has this."""
        return any(re.search(pattern, title) for title in self.titles)


def fund_in(words: str) -> str:
    """Of which money some words speak; empty where they speak of none or of several."""
    found = {"国有资本经营" if word.startswith("国有") else word for word in _FUND_WORDS.findall(words)}
    if len(found) == 1:
        return found.pop()
    if found:
        return ""
    if "财政拨款" in words and "三公" not in words and "非财政拨款" not in words:
        return "财政拨款"
    return "全部" if re.search("收支预算|收入预算|支出预算|收入支出|收入决算|支出决算", words) else ""


def sectioned(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Flat, Section]]:
    """Every paragraph that is no heading, in one spelling, with the headings over it."""
    titles: dict[int, str] = {}
    for paragraph in paragraphs:
        said = flat(paragraph)
        level = _level(said.text, paragraph.heading)
        if not level:
            yield said, Section(tuple(titles[at] for at in sorted(titles)))
            continue
        titles = {at: title for at, title in titles.items() if at < level} | {level: said.text}


def _level(text: str, heading: int) -> int:
    """The level of a heading: as its number says, else as the document says; 0 for what is none."""
    if not text or len(text) > _LONGEST_HEADING or (_SAYS_SOMETHING.search(text) and not heading):
        return 0
    numbered = next((level for level, form in _LEVELS if form.match(text)), 0)
    if numbered or heading:
        return numbered or heading
    return 1 if _UNNUMBERED.search(text) else 0
