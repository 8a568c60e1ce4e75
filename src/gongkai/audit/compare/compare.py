"""Two documents against each other, table by table and sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.findings import Finding, Level, Place
from gongkai.intake.export.reading.found import Found
from gongkai.source.printed.document import Printed

from .changes import Comparison, FactChange, SentenceChange, TableChange
from .facts import Fact, Key, differing, facts_of
from .rows import differing_rows, names_of
from .sentences import differing_sentences, sentences_of
from .sides import Side, side_of, strangers

_IN_FINAL = {
    "收支总体": "收支总表", "收入总体": "收入", "支出总体": "支出", "财政拨款收支": "财政拨款总表",
    "一般公共预算支出": "一般公共预算支出", "基本支出": "基本支出", "政府性基金": "政府性基金",
    "国有资本经营": "国有资本经营",
}  # fmt: skip
"""Which table of a final account (by the key of its form) tells what a table of a budget does."""
_SHARED = frozenset({"合计", "基本支出", "人员经费", "公用经费", "项目支出", "收入数", "支出数", "财政拨款"})
"""Columns that say the same in the tables of both kinds."""


def compare(before: Printed, after: Printed) -> Comparison:
    """What changed from one document to the other."""
    sides = side_of(before), side_of(after)
    one, other = sides
    crosswise = one.tables.kind != other.tables.kind
    facts, tables, compared = _official_tables(one, other, crosswise=crosswise)
    findings = [*one.findings, *other.findings, *strangers(one, other)]
    if crosswise:
        message = "一个是预算，一个是决算：只对照两边都有的表和列，文字没有对照"
        findings.append(_limited(other, message, "要对照文字的，请给同一文种的两个文件"))
        return Comparison(one, other, facts, [], [], compared, findings)
    more, only = _other_tables(sides)
    sentences: list[SentenceChange] = []
    wordless = [side for side in sides if not any(side.printed.paragraphs)]
    if wordless:
        advice = "要对照文字的，请给有说明的文件（PDF、DOCX、数据文件）"
        findings.append(_limited(wordless[0], "只有表，没有文字：只对照各表", advice))
    else:
        sentences = list(differing_sentences(sentences_of(one), sentences_of(other)))
    return Comparison(one, other, [*facts, *more], [*tables, *only], sentences, compared, findings)


def _limited(side: Side, message: str, advice: str) -> Finding:
    """What was not compared."""
    return Finding("GK897", Level.HINT, message, advice, place=Place(side.file))


def _official_tables(one: Side, other: Side, *, crosswise: bool) -> tuple[list[FactChange], list[TableChange], int]:
    """What differs in official tables, those that only one has, and how many figures both have."""
    facts: list[FactChange] = []
    tables: list[TableChange] = []
    compared = 0
    for name, first, second in _pairs(one, other):
        if first is None or second is None:
            found = first or second
            assert found is not None
            tables.append(TableChange(name, found.place, added=first is None))
            continue
        known = facts_of(one, first), facts_of(other, second)
        if crosswise:
            known = _shared(*known, both=first.form.sided), _shared(*known[::-1], both=first.form.sided)
        compared += len(known[0].keys() & known[1].keys())
        facts += differing(name, *known)
    return facts, tables, compared


def _pairs(one: Side, other: Side) -> Iterator[tuple[str, Found | None, Found | None]]:
    """The official tables of two documents, each with its name; of two kinds those that tell the same."""
    if one.tables.kind == other.tables.kind:
        for key in (*one.tables.by_key, *(key for key in other.tables.by_key if key not in one.tables.by_key)):
            found = one.found(key) or other.found(key)
            assert found is not None
            yield found.name, one.found(key), other.found(key)
        return
    budget_first = one.tables.kind == "预算"
    for key, final in _IN_FINAL.items():
        first, second = one.found(key if budget_first else final), other.found(final if budget_first else key)
        if first is not None and second is not None:
            yield f"{first.name}与{second.name}", first, second


def _shared(facts: Mapping[Key, Fact], other: Mapping[Key, Fact], *, both: bool) -> Mapping[Key, Fact]:
    """The facts in columns that both tables have; of tables whose labels differ only those that ``both`` have."""
    columns = _SHARED & {column for _, column in other}
    return {key: fact for key, fact in facts.items() if key[1] in columns and (not both or key in other)}


def _other_tables(sides: tuple[Side, Side]) -> tuple[list[FactChange], list[TableChange]]:
    """What differs in tables that no form knows, and those that only one of the documents has."""
    one, other = (names_of(side) for side in sides)
    facts = [
        change
        for name in one
        if name in other
        for change in differing_rows(f"《{name}》", sides, (one[name], other[name]))
    ]
    only = [(name, one[name], sides[0], False) for name in one if name not in other]
    only += [(name, other[name], sides[1], True) for name in other if name not in one]
    return facts, [
        TableChange(f"《{name}》", side.printed.workbook.place(table.sheet), added) for name, table, side, added in only
    ]
