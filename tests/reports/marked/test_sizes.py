"""Boxes are large enough for their text, and lie beside their cell whatever widths and heights a sheet has."""

from __future__ import annotations

from lxml import etree

from gongkai.reports.marked.sizes import Measures, box


def measures(xml: str) -> Measures:
    return Measures(etree.fromstring(f"<worksheet>{xml}</worksheet>"))


def test_more_text_needs_a_larger_box():
    sizes = [box("不符" * count) for count in (1, 40, 200, 2000)]
    assert sizes == sorted(sizes)
    assert [width for width, _ in sizes] == [300, 300, 480, 480]
    assert sizes[-1][1] == 1200
    assert box("一\n二\n三")[1] > box("一")[1]


def test_narrow_and_hidden_columns_and_rows_are_counted_as_they_are():
    plain = measures("")
    assert plain.anchor((7, 4), (300, 60)) == (4, 15, 5, 2, 8, 59, 8, 2)
    narrow = measures('<cols><col min="1" max="20" width="5"/><col min="6" max="7" width="9" hidden="1"/></cols>')
    assert narrow.anchor((7, 4), (300, 60))[4] == 4 + 2 + 9 - 1
    high = measures('<sheetFormatPr defaultRowHeight="15"/><sheetData><row r="6" ht="300"/></sheetData>')
    assert high.anchor((7, 4), (300, 60))[5:] == (59, 5, 62)


def test_at_the_edges_of_a_sheet_a_box_stays_on_it():
    left, _, top, _, right, _, bottom, _ = measures("").anchor((1_048_576, 16_384), (480, 1200))
    assert 0 <= left < right <= 16_383
    assert 0 <= top < bottom <= 1_048_575
    assert measures("").anchor((1, 1), (300, 60))[2] == 0


def test_what_is_no_number_is_taken_for_the_usual():
    odd = measures(
        '<sheetFormatPr defaultRowHeight="nan" defaultColWidth="-3"/><cols><col min="1" max="1" width="x"/></cols>'
    )
    assert odd.anchor((7, 4), (300, 60)) == measures("").anchor((7, 4), (300, 60))
