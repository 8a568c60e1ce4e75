"""The page of every code: of rules from their docstrings, of all other findings from ``manual.yaml``."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from gongkai.findings import Level
from gongkai.kinds import KINDS, Part

if TYPE_CHECKING:
    from gongkai.audit.rule import AuditRule

_AUDIT: Part[Sequence[AuditRule]] = Part("gongkai.audit.register:RULES")
"""The rules for finished documents, which stand above these rooms."""

_DIGITS_FOR_LETTERS = str.maketrans("OI", "01")

HEADINGS = ("检查什么", "为何重要", "依据", "怎样改")
EXAMPLES = ("反例", "正例")
"""What the pages of rules for finished documents have besides: what is wrong, and how it is right."""


@dataclass(frozen=True, slots=True)
class Page:
    """A code's page. ``texts`` holds the text under each of HEADINGS, and of EXAMPLES where it has any."""

    code: str
    level: Level
    texts: Mapping[str, str]
    kinds: tuple[str, ...] = tuple(KINDS)
    since: int | None = None
    until: int | None = None
    region: str | None = None

    @property
    def summary(self) -> str:
        """What is checked, in one line."""
        return self.texts[HEADINGS[0]]

    @property
    def applicability(self) -> str:
        """文种、年度、地区 in words: 预算，2024 年起，限 xinjiang."""
        parts = ("、".join(self.kinds), self._years, f"限 {self.region}" if self.region else "")
        return "，".join(part for part in parts if part)

    @property
    def _years(self) -> str:
        if self.since and self.until:
            return f"{self.since}—{self.until} 年"
        if self.since:
            return f"{self.since} 年起"
        return f"{self.until} 年及以前" if self.until else ""


@cache
def levels() -> Mapping[str, Level]:
    """The level of every code, in the order of the codes.

    They are read from the listing as it is installed: the pages themselves ask for the rules of every kind.
    """
    listed = json.loads((files("gongkai.checks") / "rules.json").read_text(encoding="utf-8"))
    return {page["code"]: Level(page["level"]) for page in listed}


@cache
def pages() -> Mapping[str, Page]:
    """Every page by code, in the order of the codes."""
    found = [*_of_rules(), *_of_audit(), *_of_other_findings()]
    return {page.code: page for page in sorted(found, key=lambda page: page.code)}


def listing() -> list[dict[str, object]]:
    """What ``gongkai rules`` lists of every code."""
    return [
        {
            "code": page.code,
            "level": page.level.value,
            "kinds": list(page.kinds),
            "since": page.since,
            "until": page.until,
            "region": page.region,
            "applicability": page.applicability,
            "summary": page.summary,
        }
        for page in pages().values()
    ]


def _of_rules() -> Iterator[Page]:
    rules = dict.fromkeys(rule for kind in KINDS.values() for rule in kind.rules.value)
    for rule in rules:
        kinds = tuple(name for name, kind in KINDS.items() if rule.speaks_of(name) and rule in kind.rules.value)
        yield Page(rule.code, rule.level, _texts(rule.check), kinds, rule.since, rule.until, rule.region)


def _of_audit() -> Iterator[Page]:
    for rule in _AUDIT.value:
        texts = _texts(rule.look)
        yield Page(rule.code, rule.level, {name: texts[name] for name in (*HEADINGS, *EXAMPLES) if name in texts})


def _texts(function: Callable[..., object]) -> dict[str, str]:
    texts: dict[str, str] = {}
    heading = ""
    for line in (inspect.getdoc(function) or "").splitlines():
        name, _, text = line.partition("：")
        if name in (*HEADINGS, *EXAMPLES):
            heading, texts[name] = name, text
        elif heading:
            texts[heading] += line  # a long text goes on over lines
    return texts


def _of_other_findings() -> Iterator[Page]:
    text = (files("gongkai.checks") / "manual.yaml").read_text(encoding="utf-8")
    for code, entry in yaml.load(text, Loader=yaml.CSafeLoader).items():
        yield Page(
            code,
            Level(entry["级别"]),
            {heading: entry[heading] for heading in HEADINGS},
            tuple(entry.get("文种", KINDS)),
        )


def known(code: str) -> bool:
    """Whether a code is in use."""
    return code in levels()


def nearest(code: str) -> str | None:
    """The code that is most like a wrong one, of its own group if any: the letters O and I are taken for digits."""
    likely = code.translate(_DIGITS_FOR_LETTERS)
    of_its_group = [page for page in levels() if page[:3] == likely[:3]]
    for among in (of_its_group, list(levels())):
        matches = get_close_matches(likely, among, n=1, cutoff=0.75)
        if matches:
            return matches[0]
    return None
