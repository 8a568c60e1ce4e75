"""Printed sentences read back: the same option texts by which a pack prints are those by which it is recognised.

A document that was printed with a pack says its changes, shares, variances and names in the pack's sentences.
``Recogniser`` finds them in a text and gives back the case and the figures, for whoever compares a document with
data. Amounts are 万元 and rates percent, as they stand there; nothing is reckoned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.packs.load.manifest import OptionValue
from gongkai.prose.matching import SENTENCE, Literal, Match, Pattern, Piece, Words, can_be_found, matches
from gongkai.prose.phrases import numeral

from .wording import BASE, GAP, GROWTH, LEADS, RATE, WHOLE

CHANGE, PORTION, VARIANCE, COMPLETION = "增减句式", "占比句式", "差异率句式", "完成率句式"
_ITEM, _CLASS = "科目全称", "类名称"
_DATES = ("封面日期", "落款日期")
_NUMBERINGS = ("列项编号", "结构编号")

_BLANKS = r"[ \u2002-\u200a\u3000]{0,3}"
_FIGURE = re.compile(rf"{_BLANKS}(?<![\d.])-?\d[\d,]{{0,30}}(?:\.\d{{1,6}})?{_BLANKS}")
_DAYS = {numeral(number): number for number in range(1, 32)}
_YEAR_DIGITS = "〇一二三四五六七八九"
_DATE_FORMS: Mapping[str, str] = {
    "年": r"\d{4}",
    "月": r"[1-9]\d?",
    "日": r"[1-9]\d?",
    "两位月": r"\d\d",
    "两位日": r"\d\d",
    "汉字年": rf"[{_YEAR_DIGITS}]{{4}}",
    "汉字月": r"[一二三四五六七八九十]{1,3}",
    "汉字日": r"[一二三四五六七八九十]{1,3}",
}
_SLOTS: Mapping[str, Piece] = {
    **{lead: Words(BASE, lead, optional=True) for lead in LEADS},
    BASE: Words(BASE, optional=True),
    WHOLE: Words(WHOLE, optional=True),
    **{name: Pattern(name, _FIGURE) for name in (GAP, GROWTH, RATE)},
    **{name: Words(name, stops=SENTENCE) for name in ("类", "款", "项")},
    **{name: Pattern(name, re.compile(_BLANKS + form + _BLANKS)) for name, form in _DATE_FORMS.items()},
}
"""What stands in a text for each word in braces that the functions of a pack fill."""

_FIXED_RATES: Mapping[tuple[str, str], Decimal] = {
    (CHANGE, "没有变化"): Decimal(0),
    (CHANGE, "两年为零"): Decimal(0),
    (CHANGE, "上年为零"): Decimal(100),
    (CHANGE, "本年为零"): Decimal(100),
    (PORTION, "合计为零"): Decimal(0),
    (VARIANCE, "没有预算"): Decimal(100),
    (VARIANCE, "两数为零"): Decimal(0),
    (COMPLETION, "没有预算"): Decimal(0),
    (COMPLETION, "两数为零"): Decimal(0),
}
"""Cases in which the rate is always the same: with another rate the sentence says another case."""

_WORD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an option as it stands in a text: from where to where, in which cases it reads so, and its slots.

    Several cases may have the same sentence; those that the figures rule out are left out. The likeliest is first.
    """

    option: str
    cases: tuple[str, ...]
    start: int
    end: int
    slots: Mapping[str, str]

    @property
    def case(self) -> str:
        """The likeliest case: 没有变化 where nothing changed, else the first in the order of the option."""
        return self.cases[0]

    @property
    def base(self) -> str:
        """With what it is compared, as 上年预算; empty where that is not said."""
        return self.slots.get(BASE, "")

    @property
    def whole(self) -> str:
        """What a share is of, as 本年支出合计的; empty where that is not said."""
        return self.slots.get(WHOLE, "")

    @property
    def difference(self) -> Decimal | None:
        """The difference in 万元, never below zero; None where it is not said."""
        return _figure(self.slots.get(GAP))

    @property
    def rate(self) -> Decimal | None:
        """The rate in percent; None where it is not said."""
        return _figure(self.slots.get(GROWTH, self.slots.get(RATE)))


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text."""

    day: date
    start: int
    end: int


class Recogniser:
    """Finds in texts what a pack's options print. A text is one paragraph, without breaks of lines within words."""

    def __init__(self, options: Mapping[str, OptionValue]) -> None:
        self._sentences = {
            option: _sentences(option, options.get(option)) for option in (CHANGE, PORTION, VARIANCE, COMPLETION)
        }
        self._names = {option: _pieces(str(options[option])) for option in (_ITEM, _CLASS)}
        self._dates = [_pieces(str(options[option])) for option in _DATES if options[option]]
        self._numbering = [_numbering(str(options[option])) for option in _NUMBERINGS if option in options]

    def changes(self, text: str) -> list[Said]:
        """Sentences of 增减句式: 比上年预算增加59.30万元，增长12.19%."""
        return self._said(CHANGE, text)

    def portions(self, text: str) -> list[Said]:
        """Sentences of 占比句式: 占本年支出合计的52.13%."""
        return self._said(PORTION, text)

    def variances(self, text: str) -> list[Said]:
        """Sentences of 差异率句式: 预决算差异率12.19%; none for a kind of document that has no such option."""
        return self._said(VARIANCE, text)

    def completions(self, text: str) -> list[Said]:
        """Sentences of 完成率句式: 完成年初预算的98.10%."""
        return self._said(COMPLETION, text)

    def items(self, text: str) -> list[Said]:
        """Full names of 项 (科目全称), with 类, 款 and 项 in their slots."""
        return self._named(_ITEM, text)

    def class_names(self, text: str) -> list[Said]:
        """Names of 类 (类名称) that are not part of the full name of a 项."""
        items = self.items(text)
        return [found for found in self._named(_CLASS, text) if not any(_within(found, item) for item in items)]

    def dates(self, text: str) -> list[Dated]:
        """Dates in the forms of the cover and of the 落款."""
        found = {
            (match.start, match.end): day
            for pieces in self._dates
            for match in (matches(pieces, text) if can_be_found(pieces) else ())
            if (day := _day(match.slots)) is not None
        }
        return [Dated(day, *place) for place, day in sorted(found.items())]

    def _said(self, option: str, text: str) -> list[Said]:
        found = [
            said
            for pieces, cases in self._sentences[option]
            for match in matches(pieces, text)
            if (said := _in_cases(option, cases, match)) is not None
        ]
        return list(_apart(found))

    def _named(self, option: str, text: str) -> list[Said]:
        pieces = self._names[option]
        found = matches(pieces, text) if can_be_found(pieces) else []
        return [self._without_number(Said(option, (option,), m.start, m.end, m.slots)) for m in found]

    def _without_number(self, said: Said) -> Said:
        """A name without the number of the item before it."""
        for form in self._numbering:
            name = said.slots.get("类", "")
            number = form.match(name)
            if number is not None and number.end() < len(name):
                slots = {**said.slots, "类": name[number.end() :]}
                return Said(said.option, said.cases, said.start + number.end(), said.end, slots)
        return said


