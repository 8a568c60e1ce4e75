"""Rules on what documents tell besides their money: results of the year, projects that are not disclosed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.audit.document import Audited
from gongkai.audit.forms import forms_of
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level, shown
from gongkai.intake.export.budget.projects import HIDDEN_NAME, rows_of
from gongkai.intake.export.reading.performance import Said
from gongkai.prose.sums import added

from .behind.evaluations import results
from .behind.told import Told, told, wan
from .text.claim import Amount, Change, Role
from .text.flat import LONGEST, flat_text

_ZERO = Decimal(0)
_GROWTH = re.compile(r"(?P<what>.{4,30}?)(?:同比)?(?:增长率?|增速|增幅)(?:（[^）]{1,4}）)?")
_REACHED = re.compile(r"=?(?P<rate>\d{1,4}(?:\.\d{1,4})?)%")
_GREW = r"[^。；%]{0,40}?同比(?P<way>增长|下降)(?P<rate>\d{1,4}(?:\.\d{1,4})?)%"
_ONLY_PART = re.compile("限额以上|规模以上|限上|规上")


@audit_rule("GK867", "请核对指标的完成值和实际完成情况，口径要与指标的名称相同", Level.WARNING)
def results_as_told(document: Audited) -> Iterator[Fault]:
    """检查什么：自评表里增长指标的实际完成值，与同一张表“实际完成情况”里说的同比增长相同；
    “限额以上”“规模以上”只是一部分，不能当全部。
    为何重要：一张表里两个数，读者不知道完成了没有。
    依据：绩效自评表的填报要求。
    反例：指标“社会消费品零售总额增长”完成 9.4%，实际完成情况写社会消费品零售额同比增长 5.1%，其中限额以上增长 9.4%。
    正例：两处都是 5.1%。
    怎样改：改用与指标口径相同的数，得分也要重算。
    """
    for read in forms_of(document):
        text = flat_text(results(read)[:LONGEST]).replace("总", "")
        for entry in read.form.indicators if text else ():
            name, reached = entry["三级"], entry.get("完成值")
            differing = _differing(name, reached, text)
            if reached is not None and differing is not None:
                rate, other = differing
                message = (
                    f"{read.table.name}指标“{shown(name.text)}”的实际完成值是 {rate}%，"
                    f"实际完成情况里是同比增长 {other}%，相差 {abs(rate - other)} 个百分点"
                )
                yield Fault(reached.place, message, rate, other, reached.text)


def _differing(name: Said, reached: Said | None, text: str) -> tuple[Decimal, Decimal] | None:
    """The result of an indicator of growth, and the one growth that the text tells of the same, where they differ."""
    growth = _GROWTH.fullmatch(flat_text(name.text))
    rate = _REACHED.fullmatch(flat_text(reached.text)) if reached is not None else None
    if growth is None or rate is None or _ONLY_PART.search(growth["what"]):
        return None
    told_of = set()
    for found in re.finditer(re.escape(growth["what"].replace("总", "")) + _GREW, text):
        before = re.split("[，。；、：]", text[: found.start()])[-1]
        if not _ONLY_PART.search(before + found[0]):
            told_of.add(Decimal(found["rate"]) * (1 if found["way"] == "增长" else -1))
    if len(told_of) != 1:
        return None
    [other] = told_of
    value = Decimal(rate["rate"])
    return None if other == value else (value, other)


_NAMES_A_PAPER = re.compile(r"[〔【\[（(]20\d\d[〕】\]）)]\s*\d{1,5}\s*号|《[^》]{4,80}》")
_LONGEST_REASON = 500


@audit_rule("GK868", "请改写这一项的原因，不写文件名称、文号和用途；已经公开的，按保密规定处理", Level.WARNING)
def hidden_projects_stay_hidden(document: Audited) -> Iterator[Fault]:
    """检查什么：项目支出表里名称是“特定目标”的项目不公开内容；一个科目只有这样的项目的，
    这个科目的增减原因里没有文件名称、文号。
    为何重要：表里不公开，说明里却写出了文件名称，等于公开了。
    依据：保守国家秘密法；预算法第十四条（涉及国家秘密的除外）。
    反例：信访业务只有“特定目标”一个项目，原因却写明了下达这笔资金的文件。
    正例：原因写“项目支出增加”。
    怎样改：改写原因；已经公开的，先撤下再按规定处理。
    """
    hidden = _hidden(document)
    if not hidden:
        return
    seen = told(document)
    for amount, change in _compared(seen):
        codes = {code for codes in seen.counterparts.codes(amount.subject).values() for code in codes}
        at = amount.figure.span[1]
        reason = amount.paragraph.text[at : at + _LONGEST_REASON]
        if len(codes) != 1 or change.direction <= 0 or not _NAMES_A_PAPER.search(reason):
            continue
        money = hidden.get(codes.pop())
        if money is not None and money == amount.figure.value:
            message = (
                f"“{shown(amount.subject.names[2])}（项）”{wan(amount.figure.value)}都是项目支出表里"
                f"“{HIDDEN_NAME}” {wan(money)}，内容不公开，增减原因却写出了文件名称或文号"
            )
            yield Fault(seen.place(amount, amount.figure.span), message, amount.figure.value, money)


def _hidden(document: Audited) -> dict[str, Decimal]:
    """The money of every 项 that has such projects only, 万元."""
    table = document.tables.get("项目支出")
    rows = [row for row in rows_of(table) if "合计" in row.line.figures] if table is not None else []
    told_of = {row.code for row in rows if row.name != HIDDEN_NAME}
    return {
        code: added((row.line.figures["合计"].value for row in rows if row.code == code), _ZERO)
        for code in {row.code for row in rows} - told_of
    }


def _compared(seen: Told) -> Iterator[tuple[Amount, Change]]:
    """The amounts of 项 that are compared with the year before."""
    for change in seen.claims.changes:
        amount = change.current
        if amount is not None and amount.subject.key == "项" and amount.role is Role.CURRENT:
            yield amount, change


RULES = (results_as_told, hidden_projects_stay_hidden)
