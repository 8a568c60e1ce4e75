"""Sentences and tables as other provinces write them: what is right is not told, what is wrong is."""

from __future__ import annotations

import pytest

from support.claimed import found

FINAL_SPENT = [
    ["2024年度一般公共预算财政拨款支出决算表"],
    ["编制单位：示例县商务局", "", "", "", "单位：万元"],
    ["科目编码", "科目名称", "本年支出", "基本支出", "项目支出"],
    ["201", "一般公共服务支出", "467.68", "447.68", "20.00"],
    ["20113", "商贸事务", "467.68", "447.68", "20.00"],
    ["2011301", "行政运行", "287.46", "287.46", ""],
    ["2011350", "事业运行", "160.22", "160.22", ""],
    ["2011399", "其他商贸事务支出", "20.00", "", "20.00"],
    ["", "合计", "467.68", "447.68", "20.00"],
]
SPENT = "（三）一般公共预算财政拨款支出决算具体情况"
ITEM = "一般公共服务（类）商贸事务（款）{}（项）：支出决算为{}万元。"


@pytest.mark.parametrize(
    ("name", "amount", "codes"),
    [("事业运行", "160.22", []), ("事业运行", "162.02", ["GK841"]), ("事业运转", "160.22", ["GK845"])],
)
def test_a_class_may_be_named_without_its_last_word(name, amount, codes):
    items = [ITEM.format("行政运行", "287.46"), ITEM.format(name, amount), ITEM.format("其他商贸事务支出", "20.00")]
    assert found(SPENT, *items, tables=(FINAL_SPENT,), kind="决算") == codes


def test_what_stands_after_a_sentence_of_its_own_is_of_that_sentence():
    text = "基本支出525.70万元；项目支出20.00万元。基本支出比上年增加5.70万元，主要是人员增加；"
    assert found("三、一般公共预算支出", f"{text}其中人员经费505.34万元，公用经费20.36万元。") == []


@pytest.mark.parametrize(("rate", "codes"), [("96.34", []), ("93.64", ["GK852"])])
def test_a_share_without_a_whole_is_of_all_spending(rate, codes):
    assert found("三、一般公共预算支出", f"按性质分，基本支出525.70万元，占{rate}%。") == codes


@pytest.mark.parametrize(("rate", "codes"), [("5.00", []), ("6.00", ["GK851"])])
def test_income_and_spending_told_in_one_are_one_subject(rate, codes):
    text = f"2024年度收、支总计均为105.00万元。与2023年度相比，收、支总计各增加5.00万元，增长{rate}%。"
    assert found("一、收入支出决算总体情况说明", text, tables=(FINAL_SPENT,), kind="决算") == codes


@pytest.mark.parametrize(("goods", "codes"), [("31.20", []), ("13.20", ["GK843"])])
def test_kinds_of_procurement_may_be_called_so(goods, codes):
    parts = f"货物类采购预算{goods}万元，工程类采购预算0.00万元，服务类采购预算155.20万元"
    assert found(f"政府采购安排186.40万元，其中：{parts}。") == codes


def test_what_is_counted_has_an_amount_of_its_own():
    assert found("二、一般公共预算", "实行绩效目标管理的项目2个，涉及一般公共预算拨款20.00万元。") == []


def test_what_is_compared_with_something_else_may_be_told_without_a_rate():
    rated = [f"单位资金{at}.00万元，比上年预算增加1.00万元，增长{rate}%。" for at, rate in ((21, 5), (11, 10), (5, 25))]
    text = "一般公共预算当年拨款545.70万元，比2023年执行数减少5.70万元。"
    assert "GK857" in found(*rated, text.replace("2023年执行数", "上年预算"))
    assert "GK857" not in found(*rated, text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("共有车辆5辆，其中：机要通信用车1辆、执法执勤用车4辆。", []),
        ("共有车辆5辆，其中：机要通信用车2辆、执法执勤用车4辆。", ["GK858"]),
        ("共有车辆5辆，其中：机要通信用车1辆、其他用车3辆。", ["GK858"]),
        ("共有车辆5辆，其中：执法执勤用车4辆。", []),
        ("共有车辆5辆。单价100万元以上设备0台。", []),
    ],
)
def test_vehicles_of_each_kind_come_to_all(text, codes):
    assert found(text) == codes


@pytest.mark.parametrize(
    ("words", "codes"), [("政府性基金预算", []), ("国有资本经营预算", ["GK849"]), ("财政专户", [])]
)
def test_a_section_tells_of_its_own_budget(words, codes):
    assert found("（八）政府性基金预算支出情况说明", f"没有使用{words}拨款安排的支出。") == codes


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("（二）关于2024年支出预算情况说明", []),
        ("（二）关于2023年支出预算情况说明", ["GK850"]),
    ],
)
def test_headings_are_of_the_year(heading, codes):
    others = ("（一）关于2024年收入预算情况说明", "（三）关于2024年三公经费预算情况说明")
    assert found(others[0], heading, others[1]) == codes


@pytest.mark.parametrize(("year", "codes"), [("2024", []), ("2022", ["GK850"])])
def test_a_final_account_counts_what_there_is_at_the_end_of_the_year(year, codes):
    text = f"截至{year}年12月31日，共有车辆5辆。"
    assert found(text, tables=(FINAL_SPENT,), kind="决算") == codes


def test_the_figure_of_the_year_is_not_said_to_be_last_years():
    assert found("三、一般公共预算支出", "2023年，基本支出525.70万元。") == ["GK861"]
    assert found("三、一般公共预算支出", "2023年，基本支出520.70万元。") == []
    assert found("三、一般公共预算支出", "2024年，基本支出525.70万元。") == []
