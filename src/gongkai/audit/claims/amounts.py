"""Rules on amounts in running text: against the tables, against each other, parts against wholes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level
from gongkai.prose.sums import added

from .behind.told import ROUNDED, Group, Told, told, wan
from .text.claim import Amount, Role, Subject, quote

_ADVICE = "请对照该表和批复核对，改正写错的一处"

_THREE = ("出国", "接待")
_WHOLES: Sequence[tuple[frozenset[str], frozenset[str]]] = tuple(
    (frozenset(needed), frozenset(also))
    for needed, also in (
        ((*_THREE, "车辆"), ()),
        ((*_THREE, "购置", "运行"), ()),
        (("购置", "运行"), ()),
        (("采购货物", "采购工程", "采购服务"), ()),
        (("一般公务用车", "执法执勤用车", "其他车辆"), ()),
        (("本年收入", "年初结转"), ("使用结余",)),
        (("本年支出", "年末结转"), ("结余分配",)),
        (("本年财政拨款收入", "年初结转"), ()),
        (("本年财政拨款支出", "年末结转"), ()),
        (("人员经费", "公用经费"), ()),
        (("基本支出", "项目支出"), ("上缴上级支出", "经营支出", "对附属单位补助支出")),
        (("财政收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"), ()),
        (("财政收入", "事业收入", "经营收入", "其他收入"), ()),
    )
)
"""Parts that make up a whole: those that there must be, and those that there may be besides."""

_CARRIED = "结转"
_ONE_OF = "之一"
_PART_OF = {"小微企业": "中小企业", "中小企业": "采购", "财政项目之一": "财政项目", "其他项目之一": "其他项目"}


def _said(amount: Amount) -> str:
    return amount.subject.shown or "这个数"


@audit_rule("GK841", _ADVICE)
def amount_as_in_table(document: Audited) -> Iterator[Fault]:
    """检查什么：情况说明里写的金额，与公开表里的同一个数一致。
    为何重要：说明和表对不上，是公开文件里最常见、读者最先看到的错。
    依据：预算法第十四条；部门预算、决算公开的说明应与公开表一致。
    反例：职业年金缴费支出写 887.36 万元，表里是 87.36 万元。
    正例：两处都是 87.36 万元。
    怎样改：对照批复，改正写错的一处；相差 0.01 万元、是各自四舍五入的，只是提示。
    """
    seen = told(document)
    for amount in seen.claims.amounts:
        apart = seen.is_off(amount)
        cell = seen.nearest(amount)
        if not apart or cell is None:
            continue
        usual = "" if cell.sure else "（多数单位是同一个数）"
        message = (
            f"“{_said(amount)}”{_of(amount)}写 {wan(amount.figure.value)}，"
            f"{cell.words}是 {wan(cell.value)}{usual}，相差 {wan(apart)}"
        )
        level = Level.HINT if apart <= ROUNDED or not cell.sure else None
        place = seen.place(amount, amount.figure.span)
        yield Fault(place, message, amount.figure.value, cell.value, quote(amount), level)


def _of(amount: Amount) -> str:
    return "的预算数" if amount.role is Role.PLANNED else ""


@audit_rule("GK842", "请核对这一段，同一个数前后应一致")
def same_amount_again(document: Audited) -> Iterator[Fault]:
    """检查什么：一段里先写了一个科目（项目）的金额，后面又说到本年安排多少，两处一致。
    为何重要：同一句话里前后两个数，读者不知道信哪一个。
    依据：公开说明应当准确。
    反例：“……职业年金缴费支出（项）”220.63 万元，……2023 年预算安排 441.25 万元。
    正例：两处都是 220.63 万元。
    怎样改：对照表改正写错的一处，相应的增减率也要重算。
    """
    seen = told(document)
    first: dict[object, Amount] = {}
    for amount in seen.claims.amounts:
        if amount.role is not Role.CURRENT or not amount.subject.key:
            continue
        key = (amount.paragraph.number, amount.subject.same_as)
        earlier = first.setdefault(key, amount)
        apart = abs(amount.figure.value - earlier.figure.value)
        if earlier is amount or not amount.inherited or apart <= amount.figure.half + earlier.figure.half:
            continue
        message = (
            f"“{_said(amount)}”前面写 {wan(earlier.figure.value)}，后面写 {wan(amount.figure.value)}，相差 {wan(apart)}"
        )
        place = seen.place(amount, amount.figure.span)
        yield Fault(place, message, amount.figure.value, earlier.figure.value, quote(amount))


@audit_rule("GK843", "请核对合计和其中的各项，改正写错的一处")
def parts_add_up(document: Audited) -> Iterator[Fault]:
    """检查什么：“其中”列出的各项加起来，等于前面写的合计（允许各项四舍五入的差）。
    为何重要：分项之和不等于合计，说明至少有一个数写错了。
    依据：公开说明应当准确。
    反例：政府采购预算 233.65 万元，其中：货物 1.65 万元，工程 0.00 万元，服务 323.00 万元。
    正例：政府采购预算 233.65 万元，其中：货物 1.65 万元，工程 0.00 万元，服务 232.00 万元。
    怎样改：对照批复和表核对各项。
    """
    seen = told(document)
    for group in seen.groups:
        parts = _complete(group)
        total = added((part.figure.value for part in parts), Decimal(0))
        apart = abs(total - group.whole.figure.value)
        slack = added((part.figure.half for part in parts), Decimal(0)) + group.whole.figure.half
        if parts and apart > slack:
            yield _does_not_add_up(seen, group, parts, total)
    yield from _more_than_whole(seen)


def _more_than_whole(seen: Told) -> Iterator[Fault]:
    """Parts that are larger than what they are part of: 小微企业 of 中小企业, and these of all procurement."""
    before: dict[str, Amount] = {}
    for amount in seen.claims.amounts:
        key = amount.subject.key
        before[key] = amount
        whole = before.get(_PART_OF[key]) if key in _PART_OF else None
        if whole is not None and amount.figure.low - whole.figure.high > 0:
            apart = wan(amount.figure.value - whole.figure.value)
            message = (
                f"“{_said(amount)}”写 {wan(amount.figure.value)}，"
                f"比“{_said(whole)}”{wan(whole.figure.value)}还多 {apart}"
            )
            place = seen.place(amount, amount.figure.span)
            yield Fault(place, message, amount.figure.value, whole.figure.value, quote(amount))
        yield from _more_than_cells(seen, amount)


def _more_than_cells(seen: Told, amount: Amount) -> Iterator[Fault]:
    """Some of the projects that come to more than all of them, by the tables."""
    key = amount.subject.key
    if not key.endswith(_ONE_OF):
        return
    wholes = seen.counterparts.of_subject(Subject(key, key.removesuffix(_ONE_OF), amount.subject.fund))
    if wholes and all(amount.figure.low > whole.value + whole.slack for whole in wholes):
        whole = max(wholes, key=lambda cell: cell.value)
        message = (
            f"“{_said(amount)}”写 {wan(amount.figure.value)}，"
            f"比{whole.words} {wan(whole.value)}还多 {wan(amount.figure.value - whole.value)}"
        )
        yield Fault(seen.place(amount, amount.figure.span), message, amount.figure.value, whole.value, quote(amount))


def _does_not_add_up(seen: Told, group: Group, parts: Sequence[Amount], total: Decimal) -> Fault:
    whole = group.whole
    apart = abs(total - whole.figure.value)
    message = (
        f"“{_said(whole)}”写 {wan(whole.figure.value)}，其中 {len(parts)} 项相加是 {wan(total)}，相差 {wan(apart)}"
    )
    wrong = next((each for each in (whole, *parts) if seen.is_wrong(each)), None)
    cause = seen.place(wrong, wrong.figure.span) if wrong is not None else None
    place = seen.place(whole, whole.figure.span)
    return Fault(place, message, whole.figure.value, total, quote(whole), cause=cause)


def _complete(group: Group) -> list[Amount]:
    """The parts of a list that are known to be all there are; none where that is not known."""
    if all(part.share is not None for part in group.parts) and len(group.parts) > 1 and group.whole.opens_section:
        return list(group.parts)
    if all(_CARRIED in part.subject.key for part in group.parts) and group.whole.subject.key == "上年结转":
        return list(group.parts)
    by_key = {part.subject.key: part for part in reversed(group.parts)}
    for needed, also in _WHOLES:
        if needed <= by_key.keys() and group.whole.subject.key not in needed:
            chosen = [part for part in by_key.values() if part.subject.key in needed | also]
            same = {part.subject.fund for part in chosen}
            if len(same) == 1:
                return chosen
    return []


RULES = (amount_as_in_table, same_amount_again, parts_add_up)
