"""Tables in the sheets of a workbook: found by title, header and content, never by their place in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from gongkai.findings import Finding, Level, shown
from gongkai.intake.export.forms import words
from gongkai.intake.export.forms.form import Form
from gongkai.intake.export.forms.register import REGISTER
from gongkai.source.workbook.cells import Position, Sheet, Workbook

from .columns import complete, matched, missing, nearest, of_other_years, unknown
from .found import Column, Found, Region
from .grid import Grid
from .header import columns_of, first_header_row, last_header_row
from .heads import is_no_table, money_of, scope_of, unit_name_of, year_of
from .rows import RowReader

_KINDS = ("预算", "决算")
_MOST_ROWS, _MOST_COLUMNS = 5_000, 200
_LONGEST_TITLE = 60
_MOST_HEADS = 6
_NO_NEAREST = "请核对表头，或在对照文件的“栏目”里写明是哪一栏"


class Said(Protocol):
    """What a mapping says of sheets and headers."""

    @property
    def yuan(self) -> bool | None:
        """Whether tables that do not say their unit of money are in 元."""

    @property
    def ignored(self) -> frozenset[str]:
        """Sheets that are left alone."""

    def form_of(self, sheet: str, kind: str) -> str:
        """The key of the table that a sheet is."""

    def heads(self, form: Form) -> Mapping[str, str]:
        """Heads of a table that have a meaning given."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of a sheet that may be one table, and the title over them."""

    title: str
    top: int
    bottom: int


