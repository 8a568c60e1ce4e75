"""Rules on what running text lists: names of 科目 as in the tables, none left out, none whose amount is nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level, shown

from .behind.figures import CLASS, ITEM, Cell, Names
from .behind.told import Told, told, wan
from .text.claim import Amount, Figure, Role, quote

_LEAST = 3
"""Of a list as many items must be known before one that is not there is missed."""
_MOST = 10
"""Rows that one list is told to lack; one that lacks more is another list."""


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A 科目 of the text that its tables do not have under these names."""

    amount: Amount
    tables: Sequence[str]


@audit_rule("GK845", "请对照表和《政府收支分类科目》改正科目名称")
def names_as_in_table(document: Audited) -> Iterator[Fault]:
    """检查什么：说明里的类、款、项名称与公开表里的一致。
    为何重要：名称对不上，读者找不到对应的行；用了旧名称、写错了上级科目的也在这里发现。
    依据：《政府收支分类科目》；说明应与表一致。
    反例：住房保障支出（类）住房保障支出（款）住房公积金（项），表里的款是“住房改革支出”。
    正例：住房保障支出（类）住房改革支出（款）住房公积金（项）。
    怎样改：照表里的名称改；表里的名称错了的，改表。
    """
    seen = told(document)
    named = [amount for amount in seen.claims.amounts if amount.subject.key in ("类", "项") and _first(amount)]
    unknown = [each for amount in named if (each := _unknown(seen, amount)) is not None]
    if len(unknown) * 2 > len(named):
        return
    for each in unknown:
        amount = each.amount
        message = _told_name(seen, each)
        if message:
            yield Fault(seen.place(amount), message, quote=quote(amount))


def _first(amount: Amount) -> bool:
    return amount.role is Role.CURRENT and any(amount.subject.names)


def _unknown(seen: Told, amount: Amount) -> _Unknown | None:
    tables = [table for table in seen.counterparts.tables_of(amount.subject) if seen.figures.names.get(table)]
    if not tables or seen.counterparts.codes(amount.subject):
        return None
    return _Unknown(amount, tables)


def _told_name(seen: Told, unknown: _Unknown) -> str:
    """What is to be said of a name: under which the tables have it, or that they have none; empty for nothing."""
    amount = unknown.amount
    subject = amount.subject
    length = ITEM if subject.key == "项" else CLASS
    known = {
        names: (table, code)
        for table in unknown.tables
        for code, names in seen.figures.names[table].items()
        if len(code) == length
    }
    if not amount.figure.value:  # of a 科目 that has nothing this year the tables have no row
        return ""
    near = _of_same_amount(seen, amount, known)
    if near is None:
        near = next((names for names in known if _is_near(names, subject.names)), None)
    if near is not None:
        table, code = known[near]
        return f"{_differing(subject.names, near)}（{code}，见{_title(seen, table)}）"
    return (
        f"“{shown(_full(subject.names))}”写 {wan(amount.figure.value)}，{_title(seen, unknown.tables[0])}里没有这个科目"
    )


def _differing(said: Names, own: Names) -> str:
    """Which of the names differ, as they are said and as the table has them."""
    told = "；".join(
        f"{level}写“{shown(one)}”，表里是“{shown(other)}”" if other else f"{level}“{shown(one)}”在表里没有"
        for one, other, level in zip(said, own, "类款项", strict=True)
        if one != other and not (level == "类" and one.removesuffix("支出") == other.removesuffix("支出"))
    )
    return f"“{shown(said[2] or said[0])}”的{told}"


def _is_near(one: Names, other: Names) -> bool:
    """Whether two are called the same but for one of the names above them."""
    same = [a == b for a, b in zip(one, other, strict=True)]
    return bool(one[2]) and same[2] and any(same[:2])


def _of_same_amount(seen: Told, amount: Amount, known: Mapping[Names, tuple[str, str]]) -> Names | None:
    """The one 科目 whose amount this is, where just one is."""
    same = [
        names
        for names, (table, code) in known.items()
        if amount.figure.value
        and (cell := seen.figures.coded(table, code)) is not None
        and abs(cell.value - amount.figure.value) <= amount.figure.half + cell.slack
    ]
    return same[0] if len(same) == 1 else None


def _full(names: Names) -> str:
    return "".join(f"{name}（{level}）" for name, level in zip(names, "类款项", strict=True) if name)


def _title(seen: Told, table: str) -> str:
    found = seen.figures.table(table)
    return found.name if found is not None else f"《{table}》"


@audit_rule("GK846", "请在说明里补上这个科目；确实不单列的，请核对合计")
def nothing_left_out(document: Audited) -> Iterator[Fault]:
    """检查什么：逐项说明的地方，表里有金额的项级科目都写到了。
    为何重要：漏写一个科目，各项相加就不等于合计，也没有说明它的用途和增减。
    依据：说明应逐项对应公开表。
    反例：表里有 2080599 0.70 万元，说明里只写了其他六项。
    正例：七项都写。
    怎样改：补上漏写的科目。
    """
    seen = told(document)
    lists: dict[object, list[Amount]] = defaultdict(list)
    for amount in seen.claims.amounts:
        if amount.subject.key == "项" and amount.role is Role.CURRENT:
            lists[amount.section, amount.subject.fund].append(amount)
    for amounts in lists.values():
        yield from _left_out(seen, amounts)


def _left_out(seen: Told, amounts: Sequence[Amount]) -> Iterator[Fault]:
    by_table: dict[str, set[str]] = defaultdict(set)
    for amount in amounts:
        for table, codes in seen.counterparts.codes(amount.subject).items():
            by_table[table] |= codes
    if not by_table:
        return
    table = max(by_table, key=lambda each: (len(by_table[each]), -len(_stated(seen, each))))
    stated = _stated(seen, table)
    missing = [code for code in stated if code not in by_table[table]]
    known = len(stated) - len(missing)
    if not missing or known < _LEAST or len(missing) > min(_MOST, known):
        return
    unknown = [amount.figure for amount in amounts if not seen.counterparts.codes(amount.subject)]
    missing = [code for code in missing if not _is_one_of(seen.figures.coded(table, code), unknown)]
    for code in missing:
        cell = seen.figures.coded(table, code)
        assert cell is not None, "it has an amount"
        name = shown(seen.figures.names[table][code][2])
        message = f"{_title(seen, table)}有 {code} {name} {wan(cell.value)}，说明里没有写"
        level = None if len(missing) * 4 <= len(stated) else Level.WARNING
        yield Fault(seen.place(amounts[-1]), message, None, cell.value, level=level)


def _is_one_of(cell: Cell | None, figures: Sequence[Figure]) -> bool:
    """Whether a row is told of under another name, as GK845 says."""
    return cell is not None and any(abs(cell.value - each.value) <= each.half + cell.slack for each in figures)


def _stated(seen: Told, table: str) -> list[str]:
    """The 项 of a table that have an amount."""
    codes = (code for code in seen.figures.names.get(table, {}) if len(code) == ITEM)
    return [code for code in codes if (cell := seen.figures.coded(table, code)) is not None and cell.value]


RULES = (names_as_in_table, nothing_left_out)
