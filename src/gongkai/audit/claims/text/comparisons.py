"""Comparisons in running text: those of the general grammar, and those in the words of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gongkai.packs.recognise import Said
from gongkai.packs.wording import GAP, GROWTH

from . import patterns
from .pack_words import DOWN, UP, PackWords

_LOOKED_BACK = 200
"""Characters before a word of direction among which it is said with what is compared."""

Digits = tuple[str, int, int]
"""The digits of a figure, and from which character to which they stand."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as it stands in a text."""

    start: int
    end: int
    base: str
    direction: int
    word: str
    gap: Digits | None = None
    unit: str = "万元"
    rate: Digits | None = None
    rate_direction: int | None = None
    rate_word: str = ""
    subject: str = ""
    """The words before it that are of nothing else, or stand in it: of what it is; empty where it has none."""
    subject_start: int = 0


def compared(text: str, pack: PackWords | None = None) -> list[Compared]:
    """Every comparison of a text, in order, none over another; a pack adds those that only its words read."""
    found = [*_amounts(text), *_rates(text), *_even(text)]
    if pack is not None:
        found += [each for said in pack.changes(text) if (each := _of_pack(said, text)) is not None]
    return sorted(_apart(found), key=lambda each: each.start)


def reads_change(sentence: str, case: str) -> bool:
    """Whether the general grammar reads a pack's sentence of a change in a case."""
    found = compared(f"基本支出30.00万元，{sentence}，主要原因是人员增加。")
    direction = 1 if case in UP else -1 if case in DOWN else 0
    said = [each for each in found if direction in (0, each.direction)]
    figures = ("20.00" in sentence, "25.00" in sentence)
    return len(found) == 1 and bool(said) and (bool(found[0].gap), bool(found[0].rate)) == figures


def _apart(found: Iterable[Compared]) -> Iterator[Compared]:
    """Of those that lie over each other the first: the general grammar says more than a pack's sentence."""
    kept: list[Compared] = []
    for each in found:
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
            yield each


def _direction(word: str) -> int:
    return 1 if patterns.is_up(word) else -1


def _digits(found: re.Match[str], name: str) -> Digits:
    return found[name], found.start(name), found.end(name)


def _amounts(text: str) -> Iterator[Compared]:
    """比上年预算增加59.30万元，增长12.19%, and 因公出国（境）费减少0.60万元."""
    for found in patterns.CHANGE.finditer(text):
        rate = _digits(found, "rate") if found["rate"] else None
        direction = _direction(found["word2"]) if found["word2"] else None
        each = Compared(
            found.start(), found.end(), "", _direction(found["word"]), found["word"], _digits(found, "digits"),
            found["unit"], rate, direction, found["word2"] or "",
        )  # fmt: skip
        yield _led(each, text)


def _rates(text: str) -> Iterator[Compared]:
    """比2022年预算执行数增加77.70%: a rate alone, where it is said with what is compared."""
    for found in patterns.RATE_ONLY.finditer(text):
        word = found["word"]
        each = Compared(
            found.start(), found.end(), "", _direction(word), word,
            rate=_digits(found, "rate"), rate_direction=_direction(word), rate_word=word,
        )  # fmt: skip
        led = _led(each, text)
        if led.base:
            yield led


def _even(text: str) -> Iterator[Compared]:
    """与上年预算持平."""
    for found in patterns.EVEN.finditer(text):
        start, words = _before(text, found.start())
        yield Compared(
            found.start(), found.end(), found["base"], 0, found["word"], subject=words, subject_start=start
        )  # fmt: skip


def _led(each: Compared, text: str) -> Compared:
    """A comparison with what stands before its word of direction: with what is compared, and what."""
    stop = max(text.rfind(mark, 0, each.start) for mark in "。；：")
    lead = patterns.LEAD.search(text, max(stop + 1, each.start - _LOOKED_BACK), each.start)
    if lead is None:
        start, words = _before(text, each.start)
        return replace(each, subject=words, subject_start=start)
    start, words = _before(text, lead.start())
    if not words and lead["mid"]:
        start, words = lead.start("mid"), lead["mid"]
    return replace(each, start=lead.start(), base=lead["base"] or "同期", subject=words, subject_start=start)


def _before(text: str, end: int) -> tuple[int, str]:
    """The words of the clause up to a place, without the figure with which a clause before it ended."""
    start = patterns.after_stop(text, end)
    start = max((figure.end() for figure in patterns.FIGURE_END.finditer(text, start, end)), default=start)
    return start, text[start:end]


def _of_pack(said: Said, text: str) -> Compared | None:
    """A comparison in a pack's words."""
    up, down = UP.intersection(said.cases), DOWN.intersection(said.cases)
    if up and down:
        return None
    direction = 1 if up else -1 if down else 0
    gap = digits_of(text, said, GAP)
    rate = digits_of(text, said, GROWTH, gap)
    start, words = _before(text, said.start)
    word = text[said.start : said.end]
    return Compared(
        said.start, said.end, said.base, direction, word, gap, "万元", rate, None, "", words, start
    )  # fmt: skip


def digits_of(text: str, said: Said, slot: str, after: Digits | None = None) -> Digits | None:
    """The figure of a slot of a pack's sentence, and where it stands; None where the sentence has none."""
    digits = said.slots.get(slot, "")
    start = text.find(digits, after[2] if after else said.start, said.end) if digits else -1
    return (digits, start, start + len(digits)) if start >= 0 else None
