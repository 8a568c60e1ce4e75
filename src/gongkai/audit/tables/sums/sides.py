"""Two-sided tables: what each side adds up to, and that both come to the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gongkai.intake.export.facts.labels import match_label
from gongkai.intake.export.final.balances import LEFT, RIGHT
from gongkai.intake.export.forms.words import label, plain

from ..facts import INCOME, TOTAL, Body, Fact
from .relations import Relation

_RULE = "GK803"
_SUBTOTALS = re.compile(r"本年支出(?:合计|小计)?|支出(?:合计|小计)")
_OUTSIDE = re.compile(r"结转下年|年末.*结转.*|结转.*|结余分配|.*结余")
_CARRIED = re.compile("结转|结余")
_FIRST = re.compile(r"^[一二三四五六七八九十]{1,3}[、.,]")
_SECOND = re.compile(r"^(?:\d{1,2}[、.]|\([一二三四五六七八九十\d]{1,3}\))")


def both_sides(body: Body) -> Iterator[Relation]:
    """Every sum of a two-sided table, side by side, and that both totals are one figure."""
    if not body.table.form.sided:
        return
    columns = body.table.columns
    income = _side(body, columns[INCOME].number) if INCOME in columns else []
    yield from _income(body, income)
    labels = columns["支出项目"].number
    for number in sorted({number for row in body.rows for number in row if number > labels}):
        facts = _side(body, number)
        if facts and facts[0].key != INCOME:
            yield from _spending(body, facts)
    spent = columns.get("支出数")
    totals = [_total(facts) for facts in (income, _side(body, spent.number) if spent else [])]
    if totals[0] is not None and totals[1] is not None:
        yield Relation("GK804", totals[0], [(totals[1], 1)], totals[1].said)


def _side(body: Body, number: int) -> list[Fact]:
    """The facts of a column that have a label on their side."""
    return [fact for fact in body.column(number) if fact.row]


def _total(facts: Sequence[Fact]) -> Fact | None:
    return next((fact for fact in facts if fact.row == TOTAL), None)


def _income(body: Body, facts: Sequence[Fact]) -> Iterator[Relation]:
    """The total of the income side: of what is named, else of the labels with a first number."""
    named = _named(facts, LEFT)
    total = named.get("总计")
    parts = [fact for name, fact in named.items() if name != "总计"]
    first = [fact for fact in facts if _FIRST.match(plain(fact.line.texts.get("收入项目", "")))]
    subtotal = named.get("本年收入")
    if subtotal is not None and subtotal not in first and len(parts) < 2 and total is not None:
        # What was carried over stands between the income of the year and the total, by whatever name.
        between = [fact for fact in facts if subtotal.line.row < fact.line.row < total.line.row]
        parts += [fact for fact in between if _CARRIED.search(fact.row) and not _among(fact)]
    if subtotal is None or len(parts) < 2:
        parts = first
    elif subtotal not in first:
        # The numbered labels before it are the income of the year.
        of_year = [fact for fact in first if fact.line.row < subtotal.line.row]
        if len(of_year) > 1:
            yield Relation(_RULE, subtotal, [(fact, 1) for fact in of_year], "各项收入相加", body.group("收入"))
    if total is not None and len(parts) > 1:
        yield Relation(_RULE, total, [(fact, 1) for fact in parts], "各项相加", body.group("收入"))
    yield from _second(body, facts)


def _second(body: Body, facts: Sequence[Fact]) -> Iterator[Relation]:
    """Labels with a first number over those with a second, which come to it where they are all there are."""
    over: Fact | None = None
    below: list[Fact] = []
    for fact in [*facts, None]:
        said = plain(fact.line.texts.get("收入项目", "")) if fact is not None else "一、"
        if _FIRST.match(said) or (fact is not None and fact.row == TOTAL):
            if over is not None and len(below) > 1 and (over.figure.stated or not any(f.value for f in below)):
                yield Relation(_RULE, over, [(part, 1) for part in below], "下面各项相加", body.group("收入"))
            over, below = fact, []
        elif fact is not None and _SECOND.match(said):
            below.append(fact)


def _spending(body: Body, facts: Sequence[Fact]) -> Iterator[Relation]:
    """The total of a column of spending: the 类, and what is left or handed on."""
    named = _named(facts, RIGHT)
    total = named.get("总计") or _total(facts)
    subtotal = named.get("本年支出") or next((f for f in facts if _SUBTOTALS.fullmatch(f.row) and f is not total), None)
    outside = [f for f in facts if f not in (total, subtotal) and _OUTSIDE.fullmatch(f.row) and not f.code]
    classes = [f for f in facts if f not in (total, subtotal) and f not in outside]
    group = body.group(facts[0].key or str(facts[0].column.number))
    if subtotal is not None and classes:
        yield Relation(_RULE, subtotal, [(part, 1) for part in classes], "各类支出相加", group)
    if total is not None:
        first = [subtotal] if subtotal is not None else classes
        parts = [*first, *_outermost(outside)]
        if len(parts) > 1:
            yield Relation(_RULE, total, [(part, 1) for part in parts], "各项相加", group)


def _outermost(facts: Sequence[Fact]) -> list[Fact]:
    """Those whose label is no part of another: of 其中 nothing is added twice."""
    return [fact for fact in facts if not _among(fact)]


def _among(fact: Fact) -> bool:
    side = "收入项目" if fact.key == INCOME else "支出项目"
    return plain(fact.line.texts.get(side, "")).startswith("其中")


def _named(facts: Sequence[Fact], known: Sequence[tuple[str, str]]) -> Mapping[str, Fact]:
    found: dict[str, Fact] = {}
    for fact in facts:
        side = "收入项目" if fact.key == INCOME else "支出项目"
        meaning = match_label(label(fact.line.texts.get(side, "")), known)
        if meaning:
            found.setdefault(meaning, fact)
    return found
