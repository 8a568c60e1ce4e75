"""Tables as other provinces head them."""

from __future__ import annotations

from gongkai.audit.recognise import recognised
from gongkai.intake.export.forms import words
from support.paper_tables import codes
from support.small_documents import paper, with_cell

SIDES = [
    ["2024年部门收支预算总表"],
    ["编制单位：示例县商务局", "", "", "单位：万元"],
    ["收入", "《", "支出", "《"],
    ["项目", "2024年预算", "项目", "2024年预算"],
    ["一、一般公共预算拨款", "90.00", "一、一般公共服务支出", "100.00"],
    ["二、事业收入", "6.00", "", ""],
    ["本年收入合计", "96.00", "本年支出合计", "100.00"],
    ["上年结转", "4.00", "结转下年", ""],
    ["收入总计", "100.00", "支出总计", "100.00"],
]
BLOCKS = [
    ["2024年度一般公共预算财政拨款基本支出决算表"],
    ["编制单位：示例县商务局", "", "", "", "", "单位：万元"],
    ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
    ["301", "工资福利支出", "60.00", "302", "商品和服务支出", "5.00"],
    ["30101", "基本工资", "60.00", "30201", "办公费", "5.00"],
    ["人员经费合计", "", "60.00", "公用经费合计", "", "5.00"],
]


def test_a_head_that_says_the_year_and_budget_is_the_amount():
    assert [table.form.key for table in recognised(paper(SIDES)).found] == ["收支总体"]


def test_what_was_carried_over_below_the_income_of_the_year_is_added():
    assert codes(SIDES) == []
    assert "GK803" in codes(with_cell(SIDES, 7, 1, "3.00"))
    assert "GK803" in codes(with_cell(SIDES, 5, 1, "7.00"))


def test_the_number_of_a_table_does_not_take_the_first_character_of_its_title():
    assert words.title("表5  一般公共预算支出情况表") == "一般公共预算支出情况表"
    assert words.title("表一一般公共预算支出情况表") == "一般公共预算支出情况表"
    assert words.title("附表十二、三公经费表") == "三公经费表"


def test_a_total_may_be_named_in_the_column_of_codes():
    assert codes(BLOCKS) == []
