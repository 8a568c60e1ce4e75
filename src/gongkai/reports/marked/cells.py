"""The cells of a sheet's XML: found, or made where the file has none, in the order that programs want."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from gongkai.findings import column_letters
from gongkai.source.workbook.cells import Position
from gongkai.source.workbook.merges import kept_merges, merge_of
from gongkai.source.workbook.names import MOST_COLUMNS, is_on, local_name, namespace, position, whole


def part_of(root: etree._Element, name: str) -> etree._Element | None:
    """The child of this name, in either dialect."""
    return next((part for part in root if local_name(part) == name), None)


def new_root(tag: str, name: str) -> etree._Element:
    """The root of a new part; ``tag`` is its namespace in braces."""
    return etree.fromstring(f'<{name} xmlns="{tag[1:-1]}"/>')


def insert_before(root: etree._Element, new: etree._Element, later: Collection[str]) -> None:
    """Insert a child before the first of those that the format wants after it."""
    for part in root:
        if local_name(part) in later:
            part.addprevious(new)
            return
    root.append(new)


def first_of_merged(root: etree._Element, file: str) -> Mapping[Position, Position]:
    """Of the cells that were merged away, the one that stands for them, as the reader has it."""
    merges = part_of(root, "mergeCells")
    last = max((number for number, _ in numbered_rows(part_of(root, "sheetData"))), default=0)
    kept = kept_merges(() if merges is None else (merge_of(entry.get("ref") or "") for entry in merges), last, file)
    return {
        (row, column): (merge.top, merge.left)
        for merge in kept
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
    }


def numbered_rows(data: etree._Element | None) -> Iterator[tuple[int, etree._Element]]:
    """The rows of a sheet with their numbers, which a file need not say."""
    number = 0
    for row in () if data is None else data:
        number = whole(row.get("r"), number + 1)
        yield number, row


class Cells:
    """The rows and cells of a sheet."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._data = part_of(root, "sheetData")
        self._rows = dict(numbered_rows(self._data))
        self._numbers = sorted(self._rows)
        self._in_rows: dict[int, dict[int, etree._Element]] = {}

    def _cells_of(self, number: int) -> dict[int, etree._Element]:
        if number not in self._in_rows:
            found: dict[int, etree._Element] = {}
            column = 0
            for cell in self._rows[number]:
                at = position(cell.get("r") or "")
                column = at[1] if at else column + 1
                found.setdefault(column, cell)
            self._in_rows[number] = found
        return self._in_rows[number]

    def cell(self, at: Position) -> etree._Element:
        """The cell there; one that is not in the file is made, with the style that its row or column gives it."""
        row = self._rows.get(at[0])
        if row is None:
            row = self._new_row(at[0])
        cells = self._cells_of(at[0])
        return cells[at[1]] if at[1] in cells else self._new_cell(row, cells, at)

    def _new_row(self, number: int) -> etree._Element:
        if self._data is None:
            self._data = etree.Element(f"{namespace(self._root)}sheetData")
            insert_before(self._root, self._data, _AFTER_DATA)
        row = self._data.makeelement(f"{namespace(self._root)}row", {"r": str(number)})
        following = bisect_left(self._numbers, number)
        if following < len(self._numbers):
            self._rows[self._numbers[following]].addprevious(row)
        else:
            self._data.append(row)
        self._rows[number] = row
        insort(self._numbers, number)
        return row

    def _new_cell(self, row: etree._Element, cells: dict[int, etree._Element], at: Position) -> etree._Element:
        cell = row.makeelement(f"{namespace(self._root)}c", {"r": f"{column_letters(at[1])}{at[0]}"})
        style = self.inherited(at)
        if style:
            cell.set("s", str(style))
        following = min((column for column in cells if column > at[1]), default=None)
        if following is None:
            row.append(cell)
        else:
            cells[following].addprevious(cell)
        cells[at[1]] = cell
        _widen_spans(row, at[1])
        self._widen_dimension(at)
        return cell

    def inherited(self, at: Position) -> int:
        """The style of a cell that is not in the file: that of its row, or else of its column."""
        row = self._rows.get(at[0])
        if row is not None and is_on(row.get("customFormat")):
            return whole(row.get("s"))
        columns = part_of(self._root, "cols")
        for entry in () if columns is None else columns:
            if whole(entry.get("min")) <= at[1] <= whole(entry.get("max")):
                return whole(entry.get("style"))
        return 0

    def _widen_dimension(self, at: Position) -> None:
        dimension = part_of(self._root, "dimension")
        corners = [] if dimension is None else [position(text) for text in (dimension.get("ref") or "").split(":")]
        known = [corner for corner in corners if corner is not None]
        if dimension is None or not known:
            return
        rows, columns = [at[0], *(row for row, _ in known)], [at[1], *(column for _, column in known)]
        first, last = (f"{column_letters(f(columns))}{f(rows)}" for f in (min, max))
        dimension.set("ref", first if first == last and len(known) == 1 else f"{first}:{last}")

    def restyle(self, styles: Mapping[int, int]) -> bool:
        """Give cells, rows and columns the styles that they had; blank cells that were made only for ours go away."""
        changed = False
        columns = part_of(self._root, "cols")
        for element in [*(() if columns is None else columns), *self._rows.values()]:
            for name in ("s", "style"):
                if element.get(name) is not None and whole(element.get(name)) in styles:
                    element.set(name, str(styles[whole(element.get(name))]))
                    changed = True
        for number in list(self._rows):
            changed = self._restyle_row(number, styles) or changed
        return changed

    def _restyle_row(self, number: int, styles: Mapping[int, int]) -> bool:
        row = self._rows[number]
        if not any(whole(cell.get("s")) in styles for cell in row):
            return False
        emptied = False
        for column, cell in list(self._cells_of(number).items()):
            style = styles.get(whole(cell.get("s")))
            if style is None:
                continue
            if len(cell) == 0 and style == self.inherited((number, column)):
                row.remove(cell)
                del self._in_rows[number][column]
                emptied = True
            else:
                cell.set("s", str(style))
        if emptied and len(row) == 0 and set(row.attrib) <= {"r", "spans"} and self._data is not None:
            self._data.remove(row)
            del self._rows[number]
            self._numbers.remove(number)
        return True


def _widen_spans(row: etree._Element, column: int) -> None:
    spans = [whole(edge) for span in (row.get("spans") or "").split() for edge in span.split(":")]
    if spans and 0 < min(spans) <= max(spans) <= MOST_COLUMNS:
        row.set("spans", f"{min(*spans, column)}:{max(*spans, column)}")


_AFTER_DATA = {
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
    "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}  # fmt: skip
