"""Rules of a final account about why it is another figure than the budget's (差异原因)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.rule import Problem, printed, rule
from gongkai.checks.subjects.reasons import reasons
from gongkai.findings import Level
from gongkai.statements.final.figures import FinalFigures

_AGREES = ("无差异", "没有差异", "一致", "相同", "持平", "相等", "无变化", "没有变化", "严格", "预算执行", "执行预算")
_NEITHER = ("无", "没有", "未", "不")


@rule("GK488", "没有差异的写“严格按照预算执行，预决算无差异”，或删去“差异原因”；有差异的核对两个数", Level.WARNING)
def difference_that_is_no_more(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：决算数与预算数相同的，差异原因说的不是为什么有差异。
    为何重要：金额改过以后，原来的差异原因还留着，印成“预决算差异率0.00%，主要原因是年中追加”。
    依据：情况说明与报表应当一致。
    怎样改：改写差异原因，或核对两个数。
    """
    for reason in reasons(figures):
        if reason.path[-1] != "差异原因" or reason.change:
            continue
        words = _AGREES if reason.now else (*_AGREES, *_NEITHER)
        if not any(word in reason.text for word in words):
            same = f"{reason.what}的决算数与{reason.base}数都是 {printed(figures, reason.now)}"
            yield Problem(reason.path, f"{same}，没有差异，写了的差异原因说的是别的数")
