"""All the tables of one document together: which kind, whose, of which year; none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from gongkai.findings import Finding, Level, shown
from gongkai.texts.plain import folded

from .found import Found, Line

_ITEM = len("2011301")
"""Digits of a 项."""


@dataclass
class Tables:
    """The tables of one document."""

    kind: str
    by_key: Mapping[str, Found]
    forms: Sequence[Found]
    """Those of performance, of which there may be many."""
    year: int | None = None
    unit_name: str = ""
    scope: str = ""
    findings: list[Finding] = field(default_factory=list)

    def get(self, key: str) -> Found | None:
        """A table, where it was found."""
        return self.by_key.get(key)

    @property
    def all(self) -> Iterator[Found]:
        """Every table."""
        yield from self.by_key.values()
        yield from self.forms

    def has_column(self, *keys: str) -> bool:
        """Whether any table has any of these columns."""
        return any(key in found.columns for found in self.by_key.values() for key in keys)

    def items(self, *keys: str) -> tuple[list[str], list[tuple[Found, Line]]]:
        """The 项 of these tables, and their rows that go no deeper than 类 or 款: no 科目 of a data file."""
        codes: set[str] = set()
        short: list[tuple[Found, Line]] = []
        for table in (self.by_key[key] for key in keys if key in self.by_key):
            coded = [line for line in table.lines if line.code]
            parents = {line.code[:length] for line in coded for length in (3, 5) if len(line.code) > length}
            for line in coded:
                if len(line.code) == _ITEM:
                    codes.add(line.code)
                elif line.code not in parents and line.stated:
                    short.append((table, line))
        return sorted(codes), short

    def has_label(self, *labels: str) -> bool:
        """Whether the income side of any table has a row with one of these words in it."""
        return any(
            word in line.texts.get("收入项目", "")
            for found in self.by_key.values()
            for line in found.lines
            for word in labels
        )


def together(found: Sequence[Found], kind: str = "", year: int | None = None) -> Tables:
    """The tables of one document: those of the kind (文种) and year that most are of, and each once.

    ``kind`` and ``year`` are what is known; without them the tables tell.
    """
    findings: list[Finding] = []
    kind = kind or _most(table.form.kind for table in found) or "预算"
    own = [table for table in found if table.form.kind == kind]
    others = [table for table in found if table.form.kind != kind]
    for table in others:
        message = f"{table.name}是{table.form.kind}的表，其他是{kind}的，没有取用"
        findings.append(Finding("GK175", Level.WARNING, message, f"请另外导入{table.form.kind}", place=table.place))
    year = year or _most(table.year for table in own if table.year)
    own = [table for table in own if _of_year(table, year, findings)]
    name = _most(table.unit_name for table in own if table.unit_name) or ""
    own = [table for table in own if _of_unit(table, name, findings)]
    by_key: dict[str, Found] = {}
    forms = []
    for table in own:
        if table.form.performance:
            forms.append(table)
        elif table.form.key in by_key:
            findings.append(_twice(by_key[table.form.key], table))
        else:
            by_key[table.form.key] = table
    scope = _most(table.scope for table in own if table.scope) or ""
    return Tables(kind, by_key, forms, year, name, scope, findings)


_T = TypeVar("_T")


def _most(values: Iterable[_T]) -> _T | None:
    """The commonest of some values; None where there is none."""
    counted = Counter(values)
    return counted.most_common(1)[0][0] if counted else None


def _of_year(table: Found, year: int | None, findings: list[Finding]) -> bool:
    if table.year is None or year is None or table.year == year:
        return True
    message = f"{table.name}是 {table.year} 年的，其他是 {year} 年的，没有取用"
    findings.append(Finding("GK175", Level.ERROR, message, "请核对年度，换成同一年的表", place=table.place))
    return False


def _of_unit(table: Found, name: str, findings: list[Finding]) -> bool:
    if not table.unit_name or not name or folded(table.unit_name) == folded(name):
        return True
    message = f"{table.name}是“{shown(table.unit_name)}”的，其他是“{shown(name)}”的，没有取用"
    findings.append(Finding("GK175", Level.ERROR, message, "请核对单位名称，一次只导入一个单位的表", place=table.place))
    return False


def _twice(first: Found, second: Found) -> Finding:
    """The finding of a table that is there twice, and whether both say the same."""
    differ = [
        (a, b)
        for one, two in zip(first.lines, second.lines, strict=False)
        for key in one.figures.keys() & two.figures.keys()
        if (a := one.figures[key]).value != (b := two.figures[key]).value
    ]
    same = not differ and len(first.lines) == len(second.lines) and _codes(first.lines) == _codes(second.lines)
    at = f"已取用 {first.place}"
    if same:
        message = f"{first.name}有两张，内容相同，取用了一张"
        return Finding("GK174", Level.WARNING, message, at, place=second.place)
    message = f"{first.name}有两张，内容不同，取用了前一张"
    if not differ:
        return Finding("GK174", Level.ERROR, message, f"{at}；请删去一张", place=second.place)
    one, two = differ[0]
    advice = f"{at}；如 {one.place} 与 {two.place} 不同，请删去一张"
    return Finding("GK174", Level.ERROR, message, advice, (), two.place, two.value, one.value)


def _codes(lines: Sequence[Line]) -> list[str]:
    return [line.code for line in lines]
