"""Tables on pages: columns by what they hold, rows closer where it saves a page, and word of what does not fit."""

from __future__ import annotations

from collections.abc import Sequence

import lxml.html
import pytest
from lxml.html import HtmlElement
from weasyprint.formatting_structure import boxes

from gongkai.document.grid import column_shares, lines_of, place_cells
from gongkai.findings import Finding
from gongkai.output.layout.breaks import Breaks, form_breaks, grid_breaks
from gongkai.output.layout.density import COMPACT, DENSE, settings
from gongkai.output.layout.fit import fitted
from gongkai.output.layout.table_metrics import Text
from gongkai.output.layout.text_metrics import is_figure, pieces
from gongkai.output.pdf.weasyprint.render import Pages
from gongkai.texts.width import ems
from support.laid_out import EXAMPLES, SHARE_LAYOUTS, example_layout
from support.set_text import POINT, STYLE, paragraphs, set_text, text_of
from support.wide_tables import AMOUNT, amounts_beside, document_of, sheet, table


def names_and_amounts(rows: int, name: str = "行政运行", shares: Sequence[float] = (70, 30)) -> str:
    row = f'<tr><td class="text">{name}</td><td class="num">1.00</td></tr>'
    return table("<tr><th>名称</th><th>金额</th></tr>", row * rows, shares)


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


def pages_with(layout: Pages) -> list[str]:
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


# --- where pages begin ---


def numbered(rows: int, total: bool = False) -> str:
    """A table whose cells reach over no other row."""
    body = "".join(f'<tr><td class="text">事项{row}。</td><td class="num">1.00</td></tr>' for row in range(rows))
    body += '<tr class="total"><td class="center">合计</td><td class="num">1.00</td></tr>' * total
    return table("<tr><th>名称</th><th>金额</th></tr>", body, (70, 30))


def rows_on_pages(content: str) -> list[int]:
    return [page.count("事项") + page.count("合计") for page in pages_with(set_text(content))]


@pytest.mark.parametrize("rows", [26, 60, 61, 62, 86, 87, 88, 90, 91, 92])
def test_a_table_does_not_go_on_for_a_few_rows(rows):
    """Whatever their number, five at least stand on the last page, if there is more than one; no page is short."""
    *full, last = rows_on_pages(sheet(numbered(rows), "landscape"))

    assert sum(full) + last == rows
    assert not full or last >= 5
    assert all(count >= 19 for count in full)


def test_a_total_counts_among_the_rows_of_the_last_page():
    assert rows_on_pages(sheet(numbered(87, total=True), "landscape"))[-1] == 5


def test_only_a_table_of_other_pages_than_the_renderers_is_told_where_they_begin():
    assert grid_breaks([10.0] * 24, 1, 200.0, 0.0, follows=False) == Breaks([19], 60.0, moved=True)
    assert grid_breaks([10.0] * 25, 1, 200.0, 0.0, follows=False) == Breaks([20], 60.0, moved=False)


@pytest.mark.parametrize(
    ("rows", "used", "expected"),
    [
        (20, 0.0, []),
        (21, 0.0, [16]),  # one row would be left
        (25, 0.0, [20]),  # five are: nothing to move
        (40, 0.0, [20, 35]),  # 20 and 39 would begin pages
        (6, 170.0, [3]),  # two rows stay below the head
        (4, 190.0, [1]),  # no row would: the renderer finds that itself
    ],
)
def test_where_pages_begin(rows, used, expected):
    assert grid_breaks([10.0] * rows, 1, 200.0, used, follows=False).rows == expected


@pytest.mark.parametrize(("used", "expected"), [(150.0, [5]), (170.0, [3]), (180.0, [1]), (190.0, [1])])
def test_a_head_and_a_single_row_are_not_left_below_another_table(used, expected):
    assert grid_breaks([10.0] * 20, 1, 200.0, used, follows=True).rows == expected


def test_rows_too_high_for_more_of_them_stay_where_they_are():
    assert grid_breaks([10.0, 90.0, 90.0, 90.0], 1, 200.0, 0.0, follows=False) == Breaks([3], 100.0)


def test_rows_of_forms_go_on_over_pages():
    """A long text fills the page and goes on; a short one begins the next."""
    assert form_breaks([20.0, 500.0], 200.0, 0.0, 10.0) == Breaks([1, 1], 140.0)
    assert form_breaks([190.0, 20.0], 200.0, 0.0, 10.0) == Breaks([1], 20.0)
    assert form_breaks([90.0, 20.0], 200.0, 0.0, 10.0) == Breaks([], 110.0)


