"""Cells, merges and what is hidden, as the XML of a sheet has them."""

from __future__ import annotations

import pytest

from gongkai.findings import FindingsError, Level
from gongkai.source.workbook.cells import Cell, Kind, Merge, Sheet
from support.raw_book import parts_of, read_parts, read_rows, sheet, styles


@pytest.fixture
def first(tmp_path):
    """The only sheet of a workbook with these rows, and what else is told."""

    def read(rows: str, after: str = "", before: str = "", **others: str) -> Sheet:
        return read_parts(parts_of({"表": sheet(rows, after, before)}, **others), tmp_path).sheets[0]

    return read


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        ('<c r="A1"><v>12.5</v></c>', Kind.NUMBER, "12.5"),
        ('<c r="A1" t="n"><v>0.30000000000000004</v></c>', Kind.NUMBER, "0.3"),
        ('<c r="A1" t="s"><v>1</v></c>', Kind.TEXT, "乙"),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>丙</t></r></is></c>', Kind.TEXT, "甲丙"),
        ('<c r="A1" t="str"><f>B1</f><v>一_x000D_二</v></c>', Kind.TEXT, "一\n二"),
        ('<c r="A1" t="b"><v>0</v></c>', Kind.FLAG, "否"),
        ('<c r="A1" t="b"><v>1</v></c>', Kind.FLAG, "是"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Kind.ERROR, "#REF!"),
        ('<c r="A1" t="d"><v>2024-02-25T10:00:00</v></c>', Kind.DATE, "2024-02-25"),
        ('<c r="A1" t="d"><v>10:00</v></c>', Kind.TEXT, "10:00"),
        ('<c r="A1"><v>甲</v></c>', Kind.ERROR, "#NUM!"),
        ('<c r="A1"><v>NaN</v></c>', Kind.ERROR, "#NUM!"),
        ("<c><v>7</v></c>", Kind.NUMBER, "7"),
        ('<c r="A1" s="99"><v>7</v></c>', Kind.NUMBER, "7"),
    ],
)
def test_what_a_cell_says(first, cell, kind, text):
    read = first(f'<row r="1">{cell}</row>', strings="<si><t>甲</t></si><si><t>乙</t></si>").at(1, 1)
    assert (read.kind, read.text) == (kind, text)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"/>', '<c r="A1" s="1"/>', '<c r="A1"><v/></c>', '<c r="A1"><v> </v></c>',
        '<c r="A1" t="s"><v>0</v></c>', '<c r="A1" t="inlineStr"><is><t/></is></c>',
        '<c r="A1" t="str"><f>IF(B1,"",1)</f><v></v></c>',
    ],
)  # fmt: skip
def test_a_cell_in_which_nothing_is_seen_is_blank(first, cell):
    assert first(f'<row r="1">{cell}</row>', strings="<si><t></t></si>").cells == {}


def test_cells_without_places_follow_one_another(first):
    rows = '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row>'
    rows += '<row r="5"><c><v>4</v></c></row><row><c><v>5</v></c></row>'
    assert {at: cell.text for at, cell in first(rows).cells.items()} == {
        (1, 1): "1", (1, 4): "2", (1, 5): "3", (5, 1): "4", (6, 1): "5",
    }  # fmt: skip


def test_formats_tell_dates_and_percents(first):
    rows = "".join(
        f'<c s="{style}"><v>{value}</v></c>' for style, value in [(1, 45347.5), (2, 1), (3, 12345), (4, 0.5), (1, 0.5)]
    )
    formats = styles('yyyy"年"m"月"d"日"', "0.00%", "0!.0,", "h:mm")
    assert [first(f"<row>{rows}</row>", formats=formats).at(1, column) for column in range(1, 6)] == [
        Cell(Kind.DATE, "2024-02-25", "2024年2月25日"),
        Cell(Kind.NUMBER, "1", "100.00%"),
        Cell(Kind.NUMBER, "12345", "12345", disguised=True),
        Cell(Kind.NUMBER, "0.5", "0.5", disguised=True),
        Cell(Kind.NUMBER, "0.5", "0.5", disguised=True),
    ]


def test_formats_that_have_a_number_only_are_known(first):
    formats = styles().replace('<xf numFmtId="0"/>', '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/>')
    read = first('<row><c s="1"><v>45347</v></c><c s="2"><v>0.5</v></c></row>', formats=formats)
    assert (read.at(1, 1).text, read.at(1, 2).shown) == ("2024-02-25", "50%")


def test_days_may_be_counted_from_1904(first):
    read = first(
        '<row><c s="1"><v>43885</v></c></row>', formats=styles("yyyy-mm-dd"), head='<workbookPr date1904="1"/>'
    )
    assert read.at(1, 1).text == "2024-02-25"


def test_a_value_that_is_kept_is_trusted(first):
    assert first("<row><c><f>1+1</f><v>3</v></c></row>").at(1, 1) == Cell(Kind.NUMBER, "3", "3", "1+1")


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
def test_a_formula_without_a_value_is_reckoned(first, value):
    read = first(f'<row><c r="A1"><f>=B1*2</f>{value}</c><c r="B1"><v>3</v></c></row>')
    assert read.at(1, 1) == Cell(Kind.NUMBER, "6", "6", "B1*2")


