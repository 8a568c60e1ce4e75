"""Open data of a disclosure: its facts as JSON, its tables as CSV, described by a Frictionless Data Package.

https://specs.frictionlessdata.io/data-package/ (v1), CSV after RFC 4180. Amounts are 万元: in
the tables each is rounded once from its exact value, as in print; the facts are exact.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gongkai.files.data_files import OPEN_FIGURES
from gongkai.files.zips import zip_bytes
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.model.published import NOT_PUBLISHED
from gongkai.prose.numbers import round_half_up
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.statements.tables.grid import full_rows, header_paths, placed
from gongkai.statements.tables.table import CellKind, Figure, Table, Value
from gongkai.texts.formulas import like_a_formula

from .jsontext import to_json

if TYPE_CHECKING:
    from gongkai.document.compose import Rendered

DESCRIPTOR = "datapackage.json"
FIGURES = OPEN_FIGURES
_DESCRIPTION = (
    "金额单位：万元；各表两位小数，数据.json 里的事实是准确值；"
    "层级一列说明各行是合计、类、款还是项，相加时只取一个层级；"
    "编码一列是类、款、项连写的完整编码，如 2080505；"
    "CSV 里以 =、+、-、@ 开头的文字前面加一个空格，免得被当成公式（负数、短横不加），数据.json 里是原文。"
)

_LEVEL = "层级"
_CODE = "编码"
_LEVELS = {3: "类", 5: "款", 7: "项"}
"""Digits of a functional or economic code."""
_SAFE = r"[\w“”‘’（）()《》、，+-]"
_UNSAFE = re.compile(rf"(?!{_SAFE}).", re.DOTALL)
_LONGEST_NAME = 60
FILE_NAME = re.compile(rf"{_SAFE}{{1,{_LONGEST_NAME + 20}}}\.(csv|json)")
"""What our files are called: one component, good on every system."""

_Grid = list[list[Value]]
"""A table as rows of equal length, that of the names first."""


def open_data(rendered: Rendered) -> dict[str, bytes]:
    """The files of the open data by name: the descriptor first, then the JSON, then a CSV for every table."""
    grids = [_grid(table) for table in rendered.tables]
    figures = to_json(_figures(rendered.public, rendered.tables, grids)).encode()
    files = {FIGURES: figures}
    resources = [_resource("figures", FIGURES, "全部数据", figures, "json")]
    for number, (table, grid) in enumerate(zip(rendered.tables, grids, strict=True), 1):
        name = f"{number:02d}-{_UNSAFE.sub('', table.title)[:_LONGEST_NAME]}"
        files[f"{name}.csv"] = data = _csv(grid)
        resources.append(_tabular(f"table-{number:02d}", f"{name}.csv", table, data))
        if table.form:
            files[f"{name}-表单.csv"] = form = _csv(_form(table))
            resources.append(_form_resource(f"form-{number:02d}", f"{name}-表单.csv", table, form))
    descriptor = to_json(_package(rendered.public, resources)).encode()
    return {DESCRIPTOR: descriptor, **files}


def open_data_zip(files: Mapping[str, bytes]) -> bytes:
    """The open data in one ZIP file; equal contents give equal bytes."""
    return zip_bytes(files.items())


def _figures(public: Disclosure, tables: Sequence[Table], grids: Sequence[_Grid]) -> dict[str, Any]:
    """The disclosure's facts under the clerk's own terms, and every table with its rows as arrays."""
    return {
        "文种": public.kind,
        "年度": public.year,
        "单位": public.unit.name,
        "金额单位": "万元",
        "事实": _facts(public),
        "公开表": [_table(table, grid) for table, grid in zip(tables, grids, strict=True)],
    }


def _facts(public: Disclosure) -> Any:
    """The masked facts. A secret project is left out as a whole: its amount stays in the totals.

    Its 科目, source and use would be told here even where no table prints them.
    """
    facts = public.model_dump(by_alias=True, exclude_none=True, exclude=set(NOT_PUBLISHED))
    facts.pop(public.project_list)
    open_ones = (project for project in public.listed_projects if not project.secret)
    shown = [project.model_dump(by_alias=True, exclude_none=True, exclude={"secret"}) for project in open_ones]
    return _plain({**facts, public.project_list: shown})


def _plain(value: Any) -> Any:
    """Facts with trailing zeros of exact amounts dropped: 23.450000 is 23.45."""
    if isinstance(value, Decimal):
        return value.normalize()
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, list | tuple) else value


def _table(table: Table, grid: _Grid) -> dict[str, Any]:
    head, *rows = grid
    described: dict[str, Any] = {"表号": table.number, "标题": table.title, "副题": table.subtitle}
    if table.form:
        described["表单"] = _form(table)[1:]
    return {**described, "栏目": head, "行": rows, "注": table.notes}


@dataclass(frozen=True)
class _OpenColumn:
    """A column of the open data: what it is called, what stands in it, and the columns in print that it is made of."""

    name: str
    kind: CellKind
    title: str
    sources: Sequence[int]

    def value(self, row: Sequence[Value]) -> Value:
        """Its value in a row: an amount rounded as in print, a code whole."""
        if len(self.sources) == 1:
            return _rounded(row[self.sources[0]])
        return "".join(str(row[source] or "") for source in self.sources) or None


def _columns(table: Table) -> list[_OpenColumn]:
    """The columns, a code that is printed in parts (类、款、项) as one: a spreadsheet would make 5 of 05.

    Of columns with the same name the further ones are numbered.
    """
    paths = header_paths(table)
    parts = [at for at, column in enumerate(table.columns) if column.kind == "编码"]
    split = len(parts) > 1 and {table.columns[at].key for at in parts} <= set(_LEVELS.values())
    columns: list[_OpenColumn] = []
    for at, column in enumerate(table.columns):
        if split and at in parts:
            if at == parts[0]:
                title = "／".join(paths[at][:-1]) or _CODE
                columns.append(_OpenColumn(_CODE, "编码", f"{title}（类、款、项连写）", parts))
            continue
        again = sum(known.name.partition("_")[0] == column.key for known in columns)
        name = f"{column.key}_{again + 1}" if again else column.key
        columns.append(_OpenColumn(name, column.kind, "／".join(paths[at]), [at]))
    return columns


def _grid(table: Table) -> _Grid:
    """The table as rows of equal length under a row of column names, with the level of each row in front."""
    columns = _columns(table)
    rows = zip(table.rows, full_rows(table), strict=True)
    body = [[_level(columns, row.total, values), *(column.value(values) for column in columns)] for row, values in rows]
    return [[_LEVEL, *(column.name for column in columns)], *body]


def _level(columns: Sequence[_OpenColumn], total: bool, values: Sequence[Value]) -> str:
    """合计 for the grand total; else 类, 款 or 项, so that adding up rows of one level counts nothing twice.

    The length of a code tells its level. Where several codes stand side by side, a row has no level.
    """
    if total:
        return "合计"
    codes = [column for column in columns if column.kind == "编码"]
    return _LEVELS.get(len(str(codes[0].value(values) or "")), "") if len(codes) == 1 else ""


def _form(table: Table) -> list[list[Value]]:
    """The label and value rows above a performance grid, with empty cells where a merged one goes on."""
    width = len(table.form_columns)
    rows: list[list[Value]] = [[f"栏{n}" for n in range(1, width + 1)]]
    rows += [[None] * width for _ in table.form]
    for line, column, cell in placed(row.cells for row in table.form):
        rows[line + 1][column] = _rounded(cell.value)
    return rows


def _rounded(value: Value) -> Value:
    return round_half_up(value) if isinstance(value, Decimal) else value


def _csv(rows: Sequence[Sequence[Value]]) -> bytes:
    """CSV after RFC 4180, in UTF-8 with the mark by which Excel and WPS know it."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([_plain_cell(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _plain_cell(value: Value) -> str:
    """A cell as a spreadsheet shows it when the file is opened by a double click.

    A text that looks like a formula, =100% of a target, gets a blank in front: it would be reckoned. Negative
    numbers, and dashes that stand for nothing, stay as they are.
    """
    if value is None or isinstance(value, Decimal):
        return "" if value is None else f"{value:f}"
    return f" {value}" if like_a_formula(value) and not isinstance(value, Figure) else value


