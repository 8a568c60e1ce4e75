"""Rules on tables against each other where no sum is: parts that are not more than the whole, the same money twice.

What is part of what is the rules' of data files (``checks``); here it is looked for in cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.checks.both.two_classifications import INSURANCE
from gongkai.checks.budget.three_public import GOODS, PURCHASE
from gongkai.checks.subjects.three_public import ABROAD, EXCHANGE
from gongkai.findings import Level
from gongkai.intake.export.facts.labels import match_label
from gongkai.intake.export.facts.three_public import LABELS
from gongkai.intake.export.forms.form import NAME
from gongkai.intake.export.forms.words import label
from gongkai.intake.export.reading.amounts import ZERO
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

from .facts import TOTAL, Fact, Facts, facts_of
from .words import amount, in_unit

_FINAL = {"因公出国（境）费": "决算出国", "公务接待费": "决算接待",
          "公务用车运行费": "决算运行", "公务用车购置费": "决算购置"}  # fmt: skip
_FEW = 5
"""科目 that are named one by one."""


def _three_public(facts: Facts) -> Mapping[str, Fact]:
    """The items of 三公经费, from whichever shape of table."""
    found: dict[str, Fact] = {}
    for fact in facts.by_cell.values():
        if fact.table.form.key != "三公经费":
            continue
        if "项目" in fact.table.columns:
            item = match_label(fact.row, LABELS) if fact.key in ("一般公共预算", TOTAL) else ""
            if item and (fact.key != TOTAL or item not in found):
                found[item] = fact
        else:
            item = next((name for name, key in _FINAL.items() if fact.key in (name, key)), "")
            if item:
                found.setdefault(item, fact)
    return found


def _economic(facts: Facts) -> Mapping[str, list[Fact]]:
    """Basic spending by economic 科目; the whole of each."""
    found: dict[str, list[Fact]] = {}
    for fact in facts.by_cell.values():
        if fact.table.form.key == "基本支出" and fact.code and (fact.key == TOTAL or fact.key.startswith("数")):
            found.setdefault(fact.code, []).append(fact)
    return found


def _named(part: Fact, item: str) -> bool:
    """Whether a row is called as its code is: what has another name is not held against the item."""
    key = f"名称{part.key[1:]}" if part.key.startswith("数") else NAME
    said = label(part.line.texts.get(key, ""))
    return not said or match_label(said, LABELS) == item


@audit_rule("GK824", "请核对“三公”经费表和基本支出表")
def three_public_covers_its_parts(document: Audited) -> Iterator[Fault]:
    """检查什么：“三公”经费表的各项不小于基本支出表里的同名款（30212、30217、30231、31013）。
    为何重要：“三公”经费表包括基本支出和项目支出里的全部“三公”经费，不会比一部分还少。
    依据：部门预算支出经济分类；与数据文件的规则 GK407、GK456 相同。
    反例：公务用车运行费 10.00，基本支出表 30231 12.00。
    正例：公务用车运行费 12.00，基本支出表 30231 12.00。
    怎样改：核对两张表；事业单位学术交流出国不列入“三公”经费的，可以不管。
    """
    facts = facts_of(document)
    items, basic = _three_public(facts), _economic(facts)
    for name, code in (GOODS | PURCHASE).items():
        item = items.get(name)
        for part in basic.get(code, ()):
            if item is None or not _named(part, name):
                continue
            if part.value > item.value + item.figure.slack + part.figure.slack:
                message = f"{item.table.name}“{name}”是 {amount(item.value, item)}"
                message += f"，小于{part.said}的 {amount(part.value, item)}" + (EXCHANGE if code == ABROAD else "")
                level = Level.WARNING if code == ABROAD else None
                stated, expected = in_unit(item.value, item), in_unit(part.value, item)
                yield Fault(item.place, message, stated, expected, name, level)


@audit_rule("GK825", "请核对两张表；列在“行政运行”等科目里的，可以不管", Level.WARNING)
def insurance_is_told_alike(document: Audited) -> Iterator[Fault]:
    """检查什么：养老保险、职业年金、医疗保险、医疗补助、住房公积金，基本支出表按经济分类的数等于对应功能科目的基本支出。
    为何重要：同一笔缴费，两种分类的表上应当是一个数。
    依据：政府收支分类科目；与数据文件的规则 GK426 相同，功能科目没有单列的不说。
    反例：30113 住房公积金 38.51，2210201 住房公积金 35.81。
    正例：两处都是 38.51。
    怎样改：核对两张表的金额。
    """
    facts = facts_of(document)
    basic = _economic(facts)
    for code, functional in INSURANCE.items():
        paid = [fact for item in functional if (fact := facts.get("一般公共预算支出", item, "基本支出")) is not None]
        for stated in basic.get(code, ()):
            expected = sum((fact.value for fact in paid), ZERO)
            slack = sum((fact.figure.slack for fact in paid), stated.figure.slack)
            if stated.value and expected and abs(stated.value - expected) > slack:
                names = "、".join(fact.row_said for fact in paid)
                message = (
                    f"{stated.said}是 {amount(stated.value, stated)}，{paid[0].table.name}{names}的基本支出是 "
                    f"{amount(expected, stated)}，相差 {amount(abs(stated.value - expected), stated)}"
                )
                figures = in_unit(stated.value, stated), in_unit(expected, stated)
                yield Fault(stated.place, message, *figures, stated.row_said)


@audit_rule("GK830", "请核对机关运行经费和基本支出表的公用经费")
def running_costs_are_part_of_operating(document: Audited) -> Iterator[Fault]:
    """检查什么：“三公”经费表里的机关运行经费不大于基本支出表的公用经费。
    为何重要：机关运行经费是公用经费里行政单位和参公事业单位的部分，部分不会大于整体。
    依据：预算法第十四条；与数据文件的规则 GK438 相同。
    反例：机关运行经费 610.79，公用经费 229.43。
    正例：机关运行经费 229.43，公用经费 229.43。
    怎样改：核对两张表的数和金额单位。
    """
    facts = facts_of(document)
    whole = facts.get("基本支出", TOTAL, "公用经费")
    for fact in facts.by_cell.values():
        if fact.key != "机关运行经费" or whole is None:
            continue
        if fact.value > whole.value + fact.figure.slack + whole.figure.slack:
            message = f"{fact.said}是 {amount(fact.value, fact)}，大于{whole.said}的 {amount(whole.value, fact)}"
            yield Fault(fact.place, message, in_unit(fact.value, fact), in_unit(whole.value, fact), fact.row_said)


@audit_rule("GK826", "请核对政府采购各数，特别是元和万元", Level.WARNING)
def procurement_is_within_spending(document: Audited) -> Iterator[Fault]:
    """检查什么：政府采购预算不大于人员经费以外的全部支出。
    为何重要：采购用的是公用经费和项目支出，买得比这两样还多，说明有一个数错了。
    依据：政府采购法第二条；与数据文件的规则 GK434 相同。
    反例：政府采购 1,200.00，全部支出 1,046.82，人员经费 505.34。
    正例：政府采购 97.03，全部支出 1,795.47，人员经费 446.05。
    怎样改：核对货物、工程、服务三个数和金额单位。
    """
    facts = facts_of(document)
    bought = facts.get("政府采购", TOTAL, "预算数")
    whole = facts.get("支出总体", TOTAL, TOTAL)
    if bought is None or whole is None:
        return
    staff = facts.get("基本支出", TOTAL, "人员经费")
    most = whole.value - (staff.value if staff is not None else ZERO)
    if bought.value > most + whole.figure.slack + bought.figure.slack:
        message = f"{bought.said}是 {amount(bought.value, bought)}，大于人员经费以外的全部支出 {amount(most, bought)}"
        yield Fault(bought.place, message, in_unit(bought.value, bought), in_unit(most, bought), bought.row_said)


@audit_rule("GK827", "请补上缺的各行")
def rows_are_complete(document: Audited) -> Iterator[Fault]:
    """检查什么：收入总表和支出总表列的科目相同，一张表有数的科目，另一张表也有一行。
    为何重要：缺的行多半是导出时截断了，合计还是原来的合计。
    依据：各表之间的勾稽关系：预算的收入总表和支出总表按同样的科目列出全部收支。
    反例：支出总表有 216、221 两类，收入总表没有，合计却相同。
    正例：两张表的科目相同。
    怎样改：补上缺的各行。
    """
    tables = facts_of(document).tables
    if tables.kind != "预算":
        return
    for lacking, other in (("收入总体", "支出总体"), ("支出总体", "收入总体")):
        found, full = tables.get(lacking), tables.get(other)
        if found is None or full is None or found.empty:
            continue
        have = {line.code for line in found.lines}
        missing = [line.code for line in full.lines if line.code and line.stated and line.code not in have]
        if not missing or len(missing) > len(have):
            continue
        named = "、".join(missing[:_FEW])
        more = f"等 {len(missing)} 行" if len(missing) > _FEW else ""
        total = found.total
        message = f"{found.name}没有 {named}{more}，{full.name}有"
        yield Fault(total.place if total is not None else found.place, message, quote=named)


RULES = (three_public_covers_its_parts, insurance_is_told_alike, procurement_is_within_spending, rows_are_complete,
         running_costs_are_part_of_operating)  # fmt: skip