def test_what_cannot_be_reckoned_is_not_known(first):
    rows = '<row><c><f>VLOOKUP(B1,C:D,2)</f></c><c><f>[1]支出!A1</f><v/></c><c><f t="dataTable" ref="C1"/></c></row>'
    assert [first(rows).at(1, column).kind for column in (1, 2, 3)] == [Kind.UNKNOWN] * 3


def test_shared_formulas_read_in_each_cell_as_they_would_there(first):
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1*10</f></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/></c></row>'
        '<row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"/><v>31</v></c></row>'
        '<row r="4"><c r="B4"><f t="shared" si="7"/></c></row>'
    )
    read = first(rows)
    assert [(read.at(row, 2).text, read.at(row, 2).formula) for row in (1, 2, 3)] == [
        ("10", "A1*$A$1*10"), ("20", "A2*$A$1*10"), ("31", "A3*$A$1*10"),
    ]  # fmt: skip
    assert read.at(4, 2).kind is Kind.UNKNOWN


def test_of_merges_that_overlap_the_first_stays(first):
    merges = "".join(
        f'<mergeCell ref="{ref}"/>' for ref in ["A1:B2", "B2:C3", "D4:D4", "E5", "Z", "F9:F7", "A1:B2:C3", ""]
    )
    read = first('<row><c r="A1"><v>1</v></c></row>', f"<mergeCells>{merges}</mergeCells>")
    assert read.merges == (Merge(1, 1, 2, 2), Merge(7, 6, 9, 6))
    assert read.seen_at(2, 2).text == "1"


def test_whole_columns_that_are_merged_end_with_the_last_cell(first):
    merges = '<mergeCells><mergeCell ref="A1:B1048576"/></mergeCells>'
    read = first('<row r="3"><c r="C3"><v>1</v></c></row>', merges)
    assert read.merges == (Merge(1, 1, 3, 2),)


def test_rows_and_columns_that_are_not_seen(first):
    rows = (
        '<row r="1"><c><v>1</v></c></row><row r="2" hidden="1"/><row r="3" ht="0" customHeight="1"/>'
        '<row r="4" hidden="true"><c><v>1</v></c></row><row r="5" ht="20.5"/><row r="6" hidden="0" ht="0.75"/>'
    )
    columns = (
        '<cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/>'
        '<col min="16383" max="99999" hidden="1"/></cols>'
    )
    read = first(rows, '<autoFilter ref="A1:A6"/>', columns)
    assert read.hidden_rows == {2, 3, 4}
    assert read.hidden_columns == {2, 3, 5, 16_383, 16_384}


def test_characters_that_nobody_sees_are_errors_at_their_cells(tmp_path):
    book = read_rows(
        '<row r="2"><c r="B2" t="s"><v>0</v></c></row>', tmp_path, strings="<si><t>甲_x0007_乙\u200b</t></si>"
    )
    (finding,) = book.findings
    assert (finding.code, finding.level, finding.place.cell) == ("GK106", Level.ERROR, "B2")
    assert book.sheets[0].at(2, 2).text == "甲乙"


def test_so_many_of_them_are_not_all_told(tmp_path):
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 200))
    book = read_rows(rows, tmp_path, strings="<si><t>甲_x0007_</t></si>")
    assert len(book.findings) == 50
    assert len(book.sheets[0].cells) == 199


def test_a_text_that_is_longer_than_a_cell_is_an_error_there(tmp_path):
    book = read_rows(
        '<row r="2"><c r="B2" t="s"><v>0</v></c></row>', tmp_path, strings=f"<si><t>{'甲' * 40_000}</t></si>"
    )
    (finding,) = book.findings
    assert (finding.code, finding.level, finding.place.cell) == ("GK152", Level.ERROR, "B2")
    assert len(book.sheets[0].at(2, 2).text) == 32_767


def test_what_an_error_is_called_may_be_anything_in_a_file_but_not_here(first):
    rows = '<row><c t="e"><v>涉密项目</v></c><c t="e"><v>#N/A</v></c><c t="e"><v>#GETTING_DATA</v></c></row>'
    assert [first(rows).at(1, column).text for column in (1, 2, 3)] == ["#VALUE!", "#N/A", "#GETTING_DATA"]


def test_a_formula_that_very_many_cells_share_is_refused(tmp_path):
    master = f'<c r="A1"><f t="shared" si="0">1{"+1" * 4000}</f><v>1</v></c>'
    rows = "".join(f'<row r="{row}"><c><f t="shared" si="0"/><v>1</v></c></row>' for row in range(2, 700))
    with pytest.raises(FindingsError, match="共用的公式"):
        read_rows(f'<row r="1">{master}</row>{rows}', tmp_path)


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1"><c r="A0"><v>1</v></c></row>', '<row r="1"><c r="XFE1"><v>1</v></c></row>', '<row r="0"/>',
        '<row r="1048577"/>', '<row r="1"><c r="甲"><v>1</v></c></row>', '<row><c t="s"><v>5</v></c></row>',
        '<row><c t="s"><v>-1</v></c></row>', '<row><c r="XFD1"/><c><v>1</v></c></row>',
    ],
)  # fmt: skip
def test_what_no_program_would_write_is_damaged(tmp_path, row):
    with pytest.raises(FindingsError) as refused:
        read_rows(row, tmp_path)
    assert [finding.code for finding in refused.value.findings] == ["GK150"]