def goal_and_measures(sentences: int, rows: int = 30) -> str:
    """A performance form: the goal, and the measures below it."""
    goal = "".join(f"第{number}项工作按期完成。" for number in range(sentences))
    form = (
        '<table class="form"><colgroup><col style="width:20%"><col style="width:80%"></colgroup>'
        '<tbody><tr><td class="label">项目名称</td><td class="text">工作经费</td></tr>'
        f'<tr><td class="label">总体目标</td><td class="text">{goal}</td></tr></tbody></table>'
    )
    return sheet(form + spanned(rows, 20), "landscape")


@pytest.mark.parametrize(
    ("sentences", "rows"), [*((n, 30) for n in range(60, 240, 15)), *((n, 27) for n in range(204, 220, 4))]
)
def test_measures_never_begin_with_a_single_row_at_the_foot_of_a_page(sentences, rows):
    """Nor stands a head alone there, wherever the goal ends."""
    pages = pages_with(set_text(goal_and_measures(sentences, rows)))

    assert all(page.count("事项") >= (2 if page is pages[0] else 5) for page in pages if "三级" in page)


def test_a_long_text_is_reckoned_no_shorter_than_it_is_set():
    """Points do not begin a line and figures stay together: lines hold less than they could."""
    for count in range(30, 60):
        text = "".join(f"第{number}项工作按期完成。" for number in range(count))
        [lines] = paragraphs(set_text(f"<p>{text}</p>"))
        assert Text(2 + ems(text), is_square=False).lines(28) >= len(lines) > 10


def test_every_page_on_which_a_goal_goes_on_says_so():
    first, *later = pages_with(set_text(goal_and_measures(900)))

    assert len(later) > 2
    assert "续表" not in first
    assert all(page.count("（续表）") == 1 for page in later)


def test_paragraphs_in_a_cell_do_not_end_the_table():
    goal = goal_and_measures(400)
    divided = (
        goal.replace("第0项", "<p>第0项").replace("第200项", "</p><p>第200项").replace("完成。</td>", "完成。</p></td>")
    )
    _, *later = pages_with(set_text(divided))

    assert later
    assert all(page.count("（续表）") == 1 for page in later)


def test_what_follows_a_form_is_no_part_of_it():
    form = goal_and_measures(900)
    *_, last = pages_with(set_text(f"{form}<h3>其他事项</h3><p>无。</p>"))

    assert "续表" not in last


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


def test_square_characters_have_no_use_for_half_a_place():
    """A head reckoned a line too low pushed the last row of its table to a page of its own."""
    name = Text.of("上级国有资本经营预算安排的转移支付")
    mixed = Text.of("(教育收费)")

    assert [name.lines(capacity) for capacity in (4, 4.5, 5, 17)] == [5, 5, 4, 1]
    assert [mixed.lines(capacity) for capacity in (2, 2.5, 5)] == [3, 2, 1]


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


def test_every_line_of_an_indented_name_stands_in():
    content = sheet(names_and_amounts(3, name="资源勘探工业信息等支出及其他有关的各项支出", shares=(20, 80)))
    layout = set_text(content.replace('class="text"', 'class="text in-2"'))
    cells = [box for box in layout._document.pages[0]._page_box.descendants() if isinstance(box, boxes.TableCellBox)]
    [cell, *_] = [box for box in cells if "in-2" in (box.element.get("class") or "")]
    starts = [line.children[0].position_x - cell.position_x for line in lines_in(cell)]

    assert len(starts) > 1
    assert min(starts) == pytest.approx(max(starts))
    assert min(starts) / POINT > 2 * STYLE.roles["表格文字"].size


def lines_in(cell: boxes.TableCellBox) -> list[boxes.LineBox]:
    return [box for box in cell.descendants() if isinstance(box, boxes.LineBox)]


NAMES = ("text", "th")


@SHARE_LAYOUTS
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_name_leaves_a_character_alone_on_a_line(name):
    """上级国有资本经营预算安排转移支 / 付: the column gets room, or the two last characters stay together."""
    alone = []
    for page in example_layout(name)[1]._document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.TableCellBox) and (box.element.get("class") or box.element.tag).startswith(NAMES):
                lines = [text_of(line) for line in lines_in(box)]
                square = ems("".join(lines)) == len("".join(lines))
                if len(lines) > 1 and (square or len(lines) <= 4) and len(lines[-1]) == 1:
                    alone.append("".join(lines))
    assert alone == []


