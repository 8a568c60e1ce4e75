"""Rules on years: with which year text compares, of which year it speaks, how long a project runs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level, shown

from .behind.told import Told, told
from .text.claim import Amount, Change, quote
from .text.flat import flat

_YEAR = re.compile(r"(20\d\d)年")
_BASES = ("执行", "完成", "决算", "预算")
_LEAST = 3
_PERIOD = re.compile(
    r"(?P<from>20\d\d)年(?:(?P<from_month>\d{1,2})月)?(?:(?P<from_day>\d{1,2})日)?(?:-|—|–|~|～|至|到){1,2}"
    r"(?P<to>20\d\d)年(?:(?P<to_month>\d{1,2})月)?(?:(?P<to_day>\d{1,2})日)?"
)
_OF_PERIOD = re.compile("执行时间|实施周期|起止时间|项目周期|实施期限")
_HEADING = re.compile(
    r"(?P<year>20\d\d)年度?[^。；，：]{0,30}(?:预算|决算|收支|收入|支出)[^。；，：]{0,16}(?:说明|情况|表)$"
)
_AS_OF = re.compile(r"截[至止](?P<year>20\d\d)年(?:12月31日|年?底|末)")
_SHORT = 40
"""Characters of a paragraph that is nothing but a period."""


@audit_rule("GK861", "请核对年度，改正写错的一处")
def right_year(document: Audited) -> Iterator[Fault]:
    """检查什么：“比某年预算”的年度是上一年；“某年预算数为”的年度是本年。
    为何重要：年度写错，多半是照抄了上年的说明。
    依据：与上年相比是公开说明的要求。
    反例：2024 年的预算写“比 2022 年预算增加”。
    正例：2024 年的预算写“比 2023 年预算增加”。
    怎样改：改正年度，并核对金额是不是也照抄了上年的。
    """
    seen = told(document)
    year = document.tables.year
    if year is None:
        return
    for change in seen.claims.changes:
        said = _YEAR.search(change.base)
        if said is None or int(said[1]) == year - 1 or (int(said[1]) == year and seen.figures.final):
            continue
        message = f"“{change.subject.shown}”与 {said[1]} 年比，本文件是 {year} 年的，应与 {year - 1} 年比"
        yield Fault(seen.place(change), message, quote=quote(change))
    for amount in seen.claims.amounts:
        if _of_wrong_year(amount, year, seen.claims.by_subject.get(amount.subject.same_as, [])):
            message = f"“{amount.subject.shown}”写的是 {amount.year} 年的数，本文件是 {year} 年的"
            yield Fault(seen.place(amount), message, quote=quote(amount))
        elif _is_this_years(seen, amount, year):
            message = f"“{amount.subject.shown}”写的是 {amount.year} 年的数，正是表里 {year} 年的数"
            yield Fault(seen.place(amount), message, quote=quote(amount))


def _is_this_years(seen: Told, amount: Amount, year: int) -> bool:
    """Whether an amount that is said to be of last year, alone in its paragraph, is just that of the year itself."""
    if amount.year is None or amount.year == year or not amount.figure.value or not amount.subject.key:
        return False
    key = amount.subject.same_as
    if any(other is not amount and other.paragraph is amount.paragraph and other.subject.same_as == key
           for other in seen.claims.amounts):  # fmt: skip
        return False
    cells = seen.counterparts.of_subject(amount.subject)
    return any(abs(cell.value - amount.figure.value) <= amount.figure.half + cell.slack for cell in cells)


@audit_rule("GK850", "请核对年度，改正照抄上年的", Level.WARNING)
def headings_are_of_the_year(document: Audited) -> Iterator[Fault]:
    """检查什么：标题里的年度是本年；“截至某年12月31日”，决算是本年末，预算是上年末（或前年末）。
    为何重要：标题、资产的日期还是上年的，说明这一节是照抄来的，数也可能没有改。
    依据：公开的是本年度的预算、决算。
    反例：2024 年的决算写“截至 2022 年 12 月 31 日，共有车辆 5 辆”。
    正例：截至 2024 年 12 月 31 日，共有车辆 5 辆。
    怎样改：改正年度，并核对这一节的数。
    """
    year = document.tables.year
    if year is None:
        return
    ends = (year,) if document.tables.kind == "决算" else (year, year - 1, year - 2)
    headings = [
        (paragraph, found)
        for paragraph in document.paragraphs
        if len(paragraph.text) <= _SHORT and (found := _HEADING.search("".join(paragraph.text.split()))) is not None
    ]
    usual = sum(int(found["year"]) == year for _, found in headings) * 2 > len(headings)
    for paragraph, found in headings if usual else ():
        if int(found["year"]) != year:
            message = f"标题写的是 {found['year']} 年，本文件是 {year} 年的"
            yield Fault(document.printed.place(paragraph), message, quote=paragraph.text)
    for paragraph in document.paragraphs:
        said = flat(paragraph)
        for date in _AS_OF.finditer(said.text):
            if int(date["year"]) not in ends:
                place = document.printed.place(paragraph, *said.span(date.start(), date.end()))
                yield Fault(place, f"“{date[0]}”，本文件是 {year} 年{document.tables.kind}", quote=date[0])


def _of_wrong_year(amount: Amount, year: int, same: Sequence[Amount]) -> bool:
    """Whether an amount is said to be of another year, and it is no figure of the past beside that of the year."""
    if amount.year is None or amount.year == year or amount.subject.key not in ("项", "类"):
        return False
    if amount.year > year:
        return True
    return not any(other.paragraph is amount.paragraph for other in same)


@audit_rule("GK862", "请统一与哪个数比；确实不同的，请在说明里写清楚", Level.WARNING)
def same_base(document: Audited) -> Iterator[Fault]:
    """检查什么：逐项说明里，各项都与同一个数比（都是上年预算，或都是上年执行数）。
    为何重要：这一项与预算比、那一项与执行数比，加起来就对不上，读者也看不出来。
    依据：公开说明的口径应当一致。
    反例：前面各项“比上年预算”，第 8 项“比上年执行数”。
    正例：各项都“比上年预算”。
    怎样改：统一口径，重算增减额和幅度。
    """
    seen = told(document)
    lists: dict[object, list[Change]] = defaultdict(list)
    for change in seen.claims.changes:
        if change.subject.key == "项":
            lists[change.section].append(change)
    for changes in lists.values():
        of_each = Counter(change.subject.same_as for change in changes)
        bases = [(change, _base(change.base)) for change in changes if of_each[change.subject.same_as] == 1]
        known = Counter(base for _, base in bases if base)
        usual, often = known.most_common(1)[0] if known else ("", 0)
        if often < _LEAST or often * 4 < 3 * known.total():
            continue
        for change, base in bases:
            if base and base != usual:
                message = f"“{change.subject.shown}”与{change.base}比，这一节其他各项都与上年{usual}比"
                yield Fault(seen.place(change), message, quote=quote(change))


def _base(words: str) -> str:
    """What kind of figure something is compared with; empty where only the year is said."""
    found = next((base for base in _BASES if base in words), "")
    return "执行" if found == "完成" else found


@audit_rule("GK863", "请核对项目的起止时间")
def period_of_project(document: Audited) -> Iterator[Fault]:
    """检查什么：项目的执行时间，结束不早于开始，并包括本年。
    为何重要：起止时间颠倒，或还是上年的，说明是照抄来的。
    依据：项目支出按年度安排。
    反例：2024 年预算的项目，资金执行时间：2023 年 1 月 1 日—2023 年 12 月 31 日。
    正例：资金执行时间：2024 年 1 月 1 日—2024 年 12 月 31 日。
    怎样改：改正年月。
    """
    year = document.tables.year
    before = ""
    for paragraph in document.paragraphs:
        said = flat(paragraph)
        about = _OF_PERIOD.search(said.text) or (len(said.text) <= _SHORT and _OF_PERIOD.search(before))
        before = said.text[-_SHORT:]
        found = _PERIOD.search(said.text) if about else None
        if found is None:
            continue
        place = document.printed.place(paragraph, *said.span(found.start(), found.end()))
        if _day(found, "from", 1) > _day(found, "to", 31):
            yield Fault(place, f"结束早于开始：“{shown(found[0])}”", quote=found[0])
        elif year is not None and not int(found["from"]) <= year <= int(found["to"]):
            message = f"“{shown(found[0])}”不包括本年（{year} 年）"
            yield Fault(place, message, quote=found[0], level=Level.WARNING)


def _day(found: re.Match[str], side: str, otherwise: int) -> tuple[int, int, int]:
    month = int(found[f"{side}_month"] or (1 if side == "from" else 12))
    return int(found[side]), month, int(found[f"{side}_day"] or otherwise)


RULES = (right_year, headings_are_of_the_year, same_base, period_of_project)
