"""The rule on sections that say that there is no money of a budget: it is the budget of their heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import shown

from .text.sections import FUNDS, fund_in, sectioned

_NOTHING = re.compile("没有|未安排|未使用|不涉及|无(?!法|需|偿)")
_TWO = FUNDS[1:]
_SHORT = 80


@audit_rule("GK849", "请改为这一节的那本预算")
def nothing_of_the_right_budget(document: Audited) -> Iterator[Fault]:
    """检查什么：“政府性基金预算”一节说“没有……”，说的是政府性基金，不是国有资本经营预算；反过来也一样。
    为何重要：两节多是照抄的一句话，换错了名称，这一节就没有说明。
    依据：预算法第五条：四本预算分别编列。
    反例：政府性基金预算支出情况：没有使用国有资本经营预算拨款安排的支出。
    正例：政府性基金预算支出情况：没有使用政府性基金预算拨款安排的支出。
    怎样改：改正名称。
    """
    for said, section in sectioned(document.paragraphs):
        if not section.titles or len(said.text) > _SHORT or not _NOTHING.search(said.text):
            continue
        own, other = fund_in(section.titles[-1]), fund_in(said.text)
        if own in _TWO and other in _TWO and own != other:
            message = f"“{shown(section.titles[-1])}”一节说的是{other}"
            yield Fault(document.printed.place(said.paragraph), message, quote=said.text)


RULES = (nothing_of_the_right_budget,)
