"""A table read down: every 科目 against those below it, totals against the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.intake.export.facts.labels import match_label
from gongkai.intake.export.facts.three_public import CARS, ITEMS, LABELS
from gongkai.intake.export.forms.words import label, plain

from ..facts import TOTAL, Body, Fact
from .relations import Relation

_RULE = "GK802"
_RATES = ("率", "占比", "比重", "比例", "%")


def down(body: Body) -> Iterator[Relation]:
    """Each column of a table: the sums of its rows."""
    if body.table.form.sided:
        return
    columns = [list(body.column(number)) for number in sorted({number for row in body.rows for number in row})]
    columns = [facts for facts in columns if not any(rate in facts[0].column.path[-1] for rate in _RATES)]
    if "编码1" in body.table.columns:
        yield from _blocks(body)
    elif body.table.form.key == "三公经费":
        for facts in columns:
            yield from _three_public(facts)
    elif any(line.code for line in body.table.lines):
        yield from _best(
            [relation for facts in columns for relation in _by_code(body, facts, units=units)]
            for units in (False, True)
        )
    else:
        for facts in columns:
            yield from _listed(body, facts)


def _best(readings: Iterable[list[Relation]]) -> list[Relation]:
    """Of several readings of a table the one that fails least, the first of them."""
    return min(readings, key=lambda relations: sum(not relation.holds for relation in relations))


def _listed(body: Body, facts: Sequence[Fact]) -> Iterator[Relation]:
    """A column of a table whose rows are of projects and other items."""
    total = [fact for fact in facts if fact.row == TOTAL]
    parts = [fact for fact in facts if fact.row != TOTAL and not _within(fact)]
    if len(total) == 1 and parts:
        yield Relation(_RULE, total[0], [(part, 1) for part in parts], "各行相加", _group(body, facts))


def _within(fact: Fact) -> bool:
    """Whether a row tells of a part of the one above it."""
    return plain(fact.line.name).startswith("其中")


def _by_code(body: Body, facts: Sequence[Fact], *, units: bool) -> Iterator[Relation]:
    """A column by 科目; with ``units`` a row of none is a unit's, over the rows up to the next."""
    group = _group(body, facts)
    parts: list[Fact] = []
    under: list[Fact] = []
    unit: Fact | None = None
    for fact in facts:
        if fact.row == TOTAL or (not fact.code and not fact.value) or _within(fact):
            continue
        if fact.code:
            under.append(fact)
            continue
        parts.append(fact)
        if units:
            yield from _tree(under, unit, group)
            parts += _top(under) if unit is None else []
            unit, under = fact, []
    yield from _tree(under, unit, group)
    parts += _top(under) if unit is None else []
    totals = [fact for fact in facts if fact.row == TOTAL]
    if len(totals) == 1 and parts:
        yield Relation(_RULE, totals[0], [(part, 1) for part in parts], "各行相加", group)


def _tree(coded: Sequence[Fact], unit: Fact | None, group: str) -> Iterator[Relation]:
    """The sums of rows of 科目, and of those that are below none: they are a unit's."""
    children = _children(coded)
    for fact in coded:
        if below := children.get(id(fact)):
            yield Relation(_RULE, fact, [(part, 1) for part in below], "下级各行相加", group)
    if unit is not None and coded:
        yield Relation(_RULE, unit, [(part, 1) for part in _top(coded)], "下面各行相加", group)


def _group(body: Body, facts: Sequence[Fact]) -> str:
    """All sums down a table stand and fall together, but for columns that no form knows."""
    column = "" if facts[0].key or not body.table.form.kind else str(facts[0].column.number)
    return body.group(f"↓{column}")


def _is_project(fact: Fact) -> bool:
    return bool(fact.line.texts.get("项目名称", "").strip())


def _children(coded: Sequence[Fact]) -> Mapping[int, list[Fact]]:
    """The rows right below each: those whose code begins with its own, no row of a code between being there."""
    owners: dict[str, Fact] = {}
    for fact in coded:
        if not _is_project(fact):
            owners.setdefault(fact.code, fact)
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in coded:
        owner = _owner(fact, owners)
        if owner is not None:
            found[id(owner)].append(fact)
    return found


def _owner(fact: Fact, owners: Mapping[str, Fact]) -> Fact | None:
    """The row that a row is below; a project's is that of its own 科目."""
    if _is_project(fact) and fact.code in owners:
        return owners[fact.code]
    return next((owners[fact.code[:n]] for n in (5, 3) if n < len(fact.code) and fact.code[:n] in owners), None)


def _top(coded: Sequence[Fact]) -> list[Fact]:
    """The rows that are below none."""
    owners: dict[str, Fact] = {}
    for fact in coded:
        if not _is_project(fact):
            owners.setdefault(fact.code, fact)
    return [fact for fact in coded if _owner(fact, owners) is None]


def _three_public(facts: Sequence[Fact]) -> Iterator[Relation]:
    """Items down: all of them, and the two of vehicles."""
    rows: dict[str, Fact] = {}
    for fact in facts:
        meaning = match_label(label(fact.line.texts.get("项目", "")), LABELS)
        if meaning:
            rows.setdefault(meaning, fact)
    items = [rows[name] for name in ITEMS if name in rows]
    cars = [rows[name] for name in ITEMS[1:3] if name in rows]
    if CARS in rows:
        if len(cars) == 2:
            yield Relation(_RULE, rows[CARS], [(part, 1) for part in cars], "购置费与运行费相加")
        items = [rows[name] for name in (ITEMS[0], CARS, ITEMS[3]) if name in rows]
    if TOTAL in rows and len(items) >= 3:
        yield Relation(_RULE, rows[TOTAL], [(part, 1) for part in items], "各项相加")


def _blocks(body: Body) -> Iterator[Relation]:
    """基本支出 of a final account: blocks beside each other, with the totals of 人员经费 and 公用经费 below."""
    facts = [fact for row in body.rows for fact in row.values() if fact.key.startswith("数")]
    coded = [fact for fact in facts if fact.code]
    yield from _tree(coded, None, _group(body, facts))
    for total in facts:
        for name in ("人员经费", "公用经费"):
            if total.row == f"{name}合计":
                parts = [part for part in _top(coded) if name in part.column.path]
                if parts:
                    yield Relation(_RULE, total, [(part, 1) for part in parts], "各类相加", _group(body, facts))
