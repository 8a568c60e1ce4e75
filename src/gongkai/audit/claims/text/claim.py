"""What a claim is: of what, how much, compared with what, which part of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from gongkai.findings import Place, shown
from gongkai.source.printed.document import Paragraph, Printed

from .sections import Section

_USUAL_HALF = Decimal("0.005")

Identity = tuple[str, str, tuple[str, str, str]]
"""What two claims of one thing have in common."""

Span = tuple[int, int]
"""From which character of a paragraph up to which."""


class Role(Enum):
    """Of which amount of its subject a claim speaks."""

    CURRENT = "本年数"
    PLANNED = "预算数"
    """Of a final account: what had been planned, at the beginning of the year or for all of it."""
    PRIOR = "上年数"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is printed: 万元, or percent; ``half`` is half a unit of its last digit."""

    value: Decimal
    half: Decimal
    span: Span

    @property
    def low(self) -> Decimal:
        """The least that is printed so."""
        return self.value - self.half

    @property
    def high(self) -> Decimal:
        """The most that is printed so."""
        return self.value + self.half


def figure(digits: str, span: Span, *, unit: str = "万元") -> Figure:
    """A figure read from its digits: an amount in 万元 whatever its ``unit``, a rate with ``unit`` %."""
    value = Decimal(digits.replace(",", ""))
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    shift = {"元": -4, "亿元": 4}.get(unit, 0)
    half = Decimal(5).scaleb(-places - 1 + shift)
    if not value or (unit == "元" and not places):
        half = min(half, _USUAL_HALF)  # a nought, and a whole number of 元, are meant as they stand
    return Figure(value.scaleb(shift), half, span)


@dataclass(frozen=True, slots=True)
class Subject:
    """Of what a claim is: its words as they stand, the key by which tables have it, and of which money."""

    words: str
    key: str = ""
    """One of those in ``subjects``; empty for what no table has."""
    fund: str = ""
    """Of which budget: 一般公共预算, 政府性基金, 国有资本经营, 财政拨款, 全部; empty where nothing says it."""
    names: tuple[str, str, str] = ("", "", "")
    """类, 款 and 项 of a 科目, as far as they are named."""

    @property
    def shown(self) -> str:
        """What it is called in a message: a 项 by its own name, all else by the words before the amount."""
        return shown(f"{self.names[2]}（项）" if self.key == "项" else self.words)

    @property
    def same_as(self) -> Identity:
        """What two claims of one thing have in common."""
        return self.key or self.words, self.fund, self.names


@dataclass(frozen=True, slots=True)
class Share:
    """占本年支出合计的52.13%: a rate and what it is of; that is empty where it is not said."""

    rate: Figure
    whole: str
    span: Span


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that is claimed of a subject."""

    paragraph: Paragraph
    section: Section
    subject: Subject
    role: Role
    figure: Figure
    span: Span
    """Its words and its figure."""
    year: int | None = None
    share: Share | None = None
    inherited: bool = False
    """Whether its own words do not name the subject: 2024年预算数为."""
    opens: bool = False
    """Whether its parts follow: 其中."""
    opens_section: bool = False
    """Whether they follow in paragraphs of their own."""


@dataclass(frozen=True, slots=True)
class Change:
    """A comparison: 比上年预算增加59.30万元，增长12.19%."""

    paragraph: Paragraph
    section: Section
    subject: Subject
    base: str
    """With what, as it stands; empty where that is not said."""
    direction: int
    """1 up, -1 down, 0 for 持平."""
    word: str
    gap: Figure | None
    rate: Figure | None
    rate_direction: int | None
    """That of the word before the rate; None where there is none."""
    rate_word: str
    current: Amount | None
    prior: Amount | None
    span: Span
    after: str = ""
    """The words behind it up to the end of its clause but one."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """完成年初预算的95.45%, 预决算差异率-4.00%: an outturn against what had been planned."""

    paragraph: Paragraph
    section: Section
    subject: Subject
    variance: bool
    rate: Figure
    current: Amount | None
    planned: Amount | None
    span: Span


@dataclass(frozen=True)
class Claims:
    """All that the running text of a document claims, in reading order."""

    printed: Printed
    amounts: Sequence[Amount] = ()
    changes: Sequence[Change] = ()
    ratios: Sequence[Ratio] = ()
    by_subject: Mapping[Identity, Sequence[Amount]] = field(default_factory=dict)
    """The amounts of the year itself by what they are of."""

    def place(self, claim: Amount | Change | Ratio, span: Span | None = None) -> Place:
        """Where a claim stands."""
        return self.printed.place(claim.paragraph, *(span or claim.span))


def quote(claim: Amount | Change | Ratio) -> str:
    """The words of a claim as they stand."""
    return claim.paragraph.text[claim.span[0] : claim.span[1]]
