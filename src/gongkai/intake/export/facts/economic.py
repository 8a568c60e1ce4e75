"""基本支出经济分类: basic spending of 一般公共预算 by economic 款, in either kind of document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.findings import Finding, Level
from gongkai.intake.export.imported import Question
from gongkai.intake.export.reading.amounts import Figure
from gongkai.intake.export.reading.found import Found
from gongkai.intake.export.reading.rows import digits
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.statements.names import is_operating

from .draft import Draft, from_table

SECTION = "基本支出经济分类"
STAFF, OPERATING = "人员经费", "公用经费"


@dataclass(frozen=True, slots=True)
class Item:
    """An economic 款 (or 类) with what of it is which; a part that no column gives is None."""

    code: str
    whole: Figure | None
    staff: Figure | None
    operating: Figure | None


def economic(found: Found, draft: Draft) -> None:
    """State every 款 that is something; 类 and totals are held against their parts."""
    items = list(_blocks(found) if "编码1" in found.columns else _rows(found))
    for item in items:
        if len(item.code) == 5:
            _state(found, draft, item)
    _hold_classes(found, draft, items)


def _rows(found: Found) -> Iterator[Item]:
    for line in found.lines:
        figures = {key: found.use(figure) for key, figure in line.figures.items()}
        if line.code:
            yield Item(line.code, figures.get("合计"), figures.get(STAFF), figures.get(OPERATING))


def _blocks(found: Found) -> Iterator[Item]:
    """The form of a final account: blocks beside each other, the first of 人员经费, the others of 公用经费."""
    for line in found.lines:
        for number in range(1, 1 + len(found.columns)):
            figure = line.figures.get(f"数{number}")
            code = digits(line.texts.get(f"编码{number}", ""))
            if figure is None:
                continue
            found.use(figure)
            if code:
                column = found.columns[f"数{number}"]
                operating = OPERATING in column.path or (STAFF not in column.path and is_operating(code))
                yield Item(code, None, None if operating else figure, figure if operating else None)


def _state(found: Found, draft: Draft, item: Item) -> None:
    parts = {STAFF: item.staff, OPERATING: item.operating}
    stated = {name: figure for name, figure in parts.items() if figure is not None and figure.value}
    usual = OPERATING if is_operating(item.code) else STAFF
    if not stated and item.whole is not None and item.whole.value:
        if item.staff is not None and item.operating is not None:
            _contradicts(found, draft, item.whole, Decimal(0), item.code)
            return
        stated = {usual: item.whole}
    if item.whole is not None and item.staff is not None and item.operating is not None:
        both = item.staff.value + item.operating.value
        if abs(both - item.whole.value) > item.staff.slack + item.operating.slack + item.whole.slack:
            _contradicts(found, draft, item.whole, both, item.code)
            low, high = sorted((both, item.whole.value))
            places = tuple(f.place for f in (item.whole, *stated.values()))
            draft.ask(Question((SECTION, item.code), f"{item.code} 的金额是多少", low, high, None, places))
            return
    for name, figure in stated.items():
        path = (SECTION, item.code) if set(stated) == {usual} else (SECTION, item.code, name)
        draft.amount(path, figure.value, from_table(found.name, [figure.place]))


def _hold_classes(found: Found, draft: Draft, items: list[Item]) -> None:
    """Each 类, and the total, against the 款 below it, column by column."""
    children = [item for item in items if len(item.code) == 5]
    for part in ("whole", "staff", "operating"):
        for item in items:
            figure = getattr(item, part)
            below = [f for c in children if c.code.startswith(item.code) and (f := getattr(c, part)) is not None]
            if len(item.code) == 3 and figure is not None and figure.value and below:
                _hold(found, draft, figure, below, item.code)
    total = found.total
    if total is None:
        return
    for key, part in (("合计", "whole"), (STAFF, "staff"), (OPERATING, "operating")):
        parts = [f for c in children if (f := getattr(c, part)) is not None]
        if key in total.figures and total.figures[key].stated and parts:
            _hold(found, draft, total.figures[key], parts, "合计")


def _hold(found: Found, draft: Draft, whole: Figure, parts: list[Figure], row: str) -> None:
    both = sum((part.value for part in parts), Decimal(0))
    if abs(both - whole.value) > sum((part.slack for part in parts), whole.slack):
        _contradicts(found, draft, whole, both, row)


def _contradicts(found: Found, draft: Draft, whole: Figure, parts: Decimal, row: str) -> None:
    message = f"{found.name}的 {row} 是 {whole.value:,.2f} 万元，各项相加是 {parts:,.2f} 万元"
    advice = "请核对表里的数"
    draft.findings.append(Finding("GK172", Level.ERROR, message, advice, (), whole.place, whole.value, parts))
