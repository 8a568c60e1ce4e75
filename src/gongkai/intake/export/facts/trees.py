"""Tables with a row for each 类, 款 and 项: every row against the rows below it, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.findings import Finding, Level
from gongkai.intake.export.reading.amounts import Figure
from gongkai.intake.export.reading.found import Found, Line
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

_PARTED = frozenset({"项目支出", "基本支出"})
"""Tables of which the rows are held against each other where their facts are taken."""


def trees(found: Found) -> Iterator[Finding]:
    """A GK172 for every amount that is not what the rows below it come to, but for rounding."""
    if found.form.key in _PARTED and "基本支出" not in found.columns:
        return
    coded = [line for line in found.lines if line.code]
    for line in found.lines:
        if line.stated and (line.code or line.total):
            below = _below(line, coded)
            if below:
                yield from _held(found, line, below)


def _below(line: Line, coded: Sequence[Line]) -> list[Line]:
    """The rows one level below: those under a row of which no row between is there."""
    under = [other for other in coded if other is not line and other.code.startswith(line.code)]
    codes = {other.code for other in under}
    return [
        other
        for other in under
        if not any(other.code[:length] in codes for length in (3, 5) if len(line.code) < length < len(other.code))
    ]


def _held(found: Found, line: Line, below: Sequence[Line]) -> Iterator[Finding]:
    for column, figure in line.figures.items():
        parts = [other.figures[column] for other in below if column in other.figures]
        if len(parts) == len(below) and (figure.stated or any(part.value for part in parts)):
            yield from _compared(found, line, figure, parts)


def _compared(found: Found, line: Line, whole: Figure, parts: Sequence[Figure]) -> Iterator[Finding]:
    both = sum((part.value for part in parts), whole.value - whole.value)
    if abs(both - whole.value) <= sum((part.slack for part in parts), whole.slack):
        return
    head = next(column.shown for column in found.columns.values() if column.number == whole.place.column)
    row = line.code or "合计"
    message = f"{found.name}{row}“{head}”是 {whole.value:,.2f} 万元，下面各行相加是 {both:,.2f} 万元"
    advice = "请核对这一行和它下面的各行，改对后再导入"
    yield Finding("GK172", Level.ERROR, message, advice, (), whole.place, whole.value, both)
