"""Rules on a table as a whole: rows shifted, the unit of money, figures without a row, tables that do not add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level

from .facts import Fact, facts_of
from .sums.whole import sums_of
from .words import amount

_LEAST = 3
"""Figures that must differ by the same factor."""
_FACTOR = Decimal(10_000)
_NEAR = Decimal("0.002")


@audit_rule("GK812", "请把错行的数移回原来的行")
def rows_are_not_shifted(document: Audited) -> Iterator[Fault]:
    """检查什么：表里的数没有整体错开一行：连着几行的数，恰好是另一张表里上一行或下一行的数。
    为何重要：粘贴时错开一行，每一行都错，合计却不变。
    依据：各表之间的勾稽关系。
    反例：2080505 的数写在 2080506 那一行，2080506 的写在下一行。
    正例：每个科目的数在自己的那一行。
    怎样改：把这几行的数移回原处。
    """
    for shift in sums_of(document).shifts:
        first, last = shift.facts[0], shift.facts[-1]
        where = "上" if shift.down else "下"
        message = (
            f"{first.table.name}“{first.column.shown}”从 {first.row_said} 到 {last.row_said} 的数，"
            f"是{shift.other}里{where}一行的数，像是错开了一行"
        )
        yield Fault(first.place, message, quote=first.row_said, cause=first.place)


@audit_rule("GK814", "请核对表上方的金额单位和表里的数")
def units_of_money_agree(document: Audited) -> Iterator[Fault]:
    """检查什么：一张表的数不是恰好比别的表大一万倍或小一万倍。
    为何重要：表上写万元，数却是元，读者看到的就差一万倍。
    依据：各表之间的勾稽关系；表上方写的金额单位。
    反例：表 5 写“单位：万元”，合计 10468200.00；表 3 写“单位：万元”，合计 1046.82。
    正例：两张表的单位和数相称。
    怎样改：改正单位，或换算表里的数。
    """
    pairs: dict[tuple[str, str], list[tuple[Fact, Fact]]] = defaultdict(list)
    for relation in sums_of(document).equal:
        if not relation.holds and len(relation.parts) == 1:
            large, small = sorted((relation.whole, relation.parts[0][0]), key=lambda fact: -abs(fact.value))
            if small.value and abs(large.value / small.value / _FACTOR - 1) < _NEAR:
                pairs[large.table.form.key, small.table.form.key].append((large, small))
    wrong = Counter(key for keys, found in pairs.items() if len(found) >= _LEAST for key in keys)
    told: set[str] = set()
    for found in pairs.values():
        if len(found) < _LEAST:
            continue
        large, small = found[0]
        odd, other = (large, small) if wrong[large.table.form.key] >= wrong[small.table.form.key] else (small, large)
        if odd.table.form.key not in told:
            told.add(odd.table.form.key)
            much = "大" if odd is large else "小"
            message = (
                f"{odd.table.name}的数比{other.table.name}的{much}一万倍，像是金额单位写错了："
                f"{odd.row_said} {amount(odd.value, odd)}，{amount(other.value, other)}"
            )
            yield Fault(odd.table.place, message, quote=odd.table.title, cause=odd.table.place)


@audit_rule("GK817", "请人工核对这张表；表头是少见的样子的，可以不管", Level.WARNING)
def tables_add_up_mostly(document: Audited) -> Iterator[Fault]:
    """检查什么：一张表的各个合计，多数加得起来。
    为何重要：多数加不起来，不是整张表错了（用错了版本、漏了几列），就是表的样子少见、程序没有认对。
    依据：各表的结构。
    反例：支出总表的合计 12 处，9 处加不起来。
    正例：各处都加得起来。
    怎样改：对照报表核对整张表。
    """
    told: set[int] = set()
    for table, failing, all_of_them in sums_of(document).unsure:
        if id(table) not in told:
            told.add(id(table))
            message = f"{table.name}的 {all_of_them} 个合计有 {failing} 个加不起来，整张表要核对，或程序没有认对表头"
            yield Fault(table.place, message, quote=table.title)


@audit_rule("GK818", "请写明这一行是什么，或删去这个数", Level.WARNING)
def figures_have_a_row(document: Audited) -> Iterator[Fault]:
    """检查什么：有数的行，有科目、项目的名称。
    为何重要：没有名称的数，读者不知道是什么，多半是填错了格。
    依据：各表的结构。
    反例：财政拨款收支总表收入一边的空行里有 67.80。
    正例：空行里没有数。
    怎样改：把数移到该在的行，或补上名称。
    """
    for body in facts_of(document).bodies:
        for row in body.rows:
            for fact in row.values():
                if fact.value and fact.key and not fact.row and not _listed(fact):
                    message = (
                        f"{fact.table.name}第 {fact.line.row} 行“{fact.column.shown}”有 {amount(fact.value, fact)}"
                    )
                    yield Fault(fact.place, f"{message}，这一行没有写是什么", quote=f"{fact.value:f}", cause=fact.place)


def _listed(fact: Fact) -> bool:
    """Whether its row says something all the same, or no row has a name: of a table of one row nothing is missing."""
    said = any(text and not text.isdecimal() for text in fact.line.texts.values())
    return (said or not any(line.total or line.code or line.name for line in fact.table.lines)) and (
        not fact.table.form.sided
    )


RULES = (rows_are_not_shifted, units_of_money_agree, tables_add_up_mostly, figures_have_a_row)
