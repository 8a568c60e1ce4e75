"""Formulas whose values a file has not kept, reckoned: those that are only arithmetic; of others nobody knows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.source.workbook.cells import Cell, Kind, Position
from gongkai.source.workbook.dates import days_of
from gongkai.source.workbook.digits import digits_of
from gongkai.source.workbook.grid import Grid, Pending
from gongkai.source.workbook.values import FLAGS, error_cell, flag_cell, number_cell, text_cell, unknown_cell

from .arithmetic import FailedError, UnknownError, Value, combined, number_of, rounded, total
from .parse import Area, Call, Chain, Lost, Node, Scaled, areas_of, parse

MOST_WORK = 5_000_000
"""Cells looked at for all formulas of a workbook together; a letter of a formula takes as long as some cells."""
_WORK_OF_LETTER = 4

_Key = tuple[int, Position]
"""A cell of a workbook: the index of its sheet, and its place there."""


def reckon(grids: Sequence[Grid], *, since_1904: bool) -> None:
    """Make cells of all formulas that are pending. Circles, and what takes too much work, are not known."""
    reckoner = _Reckoner(grids, since_1904=since_1904)
    for index, grid in enumerate(grids):
        for at in grid.pending:
            reckoner.settle((index, at))
    for index, grid in enumerate(grids):
        grid.cells |= {at: reckoner.cell((index, at), pending) for at, pending in grid.pending.items()}
        grid.pending.clear()


class _Reckoner:
    """All sheets of a workbook, and what their formulas have come to so far."""

    def __init__(self, grids: Sequence[Grid], *, since_1904: bool) -> None:
        self._grids = grids
        self._since_1904 = since_1904
        self._sheets: dict[str, int] = {}
        for index, grid in enumerate(grids):
            self._sheets.setdefault(grid.name.casefold(), index)
        self._columns: dict[int, dict[int, list[int]]] = {}
        self._known: dict[_Key, Value | FailedError | UnknownError] = {}
        self._work = 0

    def settle(self, key: _Key) -> None:
        """Reckon a formula after those on which it depends, however long the way to the first of them is."""
        way: dict[_Key, tuple[Node | None, Iterator[_Key]]] = {}
        following: _Key | None = key
        while way or following not in self._known:
            if following is not None and following not in self._known:
                node = self._parsed(self._grids[following[0]].pending[following[1]].formula)
                way[following] = node, self._needed(following[0], node)
            key, (node, needed) = next(reversed(way.items()))
            following = next(needed, None)
            if following is None or following in way:
                del way[key]
                self._known[key] = self._outcome(key[0], node) if following is None else UnknownError()
                following = key

    def _parsed(self, formula: str) -> Node | None:
        self._work += len(formula) * _WORK_OF_LETTER
        return parse(formula) if self._work <= MOST_WORK else None

    def _needed(self, sheet: int, node: Node | None) -> Iterator[_Key]:
        """The formulas that are to be reckoned first."""
        if node is None:
            return
        try:
            for area in areas_of(node):
                where = self._sheet(sheet, area)
                pending = self._grids[where].pending
                if pending:
                    places = ((where, at) for at in self._places(where, area) if at in pending)
                    yield from (key for key in places if key not in self._known)
        except (FailedError, UnknownError):
            return  # met again, and told, when the formula itself is reckoned

    def _sheet(self, own: int, area: Area) -> int:
        if area.sheet is None:
            return own
        if area.sheet.casefold() not in self._sheets:
            raise FailedError("#REF!")
        return self._sheets[area.sheet.casefold()]

    def _places(self, sheet: int, area: Area) -> Iterator[Position]:
        """The cells of an area that are not blank. Raises UnknownError when all were too many."""
        if sheet not in self._columns:
            self._columns[sheet] = _by_column(self._grids[sheet])
        columns = self._columns[sheet]
        for column in sorted(columns) if area.left < area.right else (area.left,):
            if area.left <= column <= area.right:
                rows = columns.get(column, [])
                low, high = bisect_left(rows, area.top), bisect_right(rows, area.bottom)
                self._work += 1 + high - low
                if self._work > MOST_WORK:
                    raise UnknownError
                yield from ((row, column) for row in rows[low:high])

    def _outcome(self, sheet: int, node: Node | None) -> Value | FailedError | UnknownError:
        if node is None:
            return UnknownError()
        try:
            return self._value(sheet, node)
        except FailedError as error:
            return FailedError(str(error))
        except UnknownError:
            return UnknownError()

    def _value(self, sheet: int, node: Node) -> Value:
        match node:
            case Decimal():
                return node
            case Area():
                if not node.single:
                    raise UnknownError
                return self._at(self._sheet(sheet, node), (node.top, node.left))
            case Lost():
                raise FailedError("#REF!")
            case Scaled():
                return combined(number_of(self._value(sheet, node.value)), "*", node.factor)
            case Chain():
                result = number_of(self._value(sheet, node.first))
                for sign, other in node.rest:
                    result = combined(result, sign, number_of(self._value(sheet, other)))
                return result
            case Call():
                return self._called(sheet, node)

    def _called(self, sheet: int, call: Call) -> Decimal:
        if call.name == "SUM":
            return total(number for value in call.values for number in self._added(sheet, value))
        value, places = (number_of(self._value(sheet, value)) for value in call.values)
        return rounded(value, places)

    def _added(self, sheet: int, node: Node) -> Iterator[Decimal]:
        """What SUM takes of a value: of cells only the numbers, texts that look like some are passed over."""
        if not isinstance(node, Area):
            yield number_of(self._value(sheet, node))
            return
        where = self._sheet(sheet, node)
        for at in self._places(where, node):
            value = self._at(where, at)
            if isinstance(value, Decimal):
                yield value

    def _at(self, sheet: int, at: Position) -> Value:
        """What a cell holds. Raises FailedError for an error, UnknownError where nobody knows."""
        cell = self._grids[sheet].cells.get(at)
        value = self._known.get((sheet, at)) if cell is None else self._stored(cell)
        if isinstance(value, FailedError):
            raise FailedError(str(value))
        if isinstance(value, UnknownError):
            raise UnknownError
        return value

    def _stored(self, cell: Cell) -> Value | FailedError | UnknownError:
        match cell.kind:
            case Kind.NUMBER:
                return Decimal(cell.text)
            case Kind.DATE:
                return days_of(cell.text, since_1904=self._since_1904)
            case Kind.FLAG:
                return cell.text == FLAGS[True]
            case Kind.ERROR:
                return FailedError(cell.text)
            case Kind.UNKNOWN:
                return UnknownError()
        return cell.text

    def cell(self, key: _Key, pending: Pending) -> Cell:
        """The cell of a formula that was reckoned."""
        value, formula = self._known[key], pending.formula
        match value:
            case UnknownError():
                return unknown_cell(formula)
            case FailedError():
                return error_cell(str(value), formula)
            case bool():
                return flag_cell(value, formula)
            case str():
                return text_cell(value, formula)
        return number_cell(digits_of(value or Decimal(0)), pending.looks, since_1904=self._since_1904, formula=formula)


def _by_column(grid: Grid) -> dict[int, list[int]]:
    """The rows of each column that are not blank, in order."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted((*grid.cells, *grid.pending)):
        columns.setdefault(column, []).append(row)
    return columns
