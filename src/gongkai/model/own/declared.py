"""What a pack declares: facts of its own, and further comparisons of the facts that every file has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FactType(StrEnum):
    """What a fact is (类型)."""

    AMOUNT = "金额"
    COUNT = "数量"
    RATE = "比率"
    TEXT = "文字"
    DAY = "日期"
    LIST = "清单"


class Owner(StrEnum):
    """What a fact belongs to (属于): where in the data file it is written."""

    FILE = "文件"
    SUBJECT = "科目"
    PROJECT = "项目"
    THREE_PUBLIC = "三公项"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure beside that of this year (上年, 上年执行数, 年初预算 …); ``reason`` is the key of its reason, or ''."""

    name: str
    reason: str = ""
    required: bool = True
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class OwnFact:
    """A fact of a pack. One with ``comparisons`` is written {本年: …, 上年: …, 原因: …}; a 清单 has ``fields``."""

    name: str
    type: FactType
    owner: Owner
    meaning: str
    unit: str = ""
    required: bool = False
    comparisons: tuple[Comparison, ...] = ()
    fields: tuple[OwnFact, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnComparison:
    """A further comparison of what the model has at some ``place`` (三公项, 科目变动 …)."""

    place: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Declared:
    """All that a pack declares for one kind of document and one 口径."""

    facts: tuple[OwnFact, ...] = ()
    comparisons: tuple[OwnComparison, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.facts or self.comparisons)

    def of(self, owner: Owner) -> list[OwnFact]:
        """The facts that belong to something."""
        return [fact for fact in self.facts if fact.owner is owner]


NOTHING = Declared()
CURRENT = "本年"
"""The key of this year's figure of a fact with comparisons."""
