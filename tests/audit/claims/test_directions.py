"""Words of direction against each other and against the figures; differences added up."""

from __future__ import annotations

import pytest

from support.claimed import found


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [("增加", "增长", []), ("增加", "下降", ["GK855"]), ("减少", "增长", ["GK855"])],
)
def test_words_of_one_comparison_agree(one, other, codes):
    assert found(f"单位资金20.36万元，比上年预算{one}0.10万元，{other}0.49%。") == codes


def test_words_agree_with_the_two_years():
    text = (
        "“一般公共服务支出（类）商贸事务（款）行政运行（项）”287.46万元。"
        "2023年当年预算执行数为280.00万元，2024年预算安排287.46万元，比2023年预算执行数{}。"
    )
    assert found(text.format("增加2.66%")) == []
    assert found(text.format("减少2.66%")) == ["GK855"]
    assert found(text.format("持平")) == ["GK855"]


def test_nothing_has_not_grown():
    text = "政府性基金拨款支出预算0万元，{}。"
    assert found(text.format("与2023年预算持平")) == []
    assert found(text.format("比2023年预算增加1421.25万元")) == ["GK856"]
    assert found(text.format("比2023年预算减少1421.25万元")) == []


def test_carried_money_may_have_been_overspent():
    assert found("年末结转和结余1.00万元，比上年决算增加5.00万元。", kind="决算") == []


def test_what_was_not_there_has_not_shrunk():
    text = "单位资金20.00万元，比上年预算{}20.00万元，上年没有安排，不可比。"
    assert found(text.format("增加")) == []
    assert found(text.format("减少")) == ["GK856"]


def test_a_comparison_without_its_rate_is_odd_where_others_have_theirs():
    rated = [f"{name}22.00万元，比上年预算增加2.00万元，增长10.00%。" for name in ("单位资金", "事业收入", "其他收入")]
    assert found(*rated, "经营收入5.00万元，比上年预算增加5.00万元。") == []
    assert found(*rated, "经营收入5.00万元，比上年预算减少5.00万元。") == ["GK857"]
    assert found("经营收入5.00万元，比上年预算减少5.00万元。") == []


THREE = (
    "“三公”经费比上年预算增加8.00万元，其中：因公出国（境）费增加0.00万元；公务用车购置费增加0.00万元；"
    "公务用车运行费{}8.00万元；公务接待费增加0.00万元。"
)


def test_differences_of_parts_are_that_of_the_whole():
    assert found(THREE.format("增加")) == []
    assert found(THREE.format("减少")) == ["GK844"]


def test_items_of_a_budget_change_together_as_it_does():
    lines = (
        "五、2024年一般公共预算当年拨款情况说明",
        "一般公共预算拨款合计545.70万元，其中：基本支出525.70万元，比上年预算增加39.30万元，增长8.08%。",
        "项目支出20.00万元，比上年预算增加20.00万元，增长100.00%。",
        "1.一般公共服务支出（类）商贸事务（款）行政运行（项）：2024年预算数为287.46万元，比上年预算增加9.65万元，增长3.47%。",
        "2.一般公共服务支出（类）商贸事务（款）事业运行（项）：2024年预算数为160.22万元，比上年预算增加29.65万元，增长22.71%。",
        "3.一般公共服务支出（类）商贸事务（款）其他商贸事务支出（项）：2024年预算数为20.00万元，比上年预算增加20.00万元，增长100.00%。",
        "4.住房保障支出（类）住房改革支出（款）住房公积金（项）：2024年预算数为78.02万元，比上年预算增加0.00万元，增长0.00%。",
    )
    assert found(*lines) == []
    gone = lines[3].replace("增加9.65万元，增长3.47%", "增加0.00万元，增长0.00%")
    assert found(*lines[:3], gone, *lines[4:]) == ["GK844"]
