"""Tables of all shapes on paper, read as the rows that they are."""

from __future__ import annotations

import pytest

from gongkai.source.printed.document import Table
from gongkai.source.printed.pdf.read import read_pdf_data
from gongkai.source.workbook.cells import Kind
from support.paper import OVER, changed, lying, paper, rows, said_by_rows, turned

HEADS = "<tr><th>科目编码</th><th>科目名称</th><th>合计</th><th>基本支出</th></tr>"
LONG = "第{}项支出的名称比较长需要折行才放得下的项目名称"


def only_table(data: bytes) -> Table:
    [table] = read_pdf_data(data, "a.pdf").tables
    return table


def said(table: Table) -> list[list[str]]:
    sheet = table.sheet
    return [
        [cell.shown if (cell := sheet.at(row, column)) else "" for column in range(1, sheet.columns + 1)]
        for row in range(1, sheet.rows + 1)
    ]


def test_a_table_begins_with_what_stands_over_it():
    table = only_table(paper(f"<p>说明。</p>{OVER}<table class=g>{HEADS}{rows(3)}</table>"))
    over = said(table)[:2]

    assert table.sheet.name == "支出预算表"
    assert over[0] == ["支出预算表", "", "", ""]
    assert over[1][0] == "编制单位：某局"
    assert [text for text in over[1][1:] if text] == ["单位：万元"]
    assert said(table)[2:] == [["科目编码", "科目名称", "合计", "基本支出"], *said_by_rows(3)]


def test_amounts_are_numbers_with_their_printed_decimals_and_codes_with_zeros_are_texts():
    cells = "<tr><td>05</td><td>甲</td><td>1,234.50</td></tr><tr><td>11</td><td>乙</td><td>-3</td></tr>"
    sheet = only_table(
        paper(f"{OVER}<table class=g>{HEADS[:-5].replace('<th>基本支出</th>', '')}</tr>{cells}</table>")
    ).sheet
    kinds = {cell.shown: (cell.kind, cell.text) for cell in sheet.cells.values()}

    assert kinds["1,234.50"] == (Kind.NUMBER, "1234.50")
    assert kinds["-3"] == (Kind.NUMBER, "-3")
    assert kinds["05"] == (Kind.TEXT, "05")
    assert kinds["11"] == (Kind.TEXT, "11")


def test_merged_cells_are_one():
    head = "<tr><th rowspan=2>科目</th><th colspan=2>预算数</th></tr><tr><th>合计</th><th>基本支出</th></tr>"
    table = only_table(paper(f"{OVER}<table class=g>{head}<tr><td>甲</td><td>2.5</td><td>1.5</td></tr></table>"))
    merges = {(merge.top, merge.left, merge.bottom, merge.right) for merge in table.sheet.merges}

    assert {(3, 1, 4, 1), (3, 2, 3, 3)} <= merges
    assert table.sheet.seen_at(4, 1).text == "科目"


def test_a_table_over_pages_is_one_without_its_repeated_header():
    upper = "<tr><th rowspan=2>编码</th><th rowspan=2>名称</th><th colspan=2>预算数</th></tr>"
    head = f"<thead>{upper}<tr><th>合计</th><th>基本支出</th></tr></thead>"
    document = read_pdf_data(paper(f"{OVER}<table class=g>{head}{rows(80, LONG)}</table><p>注：完。</p>"), "a.pdf")
    [table] = document.tables

    assert document.pages > 2
    assert said(table)[4:] == said_by_rows(80, LONG)
    assert {spot.page for spot in table.spots.values()} == set(range(1, document.pages + 1))
    assert [paragraph.text for paragraph in document.paragraphs] == ["注：完。"]


def test_a_row_that_a_page_divides_is_one():
    table = only_table(paper(f"{OVER}<table class=g>{HEADS}{rows(80, LONG)}</table>"))

    assert said(table)[3:] == said_by_rows(80, LONG)


def test_a_text_that_goes_on_in_the_next_page_stands_in_its_row():
    long = "这是一段很长的说明文字，用来使一行在一页的末尾放不下而分到下一页去继续。" * 12
    body = f"<tr><td>甲项目</td><td>{long}</td><td class=n>12.30</td></tr>"
    body += "<tr><td>乙项目</td><td>短</td><td class=n>5</td></tr>"
    head = '<tr><th style="width: 20%">项目</th><th>内容</th><th style="width: 20%">金额</th></tr>'
    table = only_table(paper(f'<div style="height: 560pt"></div><table class=g>{head}{body}</table>'))

    assert said(table) == [["项目", "内容", "金额"], ["甲项目", long, "12.30"], ["乙项目", "短", "5"]]


def test_a_cell_that_is_merged_over_a_page_is_one():
    body = "<tr><td rowspan=12>产出指标</td><td>指标0</td><td class=n>0.5</td></tr>"
    body += "".join(f"<tr><td>指标{at}</td><td class=n>{at}.5</td></tr>" for at in range(1, 12))
    head = "<tr><th>类别</th><th>项目</th><th>金额</th></tr>"
    table = only_table(paper(f'<div style="height: 560pt"></div><table class=g>{head}{body}</table>'))

    assert {spot.page for spot in table.spots.values()} == {1, 2}
    assert {table.sheet.seen_at(row, 1).text for row in range(2, 14)} == {"产出指标"}


