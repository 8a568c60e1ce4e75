"""Names of 科目, lists that are complete and have nothing in vain."""

from __future__ import annotations

from gongkai.findings import Level
from support.claimed import document, findings, found

FUND = "（三）一般公共预算当年拨款具体使用情况"
ITEMS = (
    "1.一般公共服务支出（类）商贸事务（款）行政运行（项）：2024年预算数为287.46万元。",
    "2.一般公共服务支出（类）商贸事务（款）事业运行（项）：2024年预算数为160.22万元。",
    "3.一般公共服务支出（类）商贸事务（款）其他商贸事务支出（项）：2024年预算数为20.00万元。",
    "4.住房保障支出（类）住房改革支出（款）住房公积金（项）：2024年预算数为78.02万元。",
)


def test_a_list_of_all_items_is_left_alone():
    assert found(FUND, *ITEMS) == []


def test_half_width_brackets_and_blanks_are_no_other_name():
    assert found(FUND, *(item.replace("（", " (").replace("）", ")") for item in ITEMS)) == []


def test_an_item_under_another_name_is_told_with_that_of_the_table():
    (wrong,) = findings(document(FUND, *ITEMS[:3], ITEMS[3].replace("住房改革支出", "住房保障支出")))
    assert (wrong.code, wrong.level) == ("GK845", Level.ERROR)
    assert wrong.message == (
        "“住房公积金”的款写“住房保障支出”，表里是“住房改革支出”（2210201，见《一般公共预算支出情况表》）"
    )


def test_an_item_that_no_table_has_is_told():
    other = "5.教育支出（类）进修及培训（款）培训支出（项）：2024年预算数为1.00万元。"
    assert found(FUND, *ITEMS, other) == ["GK845"]
    assert found(FUND, *ITEMS, other.replace("1.00", "0.00")) == []


def test_names_that_mostly_differ_are_those_of_tables_that_were_not_understood():
    assert found(FUND, *(item.replace("支出（类）", "（类）") for item in ITEMS)) == []


def test_an_item_left_out_is_told():
    (wrong,) = findings(document(FUND, *ITEMS[1:]))
    assert (wrong.code, wrong.level) == ("GK846", Level.ERROR)
    assert "有 2011301 行政运行 287.46 万元，说明里没有写" in wrong.message


def test_text_that_tells_of_one_item_is_no_list():
    assert found(FUND, ITEMS[0]) == []


LISTED = "公用经费20.36万元，主要包括：{}。"


def test_names_listed_have_an_amount():
    assert found(LISTED.format("办公费")) == []
    assert found(LISTED.format("办公费、会议费")) == ["GK847"]


def test_names_with_an_amount_are_listed_unless_the_list_is_open():
    staff = "人员经费505.34万元，主要包括：{}。"
    assert found(staff.format("基本工资、津贴补贴")) == []
    assert found(staff.format("基本工资")) == ["GK848"]
    assert found(staff.format("基本工资等")) == []


def test_a_list_of_other_things_is_left_alone():
    assert found(LISTED.format("日常办公、差旅、车辆")) == []
