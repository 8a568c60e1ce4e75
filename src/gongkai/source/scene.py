"""What the YAML parser complained of, with the text around it; the diagnoses look at that."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

COLON = "写作“名称: 内容”，冒号用半角，后面空一格"
ALIGN = "同级各行左边对齐，下级比上级多空两格"
HASH_ADVICE = "是文字的，整段加上引号；是说明的，“#”后面空一格"
_REMARK = re.compile(r"\s(?P<hash>#)")
_QUOTES = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")


@dataclass(frozen=True, slots=True)
class Spot:
    """A line and a column, both from 0 as the parser counts."""

    line: int
    column: int

    @classmethod
    def of(cls, mark: yaml.Mark | None) -> Spot | None:
        """The spot of a parser's mark."""
        return None if mark is None else cls(mark.line, mark.column)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the parser said, and the text around it."""

    problem: str
    context: str
    lines: list[str]
    at: Spot
    began: Spot
    spilled: Spot | None
    names: frozenset[str]
    """Every name of the input: what stands before a full-width colon in prose is none of them."""

    def line(self, number: int) -> str:
        """A line from 0; empty behind the last."""
        return self.lines[number] if number < len(self.lines) else ""

    @property
    def before(self) -> str:
        """What stands before the spot on its line."""
        return self.line(self.at.line)[: self.at.column]

    @property
    def rest(self) -> str:
        """What stands there and behind."""
        return self.line(self.at.line)[self.at.column :]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong, what to do, and where."""

    message: str
    advice: str
    at: Spot
    code: str = "GK111"


def remark(line: str, start: int = 0) -> int | None:
    """Where a comment begins in a line, behind something and outside of quotes."""
    blank = _QUOTES.sub(lambda quoted: "x" * len(quoted[0]), line)
    found = _REMARK.search(blank, start)
    return found.start("hash") if found and blank[: found.start()].strip() else None


def column(line: str) -> int:
    """Where the words of a line begin, behind its dash."""
    return len(line) - len(re.sub(r"^[ ]*(?:- +)?", "", line))