def _package(public: Disclosure, resources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    kind = KINDS[public.kind].english
    return {
        "profile": "data-package",
        "name": f"{kind}-{public.year}",
        "title": f"{public.unit.name}{public.year}年{public.scope.value}{public.kind}公开数据",
        "description": _DESCRIPTION,
        "created": f"{public.published.isoformat()}T00:00:00Z",
        "contributors": [{"title": public.unit.name, "role": "publisher"}],
        "keywords": [public.kind, "政府信息公开", str(public.year)],
        "resources": resources,
    }


def _resource(name: str, path: str, title: str, data: bytes, form: str) -> dict[str, Any]:
    media = {"json": "application/json", "csv": "text/csv"}[form]
    return {
        "profile": "data-resource" if form == "json" else "tabular-data-resource",
        "name": name,
        "path": path,
        "title": title,
        "format": form,
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }


def _tabular(name: str, path: str, table: Table, data: bytes) -> dict[str, Any]:
    title = f"{table.number}　{table.title}".strip("　")
    return {**_resource(name, path, title, data, "csv"), **_schema(_fields(table))}


def _form_resource(name: str, path: str, table: Table, data: bytes) -> dict[str, Any]:
    fields = [{"name": f"栏{n}", "type": "string"} for n in range(1, len(table.form_columns) + 1)]
    return {**_resource(name, path, f"{table.title}（表单）", data, "csv"), **_schema(fields)}


def _schema(fields: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    dialect = {"delimiter": ",", "lineTerminator": "\r\n", "header": True}
    return {"dialect": dialect, "schema": {"fields": list(fields), "missingValues": [""]}}


def _has_units(table: Table, columns: Sequence[int]) -> bool:
    """Whether figures of a column are written with what they are counted in, as 12.19%."""
    at = set(columns)
    return any(
        isinstance(cell.value, Figure) and cell.value.unit
        for _, column, cell in placed(row.cells for row in table.rows)
        if column in at
    )


def _fields(table: Table) -> Iterator[dict[str, str]]:
    yield {"name": _LEVEL, "type": "string", "title": "合计、类、款、项；不分层的行空白"}
    for column in _columns(table):
        kind = "number" if column.kind == "数字" and not _has_units(table, column.sources) else "string"
        yield {"name": column.name, "type": kind, "title": column.title}
