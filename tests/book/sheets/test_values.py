"""What is put into a cell reads back as it was written: numbers exactly, everything else as the text that it is."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.book.sheets.values import value_of
from gongkai.intake.book.blocks.shape import Entry
from gongkai.output.xlsx.book import TextBook
from gongkai.source.workbook.read import read_workbook
from support.workbook import Value, sheets_of

MORE_THAN_PROGRAMS_KEEP = "1234567890123456"


def written(values: list[Decimal | str]) -> bytes:
    """A workbook with these values below each other."""
    stream = io.BytesIO()
    book = TextBook(stream, {}, datetime(2024, 1, 1))
    sheet = book.add_worksheet("表")
    for row, value in enumerate(values):
        (sheet.write_number if isinstance(value, Decimal) else sheet.write_string)(row, 0, value)
    book.close()
    return stream.getvalue()


@pytest.mark.parametrize("text", ["0", "20", "20.00", "-3.5", "0.000001", "123456789012.345", "999999999999999"])
def test_plain_digits_are_a_number(text: str) -> None:
    assert value_of(text, Entry.NUMBER) == Decimal(text)


@pytest.mark.parametrize(
    "text", ["", "007", "-0", "+1", ".5", "5.", "1e3", "1,234.5", "１２", " 1", "=1", MORE_THAN_PROGRAMS_KEEP, "无"]
)
def test_whatever_a_program_would_write_otherwise_is_a_text(text: str) -> None:
    assert value_of(text, Entry.NUMBER) == text


@pytest.mark.parametrize("entry", [Entry.TEXT, Entry.CODE, Entry.DAY, Entry.CHOICE])
def test_where_no_number_is_due_digits_are_a_text(entry: Entry) -> None:
    assert value_of("2011301", entry) == "2011301"


amounts = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=6)


@given(st.lists(amounts, min_size=1, max_size=50))
def test_a_number_stands_in_the_file_with_exactly_its_digits(numbers: list[Decimal]) -> None:
    texts = [f"{number:f}" for number in numbers]
    values = [value_of(text, Entry.NUMBER) for text in texts]
    [sheet] = sheets_of(written(values)) if any(isinstance(v, str) for v in values) else _without_texts(values)

    for row, value in enumerate(values):
        found: Value = sheet.cells[row, 0]
        assert found == value
        assert type(found) is type(value)


def _without_texts(values: list[Decimal | str]) -> list[object]:
    return sheets_of(written([*values, "完"]))  # the helper wants the part of the texts


@pytest.mark.parametrize(
    "text",
    [
        "=100%", "_x000D_", "_x005F_", "1-2", " 前面有空格", "后面有空格 ", "a\nb", "\t", "<r>甲</r>",
        "<r><t>甲</t></r>", "&lt;", "]]>", "𠮷", "'", "<r>_x0041_&amp;</r>",
    ],
)  # fmt: skip
def test_a_text_reads_back_as_it_is(text: str, tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(written([value_of(text, Entry.TEXT)]))
    cell = read_workbook(file).sheets[0].at(1, 1)

    assert cell is not None
    assert cell.text == text
