"""A document held against the one of the year before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.audit.run import audit
from gongkai.audit.words.last_year import RULES
from support.small_documents import COVER, TABLES, audited

BEFORE = "本部门2023年收入预算100.00万元，比上年预算增加10.00万元，主要原因是新招录人员2名，工资相应增加。"
NOW = "本部门2024年收入预算120.00万元，比上年预算增加20.00万元，主要原因是基础绩效奖标准提高，工资相应增加。"


def found_in(now: str, before: str = BEFORE, *, heading: str = "二、2023年收入预算情况"):
    last = audited("示例县商务局", "2023年部门预算公开", heading, before)
    document = audited(*COVER, "二、2024年收入预算情况", f"5|{now}", TABLES)
    return audit(replace(document, last_year=last, unread=()), RULES)


def test_figures_and_reasons_that_fit_are_not_told():
    assert found_in(NOW) == []


@pytest.mark.parametrize(
    ("change", "reckoned"), [("增加30.00", "90.00"), ("减少20.00", "140.00"), ("增加20.05", "99.95")]
)
def test_last_years_figure_is_that_of_last_year(change, reckoned):
    [found] = found_in(NOW.replace("增加20.00", change))

    assert (found.code, found.place.page, found.place.paragraph) == ("GK889", 5, 4)
    assert (found.stated, found.expected) == (Decimal(reckoned), Decimal("100.00"))
    assert f"得出上年是 {reckoned} 万元，上年公开文件里是 100.00 万元" in found.message


def test_rounding_is_no_mistake():
    assert found_in(NOW.replace("增加20.00", "增加20.01")) == []


def test_a_reason_of_last_year_is_told():
    [found] = found_in(NOW.replace("基础绩效奖标准提高", "新招录人员2名"))

    assert (found.code, found.message) == ("GK888", "原因与上年公开文件里的一字不差：“新招录人员2名，工资相应增加”")


def test_what_is_said_of_something_else_is_not_compared():
    assert found_in(NOW.replace("增加20.00", "增加30.00"), heading="三、2023年支出预算情况") == []
    assert found_in(NOW.replace("增加20.00", "增加30.00"), BEFORE + BEFORE) == []


def account(year: int, opening: str, closing: str):
    return [
        [f"{year}年度收入支出决算总表"],
        ["编制部门：示例县商务局", "", "", "单位：万元"],
        ["收入", "", "支出", ""],
        ["项目", "决算数", "项目", "决算数"],
        ["一、一般公共预算财政拨款收入", "10.00", "一、一般公共服务支出", "9.00"],
        ["年初结转和结余", opening, "年末结转和结余", closing],
        ["总计", "12.00", "总计", "12.00"],
    ]


def test_what_is_carried_over_is_what_was_left():
    last = audited(account(2023, "1.00", "2.00"))

    def told(opening: str) -> list[str]:
        document = replace(audited(account(2024, opening, "3.00")), last_year=last, unread=())
        return [finding.message for finding in audit(document, RULES)]

    assert told("2.00") == []
    assert told("2.50") == ["年初结转和结余 2.50 万元，上年公开文件里的年末结转和结余是 2.00 万元，相差 0.50 万元"]


@pytest.mark.parametrize(
    ("cover", "why"),
    [
        (("示例县商务局", "2022年部门预算公开"), "是 2022 年的，这份是 2024 年的"),
        (("示例县商务局", "2023年度部门决算"), "是决算的，这份是预算的"),
        (("邻山县教育局", "2023年部门预算公开"), "是“邻山县教育局”的，这份是“示例县商务局”的"),
    ],
)
def test_what_is_not_the_year_before_is_not_compared(cover, why):
    last = audited(*cover, "二、2023年收入预算情况", BEFORE)
    document = audited(*COVER, "二、2024年收入预算情况", NOW.replace("增加20.00", "增加30.00"), TABLES)

    [found] = audit(replace(document, last_year=last, unread=()), RULES)
    assert (found.code, found.message) == ("GK885", f"上年的文件{why}，没有比")
