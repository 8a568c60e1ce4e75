"""How a pack lays a table out (tables.yaml), and laying figures out by it.

A layout names a table's title, header tree, columns, fixed rows and notes; the figures
come keyed by column or row key, so a pack can rename, reorder or drop them without code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from gongkai.findings import Path
from gongkai.model.base import Flag, shown
from gongkai.prose.numbers import round_half_up

from .table import Cell, CellKind, Column, HeaderCell, Label, Row, RowValues, Table

# Rows of the roomy form that a page holds under title and header (A4, 小五).
_ROOMY_ROWS_PORTRAIT = 22
_ROOMY_ROWS_LANDSCAPE = 13

Words = Mapping[str, str]

_WORD = re.compile(r"\{(\w+)\}|[{}]")
Width = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
ClassCode = Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
Columns = Annotated[int, Field(ge=1, le=50)]
Indent = Annotated[int, Field(ge=0, le=2)]
Rows = Annotated[int, Field(ge=1, le=1000)]


class WordError(ValueError):
    """A text has braces that stand for nothing; its message is for the pack's designer."""


class _Layout(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HeaderNode(_Layout):
    """A header cell with the cells under it, or a column."""

    text: str = Field(alias="标目")
    key: str | None = Field(None, alias="列")
    width: Width | None = Field(None, alias="宽")
    kind: CellKind = Field("数字", alias="类型")
    children: tuple[HeaderNode, ...] = Field((), alias="下级")

    @property
    def leaves(self) -> list[HeaderNode]:
        """The columns under this node, left to right."""
        return [leaf for child in self.children for leaf in child.leaves] if self.children else [self]

    @property
    def depth(self) -> int:
        """Header rows that this node needs."""
        return 1 + max((child.depth for child in self.children), default=0)


class FixedRow(_Layout):
    """A row whose label is fixed; ``key`` names the figure beside it."""

    label: str = Field(alias="项目")
    key: str | None = Field(None, alias="数")
    indent: Indent = Field(0, alias="缩进", description="缩进几个字（0 到 2），“其中”的各项用")


class TotalRow(_Layout):
    """The grand total: its labels by column, and where it stands."""

    label: str | dict[str, str] = Field("合计", alias="名称", description="印的字；两列都印时写 列名: 字")
    column: str | None = Field(None, alias="列", description="印在哪一列")
    position: Literal["首行", "末行", "无"] = Field("末行", alias="位置")
    when_empty: Flag = Field(True, alias="空表也印", description="空表是否也印合计行")

    @property
    def labels(self) -> dict[str, str]:
        """Words by column."""
        return self.label if isinstance(self.label, dict) else {self.column or "": self.label}


class FormCell(_Layout):
    """A label or a value in the form above a performance grid."""

    label: str | None = Field(None, alias="标")
    value: str | None = Field(None, alias="值")
    colspan: Columns = Field(1, alias="跨列")
    rowspan: Rows = Field(1, alias="跨行")
    kind: CellKind | None = Field(None, alias="类型", description="不写时，标印作标目，值居中")


class TableLayout(_Layout):
    """One table of a pack."""

    number: str = Field("", alias="编号")
    title: str = Field(alias="标题")
    subtitle: str = Field("", alias="副题")
    landscape: Flag = Field(False, alias="横向")
    dense: Flag | None = Field(None, alias="紧凑", description="行距收紧；不写时行多的表自动收紧")
    left_line: str = Field("", alias="表头左")
    right_line: str = Field("", alias="表头右")
    header: tuple[HeaderNode, ...] = Field(alias="栏目", min_length=1)
    column_labels: dict[str, str] = Field(
        default_factory=dict, alias="列名称", description="改标目：列的名称: 印出的字"
    )
    total: TotalRow = Field(TotalRow(), alias="合计行")
    left_rows: tuple[FixedRow, ...] = Field((), alias="左栏")
    row_labels: dict[str, str] = Field(default_factory=dict, alias="行名称", description="改行名：数的名称: 印出的字")
    right_rows: tuple[FixedRow, ...] = Field((), alias="右栏")
    classes: tuple[ClassCode, ...] = Field((), alias="功能类", description="右栏逐行列出的功能分类“类”编码")
    class_names: dict[str, str] = Field(default_factory=dict, alias="功能类名称", description="与目录不同的类名")
    rows: tuple[FixedRow, ...] = Field((), alias="行")
    numbered: Flag = Field(False, alias="编号行", description="表头下加 ※ 和 1、2、3 的编号行")
    unit_row: Flag = Field(False, alias="单位行", description="项目支出表：合计下面加一行单位名称")
    heads: tuple[str, ...] = Field((), alias="固定一级指标", description="整体绩效表：没有指标也要列出的一级指标")
    column_numbers: tuple[str, ...] = Field((), alias="栏次", description="表头下面的编号行，一列一个")
    always_notes: tuple[str, ...] = Field((), alias="注", description="不论是否空表都印的注")
    empty_note: str = Field("", alias="空表说明")
    tail_note: str = Field(
        "", alias="尾数说明", description="金额四舍五入到万元两位小数、合计与各项之和可能差 0.01 时印的注"
    )
    merged: tuple[str, ...] = Field((), alias="合并列")
    form: tuple[tuple[FormCell, ...], ...] = Field((), alias="表单")
    form_widths: tuple[Width, ...] = Field((), alias="表单列宽")

    @field_validator("header")
    @classmethod
    def _has_widths(cls, header: tuple[HeaderNode, ...]) -> tuple[HeaderNode, ...]:
        """A column's share of the page is its width in proportion to the others': each must have one."""
        for leaf in (leaf for node in header for leaf in node.leaves):
            if leaf.width is None:
                raise ValueError(f"“{shown(leaf.text or leaf.key or '')}”这一列没有写“宽”")
        return header

    @model_validator(mode="after")
    def _labels_columns(self) -> TableLayout:
        """A label for a column that is not there would be lost in silence."""
        keys = [leaf.key or leaf.text for node in self.header for leaf in node.leaves]
        for key in self.column_labels:
            if key not in keys:
                raise ValueError(f"“列名称”里的“{shown(key)}”这一列没有，可写：{'、'.join(keys)}")
        return self

    @property
    def texts(self) -> Iterator[tuple[Path, str]]:
        """The texts in which {单位} and the like are filled in, and where in the layout each is."""
        yield ("编号",), self.number
        yield ("标题",), self.title
        yield ("副题",), self.subtitle
        yield ("表头左",), self.left_line
        yield ("表头右",), self.right_line
        yield ("空表说明",), self.empty_note
        yield ("尾数说明",), self.tail_note
        for number, note in enumerate(self.always_notes):
            yield ("注", number), note
        for row, cells in enumerate(self.form):
            for column, cell in enumerate(cells):
                yield ("表单", row, column, "标"), cell.label or ""

    def label(self, row: FixedRow) -> Label:
        """The printed label of a fixed row."""
        return Label(self.row_labels.get(row.key or "", row.label), row.indent)

    @property
    def columns(self) -> list[Column]:
        """The columns, left to right, with widths that add up to 100 %."""
        leaves = [leaf for node in self.header for leaf in node.leaves]
        widths = [leaf.width or 0 for leaf in leaves]
        return [
            Column(leaf.key or leaf.text, leaf.kind, _share(width, sum(widths)))
            for leaf, width in zip(leaves, widths, strict=True)
        ]


def _share(width: float, whole: float) -> str:
    return f"{Decimal(str(width)) * 100 / Decimal(str(whole)):.2f}"


def fill(text: str, words: Words) -> str:
    """``text`` with {单位}, {年度}, {口径} … replaced.

    Raises WordError for an unknown word and for a lone brace. It is no format string: a pack must
    neither read attributes nor pad to any length.
    """

    def word(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            raise WordError(f"“{shown(text)}”里的花括号不成对，应写作 {{单位}}")
        if name not in words:
            raise WordError(f"不认识 {match[0]}，可写：{'、'.join(f'{{{known}}}' for known in words)}")
        return words[name]

    return _WORD.sub(word, text)


def header_rows(nodes: Sequence[HeaderNode], labels: Mapping[str, str]) -> list[list[HeaderCell]]:
    """The header tree as rows of merged cells; ``labels`` says otherwise what is printed over a column."""
    depth = max(node.depth for node in nodes)
    rows: list[list[HeaderCell]] = [[] for _ in range(depth)]

    def place(node: HeaderNode, level: int) -> None:
        rowspan = 1 if node.children else depth - level
        text = node.text if node.children else labels.get(node.key or node.text, node.text)
        rows[level].append(HeaderCell(text, len(node.leaves), rowspan))
        for child in node.children:
            place(child, level + 1)

    for node in nodes:
        place(node, 0)
    return rows


def merge_down(rows: Sequence[RowValues], columns: Sequence[Column], merged: Sequence[str]) -> list[Row]:
    """Rows whose equal neighbours in the ``merged`` columns become one cell, left column first."""
    spans: dict[tuple[int, str], int] = {}
    for index, row in enumerate(rows):
        for depth, key in enumerate(merged):
            above = merged[: depth + 1]
            if index and all(rows[index - 1][k] == row[k] for k in above):
                continue
            length = 1
            while index + length < len(rows) and all(rows[index + length][k] == row[k] for k in above):
                length += 1
            spans[index, key] = length
    return [
        Row([
            Cell(row.get(column.key), column.kind, rowspan=spans.get((index, column.key), 1))
            for column in columns
            if column.key not in merged or (index, column.key) in spans
        ])
        for index, row in enumerate(rows)
    ]  # fmt: skip


def form_rows(layout: TableLayout, values: RowValues, words: Words) -> list[Row]:
    """The label and value rows of a performance table."""
    return [
        Row([
            Cell(
                fill(cell.label, words) if cell.label is not None else values[cell.value or ""],
                cell.kind or ("标目" if cell.label is not None else "居中"),
                cell.colspan,
                cell.rowspan,
            )
            for cell in line
        ])
        for line in layout.form
    ]  # fmt: skip


def _has_total(layout: TableLayout, rows: Sequence[RowValues]) -> bool:
    return layout.total.position != "无" and (layout.total.when_empty or _has_amount(rows))


def _is_dense(layout: TableLayout, rows: int) -> bool:
    """Whether rows are set closely: as the layout says, else when the roomy form would leave the page."""
    if layout.dense is not None:
        return layout.dense
    return rows > (_ROOMY_ROWS_LANDSCAPE if layout.landscape else _ROOMY_ROWS_PORTRAIT)


def _has_amount(rows: Sequence[RowValues]) -> bool:
    return any(isinstance(value, Decimal) and value for row in rows for value in row.values())


def _notes(layout: TableLayout, rows: Sequence[RowValues], words: Words) -> list[str]:
    empty = [layout.empty_note] if layout.empty_note and not _has_amount(rows) else []
    tail = [layout.tail_note] if layout.tail_note and _is_rounded(rows, words) else []
    return [*layout.always_notes, *tail, *empty]


def _is_rounded(rows: Sequence[RowValues], words: Words) -> bool:
    """Whether any amount is printed rounded: 万元 with more than two decimals, in a table of 万元."""
    values = (value for row in rows for value in row.values())
    return words.get("表格金额单位") != "元" and any(isinstance(v, Decimal) and v != round_half_up(v) for v in values)


def _number_row(layout: TableLayout) -> list[list[HeaderCell]]:
    """The row of column numbers (栏次, ※) under the header, where the form has one."""
    if layout.column_numbers:
        return [[HeaderCell(text) for text in layout.column_numbers]]
    if not layout.numbered:
        return []
    numbers = count(1)
    return [[HeaderCell(str(next(numbers)) if c.kind == "数字" else "※") for c in layout.columns]]


def _check_columns(
    columns: Sequence[Column], rows: Sequence[RowValues], total: RowValues | None, layout: TableLayout
) -> None:
    """Raise KeyError for a column that no row has a value for: it would be empty for ever."""
    if not layout.form and not _has_amount(rows):
        return  # an empty table has no rows of every sort
    known = {key for row in (*rows, total or {}, layout.total.labels) for key in row}
    for column in columns:
        if column.key not in known:
            raise KeyError(column.key)


def lay_out(
    key: str,
    layout: TableLayout,
    rows: Sequence[RowValues],
    total: RowValues | None,
    words: Words,
    form: RowValues | None = None,
) -> Table:
    """Figures in a pack's layout.

    ``rows`` and ``total`` are keyed by column; ``words`` fills {单位} and the like. A table
    without any amount is empty, and the note that the rules ask for is set under it. Raises
    KeyError for a column or value that nothing gives.
    """
    columns = layout.columns
    _check_columns(columns, rows, total, layout)
    body = merge_down(rows, columns, layout.merged)
    if total is not None and _has_total(layout, rows):
        labels = layout.total.labels
        values = {**total, **labels}
        cells = [Cell(values.get(c.key), "居中" if c.key in labels else c.kind) for c in columns]
        at = 0 if layout.total.position == "首行" else len(body)
        body.insert(at, Row(cells, total=True))
    widths = [Column(f"f{i}", "居中", _share(w, sum(layout.form_widths))) for i, w in enumerate(layout.form_widths)]
    return Table(
        key=key,
        number=fill(layout.number, words),
        title=fill(layout.title, words),
        subtitle=fill(layout.subtitle, words),
        landscape=layout.landscape,
        dense=_is_dense(layout, len(body)),
        left_line=fill(layout.left_line, words),
        right_line=fill(layout.right_line, words),
        columns=columns,
        header=[*header_rows(layout.header, layout.column_labels), *_number_row(layout)],
        rows=body,
        notes=[fill(note, words) for note in _notes(layout, [*rows, total or {}], words)],
        form=form_rows(layout, form or {}, words),
        form_columns=widths,
    )
