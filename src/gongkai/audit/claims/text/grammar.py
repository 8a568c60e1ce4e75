"""One paragraph read as claims: the general grammar of the field's sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.packs.recognise import Said
from gongkai.packs.wording import RATE

from . import patterns
from .claim import Amount, Change, Figure, Ratio, Role, Share, Subject, figure
from .comparisons import Compared, Digits, compared, digits_of
from .context import Context, Name
from .flat import Flat
from .sections import Section
from .subjects import bare, fund_of, role_in, year_in

_NOTHING = Subject("")


@dataclass(frozen=True, slots=True)
class _Money:
    """An amount that is no difference."""

    found: re.Match[str]


@dataclass(frozen=True, slots=True)
class _Reached:
    """An outturn against a plan."""

    start: int
    end: int
    rate: Digits
    variance: bool


_Event = _Money | _Reached | Compared | Name


@dataclass
class Read:
    """What a paragraph claims."""

    amounts: list[Amount] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)


def read_paragraph(said: Flat, section: Section, context: Context) -> Read:
    """Everything that a paragraph claims; sentences of reasons and purposes claim nothing."""
    reader = _Reader(said, section, context)
    for _, event in sorted(reader.events(), key=lambda placed: placed[0]):
        reader.take(event)
    return reader.read


class _Reader:
    """Goes through one paragraph and knows of what it speaks."""

    def __init__(self, said: Flat, section: Section, context: Context) -> None:
        self._said, self._text = said, said.text
        self._section, self._context = section, context
        self._masked = patterns.reasons(said.text, context.is_subject)
        self._topic = _NOTHING
        self._read_up_to = 0
        self._money: list[int] = []
        self._portions: list[Said] | None = None
        among = (each.start() for each in patterns.AMONG.finditer(said.text))
        self._among = [place for place in among if not self._is_masked(place)]
        self.read = Read()

    def events(self) -> Sequence[tuple[int, _Event]]:
        """What is said of money, each with its place."""
        text = self._text
        changes = [each for each in compared(text, self._context.pack) if not self._is_masked(each.start)]
        events: list[tuple[int, _Event]] = [(each.start, each) for each in changes]
        events += [(name.start, name) for name in self._context.names(text) if not self._is_masked(name.start)]
        for money in patterns.AMOUNT.finditer(text):
            within = any(each.start <= money.start() < each.end for each in changes)
            if not within and not self._is_masked(money.start()):
                events.append((money.start(), _Money(money)))
                self._money.append(money.start())
        reached = {each.rate: each for each in reversed(self._reached())}
        events += [(each.start, each) for each in reached.values() if not self._is_masked(each.start)]
        return events

    def _reached(self) -> list[_Reached]:
        """Completions and variances, those of the general grammar first."""
        text, pack = self._text, self._context.pack
        found = [
            _Reached(each.start(), each.end(), (each["rate"], each.start("rate"), each.end("rate")), variance)
            for form, variance in ((patterns.COMPLETED, False), (patterns.VARIANCE, True))
            for each in form.finditer(text)
        ]
        of_pack = [(pack.completions(text), False), (pack.variances(text), True)] if pack is not None else []
        found += [
            _Reached(said.start, said.end, digits, variance)
            for several, variance in of_pack
            for said in several
            if (digits := digits_of(text, said, RATE)) is not None
        ]
        return found

    def take(self, event: _Event) -> None:
        """One of them, in order."""
        if isinstance(event, Name):
            own = event.names[0] if "预算" in event.names[0] else ""
            fund = fund_of(own, "") or self._fund(event.start)
            self._topic = Subject(self._text[event.start : event.end], "项", fund, event.names)
            self._read_up_to = event.end
        elif isinstance(event, Compared):
            self._change(event)
        elif isinstance(event, _Money):
            self._amount(event.found)
        else:
            self._ratio(event)

    def _is_masked(self, place: int) -> bool:
        return any(start <= place < end for start, end in self._masked)

    def _clause_start(self, end: int) -> int:
        """Where the words up to a place begin: after the last stop, and after what was read."""
        stop = patterns.after_stop(self._text, end)
        reason = max((until for _, until in self._masked if until <= end), default=0)
        return max(stop, min(self._read_up_to, end), reason)

    def _fund(self, start: int) -> str:
        """Of which money something at a place is, by the words before it, else by the headings."""
        sides = [each.start() for each in patterns.SIDE.finditer(self._text, 0, start)]
        first = patterns.after_stop(self._text, sides[-1]) if sides else 0
        for found in reversed(list(patterns.FUND.finditer(self._text, first, start))):
            if not self._is_masked(found.start()):
                return fund_of(found[0], "")
        return self._section.fund

    def _subject(self, words: str, start: int) -> Subject:
        """What some words name."""
        if (
            words.startswith("涉及") and self._context.key(words) == "拨款"
        ):  # what was counted before has that much of it
            return Subject(words, "", self._fund(start))
        of_class = patterns.CLASS_NAME.search(words)
        name = of_class["类"] if of_class else words
        if of_class or name in self._context.classes:
            return Subject(words, "类", self._fund(start), (name, "", ""))
        printed = self._context.printed(words)
        if printed is not None and printed[1]:
            return Subject(words, *printed)
        return Subject(words, self._context.key(words), fund_of(words, "") or self._fund(start))

    def _named_by(self, words: str, start: int) -> tuple[Subject | None, str]:
        """The subject that some words name, None where they only say which amount of it; and what they say of that."""
        rest, said = role_in(words)
        whole = words if said in ("", "current") and self._context.key(words) else rest
        return (self._subject(whole, start) if whole else None), said

    def _amount(self, found: re.Match[str]) -> None:
        start = self._clause_start(found.start())
        clause = self._text[start : found.start()]
        words = bare(clause)
        named, said = self._named_by(words, start)
        subject = named
        if subject is None and patterns.BY_COUNT.match(words):
            end = max(start - 1, 0)
            counted = bare(self._text[self._clause_start(end) : end])
            subject = self._subject(counted, start) if patterns.COUNTED.search(counted) else None
        inherited = subject is None and self._topic is not _NOTHING
        if subject is None and not inherited:
            subject = self._context.project(words or self._text[: max(start - 1, 0)], self._section)
        self._topic = subject or self._topic
        year = year_in(clause) or self._year_before(start)
        amount = Amount(
            self._said.paragraph,
            self._section,
            self._topic,
            self._context.role(said, year),
            self._figure((found["digits"], found.start("digits"), found.end("digits")), found["unit"]),
            self._said.span(start, found.end()),
            year,
            self._share(found.end()),
            inherited=inherited,
            opens=self._opened_after(found.end()) >= 0,
            opens_section=self._opened_after(found.end()) >= len(self._text) - len("其中："),
        )
        self.read.amounts.append(amount)
        self._read_up_to = max(self._read_up_to, found.end())

    def _year_before(self, start: int) -> int | None:
        """The year that stands in a clause of its own before an amount's: 2024年，."""
        found = patterns.YEAR_ALONE.search(self._text, max(0, start - len("（2024年度，")), start)
        return int(found[1]) if found else None

    def _opened_after(self, end: int) -> int:
        """Where 其中 follows an amount before the next one; -1 where it does not."""
        following = next((place for place in self._money if place >= end), len(self._text))
        opening = next((place for place in self._among if end <= place < following), -1)
        between = self._text[end : max(opening, end)]
        # A sentence of its own in between speaks of something else, but for one that goes on comparing.
        own = between[between.rfind("。") + 1 :] if "。" in between else ""
        return -1 if own and not own.startswith(("比", "较", "与", "同比")) else opening

    def _share(self, end: int) -> Share | None:
        found = patterns.SHARE.match(self._text, end)
        if found is None:
            return self._share_of_pack(end)
        self._read_up_to = found.end()
        rate = self._figure((found["rate"], found.start("rate"), found.end("rate")), "%")
        return Share(rate, found["whole"].removesuffix("的"), self._said.span(found.start("whole"), found.end()))

    def _share_of_pack(self, end: int) -> Share | None:
        """The share after an amount in a pack's words."""
        pack = self._context.pack
        if self._portions is None:
            self._portions = pack.portions(self._text) if pack is not None else []
        said = next((each for each in self._portions if 0 <= each.start - end <= 1), None)
        digits = digits_of(self._text, said, RATE) if said is not None else None
        if said is None or digits is None:
            return None
        self._read_up_to = said.end
        return Share(self._figure(digits, "%"), said.whole.removesuffix("的"), self._said.span(said.start, said.end))

    def _figure(self, digits: Digits, unit: str) -> Figure:
        return figure(digits[0], self._said.span(digits[1], digits[2]), unit=unit)

    def _latest(self, role: Role) -> Amount | None:
        """The last amount that the paragraph has said of what it speaks."""
        of_role = (each for each in reversed(self.read.amounts) if each.role is role)
        return next((each for each in of_role if each.subject.same_as == self._topic.same_as), None)

    def _change(self, found: Compared) -> None:
        start = found.start
        words = bare(found.subject) if found.subject_start >= self._read_up_to else ""
        if words:
            named, _ = self._named_by(words, found.subject_start)
            self._topic = named or self._topic
            start = min(start, found.subject_start)
        change = Change(
            self._said.paragraph,
            self._section,
            self._topic,
            found.base,
            found.direction,
            found.word,
            self._figure(found.gap, found.unit) if found.gap else None,
            self._figure(found.rate, "%") if found.rate else None,
            found.rate_direction,
            found.rate_word,
            self._latest(Role.CURRENT),
            self._latest(Role.PRIOR),
            self._said.span(start, found.end),
            self._text[found.end : found.end + 20],
        )
        self.read.changes.append(change)
        self._read_up_to = max(self._read_up_to, found.end)

    def _ratio(self, reached: _Reached) -> None:
        self.read.ratios.append(
            Ratio(
                self._said.paragraph,
                self._section,
                self._topic,
                reached.variance,
                self._figure(reached.rate, "%"),
                self._latest(Role.CURRENT),
                self._latest(Role.PLANNED),
                self._said.span(reached.start, reached.end),
            )
        )
        self._read_up_to = max(self._read_up_to, reached.end)
