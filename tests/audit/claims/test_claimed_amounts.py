"""Amounts in running text against tables, against each other, parts against wholes."""

from __future__ import annotations

import pytest

from gongkai.findings import Level
from support.claimed import BASIC, SPENDING, document, findings, found

FUND = "五、关于示例县商务局2024年一般公共预算当年拨款情况说明"
WHOLE = "示例县商务局2024年一般公共预算拨款合计{}万元，其中：基本支出{}万元，项目支出{}万元。"


def test_amounts_as_in_the_tables_are_left_alone():
    assert found(FUND, WHOLE.format("545.70", "525.70", "20.00")) == []


def test_an_amount_unlike_its_table_is_told_with_both_figures_and_its_place():
    told = findings(document(FUND, WHOLE.format("545.70", "525.70", "20.07")))
    (wrong,) = [finding for finding in told if finding.code == "GK841"]
    assert wrong.level is Level.ERROR
    assert (str(wrong.stated), str(wrong.expected)) == ("20.07", "20")
    assert wrong.message == (
        "“项目支出”写 20.07 万元，《一般公共预算支出情况表》“合计”“项目支出”是 20.00 万元，相差 0.07 万元"
    )
    assert wrong.place is not None
    text = WHOLE.format("545.70", "525.70", "20.07")
    assert text[wrong.place.column - 1 :].startswith("20.07")
    assert wrong.place.paragraph == 2


def test_a_last_digit_is_only_a_hint():
    told = [f for f in findings(document(FUND, WHOLE.format("545.70", "525.70", "20.01"))) if f.code == "GK841"]
    assert [finding.level for finding in told] == [Level.HINT]


@pytest.mark.parametrize(
    "written", ["545.70 万元", "545.70\n万元", "５４５.７０万元", "5457000元", "5,457,000.00 元", "0.05457亿元"]
)
def test_an_amount_is_the_same_however_it_is_written(written):
    assert found(FUND, f"示例县商务局2024年一般公共预算拨款合计{written}。") == []


def test_a_table_in_yuan_allows_what_rounding_explains():
    spending = [[_in_yuan(text) for text in row] for row in SPENDING]
    spending[1][-1] = "单位：元"
    spending[5][2] = spending[5][3] = "2874649.00"
    item = "1.一般公共服务支出（类）商贸事务（款）行政运行（项）：2024年预算数为{}万元。"
    assert found(FUND, item.format("287.46"), tables=(spending,)) == []
    assert found(FUND, item.format("287.64"), tables=(spending,)) == ["GK841"]


def _in_yuan(text: str) -> str:
    whole, _, cents = text.partition(".")
    return f"{whole}{cents}00.00" if cents and whole.isdigit() else text


def test_an_item_is_found_by_its_full_name():
    item = "一般公共服务支出（类）商贸事务（款）行政运行（项）：2024年预算数为{}万元，主要用于人员支出。"
    assert found(FUND, item.format("287.46")) == []
    assert found(FUND, item.format("278.46")) == ["GK841"]


def test_reasons_and_thresholds_claim_nothing():
    assert (
        found(
            FUND,
            "基本支出525.70万元，主要原因是本年新增商务工作经费13.00万元，项目支出减少5.00万元。",
            "单位价值50万元以上大型设备0台，单价100万元（含）以上设备0台。",
        )
        == []
    )


def test_an_amount_said_twice_in_a_paragraph_is_the_same():
    text = (
        "1.“一般公共服务支出（类）商贸事务（款）行政运行（项）”287.46万元，主要用于人员支出。"
        "2023年当年预算执行数为280.00万元，2024年预算安排{}万元，比2023年预算执行数增加{}%。"
    )
    assert found(FUND, text.format("287.46", "2.66")) == []
    assert found(FUND, text.format("297.46", "6.24")) == ["GK841", "GK842"]


PROCURED = (
    "2024年，示例县商务局政府采购预算{}万元，其中：政府采购货物预算1.65万元，"
    "政府采购工程预算0.00万元，政府采购服务预算232.00万元。"
)


def test_parts_add_up_to_their_whole():
    assert found(PROCURED.format("233.65")) == []
    assert found(PROCURED.format("236.35")) == ["GK843"]


def test_a_list_that_is_not_known_to_be_complete_need_not_add_up():
    assert found("基本支出525.70万元，其中：会议费1.00万元，培训费2.00万元。") == []


def test_small_enterprises_have_no_more_than_all():
    text = "面向中小企业预留政府采购项目预算金额{}万元，小微企业预留政府采购项目预算金额33.65万元。"
    assert found(PROCURED.format("233.65"), text.format("230.47")) == []
    assert found(PROCURED.format("233.65"), text.format("23.47")) == ["GK843"]
    assert found(PROCURED.format("233.65"), text.format("320.47")) == ["GK843"]


def test_staff_and_office_are_held_against_the_table_of_basic_spending():
    text = "示例县商务局2024年一般公共预算基本支出525.70万元，其中："
    lines = ("人员经费{}万元，主要包括：基本工资、津贴补贴。", "公用经费20.36万元，主要包括：办公费。")
    assert found(text, lines[0].format("505.34"), lines[1], tables=(BASIC,)) == []
    assert found(text, lines[0].format("503.54"), lines[1], tables=(BASIC,)) == ["GK841", "GK843"]


def test_a_project_is_found_by_its_name():
    projects = [
        ["2024年一般公共预算项目支出情况表"],
        ["编制单位：示例县商务局", "", "", "单位：万元"],
        ["科目编码", "科目名称", "项目名称", "项目支出合计"],
        ["2011399", "其他商贸事务支出", "商务工作经费", "20.00"],
        ["", "合计", "", "20.00"],
    ]
    lines = ("七、一般公共预算项目支出情况说明", "1.项目名称：商务工作经费", "预算安排规模：{}万元")
    assert found(*lines[:2], lines[2].format("20"), tables=(projects,)) == []
    assert found(*lines[:2], lines[2].format("26"), tables=(projects,)) == ["GK841"]
