"""The figures of an official table by row and column, and what differs between two such tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.audit.tables.facts import TOTAL, TOTALS, figure_in
from gongkai.findings import Place, shown
from gongkai.intake.export.facts.labels import class_of
from gongkai.intake.export.forms.words import label, plain
from gongkai.intake.export.reading.amounts import ZERO, Figure, slack_of
from gongkai.intake.export.reading.columns import has_amounts
from gongkai.intake.export.reading.found import Column, Found, Line
from gongkai.intake.export.reading.rows import digits

from .changes import FactChange
from .sides import Side

_BLOCK = "数"
"""How our names of columns begin that stand in blocks of code, name and amount."""
_NO_FIGURES = ("序号", "行次", "栏次", "备注", "编码", "代码", "名称")

Key = tuple[str, str]
"""A row and a column: 2011301, 基本支出."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A cell of a table: what it says, and its row and column in words."""

    value: Figure | str
    row: str
    column: str
    place: Place


def facts_of(side: Side, found: Found) -> Mapping[Key, Fact]:
    """Every cell of a table that says something, by its row and its column."""
    facts: dict[Key, Fact] = {}
    met: Counter[Key] = Counter()
    others = _others(found)
    for line in found.lines:
        for row, said, column, fact in _cells(side, found, line, others):
            key = (row, column)
            met[key] += 1
            again = f"（第 {met[key]} 处）" if met[key] > 1 else ""
            facts[row + again, column] = Fact(fact[0], said + again, fact[1], fact[2])
    return facts


def _cells(
    side: Side, found: Found, line: Line, others: list[Column]
) -> Iterator[tuple[str, str, str, tuple[Figure | str, str, Place]]]:
    for key, figure in line.figures.items():
        if has_amounts(key) and key in found.columns:
            row, said = _row(found, line, key)
            column = TOTAL if key.startswith(_BLOCK) else key
            yield row, said, column, (figure, found.columns[key].shown, figure.place)
    row, said = _row(found, line, "")
    for each in others:
        value = _other(found, line, each)
        if value is not None:
            path = side.relative("/".join(each.path))
            yield row, said, path, (value, each.shown, found.region.place((line.row, each.number)))
    name = line.name
    if line.code and name:
        yield row, said, "名称", (plain(name), "名称", line.place)


def _others(found: Found) -> list[Column]:
    """Columns that no form knows: those of last year, of changes and shares, a pack's own."""
    known = {column.number for column in found.columns.values()}
    return [
        column
        for column in found.region.columns
        if column.number not in known and not any(word in column.path[-1] for word in _NO_FIGURES)
    ]


def _other(found: Found, line: Line, column: Column) -> Figure | str | None:
    """What a cell says that no form knows: an amount, or a text such as a share."""
    cell = found.region.sheet.at(line.row, column.number)
    if cell is None:
        return None
    figure = figure_in(found, line, column)
    if figure is None:
        return plain(cell.shown)
    return replace(figure, slack=slack_of([figure.value], yuan=bool(found.yuan))) if figure.stated else None


def _row(found: Found, line: Line, key: str) -> tuple[str, str]:
    """What tells a row from the others, and the row in words."""
    if key.startswith(_BLOCK):
        code, name = line.texts.get(f"编码{key[1:]}", ""), line.texts.get(f"名称{key[1:]}", "")
        row = digits(code) or label(name)
        return (TOTAL, TOTAL) if row in TOTALS or not row else (row, _in_words(row, name))
    if found.form.sided:
        side = "收入" if key.startswith("收入") else "支出"
        text = line.texts.get(f"{side}项目", "")
        said = label(text)
        if said in TOTALS:
            return f"{side}总计", f"{side}总计"
        return (class_of(text) if side == "支出" else "") or said, said or f"第 {line.row} 行"
    project = line.texts.get("项目名称", "") if "项目名称" in found.columns else ""
    if line.total:
        return TOTAL, TOTAL
    name = line.name or next((text for text in line.texts.values() if text), "")
    row = (line.code + plain(project)) or label(name)
    return row, _in_words(line.code, name) if line.code else shown(name) or f"第 {line.row} 行"


def _in_words(code: str, name: str) -> str:
    return f"{code} {shown(name)}".strip() if plain(name) != code else code


def differing(table: str, before: Mapping[Key, Fact], after: Mapping[Key, Fact]) -> Iterator[FactChange]:
    """The cells of two tables that say different things, in the order of the first; what is nothing is not told."""
    for key in (*before, *(key for key in after if key not in before)):
        one, other = before.get(key), after.get(key)
        fact = one or other
        assert fact is not None
        values = _value(one), _value(other)
        if not _differ(one, other) or not any(values):
            continue
        places = one.place if one else None, other.place if other else None
        yield FactChange(table, fact.row, fact.column, *values, *places)


def _value(fact: Fact | None) -> Decimal | str | None:
    if fact is None:
        return None
    return fact.value.value if isinstance(fact.value, Figure) else fact.value


def _differ(one: Fact | None, other: Fact | None) -> bool:
    """Whether two cells differ; of amounts one of which was rounded more, by more than that."""
    if one is None or other is None:
        return bool(_value(one or other))
    if not (isinstance(one.value, Figure) and isinstance(other.value, Figure)):
        return _value(one) != _value(other)
    slacks = one.value.slack, other.value.slack
    rounded = max(slacks) if slacks[0] != slacks[1] and all(fact.value for fact in (one.value, other.value)) else ZERO
    return abs(one.value.value - other.value.value) > rounded
