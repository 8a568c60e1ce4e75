"""Rates in running text, recomputed from the printed amounts."""

from __future__ import annotations

import pytest

from gongkai.findings import Level
from support.claimed import document, findings, found

CHANGE = "单位资金501.12万元，比上年预算{}万元，{}%，主要原因是本年增加。"


@pytest.mark.parametrize(
    ("gap", "rate"),
    [("增加59.30", "增长13.42"), ("减少59.30", "下降10.58"), ("增加0.00", "增长0.00"), ("增加501.12", "增长100.00"),
     ("增加59.30", "增长13.4")],
)  # fmt: skip
def test_a_rate_that_the_amounts_give_is_left_alone(gap, rate):
    assert found(CHANGE.format(gap, rate)) == []


@pytest.mark.parametrize(
    ("gap", "rate"),
    [("增加59.30", "增长14.32"), ("减少59.30", "下降11.58"), ("增加0.00", "增长5.00"), ("增加501.12", "增长110.00"),
     ("增加59.30", "增长12.4")],
)  # fmt: skip
def test_another_is_told(gap, rate):
    assert found(CHANGE.format(gap, rate)) == ["GK851"]


def test_the_message_says_what_it_should_be():
    (wrong,) = findings(document(CHANGE.format("增加59.30", "增长31.42")))
    assert wrong.message == "“单位资金”增长 31.42%，按印出的金额计算应为 13.42%"
    assert (str(wrong.stated), str(wrong.expected)) == ("31.42", "13.42")


def test_where_rounding_leaves_several_rates_any_of_them_may_stand():
    text = "单位资金0.30万元，比上年预算减少0.01万元，下降{}%。"
    assert [found(text.format(rate)) for rate in ("3.23", "4.76", "1.62")] == [[], [], []]
    assert found(text.format("6.23")) == ["GK851"]


def test_a_rate_off_by_its_last_digit_is_a_warning():
    (wrong,) = findings(document("单位资金9746.50万元，比上年预算增加1193.20万元，增长13.96%。"))
    assert wrong.level is Level.WARNING


def test_a_comparison_without_its_amount_uses_what_was_said_of_it_before():
    said = "2024年财政拨款“三公”经费预算数为12.00万元，其中：因公出国（境）费0.00万元，公务接待费12.00万元。"
    change = "2024年财政拨款“三公”经费比上年预算增加8.00万元，增长{}%。"
    assert found(said, change.format("200.00")) == []
    assert found(said, change.format("20.00")) == ["GK851"]


def test_growth_is_reckoned_by_both_years_where_both_are_said():
    text = (
        "1.“一般公共服务支出（类）商贸事务（款）其他商贸事务支出（项）”20.00万元。"
        "2023年当年预算执行数为{}万元，2024年预算安排20.00万元，比2023年预算执行数增加{}%。"
    )
    assert found(text.format("16.00", "25.00")) == []
    assert found(text.format("16.00", "52.00")) == ["GK851"]
    assert found(text.format("0", "100.00")) == []


SHARES = (
    "示例县商务局收入预算1,046.82万元，其中：",
    "一般公共预算545.70万元，占{}%。",
    "单位资金501.12万元，占47.87%。",
)


def test_a_share_is_of_the_amount_that_the_list_takes_apart():
    assert found(SHARES[0], SHARES[1].format("52.13"), SHARES[2]) == []
    assert found(SHARES[0], SHARES[1].format("53.12"), SHARES[2]) == ["GK852"]


def test_a_share_of_something_named_is_of_that():
    text = "2024年度政府采购支出总额384.90万元。授予中小企业合同金额184.90万元，占政府采购支出总额的{}%。"
    assert found(text.format("48.04"), kind="决算") == []
    assert found(text.format("40.84"), kind="决算") == ["GK852"]


OUTTURN = "与年初预算相比，年初预算数{}万元，决算数{}万元，预决算差异率{}%，主要原因是追加。"


@pytest.mark.parametrize(
    ("planned", "actual", "rate"),
    [("601.03", "1,351.08", "124.79"), ("35.00", "31.50", "-10.00"), ("0.00", "5.00", "100.00"), ("0", "0", "0.00"),
     ("43.15", "43.15", "0.00")],
)  # fmt: skip
def test_a_variance_is_of_the_planned(planned, actual, rate):
    lead = "其他支出情况：收入支出总体"
    assert found(lead + OUTTURN.format(planned, actual, rate), kind="决算") == []
    wrong = f"{float(rate) + 3:.2f}"
    assert found(lead + OUTTURN.format(planned, actual, wrong), kind="决算") == ["GK853"]


COMPLETED = "公务接待费年初预算为{}万元，支出决算为{}万元，完成年初预算的{}%。"


def test_a_completion_is_of_the_planned():
    assert found(COMPLETED.format("2.85", "0.39", "13.68"), kind="决算") == []
    assert found(COMPLETED.format("2.85", "0.39", "18.63"), kind="决算") == ["GK853"]


def test_nothing_planned_has_no_completion():
    assert found(COMPLETED.format("0.00", "0.00", "0.00"), kind="决算") == ["GK854"]


def test_one_rate_that_the_printed_amounts_do_not_give_is_odd_where_all_others_are():
    lines = [f"{name}{amount}万元，比上年预算增加{gap}万元，增长{rate}%。" for name, amount, gap, rate in _LINES]
    assert found(*lines, tables=()) == []
    told = findings(document(*lines[:-1], lines[-1].replace("10.10", "10.08"), tables=()))
    assert [(finding.code, finding.level) for finding in told] == [("GK859", Level.HINT)]
    few = lines[:5]
    assert found(*few, lines[-1].replace("10.10", "10.08"), tables=()) == []


_LINES = (
    ("单位资金", "3.00", "1.00", "50.00"),
    ("事业收入", "5.00", "1.00", "25.00"),
    ("经营收入", "7.00", "1.50", "27.27"),
    ("其他收入", "9.00", "2.00", "28.57"),
    ("上级补助收入", "4.40", "0.40", "10.00"),
    ("附属单位上缴收入", "6.60", "0.60", "10.00"),
    ("财政专户管理资金", "8.80", "0.80", "10.00"),
    ("公务接待费", "2.20", "0.20", "10.00"),
    ("公务用车运行费", "3.30", "0.30", "10.00"),
    ("机关运行经费", "10.90", "1.00", "10.10"),
)
