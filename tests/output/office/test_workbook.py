"""The workbook's sheets: columns wide enough for what stands in them, and figures that are numbers."""

from __future__ import annotations

import dataclasses
import io
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pypdf
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.document.parse import parse_document
from gongkai.intake.read import read
from gongkai.output.xlsx.widths import Unbroken, widened
from gongkai.output.xlsx.writer import render_xlsx
from gongkai.packs.open import open_pack
from gongkai.statements.tables.table import Figure, Row, Table
from support.fixtures import ROOT

BUDGET, FINAL = "shili-ju-2024-budget", "shili-ju-2024-final"
OFFICE = shutil.which("soffice")
TIMES = 1_234_567
PIXELS_OF_A_FIGURE = 7
"""In Calibri 11, the unit of a column's width."""


@cache
def rendered(example: str) -> Rendered:
    disclosure = read(ROOT / "examples" / f"{example}.yaml").model
    return render_disclosure(disclosure, open_pack(disclosure.pack or "base", disclosure.kind, disclosure.year))


@cache
def workbook(example: str, times: int = 1) -> bytes:
    """The workbook of an example with every amount of its tables multiplied."""
    document = rendered(example)
    document = dataclasses.replace(document, tables=[multiplied(table, times) for table in document.tables])
    return render_xlsx(parse_document(document), document)


def multiplied(table: Table, times: int) -> Table:
    def of(rows: list[Row]) -> list[Row]:
        return [
            dataclasses.replace(row, cells=[
                dataclasses.replace(c, value=c.value * times) if isinstance(c.value, Decimal) else c for c in row.cells
            ])
            for row in rows
        ]  # fmt: skip

    return dataclasses.replace(table, rows=of(table.rows), form=of(table.form))


def sheets(data: bytes) -> list[Worksheet]:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[1:]


def narrow(sheet: Worksheet) -> Iterator[tuple[str, object]]:
    """The numbers for which their cell, merged ones as a whole, is too narrow in 宋体: each sign half a character."""
    wide = {n: d.width for d in sheet.column_dimensions.values() for n in range(d.min, d.max + 1)}
    across = {merge.start_cell.coordinate: merge for merge in sheet.merged_cells.ranges}
    for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)):
        merge = across.get(cell.coordinate)
        columns = range(merge.min_col, merge.max_col + 1) if merge else [cell.column]
        room = sum(wide[column] for column in columns)
        shown = f"{cell.value:.2%}" if cell.number_format.endswith("%") else f"{cell.value:,.2f}"
        if len(shown) * cell.font.size / 2 * 96 / 72 > room * PIXELS_OF_A_FIGURE:
            yield shown, room


@pytest.mark.parametrize("times", [1, TIMES])
@pytest.mark.parametrize("example", [BUDGET, FINAL])
def test_every_number_has_room_in_its_column(example, times):
    assert {sheet.title: [*narrow(sheet)] for sheet in sheets(workbook(example, times)) if [*narrow(sheet)]} == {}


def test_a_negative_amount_needs_room_for_its_sign():
    [plain] = widened([1.0], [Unbroken("1,234.00", 0, 1, 9)])
    [negative] = widened([1.0], [Unbroken("-1,234.00", 0, 1, 9)])

    assert negative > plain > 1


def test_columns_that_have_room_stay_as_the_pack_says():
    assert widened([20.0, 30.0], [Unbroken("1,234.00", 0, 1, 9), Unbroken("2010301", 0, 2, 9)]) == [20, 30]


def test_a_merged_cell_widens_what_it_covers_in_proportion():
    first, second, third = widened([1.0, 2.0, 5.0], [Unbroken("1,234,567,890.12", 0, 2, 9)])

    assert (second, third) == (pytest.approx(2 * first, abs=0.02), 5)
    assert first + second == pytest.approx(widened([1.0], [Unbroken("1,234,567,890.12", 0, 1, 9)])[0], abs=0.02)


def test_no_column_is_wider_than_excel_allows():
    assert widened([9.0], [Unbroken("1" * 400, 0, 1, 9)]) == [255]


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_shows_large_amounts_not_signs_of_want_of_room(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(workbook(BUDGET, TIMES))
    command = [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.xlsx"],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    text = "".join(page.extract_text() for page in pypdf.PdfReader(Path(tmp_path / "a.pdf")).pages)

    [total] = {
        c.value for row in rendered(BUDGET).tables[0].rows[-1:] for c in row.cells if isinstance(c.value, Decimal)
    }
    assert f"{total * TIMES:,.2f}" in text
    assert "##" not in text


# --- rates and scores ---


def figures_of(example: str) -> list[tuple[object, str]]:
    """The numbers of an example's workbook that are no amounts, with their formats."""
    return [
        (cell.value, cell.number_format)
        for sheet in sheets(workbook(example))
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) and cell.number_format != "#,##0.00"
    ]


def test_rates_and_scores_of_a_self_evaluation_are_numbers():
    found = figures_of(FINAL)

    assert (0.981, "0.00%") in found
    assert (9.81, "0.00") in found
    assert (10, "0") in found
    assert (9.62, '0.00"分"') in found


def test_weights_of_targets_are_numbers():
    assert {form for _, form in figures_of(BUDGET)} == {"0"}


@pytest.mark.parametrize(
    ("figure", "value", "form"),
    [
        (Figure("98.10", "%"), 0.981, "0.00%"),
        (Figure("278,300.00", "%"), 2783, "#,##0.00%"),
        (Figure("9.81", "分"), 9.81, '0.00"分"'),
        (Figure("12.5"), 12.5, "0.0"),
    ],
)
def test_a_figure_is_shown_as_it_is_printed(figure, value, form):
    document = rendered(FINAL)
    table = document.tables[0]
    cell = dataclasses.replace(table.rows[0].cells[0], value=figure, kind="居中")
    table = dataclasses.replace(table, rows=[Row([cell, *table.rows[0].cells[1:]])], notes=())
    document = dataclasses.replace(document, tables=[table])
    [sheet] = sheets(render_xlsx(parse_document(document), document))

    assert (value, form) in [(c.value, c.number_format) for row in sheet.iter_rows() for c in row]


def test_what_the_clerk_typed_stays_text():
    """A target is what the clerk wrote, ``≥95%`` or ``100%``: it is compared with nothing."""
    typed = {
        text
        for result in read(ROOT / "examples" / f"{FINAL}.yaml").model.unit_evaluation.results
        for text in (result.target, result.actual)
    }
    [sheet] = [s for s in sheets(workbook(FINAL)) if "整体支出绩效自评" in s.title]
    texts = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}

    assert any("%" in text for text in typed)
    assert typed <= texts


def test_items_under_a_sum_stand_in_in_the_workbook():
    [sheet] = [s for s in sheets(workbook(BUDGET)) if "收支总体情况表" in s.title and "财政" not in s.title]
    indents = {cell.value: cell.alignment.indent for row in sheet.iter_rows() for cell in row if cell.value}

    assert indents["其中：一般财力"] == 1
    assert indents["上级一般公共预算安排转移支付"] == 2
    assert indents["1.一般公共预算拨款"] == 0