def _within(inner: Said, outer: Said) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _pieces(text: str) -> list[Piece]:
    """A text of an option as what is looked for: its own words, and for each word in braces what may stand there."""
    found: list[Piece] = []
    place = 0
    for word in _WORD.finditer(text):
        found += [Literal(text[place : word.start()])] if word.start() > place else []
        found.append(_SLOTS[word[1]])
        place = word.end()
    return [*found, Literal(text[place:])] if place < len(text) else found


def _sentences(option: str, value: OptionValue | None) -> list[tuple[Sequence[Piece], tuple[str, ...]]]:
    """The sentences of an option that can be found, each with the cases that it is for."""
    by_text: dict[str, list[str]] = {}
    for case, text in value.items() if isinstance(value, dict) else ():
        said = text or (value["没有变化"] if option == CHANGE and isinstance(value, dict) else "")
        by_text.setdefault(said, []).append(case)
    pieces = ((_pieces(text), tuple(cases)) for text, cases in by_text.items() if text)
    return [(found, cases) for found, cases in pieces if can_be_found(found)]


def _in_cases(option: str, cases: Iterable[str], match: Match) -> Said | None:
    """What a match says, in the cases that its rate allows; None where it allows none."""
    said = Said(option, tuple(cases), match.start, match.end, match.slots)
    fixed = {case: _FIXED_RATES.get((option, case)) for case in said.cases}
    possible = [case for case, rate in fixed.items() if rate is None or said.rate in (None, rate)]
    unchanged = not said.difference and not said.rate
    possible.sort(key=lambda case: unchanged and case != "没有变化")
    return Said(option, tuple(possible), match.start, match.end, match.slots) if possible else None


def _apart(found: Iterable[Said]) -> Iterator[Said]:
    """Of sentences that lie over each other only the longest; of two as long the one with more words of its own."""
    kept: Said | None = None
    for said in sorted(found, key=lambda said: (said.start, -said.end, len(said.slots))):
        if kept is None or said.start >= kept.end:
            if kept is not None:
                yield kept
            kept = said
        elif said.end - said.start > kept.end - kept.start:
            kept = said
    if kept is not None:
        yield kept


def _numbering(form: str) -> re.Pattern[str]:
    """The number before an item in the form of an option: 1. or （一）."""
    number = {"1": r"\d{1,3}", "一": "[一二三四五六七八九十百零]{1,7}"}
    return re.compile("".join(number.get(letter, re.escape(letter)) for letter in form))


def _figure(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text.replace(",", ""))


def _day(slots: Mapping[str, str]) -> date | None:
    """The date that its parts say; None where there is no such day, or a part is not said."""
    year = slots.get("年") or "".join(str(_YEAR_DIGITS.index(digit)) for digit in slots.get("汉字年", ""))
    month, day = (
        int(slots.get(part) or slots.get(f"两位{part}") or _DAYS.get(slots.get(f"汉字{part}", ""), 0))
        for part in "月日"
    )
    try:
        return date(int(year), month, day)
    except ValueError:
        return None