class Recogniser:
    """Finds the tables of workbooks and reads them; what it cannot tell becomes a finding."""

    def __init__(self, said: Said, kind: str = "") -> None:
        self._said = said
        self._kinds = (kind,) if kind else _KINDS
        self.findings: list[Finding] = []

    def tables(self, books: Sequence[Workbook]) -> list[Found]:
        """Every table of the workbooks, in their order."""
        return [found for book in books for sheet in book.sheets for found in self._of_sheet(book, sheet)]

    def _of_sheet(self, book: Workbook, sheet: Sheet) -> Iterator[Found]:
        if not sheet.cells or words.plain(sheet.name) in self._said.ignored:
            return
        if sheet.rows > _MOST_ROWS or sheet.columns > _MOST_COLUMNS:
            message = f"这张表有 {sheet.rows} 行 {sheet.columns} 列，比任何公开表都大，没有取用"
            self.findings.append(Finding("GK170", Level.WARNING, message, place=book.place(sheet)))
            return
        grid = Grid(sheet)
        told = len(self.findings)
        found = [table for part in _parts(grid) if (table := self._of_part(book, grid, part)) is not None]
        if not found and told == len(self.findings) and not is_no_table(sheet.name):
            message = f"“{shown(sheet.name)}”不像任何一张公开表，没有取用"
            advice = "确是公开表的，请核对标题和表头，或在对照文件的“工作表”里写明是哪张表"
            self.findings.append(Finding("GK170", Level.HINT, message, advice, place=book.place(sheet)))
        yield from found

    def _of_part(self, book: Workbook, grid: Grid, part: _Part) -> Found | None:
        form = REGISTER.titled(words.title(part.title), self._kinds) if part.title else None
        if form is not None and form.performance and not is_no_table(grid.sheet.name):
            region = Region(book, grid.sheet, part.top, part.bottom, (part.top, part.top), ())
            return Found(form, region, {}, (), part.title, year_of(_texts(grid, part.top, part.top + 3)))
        first = first_header_row(grid, part.top, part.bottom, REGISTER.vocabulary)
        if first is None:
            return None
        last = last_header_row(grid, first, part.bottom, REGISTER.vocabulary)
        columns = columns_of(grid, first, last)
        region = Region(book, grid.sheet, part.top, part.bottom, (first, last), columns)
        year = year_of([part.title, *_texts(grid, part.top, first - 1)])
        form, guessed = self._form(grid.sheet, part.title, columns, year)
        if form is None:
            return None
        if guessed is not None:
            self._misnamed(region, guessed, year)
            return None
        return self._read(grid, region, form, part.title, year)

    def _misnamed(self, region: Region, form: Form, year: int | None) -> None:
        """A table that has the title of one and the header of none."""
        found = matched(form, region.columns, self._said.heads(form), year)
        lacks = "、".join(f"“{head}”" for head in missing(form, found))
        unsure = unknown(region.columns, found, year)
        heads = "、".join(f"“{column.shown}”" for column in unsure[:_MOST_HEADS])
        message = f"标题是《{form.name}》，表头里找不到{lacks}这样的栏，没有取用"
        if heads:
            message += f"；不认识的栏：{heads}"
        near = "、".join(f"“{column.shown}”像“{head}”" for column in unsure if (head := nearest(form, column)[0]))
        advice = f"请核对表头；是别的写法的，在对照文件的“栏目”里写明{f'（{near}）' if near else ''}"
        place = region.place((region.header[0], 1))
        self.findings.append(Finding("GK171", Level.ERROR, message, advice, place=place))

    def _form(
        self, sheet: Sheet, title: str, columns: Sequence[Column], year: int | None
    ) -> tuple[Form | None, Form | None]:
        """The form that fits, and the one that the title names where that does not fit."""
        kinds = self._kinds_of(title, sheet.name, columns)
        for kind in kinds:
            key = self._said.form_of(sheet.name, kind)
            if key and any((f.kind, f.key) == (kind, key) for f in REGISTER.forms):
                return REGISTER.named(kind, key), None
        named = None
        for text in (title, sheet.name):
            form = REGISTER.titled(words.title(text), kinds) if text else None
            if form is not None:
                if form.performance or self._fits(form, columns, year):
                    return form, None
                named = named or form
        best = max(
            (form for form in REGISTER.forms if form.kind in kinds and self._fits(form, columns, year)),
            key=lambda form: self._likeness(form, columns, year),
            default=None,
        )
        if named is not None:
            return named, named if best is None or best.key != named.key else None
        return (best if best is not None and self._sure(best, columns) else None), None

    def _kinds_of(self, title: str, name: str, columns: Sequence[Column]) -> Sequence[str]:
        said = words.plain(title) + words.plain(name)
        heads = {step for column in columns for step in column.path}
        if "决算" in said or "自评" in said or "决算数" in heads or "行次" in heads:
            wanted: Sequence[str] = ("决算",)
        elif "预算" in words.plain(title) or "预算数" in heads or "支出预算" in heads:
            wanted = ("预算",)
        else:
            wanted = _KINDS
        return [kind for kind in self._kinds if kind in wanted]

    def _fits(self, form: Form, columns: Sequence[Column], year: int | None) -> bool:
        return not form.performance and complete(form, matched(form, columns, self._said.heads(form), year))

    def _likeness(self, form: Form, columns: Sequence[Column], year: int | None) -> tuple[bool, float]:
        found = matched(form, columns, self._said.heads(form), year)
        return self._sure(form, columns), len(found) / max(len(columns), 1)

    @staticmethod
    def _sure(form: Form, columns: Sequence[Column]) -> bool:
        """Whether a head stands there that only this table has."""
        heads = {step for column in columns for step in column.path}
        return any(words.heading(head) in heads for head in form.heads)

    def _read(self, grid: Grid, region: Region, form: Form, title: str, year: int | None) -> Found | None:
        columns = matched(form, region.columns, self._said.heads(form), year)
        if not complete(form, columns):
            self._misnamed(region, form, year)
            return None
        above = region.header[0] - 1
        money = money_of(grid, region.top, above) or money_of(grid, region.header[1] + 1, region.bottom)
        yuan = self._yuan(region, form, money)
        if yuan is None:
            return None
        reader = RowReader(grid, region, columns, yuan=yuan)
        lines = reader.lines()
        name = unit_name_of(grid, region.top, above)
        found = Found(form, region, columns, lines, title, year, name[0] if name else "", scope_of(title), yuan)
        found.findings += [*reader.findings, *self._unknown(found, year)]
        return found

    def _yuan(self, region: Region, form: Form, money: tuple[str, int, int] | None) -> bool | None:
        """Whether amounts stand in 元; None, with a finding, where nobody says."""
        if money is not None and money[0] in ("元", "万元"):
            return money[0] == "元"
        if money is None and self._said.yuan is not None:
            return self._said.yuan
        told = f"的金额单位是“{money[0]}”" if money else "没有写金额单位"
        message = f"《{form.name}》{told}，没有取用"
        advice = "请在表头上方写“单位：元”或“单位：万元”，或在对照文件里写“金额单位”"
        place = region.place(money[1:]) if money else region.place((region.header[0], 1))
        self.findings.append(Finding("GK175", Level.ERROR, message, advice, place=place))
        return None

    def _unknown(self, found: Found, year: int | None) -> Iterator[Finding]:
        """Heads that nobody knows, with the nearest that are known, and columns of other years."""
        region = found.region
        for column in unknown(region.columns, found.columns, year):
            rows = range(region.header[1] + 1, region.bottom + 1)
            filled = [row for row in rows if (c := region.sheet.at(row, column.number)) and c.text not in ("", "0")]
            near, key = nearest(found.form, column)
            written = f"栏目: {{{found.form.key}: {{{column.shown}: {key}}}}}"
            advice = f"是否就是“{near}”？是的，在对照文件里写：{written}" if near else _NO_NEAREST
            message = f"《{found.form.name}》里不认识“{column.shown}”这一栏"
            level = Level.ERROR if _any_amount(region, column, filled) else Level.WARNING
            told = f"{message}，其中有 {len(filled)} 格没有取用" if filled else message
            yield Finding("GK171", level, told, advice, place=region.place(_head(region, column)))
        others = of_other_years(region.columns, found.columns, year)
        if others:
            heads = "、".join(column.shown for column in others)
            message = f"《{found.form.name}》里上年数和增减数的栏没有取用：{heads}"
            yield Finding("GK173", Level.HINT, message, "上年数请写“上年文件”，由上年的数据得出", place=found.place)


