"""What somebody asks about, found in a document: 表5:合计, 287.46, or a phrase of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.texts.suggest import alike

from .printed import Cell, Printed

_PARTS = re.compile("[:：]")
_AMOUNT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(?:万元|元)?", re.ASCII)
_NUMBERED = re.compile(r"(?:公开)?表?0*(\d{1,3})表?", re.ASCII)
_LEADING = re.compile(r"(?:其中：?|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.、．]|\d{3,7}\s*)+")
_TOTALS = ("合计", "总计")
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """The amounts that are meant; where there are none, what there is of nearly that name, and what it is called."""

    found: Sequence[Printed]
    near: Sequence[str] = ()
    what: str = ""


def find(asked: str, amounts: Sequence[Printed]) -> Answer:
    """The amounts of a document that somebody asks about."""
    first, *more = (part.strip() for part in _PARTS.split(asked.strip()))
    in_tables = [printed for printed in amounts if printed.cell is not None]
    table = [p for p in in_tables if p.cell and _is_table(first, p.cell)]
    if table:
        return _in_table(table, more)
    amount = _AMOUNT.fullmatch(asked.strip())
    if amount:
        return _of_amount(Decimal(amount[1].replace(",", "")), amounts)
    if "表" in first and _NUMBERED.fullmatch(_plain(first)):
        return Answer((), _once(_name(p.cell) for p in in_tables if p.cell), "表")
    return _of_phrase(asked, first if more else "", amounts)


def _is_table(asked: str, cell: Cell) -> bool:
    """Whether a table is asked for: by its number, or by its title or the end of it."""
    wanted, number = _NUMBERED.fullmatch(_plain(asked)), _NUMBERED.fullmatch(_plain(cell.number))
    if wanted and "表" in asked:
        return number is not None and wanted[1] == number[1]
    plain, title = _plain(asked), _plain(cell.title)
    return len(plain) > 1 and (plain == title or (len(plain) > 3 and title.endswith((plain, f"{plain}表"))))


def _in_table(table: Sequence[Printed], more: Sequence[str]) -> Answer:
    """Row and, where it is said, column of a table; all of the table where there is neither."""
    if not more:
        return Answer(table)
    rows = _best(more[0], [(p, _row_names(p.cell)) for p in table if p.cell])
    if not rows and len(more) == 1:  # a table of one row names its columns only
        rows = _best(more[0], [(p, _column_names(p.cell)) for p in table if p.cell and not p.cell.row])
    if not rows:
        return Answer((), _near(more[0], (p.cell.row for p in table if p.cell)), "行")
    if len(more) == 1:
        return Answer(rows)
    columns = _best(more[1], [(p, _column_names(p.cell)) for p in rows if p.cell])
    return Answer(columns) if columns else Answer((), _once(" › ".join(p.cell.column) for p in rows if p.cell), "列")


def _row_names(cell: Cell) -> list[str]:
    names = [cell.row, cell.code, _LEADING.sub("", cell.row), (re.match(r"\d*", cell.row) or [""])[0]]
    return [*names, *(_TOTALS if cell.total else ())]


def _column_names(cell: Cell) -> list[str]:
    return [*reversed(cell.column), "".join(cell.column)]


def _best(asked: str, named: Iterable[tuple[Printed, Sequence[str]]]) -> list[Printed]:
    """Those that are called so; else those of whose name it is a part."""
    wanted = _plain(asked)
    entries = [(printed, [_plain(name) for name in names if name]) for printed, names in named]
    exact = [printed for printed, names in entries if wanted in names]
    return exact or [printed for printed, names in entries if wanted and any(wanted in name for name in names)]


def _of_amount(amount: Decimal, amounts: Sequence[Printed]) -> Answer:
    found = [printed for printed in amounts if printed.number == amount]
    by_distance = sorted(amounts, key=lambda printed: abs(printed.number - amount))
    return Answer(found) if found else Answer((), _once(printed.text for printed in by_distance), "数")


def _of_phrase(asked: str, table: str, amounts: Sequence[Printed]) -> Answer:
    """Amounts of the sentences in which a phrase stands; without any, those of the rows of tables called so."""
    wanted = _plain(asked)
    said = [p for p in amounts if wanted and wanted in _plain(p.sentence)]
    found = said or [p for p in amounts if wanted and p.cell and wanted in _plain(p.cell.row)]
    if found:
        return Answer(found)
    cells = [p.cell for p in amounts if p.cell]
    titles = _near(table or asked, map(_name, cells)) if table else []
    return Answer(
        (), titles or _near(asked, (name for c in cells for name in (c.title, c.row))), "表" if table else "名称"
    )


def _near(asked: str, names: Iterable[str]) -> list[str]:
    known = _once((name for name in names if name), most=10_000)
    return list(alike(asked, known)[:_NEAR] or known[:_NEAR])


def _once(names: Iterable[str], most: int = 20) -> list[str]:
    return list(dict.fromkeys(names))[:most]


def _name(cell: Cell) -> str:
    return f"{cell.number} {cell.title}".strip()


def _plain(text: str) -> str:
    return "".join(text.split()).replace("(", "（").replace(")", "）").replace('"', "“")
