"""Tables of Word documents as sheets: spans, merges, what stands over and under them."""

from __future__ import annotations

from gongkai.source.workbook.cells import Kind, Merge, Sheet
from support.word import p, read_word, tbl, tc, tr, word

SPAN = '<w:gridSpan w:val="{}"/>'
START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def sheets(body: str, tmp_path) -> list[Sheet]:
    return [table.sheet for table in read_word(word(body), tmp_path).tables]


def said(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {at: cell.shown for at, cell in sheet.cells.items()}


def test_spans_and_merges_are_where_a_reader_sees_them(tmp_path):
    [sheet] = sheets(
        tbl(
            tr(tc("科目", START), tc("金额", SPAN.format(2))),
            tr(tc("", ON), "上年", "本年"),
            tr("合计", "1,200.50", "-3.00"),
        ),
        tmp_path,
    )
    assert said(sheet) == {
        (1, 1): "科目", (1, 2): "金额", (2, 2): "上年", (2, 3): "本年",
        (3, 1): "合计", (3, 2): "1,200.50", (3, 3): "-3.00",
    }  # fmt: skip
    assert set(sheet.merges) == {Merge(1, 1, 2, 1), Merge(1, 2, 1, 3)}
    assert (sheet.cells[3, 2].kind, sheet.cells[3, 2].text) == (Kind.NUMBER, "1200.50")


def test_columns_that_nearly_meet_are_one_and_rows_may_begin_later(tmp_path):
    rows = (
        tr(tc("科目", SPAN.format(2)), "上年", "本年"),
        tr(tc("合计"), tc("1.00", SPAN.format(2)), tc("2.00")),
        tr(tc("3.00", SPAN.format(2)), properties='<w:gridBefore w:val="2"/>'),
    )
    [sheet] = sheets(tbl(*rows, widths=(2000, 40, 1960, 2000)), tmp_path)
    assert sheet.columns == 3
    assert (said(sheet)[2, 3], said(sheet)[3, 2]) == ("2.00", "3.00")


def test_deleted_rows_and_cells_are_not_there(tmp_path):
    [sheet] = sheets(
        tbl(tr("甲", "乙", "丙"), tr("删", "1.00", "2.00", properties="<w:del/>"), tr("丁", "3.00", "4.00")), tmp_path
    )
    assert said(sheet)[2, 1] == "丁"
    assert sheet.rows == 2


def test_title_number_unit_and_notes_belong_to_the_table(tmp_path):
    body = (
        p("第二部分　2024年部门预算表")
        + p("表 1")
        + p("部门收支总表")
        + p("编制单位：某局\t单位：万元")
        + tbl(tr("收入", "支出", "合计"), tr("1.00", "1.00", "2.00"))
        + p("备注：本表为空表。")
        + p("二、说明")
    )
    printed = read_word(word(body), tmp_path)
    [table] = printed.tables
    assert table.sheet.name == "部门收支总表"
    assert [table.sheet.cells[row, 1].shown for row in (1, 2, 3, 4, 6)] == [
        "表 1", "部门收支总表", "编制单位：某局", "收入", "备注：本表为空表。",
    ]  # fmt: skip
    assert table.sheet.cells[3, 2].shown == "单位：万元"
    assert [each.text for each in printed.paragraphs] == ["第二部分　2024年部门预算表", "二、说明"]


def test_sentences_before_a_table_without_title_are_no_part_of_it(tmp_path):
    printed = read_word(word(p("具体情况见下表") + p("单位：万元") + tbl(tr("甲", "乙", "丙"))), tmp_path)
    assert [each.text for each in printed.paragraphs] == ["具体情况见下表"]
    assert said(next(printed.tables).sheet)[1, 1] == "单位：万元"


def test_a_form_and_the_grid_under_it_are_one_sheet_and_others_are_not(tmp_path):
    form = tbl(tr("项目名称", "某项目"), widths=(1500, 4500))
    grid = tbl(tr("指标", "值", "分"), tr("数量", "3", "10"))
    [sheet] = sheets(p("项目支出绩效目标表") + form + p("") + grid, tmp_path)
    assert said(sheet)[2, 1] == "项目名称"
    assert said(sheet)[3, 1] == "指标"
    assert Merge(2, 2, 2, 4) in sheet.merges
    assert len(sheets(form + p("说明。") + grid, tmp_path)) == 2
    assert len(sheets(form + p("", "<w:pageBreakBefore/>") + grid, tmp_path)) == 2


def test_a_table_within_a_frame_is_read_and_one_within_a_cell_of_many_follows(tmp_path):
    inner = tbl(tr("收入", "1.00", "2.00"))
    frame = tbl(tr(tc(p("收支总表") + inner)), widths=(6000,))
    [sheet] = sheets(frame, tmp_path)
    assert (sheet.name, said(sheet)[2, 2]) == ("收支总表", "1.00")
    many = tbl(tr("甲", "乙", "丙"), tr("丁", "戊", tc(p("己") + inner)))
    outer, nested = sheets(many, tmp_path)
    assert said(outer)[2, 3] == "己"
    assert said(nested)[1, 1] == "收入"


def test_cells_in_content_controls_are_read(tmp_path):
    row = f"<w:tr><w:sdt><w:sdtContent>{tc('甲')}</w:sdtContent></w:sdt>{tc('乙')}{tc('丙')}</w:tr>"
    [sheet] = sheets(tbl(f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"), tmp_path)
    assert list(said(sheet).values()) == ["甲", "乙", "丙"]


def test_the_place_of_a_cell_names_table_row_and_column(tmp_path):
    printed = read_word(word(p("甲。") + p("收支总表") + tbl(tr("收入", "1.00", "2.00"))), tmp_path)
    book = printed.workbook
    assert book.place(book.sheets[0], 2, 2).spot == "第 2 段“收支总表”第 2 行第 2 列"