def test_tables_of_a_kind_each_with_its_title_are_several():
    lines = "<tr><td>项目名称</td><td>{}</td></tr><tr><td>金额</td><td>5</td></tr>"
    one = '<div class="{}">{}<table class=g>' + lines + "</table></div>"
    over = OVER.replace("支出预算表", "项目支出绩效目标表")
    document = read_pdf_data(paper(one.format("", over, "甲") + one.format("new", over, "乙")), "a.pdf")

    assert [said(table)[2][1] for table in document.tables] == ["甲", "乙"]


@pytest.mark.parametrize(
    "start",
    [
        "<table>",
        '<table style="border-top: 1pt solid; border-bottom: 1pt solid">',
        "<table class=v><style>tr:first-child { border-bottom: 0.6pt solid }</style>",
    ],
    ids=["no lines", "three lines", "no lines between rows"],
)
def test_columns_without_lines_are_read_where_they_are_sure(start):
    heads = HEADS.replace("<th>合计", '<th style="text-align: right">合计')
    document = read_pdf_data(
        paper(f"<p>前面的字。</p>{OVER}{start}{heads}{rows(12)}</table><p>后面的字。</p>"), "a.pdf"
    )
    [table] = document.tables

    assert said(table)[3:] == said_by_rows(12)
    assert [paragraph.text for paragraph in document.paragraphs] == ["前面的字。", "后面的字。"]
    assert document.findings == ()


def test_what_looks_like_a_table_and_cannot_be_parted_is_told():
    lines = "".join(
        f'<p style="text-indent: {at * 2.3}em">第{at}项<span style="margin-left: 6em">{at * 31}.50</span>'
        f'<span style="margin-left: {3 + at % 3}em">{at}.20</span></p>'
        for at in range(1, 8)
    )
    document = read_pdf_data(paper(lines), "a.pdf")

    assert not list(document.tables)
    assert [(finding.code, finding.place.page) for finding in document.findings] == [("GK894", 1)]


def test_what_is_cut_off_is_noted_and_what_nobody_sees_is_not_read():
    half = '<div style="height: 9pt; overflow: hidden; line-height: 16pt">被切掉一半的字</div>'
    hidden = '<div style="height: 16pt; overflow: hidden; line-height: 16pt">看得见<br>看不见</div>'
    body = f"<tr><td>甲</td><td>{half}</td></tr><tr><td>乙</td><td>{hidden}</td></tr>"
    table = only_table(paper(f"<table class=g><tr><th>项目</th><th>内容</th></tr>{body}</table>"))

    assert said(table)[1:] == [["甲", "被切掉一半的字"], ["乙", "看得见"]]
    assert table.clipped == {(2, 2)}


@pytest.mark.parametrize("change", [turned([1, 2, 3, 0]), lying], ids=["turned by the viewer", "drawn lying"])
def test_turned_pages_are_read_as_they_are_seen(change):
    plain = paper(f"{OVER}<table class=g><thead>{HEADS}</thead>{rows(60, LONG)}</table>")
    document = read_pdf_data(changed(plain, change), "a.pdf")
    [table] = document.tables

    assert said(table)[3:] == said_by_rows(60, LONG)


def test_boxes_of_a_turned_page_are_where_its_reader_sees_them():
    plain = paper(f"{OVER}<table class=g>{HEADS}{rows(3)}</table>")
    upright, turned_once = only_table(plain), only_table(changed(plain, turned([1])))
    one, other = upright.spots[4, 3].box, turned_once.spots[4, 3].box

    assert (other.right, other.top) == pytest.approx((842 - one.top, one.left), abs=1)


def test_text_that_reaches_over_an_edge_stays_in_its_cell():
    body = '<tr><td style="width: 40pt; white-space: nowrap">这些字比格子宽</td><td></td></tr>'
    body += "<tr><td>甲</td><td>乙</td></tr>"
    table = only_table(paper(f'<table class=g style="table-layout: fixed; width: 120pt">{body}</table>'))

    assert said(table)[0][0] == "这些字比格子宽"


def test_a_number_that_is_too_long_for_its_column_is_one_number():
    style = "<style>td{overflow-wrap:anywhere;vertical-align:top;padding:1px;text-align:left}</style>"
    widths = "<colgroup><col style='width:40px'><col style='width:120px'><col style='width:34px'><col></colgroup>"
    cells = "".join(
        f"<tr><td>{code}</td><td>{LONG.format(code)}</td><td>{amount}</td><td></td></tr>"
        for code, amount in (("2013801", "1261.75"), ("2013816", "2462.18"))
    )
    table = only_table(paper(f"{style}{OVER}<table class=g style='table-layout:fixed'>{widths}{HEADS}{cells}</table>"))

    assert [row[0] for row in said(table)[3:]] == ["2013801", "2013816"]
    assert [row[2] for row in said(table)[3:]] == ["1261.75", "2462.18"]
