"""Tables on pages: columns by what they hold, rows closer where it saves a page, and word of what does not fit."""

from __future__ import annotations

from collections.abc import Sequence

import lxml.html
import pytest
from lxml.html import HtmlElement
from weasyprint.formatting_structure import boxes

from gongkai.findings import Finding
from gongkai.output.cells import column_shares, lines_of, place_cells
from gongkai.output.fit import COMPACT, DENSE, fitted, settings
from gongkai.output.pdf import Layout
from gongkai.output.words import ems, is_figure, pieces
from test_typesetting import STYLE, set_text, text_of

AMOUNT = "1,234,567,890.12"


def table(head: str, rows: str, shares: Sequence[float]) -> str:
    columns = "".join(f'<col style="width:{share}%">' for share in shares)
    return f'<table class="grid"><colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{rows}</tbody></table>'


def sheet(tables: str, orientation: str = "portrait") -> str:
    return (
        f'<section class="sheet" data-orientation="{orientation}"><p class="table-id">表 1</p>'
        f'<p class="table-title">某某情况表</p>{tables}<p class="table-note">备注：无。</p></section>'
    )


def names_and_amounts(rows: int, name: str = "行政运行", shares: Sequence[float] = (70, 30)) -> str:
    row = f'<tr><td class="text">{name}</td><td class="num">1.00</td></tr>'
    return table("<tr><th>名称</th><th>金额</th></tr>", row * rows, shares)


def document_of(content: str) -> HtmlElement:
    return lxml.html.document_fromstring(f"<html><body>{content}</body></html>")


def fit(content: str) -> list[HtmlElement]:
    """The tables of a document after fitting."""
    return fitted(document_of(content), STYLE).findall(".//table")


def classes(content: str) -> list[str]:
    return [str(table.get("class")) for table in fit(content)]


def overflowing(content: str) -> list[Finding]:
    return [finding for finding in set_text(content).findings if finding.code == "GK605"]


def pages_of(content: str) -> int:
    return len(set_text(content)._document.pages)


# --- a reserve for figures ---


def shares_with(reserve: float, content: str) -> list[float]:
    [element] = fitted(document_of(content), STYLE, reserve=reserve).findall(".//table")
    return column_shares(element)


def amounts_beside(name: str, amounts: int, shares: Sequence[float]) -> str:
    head = "<tr><th>名称</th>" + "<th>金额</th>" * amounts + "</tr>"
    row = f'<tr><td class="text">{name}</td>' + f'<td class="num">{AMOUNT}</td>' * amounts + "</tr>"
    return sheet(table(head, row, shares))


def test_figures_get_the_reserve_from_columns_that_have_more():
    content = amounts_beside("行政运行", 2, (70, 15, 15))
    _, tight, _ = shares_with(1, content)
    _, roomy, _ = shares_with(1.25, content)

    width = STYLE.page.width - STYLE.page.portrait.left - STYLE.page.portrait.right
    assert (roomy - tight) * width / 100 == pytest.approx(0.25 * ems(AMOUNT) * STYLE.roles["表格数字"].size, abs=0.1)


def test_columns_that_have_the_reserve_already_stay_as_given():
    content = amounts_beside("行政运行", 2, (30, 35, 35))

    assert shares_with(1.25, content) == shares_with(1, content) == pytest.approx([30, 35, 35])


def test_names_keep_half_of_the_free_width():
    """Four amounts leave little: what figures get as a reserve is no more than what names keep."""
    content = amounts_beside("某某县文化体育广播电视和旅游局经费", 4, (40, 15, 15, 15, 15))
    names, tight, *_ = shares_with(1, content)
    kept, roomy, *_ = shares_with(5, content)
    size, horizontal, rule = STYLE.roles["表格文字"].size, STYLE.table.padding.horizontal, STYLE.table.rule
    least = (2 * size + 2 * horizontal + rule) * 100 / (
        STYLE.page.width - STYLE.page.portrait.left - STYLE.page.portrait.right
    )  # fmt: skip

    assert roomy > tight
    assert kept - least == pytest.approx((names - least) / 2, abs=0.5)


# --- cells over several rows ---


