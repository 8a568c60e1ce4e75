"""Rules on rates in running text: growth, share, completion, variance, each recomputed from the printed amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level, Place, shown
from gongkai.prose import numbers

from .behind.reckoning import Rates, growth, outturn, share
from .behind.told import Told, told
from .text.claim import Amount, Change, Figure, Ratio, Role, quote

_ENOUGH = 8
"""So many rates that might be printed otherwise must be as the printed amounts give them, before one that is not is
odd; and of ten nine."""
_MOST = 10
_LAST_DIGIT = Decimal("0.0101")
"""Percent: a rate that is off by no more was cut off rather than rounded, or its last digit is wrong."""


@dataclass(frozen=True, slots=True)
class _Reckoned:
    """A rate with what it may be."""

    code: str
    claim: Amount | Change | Ratio
    what: str
    rate: Figure
    possible: Sequence[Rates]
    amounts: Sequence[Amount | None]

    @property
    def allowed(self) -> bool:
        """Whether it may be printed so, or nothing is known of it."""
        return not self.possible or any(rates.allow(self.rate) for rates in self.possible)


def _reckoned(document: Audited) -> list[_Reckoned]:
    """Every rate that the text states."""
    seen = told(document)
    found: list[_Reckoned] = []
    for change in seen.claims.changes:
        if change.rate is not None:
            what = change.rate_word or change.word
            amounts = (change.current, change.prior)
            found.append(_Reckoned("GK851", change, what, change.rate, growth(seen, change), amounts))
    for amount in seen.claims.amounts:
        if amount.share is not None:
            what = f"占{shown(amount.share.whole)}的" if amount.share.whole else "占"
            found.append(_Reckoned("GK852", amount, what, amount.share.rate, share(seen, amount), (amount,)))
    for ratio in seen.claims.ratios:
        what = "预决算差异率" if ratio.variance else "完成预算的"
        amounts = (ratio.current, ratio.planned)
        found.append(_Reckoned("GK853", ratio, what, ratio.rate, outturn(seen, ratio), amounts))
    return found


def _wrong(document: Audited, code: str) -> Iterator[Fault]:
    seen = told(document)
    for each in document.once(_reckoned):
        if each.code == code and not each.allowed:
            yield _fault(seen, each, "按印出的金额计算应为")


def _fault(seen: Told, each: _Reckoned, how: str) -> Fault:
    rates = min(each.possible, key=lambda rates: rates.apart(each.rate))
    message = f"“{each.claim.subject.shown}”{each.what} {numbers.percent(each.rate.value)}%，{how} {rates}"
    place = seen.claims.place(each.claim, each.rate.span)
    cause = _cause(seen, each.amounts)
    level = Level.WARNING if not each.allowed and rates.apart(each.rate) <= _LAST_DIGIT else None
    return Fault(place, message, each.rate.value, rates.expected, quote(each.claim), level, cause)


def _cause(seen: Told, amounts: Sequence[Amount | None]) -> Place | None:
    """The amount that is wrong itself, where one is: what was reckoned with it is no fault of its own."""
    wrong = next((each for each in amounts if each is not None and seen.is_wrong(each)), None)
    return seen.place(wrong, wrong.figure.span) if wrong is not None else None


@audit_rule("GK851", "请按本年数和增减额重新计算增减幅度，改正写错的一处")
def growth_as_reckoned(document: Audited) -> Iterator[Fault]:
    """检查什么：增长、下降的幅度，与本年数和增减额（或上年数）算出来的一致。
    为何重要：幅度是读者最爱看的数，算错了说明金额或幅度至少有一个不对。
    依据：增减幅度＝增减额÷上年数×100%，上年数＝本年数－增加额（＋减少额）；按印出的位数允许四舍五入的差。
    反例：本年 545.70 万元，比上年预算增加 59.30 万元，增长 21.19%。
    正例：本年 545.70 万元，比上年预算增加 59.30 万元，增长 12.19%。
    怎样改：重新计算；上年数为零的，按本地的规定写。
    """
    yield from _wrong(document, "GK851")


@audit_rule("GK852", "请按金额重新计算占比，改正写错的一处")
def share_as_reckoned(document: Audited) -> Iterator[Fault]:
    """检查什么：占合计的百分比，与这一项和合计的金额算出来的一致。
    为何重要：占比算错，说明金额或占比至少有一个不对。
    依据：占比＝本项÷合计×100%；按印出的位数允许四舍五入的差。
    反例：收入 1,046.82 万元，其中：单位资金 501.12 万元，占 74.87%。
    正例：收入 1,046.82 万元，其中：单位资金 501.12 万元，占 47.87%。
    怎样改：重新计算。
    """
    yield from _wrong(document, "GK852")


@audit_rule("GK853", "请按预算数和决算数重新计算，改正写错的一处")
def outturn_as_reckoned(document: Audited) -> Iterator[Fault]:
    """检查什么：完成预算的百分比、预决算差异率，与预算数和决算数算出来的一致。
    为何重要：完成率、差异率是决算公开必须说明的数。
    依据：完成率＝决算数÷预算数×100%；差异率＝（决算数－预算数）÷预算数×100%；没有预算而有支出的差异率写 100%。
    反例：年初预算数 601.03 万元，决算数 1,351.08 万元，预决算差异率 142.79%。
    正例：年初预算数 601.03 万元，决算数 1,351.08 万元，预决算差异率 124.79%。
    怎样改：重新计算。
    """
    yield from _wrong(document, "GK853")


@audit_rule("GK854", "没有预算的不写完成率；确有预算的，请补上预算数", Level.WARNING)
def nothing_to_complete(document: Audited) -> Iterator[Fault]:
    """检查什么：预算数为零的项目不写“完成预算的百分之几”。
    为何重要：零预算没有完成率可言，写 0.00% 让人以为安排了预算而没有支出。
    依据：完成率＝决算数÷预算数，预算数为零时没有意义。
    反例：因公出国（境）费年初预算为 0.00 万元，支出决算为 0.00 万元，完成预算的 0.00%。
    正例：因公出国（境）费年初没有安排预算，支出决算为 0.00 万元。
    怎样改：删去完成率，或写“年初未安排预算”。
    """
    seen = told(document)
    for ratio in seen.claims.ratios:
        if ratio.variance or not _without_plan(seen, ratio):
            continue
        message = f"“{ratio.subject.shown}”没有预算，却写完成预算的 {numbers.percent(ratio.rate.value)}%"
        yield Fault(seen.claims.place(ratio, ratio.rate.span), message, ratio.rate.value, None, quote(ratio))


def _without_plan(seen: Told, ratio: Ratio) -> bool:
    if ratio.planned is not None:
        return not ratio.planned.figure.value
    if ratio.current is None:
        return False
    figure = ratio.current.figure
    planned = Amount(ratio.paragraph, ratio.section, ratio.subject, Role.PLANNED, figure, ratio.span)
    cells = seen.counterparts.of(planned)
    return bool(cells) and not any(cell.value for cell in cells)


@audit_rule("GK859", "请重新计算；各处都按没有四舍五入的数（元）计算的，可以不管", Level.HINT)
def rate_as_elsewhere(document: Audited) -> Iterator[Fault]:
    """检查什么：全文的幅度、占比都正好是按印出的金额（万元）算出来的，只有个别一处差一点。
    为何重要：金额小的时候，四舍五入的差使好几个幅度都说得通，只有和别处的算法比才看得出末位写错了。
    依据：全文的算法应当一致；至少八处、十处里有九处正好相等才查。
    反例：别处都正好相等，这一处本年 30.52 万元，增加 9.21 万元，写增长 43.21%。
    正例：增长 43.22%。
    怎样改：重新计算。
    """
    seen = told(document)
    known = [each for each in document.once(_reckoned) if each.possible and each.allowed]
    wide = [each for each in known if all(rates.are_wide(each.rate) for rates in each.possible)]
    odd = [each for each in wide if not any(rates.gives(each.rate) for rates in each.possible)]
    if len(wide) - len(odd) < _ENOUGH or len(odd) * _MOST > len(wide):
        return
    for each in odd:
        yield _fault(seen, each, "全文其他各处都按印出的金额算，这里应为")


RULES = (growth_as_reckoned, share_as_reckoned, outturn_as_reckoned, nothing_to_complete, rate_as_elsewhere)
