"""Where figures come from, as lines of text: where each is printed, its addends with their places, and their sum."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from gongkai.findings import Place, visible

from .printed import Printed
from .sources import NOT_WRITTEN, Origin, Source

_BLANK = "　"


def told(found: Iterable[tuple[Printed, Origin]]) -> Iterator[str]:
    """The lines about some figures; places that print the same one are told together."""
    groups: dict[tuple[object, ...], tuple[list[Printed], Origin]] = {}
    for printed, origin in found:
        key = (printed.text, origin.figure, origin.sources, origin.approved, origin.other_way)
        groups.setdefault(key, ([], origin))[0].append(printed)
    for places, origin in groups.values():
        yield from (visible(place_of(printed)) for printed in places)
        yield from (visible(f"  {line}") for line in origin_lines(origin, places[0]))


def place_of(printed: Printed) -> str:
    """Where an amount is printed, and how."""
    figure = f"{printed.text} {printed.unit}"
    cell = printed.cell
    if cell is None:
        return f"{printed.heading}：“{printed.sentence}”{_BLANK}印 {figure}"
    code = cell.code if cell.code and cell.code not in cell.row else ""
    row = " ".join(part for part in (code, cell.row) if part)
    column = " › ".join(part for part in cell.column if part)
    where = "，".join([f"“{row}”行"] * bool(row) + [f"“{column}”列"] * bool(column))
    return f"{f'{cell.number} {cell.title}'.strip()}：{where}{_BLANK}印 {figure}"


def origin_lines(origin: Origin, printed: Printed, spot: Callable[[Place], str] = str) -> Iterator[str]:
    """The addends of a figure, what they come to, and why something else is printed, if so; ``spot`` tells places."""
    if not origin.sources:
        yield f"＝0{_BLANK}有关的数都{NOT_WRITTEN}"
        return
    yield from _addends(origin.sources, spot)
    if len(origin.sources) > 1 or origin.sources[0].count != 1:
        yield f"＝{plain(origin.total)}"
    if origin.approved is not None:
        same = origin.approved.amount == origin.total
        instead = "与合计相同" if same else f"不印合计 {plain(origin.total)}"
        yield f"印的是核定数 {plain(origin.approved.amount)}，{instead}{_BLANK}{_where(origin.approved, spot)}"
    if origin.other_way is not None:
        yield f"照另一种分法合计是 {plain(origin.other_way)}，只差四舍五入；同一笔钱印同一个数"
    if printed.unit != "元" and origin.figure != printed.number:
        yield f"准确数 {plain(origin.figure)} 四舍五入，印 {printed.text}"


def _addends(sources: Sequence[Source], spot: Callable[[Place], str]) -> Iterator[str]:
    for source in sources:
        yield f"{_sign(source)}{plain(source.amount)}{_BLANK}{_where(source, spot)}"
        for line in _addends(source.parts, spot):
            yield f"  {line}"


def _where(source: Source, spot: Callable[[Place], str]) -> str:
    place = spot(source.place) if source.place else f"由{source.via}得出" if source.via else ""
    return _BLANK.join(part for part in (place, source.words) if part)


def _sign(source: Source) -> str:
    times = "" if abs(source.count) == 1 else f"{abs(source.count)}×"
    return f"{'－' if source.count < 0 else '＋'}{times}"


def plain(amount: Decimal) -> str:
    """An amount with all its decimals, at least two: 287.46, 287.464."""
    digits = f"{amount:,f}"
    whole, _, decimals = digits.partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"