def spanned(rows: int, every: int, total: bool = False) -> str:
    """A table whose first cell reaches over all its rows and whose second ones over so many each."""
    cells = (
        (f'<td class="label" rowspan="{rows}">绩效指标</td>' if not row else "")
        + (f'<td class="center" rowspan="{min(every, rows - row)}">产出{row // every}</td>' if row % every == 0 else "")
        + f'<td class="text">事项{row}</td><td class="center">95%</td>'
        for row in range(rows)
    )
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    body += '<tr class="total"><td class="center">总分</td><td></td><td></td><td class="num">100</td></tr>' * total
    return table("<tr><th>一级</th><th>二级</th><th>三级</th><th>指标值</th></tr>", body, (15, 15, 45, 25))


def pages_with(layout: Layout) -> list[str]:
    """The text of every page."""
    return [
        "".join(box.text for box in page._page_box.descendants() if isinstance(box, boxes.TextBox))
        for page in layout._document.pages
    ]


@pytest.mark.parametrize("every", [1, 7, 20, 60])
def test_cells_over_several_rows_stand_again_on_the_next_page(every):
    first, second, third = pages_with(set_text(sheet(spanned(60, every), "landscape")))

    assert all("绩效指标" in page for page in (first, second, third))
    for page in (first, second, third):
        shown = [row for row in range(60) if f"事项{row}95%" in page]
        assert all(f"产出{row // every}" in page for row in shown)
    assert "备注：无。" in third


def test_no_cell_is_lost_or_doubled_where_spans_end():
    [element] = fitted(document_of(sheet(spanned(60, 7), "landscape")), STYLE, end_cells=True).findall(".//table")
    covered = [
        (row, column)
        for cell in place_cells(element)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]

    assert sorted(covered) == [(row, column) for row in range(61) for column in range(4)]


def test_a_total_takes_the_row_above_it_to_its_page():
    for rows in range(15, 25):
        *_, last = pages_with(set_text(sheet(spanned(rows, 5, total=True), "landscape")))
        assert f"事项{rows - 1}" in last


def test_cells_that_no_page_ends_are_left_alone():
    plain = sheet(names_and_amounts(200))
    assert [row.get("style") for row in fitted(document_of(plain), STYLE, end_cells=True).iter("tr")] == [None] * 201
    short = sheet(spanned(10, 5))
    assert {cell.get("rowspan") for cell in fitted(document_of(short), STYLE, end_cells=True).iter("td")} == {
        None, "5", "10",
    }  # fmt: skip


# --- words ---


def broken(label: str, share: float) -> list[str]:
    """The lines of a label in a column of this share of the page."""
    head = f"<tr><th>{label}</th><th>备注</th></tr>"
    layout = set_text(
        sheet(table(head, '<tr><td class="text">无</td><td class="text">无</td></tr>', (share, 100 - share)))
    )
    descendants = [box for page in layout._document.pages for box in page._page_box.descendants()]
    [cell, _] = [box for box in descendants if isinstance(box, boxes.TableCellBox) and box.element_tag == "th"]
    return [text_of(line) for line in cell.descendants() if isinstance(line, boxes.LineBox)]


@pytest.mark.parametrize(
    ("label", "share", "expected"),
    [
        ("上年完成值", 10, ["上年", "完成值"]),
        ("指标分值权重", 13, ["指标分值", "权重"]),
        ("财政资金（万元）", 14, ["财政资金", "（万元）"]),
        ("单位名称（盖章）", 14, ["单位名称", "（盖章）"]),
        ("≤22.29万元", 10, ["≤22.29万元"]),
        ("年初预算数", 10, ["年初", "预算数"]),
        ("上年完成值", 30, ["上年完成值"]),
    ],
)
def test_labels_break_between_words(label, share, expected):
    assert broken(label, share) == expected


def test_words_are_broken_where_that_saves_a_line():
    """经济 | 成本 | 指标 would ask for three lines; two hold the label."""
    assert broken("经济成本指标", 9.1) == ["经济成", "本指标"]


def test_pieces_of_a_label():
    assert pieces("指标值设置依据", STYLE.table.words) == ["指标值", "设置", "依据"]
    assert pieces("某某数", ()) == ["某", "某数"]
    assert pieces("", ()) == []


@pytest.mark.parametrize(("text", "expected"), [("≤22.29万元", True), ("95%", True), ("第3次", False), ("", False)])
def test_figures_with_their_unit(text, expected):
    assert is_figure(text) is expected


# --- rows ---


@pytest.mark.parametrize(
    ("rows", "expected"),
    [(5, "grid"), (25, "grid"), (33, "grid dense"), (43, "grid dense compact"), (200, "grid dense")],
)
def test_rows_are_closer_only_where_that_saves_a_page(rows, expected):
    """Nothing is gained for a table of four pages by the smallest size: it stays legible."""
    assert classes(sheet(names_and_amounts(rows))) == [expected]


