"""Rules on the money of self-evaluations: that of the unit and of its projects against the account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.audit.document import Audited
from gongkai.audit.forms import Read, forms_of
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level, shown
from gongkai.prose import numbers
from gongkai.prose.sums import added

from .behind.evaluations import FISCAL, FISCAL_PARTS, OTHER, WHOLE, Money, money, projects_of
from .behind.told import Range, Told, told, wan
from .text.claim import Amount, Role, Subject
from .text.flat import flat_text

_ZERO, _CENT = Decimal(0), Decimal("0.01")
_TREASURY, _ALL = "财政拨款", "全部"


def _apart(value: Decimal, half: Decimal, ranges: Sequence[Range]) -> Decimal | None:
    """The nearest of several amounts, where a figure can be none of them."""
    if not ranges or any(value - half <= each.high and each.low <= value + half for each in ranges):
        return None
    return min(map(_said, ranges), key=lambda each: abs(each - value))


def _said(ranges: Range) -> Decimal:
    """What such an amount is printed as."""
    return numbers.round_half_up(ranges.printed)


def _of(seen: Told, key: str, fund: str) -> list[Range]:
    return seen.ranges_of(Subject(key, key, fund))


def _less(wholes: Sequence[Range], parts: Sequence[Range]) -> list[Range]:
    return [Range(whole.low - part.high, whole.high - part.low) for whole in wholes for part in parts]


def _planned(seen: Told) -> list[Range]:
    """The 财政拨款 that the budget at the beginning of the year had, as the text says it."""
    return [
        Range(amount.figure.low, amount.figure.high)
        for amount in seen.claims.amounts
        if amount.role is Role.PLANNED and (amount.subject.key, amount.subject.fund) == ("财政总计", _TREASURY)
    ]


def _value(each: Money) -> Decimal:
    return each.figure.value


def _together(parts: Sequence[Money]) -> tuple[Decimal, Decimal]:
    """What amounts come to, and how far the exact sum may be from that."""
    return added((each.figure.value for each in parts), _ZERO), added((each.figure.half for each in parts), _ZERO)


@audit_rule("GK864", "请核对整体自评的资金和决算各数", Level.WARNING)
def unit_evaluation_as_account(document: Audited) -> Iterator[Fault]:
    """检查什么：整体支出绩效自评表的资金与说明里的决算各数一致：财政资金的年初预算等于财政拨款的年初预算数，
    财政资金的执行数等于财政拨款支出，其他资金的执行数等于其余的支出，合计等于收入总计、本年支出。
    为何重要：自评表另外填写，同一个数常有一处没有更新。
    依据：绩效自评表和部门决算报表出自同一套账；与数据文件的规则 GK460、GK469 相同。
    反例：自评表年初预算 651.03，说明里年初预算数 601.03 万元。
    正例：两处都是 601.03。
    怎样改：核对两处，改正写错的一处。
    """
    seen = told(document)
    income, spent = _of(seen, "收入总计", _ALL), _of(seen, "本年支出", _ALL)
    fiscal, outlay = _of(seen, "财政收入总计", _TREASURY), _of(seen, "本年财政拨款支出", _TREASURY)
    compared = (
        (FISCAL_PARTS, "财政资金", "年初预算", "财政拨款的年初预算数", _planned(seen)),
        (FISCAL_PARTS, "财政资金", "全年预算", "财政拨款收入总计", fiscal),
        (FISCAL_PARTS, "财政资金", "执行", "财政拨款支出", outlay),
        (OTHER, "其他资金", "全年预算", "财政拨款以外的收入总计", _less(income, fiscal)),
        (OTHER, "其他资金", "执行", "财政拨款以外的支出", _less(spent, outlay)),
        (WHOLE, "资金合计", "全年预算", "收入总计", income),
        (WHOLE, "资金合计", "执行", "本年支出", spent),
    )
    for read in forms_of(document):
        if read.table.form.key != "整体绩效自评":
            continue
        for lines, name, column, what, ranges in compared:
            parts = money(read, lines, column)
            value, half = _together(parts)
            expected = _apart(value, half, ranges) if parts else None
            if expected is not None and abs(value - expected) > _CENT:
                message = (
                    f"{read.table.name}{name}的{column}数是 {wan(value)}，{what}是 {wan(expected)}，"
                    f"相差 {wan(abs(value - expected))}"
                )
                largest = max(parts, key=_value)
                yield Fault(largest.place, message, value, expected, largest.text)


@audit_rule("GK865", "请核对各项目的资金；年中追加的钱不写在年初预算里", Level.WARNING)
def projects_within_whole(document: Audited) -> Iterator[Fault]:
    """检查什么：各项目自评表的财政拨款，年初预算数之和不大于财政拨款的年初预算数，执行数之和不大于财政拨款的项目支出。
    为何重要：部分比整体大，多半是把年中追加的钱写进了年初预算，或把别的资金写成了财政拨款。
    依据：项目支出是部门支出的一部分；与数据文件的规则 GK470、GK471 相同。
    反例：7 个项目年初预算合计 724.35 万元，财政拨款的年初预算数是 601.03 万元。
    正例：各项目年初预算合计 400.00 万元，财政拨款的年初预算数是 601.03 万元。
    怎样改：核对各项目的年初预算和执行数。
    """
    seen = told(document)
    projects = list(projects_of(document))
    outlay, basic = _of(seen, "本年财政拨款支出", _TREASURY), _of(seen, "基本支出", "一般公共预算")
    compared = (
        ("年初预算", "财政拨款的年初预算数", _planned(seen)),
        ("执行", "财政拨款支出减一般公共预算基本支出", _less(outlay, basic)),
    )
    for column, what, ranges in compared:
        parts = [each for read in projects for each in money(read, FISCAL, column)]
        value, half = _together(parts)
        most = max(ranges, key=lambda each: each.high, default=None)
        if parts and most is not None and value - half > most.high:
            whole = _said(most)
            message = (
                f"{len(parts)} 个项目自评表的财政拨款{column}数相加是 {wan(value)}，"
                f"比{what} {wan(whole)}还多 {wan(value - whole)}"
            )
            largest = max(parts, key=_value)
            yield Fault(largest.place, message, value, whole, largest.text)


@dataclass(frozen=True)
class _Item:
    """A 项 of the text: its amounts of all budgets, and the reasons that it gives."""

    name: str
    amounts: Sequence[Amount]
    reasons: Sequence[str]
    """The parts of its reasons, each of which may name a project."""


_COMMON = re.compile("其他|行政运行|事业运行|一般行政管理事务|机关服务")
_SHORTEST_NAME = 4
_SHORTEST_PROJECT = 8
_MOSTLY = Decimal("0.7")
_LONGEST_REASON = 500


@audit_rule("GK866", "请核对项目的资金来源和功能科目", Level.WARNING)
def projects_within_their_item(document: Audited) -> Iterator[Fault]:
    """检查什么：一个科目的项目（项目名称里有这个科目的名称，或这个科目的增减原因说到这个项目），
    自评表的财政拨款执行数之和不大于这个科目的决算数。
    为何重要：项目花的财政拨款比科目的全部支出还多，是把其他资金写成了财政拨款，或写错了金额。
    依据：项目支出列在功能科目之下。
    反例：“招商引资（项）”决算数 433.82 万元，两个招商引资项目的财政拨款执行数 663.13 万元。
    正例：项目的财政拨款执行数不大于科目的决算数。
    怎样改：核对项目的执行数，哪些是财政拨款、哪些是其他资金。
    """
    items = _items(told(document))
    of_items: dict[str, list[tuple[Read, Money]]] = {}
    for read in projects_of(document):
        name = _item_of(read.project, items)
        of_items.setdefault(name, []).extend((read, each) for each in money(read, FISCAL, "执行")[:1])
    for item in items:
        parts = of_items.get(item.name, [])
        value, half = _together([each for _, each in parts])
        whole = added((amount.figure.value for amount in item.amounts), _ZERO)
        if parts and value - half > whole + added((amount.figure.half for amount in item.amounts), _ZERO):
            names = "、".join(f"“{shown(read.project)}” {wan(each.figure.value)}" for read, each in parts[:3])
            message = (
                f"{names}{'等' if len(parts) > 3 else ''}，自评表的财政拨款执行数相加是 {wan(value)}，"
                f"比“{shown(item.name)}（项）”的决算数 {wan(whole)}还多 {wan(value - whole)}"
            )
            largest = max((each for _, each in parts), key=_value)
            yield Fault(largest.place, message, value, whole, largest.text)


def _items(seen: Told) -> list[_Item]:
    found: dict[str, dict[str, Amount]] = {}
    for amount in seen.claims.amounts:
        if amount.subject.key == "项" and amount.role is Role.CURRENT and amount.subject.names[2]:
            found.setdefault(amount.subject.names[2], {}).setdefault(amount.subject.fund, amount)
    return [_Item(name, list(said.values()), _reasons(said.values())) for name, said in found.items()]


def _reasons(amounts: Iterable[Amount]) -> list[str]:
    ends = ((amount.paragraph.text, amount.figure.span[1]) for amount in amounts)
    texts = (text[end : end + _LONGEST_REASON] for text, end in ends)
    return [_stem(flat_text(part)) for text in texts for part in re.split("[、，,；;。：:]", text)]


def _item_of(project: str, items: Sequence[_Item]) -> str:
    """The 项 of a project, where one only is it; empty where that is not known."""
    stem = _stem(flat_text(project))
    by_name = {item.name for item in items if len(item.name) >= _SHORTEST_NAME and item.name in stem}
    named = {name for name in by_name if not _COMMON.match(name)}
    told_of = {item.name for item in items if any(_same(stem, reason) for reason in item.reasons)}
    both = named | told_of
    return both.pop() if len(both) == 1 else ""


def _stem(name: str) -> str:
    """What is left of a project's name without year, blanks, marks and what every name ends with."""
    bare = re.sub(r"20\d\d年度?|[^\w]|_", "", name)
    return re.sub(r"(?:专项|项目|资金|经费|增加|减少)+$", "", bare)


def _same(one: str, other: str) -> bool:
    """Whether two names are of one project: the letters of the shorter stand in the longer in their order."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_PROJECT or len(short) < _MOSTLY * len(long):
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


RULES = (unit_evaluation_as_account, projects_within_whole, projects_within_their_item)
