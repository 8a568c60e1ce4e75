"""Figures laid out as a pack's layout says: rows of merged cells under a header tree, with total and notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count

from gongkai.prose.numbers import round_half_up

from .form import HeaderNode, TableForm, share
from .form_widths import balanced
from .table import USUAL_FORMAT, Cell, Column, HeaderCell, Line, Row, RowValues, Table

# Rows of the roomy form that a page holds under title and header (A4, 小五).
_ROOMY_ROWS_PORTRAIT = 22
_ROOMY_ROWS_LANDSCAPE = 13


def header_rows(nodes: Sequence[HeaderNode], labels: Mapping[str, str]) -> list[list[HeaderCell]]:
    """The header tree as rows of merged cells; ``labels`` says otherwise what is printed over a column."""
    depth = max(node.depth for node in nodes)
    rows: list[list[HeaderCell]] = [[] for _ in range(depth)]

    def place(node: HeaderNode, level: int) -> None:
        rowspan = 1 if node.children else depth - level
        text = labels.get(node.key or node.text, node.text)
        rows[level].append(HeaderCell(text, len(node.leaves), rowspan))
        for child in node.children:
            place(child, level + 1)

    for node in nodes:
        place(node, 0)
    return rows


def merge_down(rows: Sequence[Line], columns: Sequence[Column], merged: Sequence[str]) -> list[Row]:
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
            Cell(
                row.get(column.key),
                column.kind,
                rowspan=spans.get((index, column.key), 1),
                format=column.format if row.format is USUAL_FORMAT else column.format.under(row.format),
            )
            for column in columns
            if column.key not in merged or (index, column.key) in spans
        ])
        for index, row in enumerate(rows)
    ]  # fmt: skip


def form_rows(layout: TableForm, values: RowValues) -> list[Row]:
    """The label and value rows of a performance table."""
    return [
        Row([
            Cell(
                cell.label if cell.label is not None else values[cell.value or ""],
                cell.kind or ("标目" if cell.label is not None else "居中"),
                cell.colspan,
                cell.rowspan,
            )
            for cell in line
        ])
        for line in layout.form
    ]  # fmt: skip


def _has_total(layout: TableForm, rows: Sequence[RowValues]) -> bool:
    return layout.total.position != "无" and (layout.total.when_empty or _has_amount(rows))


def _is_dense(layout: TableForm, rows: int) -> bool:
    """Whether rows are set closely: as the layout says, else when the roomy form would leave the page."""
    if layout.dense is not None:
        return layout.dense
    return rows > (_ROOMY_ROWS_LANDSCAPE if layout.landscape else _ROOMY_ROWS_PORTRAIT)


def _has_amount(rows: Sequence[RowValues]) -> bool:
    return any(isinstance(value, Decimal) and value for row in rows for value in row.values())


def _notes(layout: TableForm, rows: Sequence[RowValues], unit: str, *, approved: bool) -> list[str]:
    empty = [layout.empty_note] if layout.empty_note and not _has_amount(rows) else []
    rounded = _is_rounded(rows, unit) or (approved and _has_amount(rows))
    tail = [layout.tail_note] if layout.tail_note and rounded else []
    return [*layout.always_notes, *tail, *empty]


def _is_rounded(rows: Sequence[RowValues], unit: str) -> bool:
    """Whether any amount is printed rounded: 万元 with more than two decimals, in a table of 万元."""
    values = (value for row in rows for value in row.values())
    return unit != "元" and any(isinstance(v, Decimal) and v != round_half_up(v) for v in values)


def _number_row(layout: TableForm) -> list[list[HeaderCell]]:
    """The row of column numbers (栏次, ※) under the header, where the form has one."""
    if layout.column_numbers:
        return [[HeaderCell(text) for text in layout.column_numbers]]
    if not layout.numbered:
        return []
    numbers = count(1)
    return [[HeaderCell(str(next(numbers)) if c.kind == "数字" else "※") for c in layout.columns]]


def _join_empty(cells: Sequence[Cell], labels: Collection[str]) -> list[Cell]:
    """The cells of a total row, neighbours without a value joined; a label takes the ones on its right."""
    joined: list[Cell] = []
    for cell in cells:
        before = joined[-1] if joined else None
        if before is not None and not cell.value and (not before.value or before.value in labels):
            joined[-1] = replace(before, colspan=before.colspan + cell.colspan)
        else:
            joined.append(cell)
    return joined


def fill_form(
    key: str,
    layout: TableForm,
    rows: Sequence[Line],
    total: RowValues | None,
    unit: str,
    form: RowValues | None = None,
    *,
    approved: bool = False,
) -> Table:
    """Figures in a pack's layout.

    The layout's texts are filled in. ``rows`` and ``total`` are keyed by column; ``unit`` is what amounts are
    printed in; ``approved`` says that approved totals stand for sums of rounded figures. A table without any
    amount is empty, and the note that the rules ask for is set under it.
    """
    columns = layout.columns
    body = merge_down(rows, columns, layout.merged)
    if total is not None and _has_total(layout, rows):
        labels = layout.total.labels
        values = {**total, **labels}
        cells = [Cell(values.get(c.key), "居中" if c.key in labels else c.kind, format=c.format) for c in columns]
        if layout.total.joined:
            cells = _join_empty(cells, labels.values())
        at = 0 if layout.total.position == "首行" else len(body)
        body.insert(at, Row(cells, total=True))
    form_body = form_rows(layout, form or {})
    widths = balanced(layout.form_widths, form_body)
    return Table(
        key=key,
        number=layout.number,
        title=layout.title,
        subtitle=layout.subtitle,
        landscape=layout.landscape,
        dense=_is_dense(layout, len(body)),
        left_line=layout.left_line,
        right_line=layout.right_line,
        columns=columns,
        header=[*header_rows(layout.header, layout.column_labels), *_number_row(layout)],
        rows=body,
        notes=_notes(layout, [*rows, total or {}], unit, approved=approved),
        form=form_body,
        form_columns=[Column(f"f{i}", "居中", share(width, sum(widths))) for i, width in enumerate(widths)],
    )