@pytest.mark.parametrize("rows", [5, 25, 33, 43])
def test_what_is_reckoned_to_fit_does_fit(rows):
    assert pages_of(sheet(names_and_amounts(rows))) == 1


def test_a_table_that_the_pack_sets_densely_stays_so():
    dense = names_and_amounts(5).replace('class="grid"', 'class="grid dense"')

    assert classes(sheet(dense)) == ["grid dense"]


def test_text_of_the_smallest_setting_has_the_size_that_the_style_states():
    roomy, dense, compact = settings(STYLE)

    assert (roomy.name, dense.name, compact.name) == ("", DENSE, COMPACT)
    assert compact.size == STYLE.table.least == 7.5
    assert compact.line / compact.size == roomy.line / roomy.size


def test_a_style_may_not_shrink_its_text_by_a_larger_least_size():
    table = STYLE.table.model_copy(update={"least": 30.0})
    *_, compact = settings(STYLE.model_copy(update={"table": table}))

    assert compact.size == STYLE.roles["表格文字"].size


def test_landscape_pages_hold_fewer_rows():
    assert classes(sheet(names_and_amounts(25), "landscape")) == ["grid dense"]


def test_a_parts_title_takes_its_place_on_the_page():
    content = sheet(names_and_amounts(24))

    assert classes(content) == ["grid"]
    assert classes(f"<section><h1>第二部分</h1>{content}</section>") == ["grid dense"]


# --- columns ---


def test_columns_stay_as_the_pack_says_where_everything_fits():
    assert column_shares(fit(sheet(names_and_amounts(5)))[0]) == [70, 30]


def test_a_column_too_narrow_for_its_amounts_takes_from_the_others():
    row = f'<tr><td class="text">行政运行</td><td class="num">{AMOUNT}</td></tr>'
    content = sheet(table("<tr><th>名称</th><th>金额</th></tr>", row, (95, 5)))

    name, amount = column_shares(fit(content)[0])
    assert amount > 15
    assert name + amount == pytest.approx(100, abs=0.02)
    assert overflowing(content) == []


def test_columns_are_cut_to_their_texts_where_that_saves_a_page():
    """Names that would take two lines each get a column as wide as they are."""
    content = sheet(names_and_amounts(34, name="资源勘探工业信息等支出及其他有关的各项支出", shares=(20, 80)))
    [fitting] = fit(content)

    assert column_shares(fitting)[0] > 35
    assert pages_of(content) == 1


def test_codes_are_never_broken():
    row = '<tr><td class="code">2011301</td><td class="num">1.00</td></tr>'
    [fitting] = fit(sheet(table("<tr><th>编码</th><th>金额</th></tr>", row, (3, 97))))

    width = STYLE.page.width - STYLE.page.portrait.left - STYLE.page.portrait.right
    assert column_shares(fitting)[0] * width / 100 >= 3.5 * STYLE.roles["表格文字"].size


def test_an_indent_takes_room_of_its_line():
    """其中的各项 stand in: the column is as wide as the longest of them with its indent."""
    content = sheet(names_and_amounts(34, name="资源勘探工业信息等支出及其他有关的各项支出", shares=(20, 80)))
    indented = content.replace('class="text"', 'class="text in-2"')
    roles = STYLE.roles["表格文字"].size
    width = STYLE.page.width - STYLE.page.portrait.left - STYLE.page.portrait.right

    wider = column_shares(fit(indented)[0])[0] - column_shares(fit(content)[0])[0]
    assert wider * width / 100 == pytest.approx(2 * roles, abs=0.1)
    assert pages_of(indented) == 1


# --- what does not fit ---


def wide(amounts: int) -> str:
    """A table of codes, names and many amounts under one heading."""
    head = f'<tr><th rowspan="2">编码</th><th rowspan="2">名称</th><th colspan="{amounts}">资金来源</th></tr>'
    head += "<tr>" + "".join(f"<th>来源{number}</th>" for number in range(amounts)) + "</tr>"
    cells = "".join(f'<td class="num">{number},234,567.00</td>' for number in range(1, amounts + 1))
    row = f'<tr><td class="code">2011301</td><td class="text">行政运行</td>{cells}</tr>'
    return sheet(table(head, row * 3, [10, 30, *[60 / amounts] * amounts]))


