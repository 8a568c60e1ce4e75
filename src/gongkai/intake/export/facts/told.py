"""What is told of tables after all facts are taken: sums that contradict, cells of which nothing was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gongkai.findings import Finding, Level, column_letters, shown
from gongkai.intake.export.bounds.system import Contradiction, Sum, System
from gongkai.intake.export.reading.columns import has_amounts
from gongkai.intake.export.reading.found import Found, Line

from .trees import trees

_MOST_NAMED = 3


def contradictions(system: System, tables: Iterable[Found]) -> Iterator[Finding]:
    """A GK172 for every amount that is not what the rows below it come to, or cannot be true beside other tables.

    Each cell is told once: a row that is wrong contradicts much else.
    """
    told = set()
    for finding in (finding for found in tables for finding in trees(found)):
        told.add(finding.place)
        yield finding
    for contradiction in system.contradictions:
        if not told.intersection(contradiction.sum.places):
            yield _contradiction(contradiction)


def _contradiction(found: Contradiction) -> Finding:
    stated = found.sum
    if len(found.against) == 1 and found.against[0].terms.keys() == stated.terms.keys():
        other = f"{found.against[0].what}{_at(found.against[0])}"
        message = f"{stated.what}是 {stated.value:,.2f} 万元，{other}是 {found.against[0].value:,.2f} 万元"
        expected: Decimal | None = found.against[0].value
    elif found.expected is None:
        expected = None
        message = f"{stated.what}是 {stated.value:,.2f} 万元，与其余各数凑不平{_named(found.against)}"
    else:
        expected = found.expected
        message = (
            f"{stated.what}是 {stated.value:,.2f} 万元，按其余各数应是 {expected:,.2f} 万元{_named(found.against)}"
        )
    place = stated.places[0] if stated.places else None
    advice = "请核对两处，改对后再导入；改好之前，有关的数请自己核实"
    return Finding("GK172", Level.ERROR, message, advice, (), place, stated.value, expected)


def _named(sums: Sequence[Sum]) -> str:
    named = [f"{found.what}{_at(found)}" for found in sums if found.value][:_MOST_NAMED]
    more = "等" if len(named) == _MOST_NAMED else ""
    return f"（{'、'.join(named)}{more}）" if named else ""


def _at(found: Sum) -> str:
    """Where a sum stands, in brackets; the sheet as a whole is not worth saying."""
    cells = [place for place in found.places if place.line]
    return f"（{cells[0].sheet}!{cells[0].cell}）" if cells else ""


def unused(found: Found) -> Iterator[Finding]:
    """One finding for the amounts of a table of which nothing was made, with their cells and their labels."""
    left = [
        (line, key, figure)
        for line in found.lines
        for key, figure in line.figures.items()
        if figure.value and (figure.place.line, figure.place.column) not in found.used and has_amounts(key)
    ]
    if not left:
        return
    rows = list(dict.fromkeys(line.row for line, _, _ in left))
    columns = sorted({figure.place.column for _, _, figure in left})
    labels = list(dict.fromkeys(_label(found, row) for row in rows))
    cells = "、".join(f"{column_letters(f.place.column)}{f.place.line}" for _, _, f in left[:8])
    more = "等" if len(left) > 8 else ""
    named = "、".join(f"“{shown(text)}”" for text in labels[:_MOST_NAMED] if text)
    message = f"{found.name}有 {len(left)} 格金额没有取用：{cells}{more}"
    if named:
        message += f"（{named}{'等' if len(labels) > _MOST_NAMED else ''}）"
    advice = "这些行或栏在数据文件里没有对应的内容；确是要用的，请核对行名、栏名和编码"
    place = found.region.place((rows[0], columns[0]))
    yield Finding("GK173", Level.WARNING, message, advice, place=place)


def _label(found: Found, row: int) -> str:
    line = next(line for line in found.lines if line.row == row)
    texts = [text for text in line.texts.values() if text]
    return next((text for text in texts if not text.isdecimal()), texts[0] if texts else "")


def short(rows: Sequence[tuple[Found, Line]]) -> Iterator[Finding]:
    """A finding for every row that goes no deeper than 类 or 款."""
    for found, line in rows:
        message = f"{found.name}的 {line.code} 只到“{'类' if len(line.code) == 3 else '款'}”，没有取用"
        advice = "数据文件要写到“项”；涉密、不宜公开到项的，请自己写到项"
        yield Finding("GK173", Level.WARNING, message, advice, place=line.place)
