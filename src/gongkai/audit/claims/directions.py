"""Rules on words of direction: 增加, 减少, 持平 against each other and against the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level
from gongkai.prose import numbers

from .behind.told import ROUNDED, Told, told, wan
from .text.claim import Change, quote

_NOTHING_BEFORE = re.compile("上年(?:没有|未)安排|上年无|不可比")
_MAY_BE_NEGATIVE = re.compile("结转|结余")
_MOST, _LEAST = 4, 3
"""Of comparisons in a document at least three, and three of four, must have a rate before one without is odd."""


def _named(change: Change) -> str:
    return change.subject.shown or "这一项"


@audit_rule("GK855", "请核对本年数和上年数，改正写反的一个词")
def directions_agree(document: Audited) -> Iterator[Fault]:
    """检查什么：增加与增长、减少与下降一致，并与写出的两年的数一致；写“持平”的两个数相等。
    为何重要：方向写反，意思就完全相反。
    依据：公开说明应当准确。
    反例：比上年预算增加 59.30 万元，下降 12.19%。
    正例：比上年预算增加 59.30 万元，增长 12.19%。
    怎样改：对照上年数，改正写反的词。
    """
    seen = told(document)
    for change in seen.claims.changes:
        fault = _against_itself(seen, change) or _against_years(seen, change)
        if fault is not None:
            yield fault


def _against_itself(seen: Told, change: Change) -> Fault | None:
    if change.rate_direction is None or change.rate_direction == change.direction:
        return None
    message = f"“{_named(change)}”前面写“{change.word}”，后面写“{change.rate_word}”，方向相反"
    return Fault(seen.place(change), message, quote=quote(change))


def _against_years(seen: Told, change: Change) -> Fault | None:
    if change.prior is None or change.current is None:
        return None
    before, now = change.prior.figure, change.current.figure
    if (change.direction > 0 and now.high > before.low) or (change.direction < 0 and now.low < before.high):
        return None
    if not change.direction and abs(now.value - before.value) <= max(ROUNDED, now.half + before.half):
        return None
    message = f"“{_named(change)}”上年 {wan(before.value)}，本年 {wan(now.value)}，却写“{change.word}”"
    return Fault(seen.place(change), message, now.value, before.value, quote(change))


@audit_rule("GK856", "请核对本年数、增减额和“增加”“减少”，改正写错的一处")
def no_more_than_all(document: Audited) -> Iterator[Fault]:
    """检查什么：比上年增加的金额不超过本年数（本年数为零的，不会是增加）；上年没有安排的，不会是减少。
    为何重要：增加额大于本年数，上年就成了负数，多半是抄了别处的数，或方向写反了。
    依据：上年数＝本年数－增加额，不为负（结转和结余超支的除外）。
    反例：政府性基金拨款支出预算 0 万元，比上年预算增加 1,421.25 万元。
    正例：政府性基金拨款支出预算 0 万元，与上年预算持平。
    怎样改：核对是哪个数写错了。
    """
    seen = told(document)
    for change in seen.claims.changes:
        if change.gap is None:
            continue
        if change.direction < 0 and change.gap.value and _NOTHING_BEFORE.search(change.after):
            message = f"“{_named(change)}”上年没有安排，却写“{change.word}”{wan(change.gap.value)}"
            yield Fault(seen.place(change), message, change.gap.value, None, quote(change))
            continue
        currents = seen.current_of(change)
        if change.direction < 0 or not currents:
            continue
        most = max(current.high for current in currents)
        negative = _MAY_BE_NEGATIVE.search(change.subject.words) and change.rate is None
        if change.gap.low - most > ROUNDED and not negative:
            message = (
                f"“{_named(change)}”本年 {wan(most)}，却写比上年{change.word} {wan(change.gap.value)}，上年成了负数"
            )
            place = seen.place(change, change.gap.span)
            yield Fault(place, message, change.gap.value, numbers.round_half_up(most), quote(change))


@audit_rule("GK857", "请补上增减幅度，或核对“增加”“减少”是否写反", Level.WARNING)
def rate_is_said(document: Audited) -> Iterator[Fault]:
    """检查什么：别处的增减都写了幅度的，这一处也写；只有上年没有、本年新增的可以不写。
    为何重要：该写幅度的没有写，或者“增加”错成了“减少”。
    依据：公开说明的句式前后一致；上年数为零的没有增长率。
    反例：比上年预算减少 20.00 万元（别处都写“减少……万元，下降……%”）。
    正例：比上年预算减少 20.00 万元，下降 50.00%。
    怎样改：补上幅度，或改正方向。
    """
    seen = told(document)
    changes = [change for change in seen.claims.changes if change.gap is not None and change.gap.value]
    rated = sum(change.rate is not None for change in changes)
    usual = {_base(change.base) for change in changes if change.rate is not None}
    if rated < _LEAST or rated * _MOST < len(changes) * _LEAST:
        return
    for change in changes:
        if change.rate is not None or _is_new(seen, change) or _MAY_BE_NEGATIVE.search(change.subject.words):
            continue
        if _base(change.base) not in usual:
            continue  # what is compared with something else may be told in another way
        gap = change.gap
        assert gap is not None, "those without a difference were left out"
        message = f"“{_named(change)}”只写“{change.word}”{wan(gap.value)}，没有写幅度"
        yield Fault(seen.place(change), message, gap.value, None, quote(change))


def _base(words: str) -> str:
    """With what is compared, the year left out."""
    return re.sub(r"^(?:20\d\d年度?|上年度?)", "", words)


def _is_new(seen: Told, change: Change) -> bool:
    """Whether all of it is new, so that there is no rate; also where nothing is known of it."""
    currents = seen.current_of(change)
    if not currents:
        return True
    gap = change.gap
    assert gap is not None, "asked only where there is a difference"
    return change.direction > 0 and any(now.low <= gap.high and gap.low <= now.high for now in currents)


RULES = (directions_agree, no_more_than_all, rate_is_said)
