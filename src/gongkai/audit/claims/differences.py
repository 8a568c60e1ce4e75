"""The rule that differences add up: those of the parts are together that of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level
from gongkai.prose.sums import added

from .behind.told import Told, told, wan
from .text.claim import Change, Role, quote
from .text.sections import FUNDS

_ZERO = Decimal(0)
_NATURES = ("基本支出", "项目支出")
_THREE = ("出国", "购置", "运行", "接待")
_TWO = ("出国", "车辆", "接待")
_INCOMES = frozenset(
    {"预算", "上级一般公共预算转移支付", "上级政府性基金转移支付", "上级国有资本经营预算转移支付", "财政专户",
     "单位资金", "上年结转", "上年结转结余", "一般公共预算", "政府性基金预算", "国有资本经营预算"}
)  # fmt: skip
_FEWEST = 2


@audit_rule("GK844", "请核对各项的增减额和方向，有没有漏写上年有、本年没有的", Level.WARNING)
def differences_add_up(document: Audited) -> Iterator[Fault]:
    """检查什么：各项比上年的增减加起来，等于合计的增减；收入各项的增减之和，等于支出的增减。
    为何重要：每个增减额单看都说得通，加起来对不上，就一定有一个写错了，或漏写了一项。
    依据：增减额＝本年数－上年数，各项之和等于合计。
    反例：“三公”经费增加 8.00 万元，其中：公务用车运行费减少 8.00 万元，其他各项增加 0.00 万元。
    正例：“三公”经费增加 8.00 万元，其中：公务用车运行费增加 8.00 万元，其他各项增加 0.00 万元。
    怎样改：改正写错的增减额或方向，补上漏写的一项。
    """
    seen = told(document)
    for wholes, parts, name in _sides(seen):
        total, sum_of = _signed(wholes), _signed(parts)
        slack = added((each.gap.half for each in (*wholes, *parts) if each.gap is not None), _ZERO)
        if abs(total - sum_of) <= slack:
            continue
        message = (
            f"{name}：合计比上年{_in_words(total)}，各项（{len(parts)} 项）相加是{_in_words(sum_of)}，"
            f"相差 {wan(abs(total - sum_of))}"
        )
        yield Fault(seen.place(wholes[0]), message, total, sum_of, quote(wholes[0]))


def _in_words(change: Decimal) -> str:
    return f"{'减少' if change < 0 else '增加'} {wan(abs(change))}"


def _signed(changes: Sequence[Change]) -> Decimal:
    """The changes together."""
    return added((each.gap.value * each.direction for each in changes if each.gap is not None), _ZERO)


def _sides(seen: Told) -> Iterator[tuple[list[Change], list[Change], str]]:
    """What is to be the same: the changes of a whole, those of its parts, and what they are called."""
    changes = [change for change in seen.claims.changes if change.gap is not None or not change.direction]
    whole = [change for change in changes if change.subject.key == "三公"][:1]
    for keys in (_TWO, _THREE) if whole else ():
        parts = _each(changes, keys, whole[0])
        if len(parts) == len(keys):
            yield whole, parts, "“三公”经费"
            break
    spent = [change for change in changes if change.subject.fund == "全部"]
    natures = _one_of_each([change for change in spent if change.subject.key in _NATURES])
    incomes = [change for change in changes if change.subject.key in _INCOMES and change.section.says("收入预算")]
    if len(natures) == len(_NATURES) and len(incomes) >= _FEWEST and _all_compared(seen, incomes):
        yield natures, incomes, "收入和支出"
    for fund in FUNDS:
        yield from _of_fund(seen, [change for change in changes if change.subject.fund == fund], fund)


def _of_fund(seen: Told, changes: Sequence[Change], fund: str) -> Iterator[tuple[list[Change], list[Change], str]]:
    """A budget against its 项."""
    items = [change for change in changes if change.subject.key == "项"]
    if len(items) < _FEWEST or not _all_compared(seen, items):
        return
    natures = _one_of_each([change for change in changes if change.subject.key in _NATURES])
    whole = _one_of_each([change for change in changes if change.subject.key == "拨款"])
    chosen = natures if len(natures) == len(_NATURES) else whole
    if chosen and all(_same_base(change, chosen[0]) for change in items):
        yield chosen, items, f"{fund}逐项说明"


def _all_compared(seen: Told, changes: Sequence[Change]) -> bool:
    """Whether every amount of the list is compared with the year before, and each once."""
    subjects = [change.subject.same_as for change in changes]
    section = changes[0].section
    amounts = (amount for amount in seen.claims.amounts if amount.section == section and amount.role is Role.CURRENT)
    keys = {change.subject.key for change in changes}
    listed = {amount.subject.same_as for amount in amounts if amount.subject.key in keys}
    return len(set(subjects)) == len(subjects) and listed <= set(subjects)


def _each(changes: Sequence[Change], keys: Sequence[str], whole: Change) -> list[Change]:
    """The first change of each subject that is compared with the same as the whole."""
    found = (next((c for c in changes if c.subject.key == key and _same_base(c, whole)), None) for key in keys)
    return [change for change in found if change is not None]


def _one_of_each(changes: Sequence[Change]) -> list[Change]:
    """The first change of each subject."""
    first: dict[object, Change] = {}
    for change in changes:
        first.setdefault(change.subject.key, change)
    return list(first.values())


def _same_base(one: Change, other: Change) -> bool:
    """Whether two are compared with the same, as far as they say; 上年 may be any figure of it."""
    bases = {base for base in (one.base, other.base) if base and base.strip("度") != "上年"}
    return len(bases) <= 1


RULES = (differences_add_up,)