def test_a_table_too_wide_for_the_smallest_size_is_divided_by_its_columns():
    parts = fit(wide(20))

    assert len(parts) == 3
    heads = [[th.text_content() for th in part.iter("th")] for part in parts]
    assert [head[:3] for head in heads] == [["编码", "名称", "资金来源"]] * 3
    assert [text for head in heads for text in head[3:]] == [f"来源{number}" for number in range(20)]
    for part in parts:
        assert [td.text_content() for td in part.iter("td")][:2] == ["2011301", "行政运行"]
        assert sum(column_shares(part)) == pytest.approx(100)
        assert [th.get("colspan") for th in part.iter("th")][2] == str(len(part.findall("colgroup/col")) - 2)
    assert [p.text_content() for p in parts[0].getparent().iterfind("p[@class='table-unit']")] == ["（续表）"] * 2
    assert overflowing(wide(20)) == []


def test_a_table_that_has_room_is_not_divided():
    assert len(fit(wide(4))) == 1


def test_a_table_without_names_cannot_be_divided():
    assert len(fit(impossible())) == 1


def impossible(columns: int = 20) -> str:
    """Twenty columns of amounts of a thousand million each and nothing to know them by: no page has room for it."""
    cells = f'<td class="num">{AMOUNT}</td>' * columns
    return sheet(table("<tr>" + "<th>金额</th>" * columns + "</tr>", f"<tr>{cells}</tr>", [100 / columns] * columns))


def test_an_impossible_table_is_reported_once():
    [finding] = overflowing(impossible())

    assert finding.level.name == "WARNING"
    assert finding.message == f"第 1 张纸上“{AMOUNT}”超出了栏宽"
    assert "加宽" in finding.advice


def test_a_row_higher_than_the_page_is_reported_or_broken_but_never_lost():
    text = "".join(f"第{number}项工作按期完成。" for number in range(900))
    row = f'<tr><td class="text">{text}</td><td class="num">1.00</td></tr>'
    content = sheet(table("<tr><th>名称</th><th>金额</th></tr>", row, (20, 80)))
    layout = set_text(content)

    assert len(layout._document.pages) > 1 or overflowing(content)


def test_long_cells_of_forms_go_on_on_the_next_page():
    text = "".join(f"第{number}项工作按期完成。" for number in range(900))
    form = (
        f'<table class="form"><tbody><tr><td class="label">目标</td><td class="text">{text}</td></tr></tbody></table>'
    )
    layout = set_text(sheet(form))

    assert len(layout._document.pages) > 2
    assert [f for f in layout.findings if f.code == "GK605"] == []


# --- cells ---


def test_cells_know_their_places_under_spans():
    rows = '<tr><td rowspan="2">甲</td><td colspan="2">乙</td></tr><tr><td>丙</td><td>丁</td></tr>'
    grid = lxml.html.fragment_fromstring(f"<table><tbody>{rows}</tbody></table>")

    places = {lines_of(p.cell)[0]: (p.row, p.column, p.rows, p.columns) for p in place_cells(grid)}
    assert places == {"甲": (0, 0, 2, 1), "乙": (0, 1, 1, 2), "丙": (1, 1, 1, 1), "丁": (1, 2, 1, 1)}


def test_a_span_ends_with_its_group():
    rows = '<thead><tr><th>甲</th></tr></thead><tbody><tr><td rowspan="9">乙</td></tr></tbody>'
    grid = lxml.html.fragment_fromstring(f"<table>{rows}</table>")

    assert [(p.row, p.rows) for p in place_cells(grid)] == [(0, 1), (1, 1)]


def test_lines_of_a_cell():
    cell = lxml.html.fragment_fromstring("<td>一<br>二<!-- 三 --><p>四<span>五</span></p></td>")

    assert lines_of(cell) == ["一", "二", "四五"]
    assert lines_of(lxml.html.fragment_fromstring("<td></td>")) == [""]


@pytest.mark.parametrize(("text", "expected"), [("公开", 2), ("12.50", 2.5), ("（%）", 3), ("", 0)])
def test_width_of_text(text, expected):
    assert ems(text) == expected


def test_the_document_itself_is_not_changed():
    root = lxml.html.document_fromstring(f"<html><body>{sheet(names_and_amounts(43))}</body></html>")
    before = lxml.html.tostring(root)

    fitted(root, STYLE)
    assert lxml.html.tostring(root) == before
