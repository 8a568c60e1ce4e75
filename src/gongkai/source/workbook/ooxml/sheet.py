"""One sheet of an .xlsx file: its cells, merges, and what of it is not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from gongkai.source.text_file import NOT_PRINTABLE
from gongkai.source.workbook.cells import Cell, Kind, Position
from gongkai.source.workbook.formats import GENERAL, Format
from gongkai.source.workbook.formulas.parse import MOST_LETTERS
from gongkai.source.workbook.formulas.shift import shifted
from gongkai.source.workbook.grid import Grid, Pending, Reading
from gongkai.source.workbook.merges import kept_merges, merge_of
from gongkai.source.workbook.names import MOST_COLUMNS, MOST_ROWS, is_on, local_name, namespace, position, whole
from gongkai.source.workbook.refused import damaged, too_large
from gongkai.source.workbook.values import error_cell, flag_cell, iso_cell, number_cell, text_cell

from .strings import text_of, unescaped

MOST_SHIFTED = 5_000_000
"""Letters of shared formulas, in all cells that share one."""
_LOST_FORMULA = "?"
"""That of a cell of which the file only says that it has one."""


@dataclass(slots=True)
class _Stored:
    """What a cell has stored."""

    at: Position
    type: str
    value: str | None
    """None where there is no value at all, which for a formula means that nobody has reckoned it."""
    formula: str
    looks: Format


@dataclass
class SheetReader:
    """Reads sheets that share texts and formats."""

    reading: Reading
    strings: Sequence[str]
    formats: Sequence[Format]
    _masters: dict[str, tuple[Position, str]] = field(default_factory=dict)
    """Formulas that several cells of a sheet share: where the first stands, and what it says."""
    _columns: dict[str, int] = field(default_factory=dict)
    """Columns by their letters, those that were met."""
    _shifted: int = 0

    def read(self, root: etree._Element, grid: Grid) -> None:
        """Fill the grid. Raises FindingsError for what is damaged, or too large."""
        self._masters = {}
        for part in root:
            name = local_name(part)
            if name == "sheetData":
                self._rows(part, grid)
            elif name == "cols":
                grid.hidden_columns |= set(_hidden_columns(part))
            elif name == "mergeCells":
                merges = [merge_of(entry.get("ref") or "") for entry in part]
                last = max((row for row, _ in (*grid.cells, *grid.pending)), default=0)
                grid.merges.extend(kept_merges(merges, last, self.reading.file))

    def _rows(self, data: etree._Element, grid: Grid) -> None:
        prefix, number = namespace(data), 0
        for row in data:
            number = whole(row.get("r"), number + 1)
            if not 1 <= number <= MOST_ROWS:
                raise damaged(self.reading.file, "里面有一行的行号不对")
            if is_on(row.get("hidden")) or _is_nothing(row.get("ht")):
                grid.hidden_rows.add(number)
            before = len(grid.cells) + len(grid.pending)
            for stored in self._cells(row, number, prefix):
                self._keep(stored, grid)
            self.reading.count(len(grid.cells) + len(grid.pending) - before)

    def _cells(self, row: etree._Element, number: int, prefix: str) -> Iterator[_Stored]:
        value_tag, formula_tag, inline_tag = f"{prefix}v", f"{prefix}f", f"{prefix}is"
        column, formats, digits = 0, self.formats, str(number)
        for cell in row:
            reference = cell.get("r")
            at = (number, column + 1) if reference is None else self._at(reference, number, digits)
            if at is None or at[1] > MOST_COLUMNS:
                raise damaged(self.reading.file, "里面有一个单元格的位置不对")
            column = at[1]
            kind, value, formula = cell.get("t") or "n", None, ""
            for part in cell:
                if part.tag == value_tag:
                    value = part.text or ""
                elif part.tag == formula_tag:
                    formula = self._formula(part, at)
                elif part.tag == inline_tag and kind == "inlineStr":
                    value = text_of(part)
            if value is not None or formula:
                style = whole(cell.get("s"))
                yield _Stored(at, kind, value, formula, formats[style] if style < len(formats) else GENERAL)

    def _at(self, reference: str, row: int, digits: str) -> Position | None:
        """The place of a cell, which nearly always is in the row in which it stands."""
        letters = reference.removesuffix(digits)
        column = self._columns.get(letters)
        if column is not None and letters is not reference:
            return row, column
        at = position(reference)
        if at is not None and at[0] == row:
            self._columns[letters] = at[1]
        return at

    def _formula(self, element: etree._Element, at: Position) -> str:
        """A formula, for those that share one as it reads in their own cell."""
        text = NOT_PRINTABLE.sub("", unescaped(element.text or "")).strip().removeprefix("=")
        text = text if len(text) <= MOST_LETTERS else _LOST_FORMULA
        shared = element.get("si")
        if shared is None or element.get("t") != "shared":
            return text or _LOST_FORMULA
        if text:
            self._masters[shared] = (at, text)
            return text
        first, text = self._masters.get(shared, (at, _LOST_FORMULA))
        self._shifted += len(text)
        if self._shifted > MOST_SHIFTED:
            raise too_large(self.reading.file, "共用的公式多得异常")
        return shifted(text, at[0] - first[0], at[1] - first[1])

    def _keep(self, stored: _Stored, grid: Grid) -> None:
        if stored.formula and (stored.value is None or (not stored.value and stored.type != "str")):
            grid.pending[stored.at] = Pending(stored.formula, stored.looks)
            return
        cell = self._cell(stored)
        if cell.kind is Kind.TEXT:
            cell = self.reading.readable(cell, grid, stored.at)
        if cell.text:
            grid.cells[stored.at] = cell

    def _cell(self, stored: _Stored) -> Cell:
        value, formula = stored.value or "", stored.formula
        match stored.type:
            case "s":
                return text_cell(self._string(value), formula)
            case "inlineStr":
                return text_cell(value, formula)
            case "str":
                return text_cell(unescaped(value), formula)
            case "b":
                return flag_cell(is_on(value.strip()), formula)
            case "e":
                return error_cell(value.strip(), formula)
            case "d":
                return iso_cell(value.strip(), formula)
        if not value.strip():
            return text_cell("")
        return number_cell(value, stored.looks, since_1904=self.reading.since_1904, formula=formula)

    def _string(self, index: str) -> str:
        number = whole(index.strip(), len(self.strings))
        if number >= len(self.strings):
            raise damaged(self.reading.file, "里面有一格的文字找不到")
        return self.strings[number]


def _hidden_columns(columns: etree._Element) -> Iterator[int]:
    seen = 0
    for entry in columns:
        low, high = max(whole(entry.get("min")), seen + 1), min(whole(entry.get("max")), MOST_COLUMNS)
        seen = max(seen, high)
        if is_on(entry.get("hidden")) or _is_nothing(entry.get("width")):
            yield from range(low, high + 1)


def _is_nothing(size: str | None) -> bool:
    """Whether a height or width says that nothing is seen."""
    return size is not None and size.strip() != "" and not size.strip().strip("0.")
