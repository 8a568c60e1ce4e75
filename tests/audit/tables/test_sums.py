"""Sums within a table and between tables: what fails is told with both figures, and under what is wrong at bottom."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.audit.recognise import recognised
from gongkai.audit.tables.facts import facts_of
from gongkai.audit.tables.sums.whole import sums_of
from gongkai.findings import Level
from support.paper_tables import TREE, codes, messages, spending, told
from support.small_documents import paper, with_cell

TWO_SIDES = [
    ["2024年收支总体情况表"],
    ["编制单位：示例局", "", "", "单位：万元"],
    ["收入", "《", "支出", "《"],
    ["项目", "预算数", "功能分类", "预算数"],
    ["一、本年收入", "1046.82", "201 一般公共服务支出", "968.80"],
    ["1.一般公共预算拨款", "545.70", "208 社会保障和就业支出", "78.02"],
    ["5.单位资金", "501.12", "", ""],
    ["二、上年结转结余", "", "", ""],
    ["收入总计", "1046.82", "支出总计", "1046.82"],
]


def test_tables_that_are_right_have_nothing_said_of_them():
    assert codes(spending(*TREE), TWO_SIDES) == []


def test_wrong_cell_is_told_once_under_its_own_place_with_what_it_should_be():
    found = told(paper(spending(*with_cell(TREE, 2, 2, "278.56"))))
    causes = {(fault.cause.line, fault.cause.column) for _, fault in found if fault.cause}

    assert causes == {(6, 3)}
    assert sorted({finding.code for finding, _ in found}) == ["GK801", "GK802"]
    first = next(finding for finding, _ in found if finding.code == "GK801")
    assert first.message == (
        "《支出总体情况表》2011301 行政运行“合计”是 278.56 万元，同一行各列相加是 287.56 万元，相差 9.00 万元"
        "；看来是这个数错了，应是 287.56 万元（另有 1 处也因此对不上）"
    )
    assert (first.stated, first.expected) == (Decimal("278.56"), Decimal("287.56"))


def test_sum_down_a_table_names_the_row_and_the_column():
    rows = [row for row in TREE if row[0] != "2080501"]
    assert any(
        "20805 行政事业单位养老支出“合计”是 78.02 万元，下级各行相加是 47.50 万元" in m
        for m in messages("GK802", spending(*rows))
    )


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [(5, 1, "GK803"), (5, 3, "GK803"), (8, 1, "GK804")],
)
def test_sides_of_a_general_table_add_up_to_one_total(row, column, code):
    assert code in codes(with_cell(TWO_SIDES, row, column, "545.07"))


def test_two_tables_give_one_figure():
    other = [tuple(texts) for texts in TREE]
    # Both tables add up; the whole of 2080505 is another in each.
    for row, column, text in ((8, 2, "48.50"), (8, 3, "48.50"), (6, 2, "79.02"), (6, 3, "79.02"), (5, 2, "79.02"),
                              (5, 3, "79.02"), (9, 2, "1047.82"), (9, 3, "526.70")):  # fmt: skip
        changed_row = list(other[row])
        changed_row[column] = text
        other[row] = tuple(changed_row)
    income = [
        ["2024年收入总体情况表"],
        ["编制单位：示例局", "", "", "", "单位：万元"],
        ["科目编码", "科目名称", "总计", "一般公共预算", "单位资金"],
        *[[row[0], row[1], row[2], row[3], row[4]] for row in other],
    ]
    found = told(paper(income, spending(*TREE)))

    assert {finding.code for finding, _ in found} == {"GK821"}
    assert len({fault.cause for _, fault in found}) == 1
    assert any("2080505" in finding.message and "《收入总体情况表》" in finding.message for finding, _ in found)


def test_row_that_only_one_table_has_is_told():
    projects = [
        ["2024年一般公共预算项目支出情况表"],
        ["编制单位：示例局", "", "", "单位：万元"],
        ["科目编码", "科目名称", "项目名称", "项目支出合计"],
        ["2080505", "机关事业单位基本养老保险缴费支出", "养老", "20.00"],
        ["", "合计", "", "20.00"],
    ]
    general = [
        ("201", "一般公共服务支出", "20.00", "", "20.00"),
        ("20113", "商贸事务", "20.00", "", "20.00"),
        ("2011399", "其他商贸事务支出", "20.00", "", "20.00"),
        ("", "合计", "20.00", "", "20.00"),
    ]
    said = messages("GK823", spending(*general, title="一般公共预算支出情况表"), projects)
    assert any("2080505" in message and "没有" in message for message in said)


def test_rounding_is_no_error_and_in_an_exact_document_a_hint():
    rounded = with_cell(TREE, 9, 2, "1046.83")
    alone = told(paper(spending(*rounded[5:])))
    many = [(f"20{n}", f"科目{n}", f"{n}.30", f"{n}.10", "0.20") for n in range(10, 60)]

    assert not [finding for finding, _ in alone if finding.code in ("GK801", "GK802") and "0.01" in finding.message]
    assert not [
        f for f, _ in told(paper(spending(*many[:-1], ("2059", "科目", "59.31", "59.10", "0.20")))) if f.code == "GK801"
    ]
    tails = [
        f for f, _ in told(paper(spending(*many[:-1], ("2059", "科目", "59.31", "59.10", "0.20")))) if f.code == "GK805"
    ]
    assert [(f.level, f.place.line, f.place.column) for f in tails] == [(Level.HINT, 53, 3)]


def test_flat_subtotals_are_understood_where_most_rows_bear_them_out():
    head = [["2024年收入总体情况表"], ["编制单位：示例局", "", "", "", "", "", "", "单位：万元"]]
    heads = [
        "科目编码",
        "科目名称",
        "总计",
        "本年收入小计",
        "一般公共预算",
        "单位资金",
        "结转小计",
        "非财政拨款结转结余",
    ]
    rows = [
        ["201", "一般公共服务支出", "16.00", "12.00", "10.00", "2.00", "4.00", "4.00"],
        ["208", "社会保障和就业支出", "9.00", "6.00", "5.00", "1.00", "3.00", "3.00"],
        ["210", "卫生健康支出", "5.00", "4.00", "4.00", "", "1.00", "1.00"],
        ["", "合计", "30.00", "22.00", "19.00", "3.00", "8.00", "8.00"],
    ]
    assert codes([*head, heads, *rows]) == []
    rows[1][3] = "6.60"
    assert "GK801" in codes([*head, heads, *rows])


def test_reading_that_fails_more_often_than_not_is_one_warning():
    rows = [(*row[:2], f"{n}.00", *row[3:]) for n, row in enumerate(TREE, 7)]
    found = told(paper(spending(*rows)))

    assert [finding.code for finding, _ in found].count("GK817") == 1
    assert "GK801" not in [finding.code for finding, _ in found]


def test_facts_are_found_by_table_row_and_column():
    facts = facts_of(recognised(paper(spending(*TREE))))
    fact = facts.get("支出总体", "2011301", "基本支出")

    assert fact is not None
    assert (fact.value, fact.figure.slack, fact.place.line, fact.place.column) == (
        Decimal("287.46"),
        Decimal("0.005"),
        6,
        4,
    )
    assert facts.at(fact.place) is fact
    assert facts.get("支出总体", "合计", "合计") is not None


def test_relations_are_told_apart_by_their_cells():
    sums = sums_of(recognised(paper(spending(*TREE))))
    assert len({relation.identity for relation in sums.relations}) == len(sums.relations)
    assert not sums.failing


def _service(total: str) -> list[list[str]]:
    """A table that no register knows."""
    return [
        ["2024年购买服务明细表"],
        ["", "", "", "单位：万元"],
        ["服务项目", "小计", "本级", "上级"],
        ["年鉴印刷", "3.00", "2.00", "1.00"],
        ["档案数字化", "5.50", "3.00", "2.50"],
        ["后勤服务", "4.25", "4.00", "0.25"],
        ["合计", total, "9.00", "3.75"],
    ]


def test_table_that_is_none_of_the_official_ones_is_read_where_it_bears_its_reading_out():
    assert codes(_service("12.75")) == []
    found = told(paper(_service("12.57")))
    assert {(finding.code, finding.level) for finding, _ in found} == {
        ("GK801", Level.WARNING),
        ("GK802", Level.WARNING),
    }
    assert all("《2024年购买服务明细表》" in finding.message for finding, _ in found)


def test_table_of_which_nothing_bears_a_reading_out_is_left_alone():
    rows = [[*row[:1], f"{n}.13", *row[2:]] for n, row in enumerate(_service("1.00")[3:], 3)]
    assert codes([*_service("1.00")[:3], *rows]) == []