def test_a_column_gets_room_for_the_last_character_of_a_name():
    name = "上级国有资本经营预算安排转移支付"
    size, padding = STYLE.roles["表格文字"].size, 2 * STYLE.table.padding.horizontal + STYLE.table.rule
    width, _ = STYLE.page.type_area(landscape=False)
    share = ((len(name) - 0.5) * size + padding) * 100 / width
    [wide] = fit(sheet(names_and_amounts(3, name=name, shares=(share, 100 - share))))

    assert column_shares(wide)[0] * width / 100 >= len(name) * size + padding


# --- what does not fit ---


def wide(*sources: int, name: str = "行政运行", rows: int = 3) -> str:
    """A table of codes, names and amounts: under one heading each so many of them, a single one under its own."""
    amounts = sum(sources)
    numbers = iter(range(amounts))
    over = under = ""
    for count in sources:
        if count == 1:
            over += f'<th rowspan="2">来源{next(numbers)}</th>'
            continue
        over += f'<th colspan="{count}">{count}项资金</th>'
        under += "".join(f"<th>来源{next(numbers)}</th>" for _ in range(count))
    head = f'<tr><th rowspan="2">编码</th><th rowspan="2">名称</th>{over}</tr><tr>{under}</tr>'
    cells = "".join(f'<td class="num">{number},234,567.00</td>' for number in range(1, amounts + 1))
    row = f'<tr><td class="code">2011301</td><td class="text">{name}</td>{cells}</tr>'
    return sheet(table(head, row * rows, [10, 30, *[60 / amounts] * amounts]))


def sources_of(part: HtmlElement) -> list[str]:
    return [text for th in part.iter("th") if (text := th.text_content()).startswith("来源")]


def marks_of(part: HtmlElement) -> list[str]:
    return [p.text_content() for p in part.getparent().iterfind("p[@class='table-unit continues']")]


def test_a_table_too_wide_for_the_smallest_size_is_divided_by_its_columns():
    parts = fit(wide(20))

    assert [len(sources_of(part)) for part in parts] == [5, 5, 5, 5]
    assert [text for part in parts for text in sources_of(part)] == [f"来源{number}" for number in range(20)]
    for part in parts:
        assert [th.text_content() for th in part.iter("th")][:3] == ["编码", "名称", "20项资金"]
        assert [td.text_content() for td in part.iter("td")][:2] == ["2011301", "行政运行"]
        assert sum(column_shares(part)) == pytest.approx(100)
        assert [th.get("colspan") for th in part.iter("th")][2] == str(len(part.findall("colgroup/col")) - 2)
    assert marks_of(parts[0]) == ["（续表）"] * 3
    assert overflowing(wide(20)) == []


def test_parts_are_as_few_as_fit_and_alike():
    """Eight amounts have no room; no part is left with one of them."""
    assert [len(sources_of(part)) for part in fit(wide(8))] == [4, 4]
    assert [len(sources_of(part)) for part in fit(wide(9))] == [4, 5]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ((1, 1, 1, 1, 1, 1, 1, 1), [4, 4]),
        ((1, 2, 2, 2, 1), [5, 3]),
        ((3, 5), [3, 5]),
        ((2, 6), [4, 4]),
    ],
)
def test_columns_under_one_heading_stay_together_unless_the_parts_were_too_unlike(sources, expected):
    assert sorted(len(sources_of(part)) for part in fit(wide(*sources))) == sorted(expected)


def test_names_keep_a_legible_line_where_a_table_is_divided():
    name = "资源勘探工业信息等支出及其他有关的各项支出"
    area = STYLE.page.width - STYLE.page.portrait.left - STYLE.page.portrait.right

    for part in fit(wide(20, name=name)):
        size = settings(STYLE)[-1].size if COMPACT in part.get("class") else STYLE.roles["表格文字"].size
        assert column_shares(part)[1] * area / 100 >= 8 * size
    assert overflowing(wide(20, name=name)) == []


@pytest.mark.parametrize("sources", [(8,), (1, 1, 4, 3), (20,)])
def test_codes_are_no_wider_in_a_part(sources):
    """A part of few amounts leaves more to names and amounts, never to codes."""
    divided = fit(wide(*sources))

    assert len(divided) > 1
    assert all(column_shares(part)[0] <= 10 for part in divided)


def test_every_part_begins_a_page_which_says_once_that_the_table_goes_on():
    content = wide(8)
    first, second = pages_with(set_text(content))

    assert "续表" not in first
    assert second.startswith("（续表）编码")
    assert second.count("续表") == 1
    assert "某某情况表" in first
    assert "备注：无。" not in first
    assert "备注：无。" in second


def test_the_pages_of_a_part_that_goes_on_say_so_too():
    pages = pages_with(set_text(wide(8, rows=70)))

    assert len(pages) == 4
    assert [page.count("续表") for page in pages] == [0, 1, 1, 1]


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
