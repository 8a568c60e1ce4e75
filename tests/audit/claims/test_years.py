"""Years in running text: compared with, spoken of, of a project."""

from __future__ import annotations

import pytest

from support.claimed import found

FUND = "（三）一般公共预算当年拨款具体使用情况"
ITEM = "一般公共服务支出（类）商贸事务（款）{}（项）：{}年预算数为{}万元，比{}增加1.00万元。"


@pytest.mark.parametrize(
    ("base", "codes"), [("2023年预算", []), ("上年预算", []), ("2022年预算", ["GK861"]), ("2024年预算", ["GK861"])]
)
def test_text_compares_with_the_year_before(base, codes):
    assert found(f"单位资金22.00万元，比{base}增加2.00万元。") == codes


def test_a_final_account_may_compare_with_its_own_budget():
    assert found("本年支出合计22.00万元，比2024年预算增加2.00万元。", kind="决算") == []


@pytest.mark.parametrize(("year", "codes"), [("2024", []), ("2023", ["GK861"]), ("2025", ["GK861"])])
def test_an_item_is_told_of_the_year_itself(year, codes):
    assert found(FUND, ITEM.format("行政运行", year, "287.46", "上年预算")) == codes


def test_items_of_one_list_are_compared_with_the_same():
    names = (("行政运行", "287.46"), ("事业运行", "160.22"), ("其他商贸事务支出", "20.00"))
    lines = [ITEM.format(name, "2024", amount, "上年预算") for name, amount in names]
    fund = "住房保障支出（类）住房改革支出（款）住房公积金（项）：2024年预算数为78.02万元，比{}增加1.00万元。"
    assert found(FUND, *lines, fund.format("上年预算")) == []
    assert found(FUND, *lines, fund.format("上年执行数")) == ["GK862"]


@pytest.mark.parametrize(
    ("period", "codes"),
    [
        ("2024年1月1日-2024年12月31日", []),
        ("2024年1月—2024年12月", []),
        ("2023年7月至2025年6月", []),
        ("2024年12月1日-2024年1月31日", ["GK863"]),
        ("2023年1月1日-2023年12月31日", ["GK863"]),
        ("长期", []),
    ],
)
def test_the_period_of_a_project_has_the_year_in_it(period, codes):
    assert found(f"资金执行时间：{period}") == codes