def _head(region: Region, column: Column) -> Position:
    """The cell of a column's lowest head."""
    first, last = region.header
    own = [row for row in range(first, last + 1) if (row, column.number) in region.sheet.cells]
    return max(own, default=last), column.number


def _any_amount(region: Region, column: Column, rows: Sequence[int]) -> bool:
    cells = (region.sheet.at(row, column.number) for row in rows)
    return any(
        cell is not None and cell.text.lstrip("-").replace(".", "", 1).replace(",", "").isdecimal() for cell in cells
    )


def _texts(grid: Grid, top: int, bottom: int) -> list[str]:
    return [text for row in range(top, bottom + 1) for text in grid.texts(row)]


def _parts(grid: Grid) -> list[_Part]:
    """The rows of a sheet, cut where a title begins another table."""
    titles = [(row, text) for row in range(1, grid.last_row + 1) if (text := _title_in(grid, row))]
    if not titles:
        return [_Part("", 1, grid.last_row)]
    ends = [row - 1 for row, _ in titles[1:]] + [grid.last_row]
    return [
        _Part(text, 1 if at == 0 else row, end) for at, ((row, text), end) in enumerate(zip(titles, ends, strict=True))
    ]


def _title_in(grid: Grid, row: int) -> str:
    """The title of a table that stands alone in a row, or beside its number (公开01表)."""
    if grid.has_number(row) or len(grid.cells(row)) > 3:
        return ""
    for text in grid.texts(row):
        said = words.plain(text)
        like_one = len(said) <= _LONGEST_TITLE and "表" in said and not words.is_note(text)
        if like_one and REGISTER.titled(words.title(text), _KINDS) is not None:
            return text
    return ""
