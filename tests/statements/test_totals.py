"""Approved totals (核定数): every table, sentence, chart and data file prints the one figure that was approved.

What was typed may miss an approved total by rounding, no further than the decimals that were typed allow.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

import pytest

from gongkai.checks.run import check
from gongkai.document.compose import Rendered, render_disclosure
from gongkai.document.parse import parse_document
from gongkai.findings import Level
from gongkai.output.data.opendata import open_data
from gongkai.output.xlsx.writer import render_xlsx
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.named_files.prior import last_years_facts
from gongkai.statements.totals import half_step, rounding_bound
from support.examples import ROOT, Data, budget_of, example_data, pack_of
from support.strategies_final import account_of, file_data, final_pack
from support.workbook import sheets_of

PUBLISHED = ROOT / "examples" / "bozhou-swj-2024-final.yaml"


def errors(data: Data) -> list[str]:
    disclosure = budget_of(data) if data["文种"] == "预算" else account_of(data)
    return [finding.code for finding in check(disclosure) if finding.level is Level.ERROR]


# --------------------------------------------------------------------------------------
# The rounding of what was typed


@pytest.mark.parametrize(
    ("typed", "half"),
    [("20", "0.005"), ("3.1", "0.005"), ("3.10", "0.005"), ("3.100", "0.0005"), ("3.1000", "0.00005"),
     ("3.100000", "0")],
)  # fmt: skip
def test_an_amount_was_rounded_in_its_last_place(typed, half):
    assert half_step(Decimal(typed)) == Decimal(half)


def test_the_bound_is_that_of_all_amounts():
    assert rounding_bound(map(Decimal, ("1.10", "2.2000"))) == Decimal("0.00505")


def test_a_nothing_with_decimals_may_be_a_little_and_a_bare_0_is_nothing():
    assert rounding_bound(map(Decimal, ("1.10", "0.00"))) == Decimal("0.01")
    assert rounding_bound(map(Decimal, ("1.10", "0"))) == Decimal("0.005")


def test_money_in_yuan_was_not_rounded():
    data = example_data() | {"金额单位": "元"}
    amounts = [s.amount for s in BudgetFigures(budget_of(data)).spending]
    assert rounding_bound(amounts) == 0


# --------------------------------------------------------------------------------------
# Totals that a form prints as equal


def test_income_that_does_not_come_to_spending_is_refused_whatever_other_amounts_were_rounded():
    """其他收入 0.09 too low, where it was typed with four decimals: 01表 would print 3,604.67 beside 3,604.76."""
    data = file_data(PUBLISHED)
    del data["核定数"]
    office, invited = data["科目收支"][:2]
    for part, written in (("基本支出", "29.9635"), ("年初结转和结余", "0.1085"), ("年末结转和结余", "0.1200")):
        office[part]["其他资金"] = written
    invited["项目支出"]["其他资金"] = invited["收入"]["其他收入"] = "223.2910"
    office["收入"]["其他收入"] = "29.9750"
    assert errors(data) == []
    office["收入"]["其他收入"] = "29.8850"
    assert errors(data) == ["GK451"]


def test_a_small_miss_of_two_decimals_is_refused_until_the_approved_total_is_stated():
    data = two_decimals()
    data["科目收支"][0]["收入"]["其他收入"] = "10.01"
    assert errors(data) == ["GK451"]
    data["核定数"] = {"收支总计": "120.01"}
    assert errors(data) == []
    figures = FinalFigures(account_of(data))
    assert figures.income_total == figures.spending_total == Decimal("120.01")


def test_a_miss_that_nobody_sees_is_told_and_both_sides_print_one_figure():
    data = two_decimals()
    data["科目收支"][0]["收入"]["其他收入"] = "10.001"
    assert errors(data) == []
    figures = FinalFigures(account_of(data))
    assert figures.income_total == figures.spending_total
    assert figures.exact.income_total - figures.exact.spending_total == Decimal("0.001")


def two_decimals() -> Data:
    """A small account in 万元 of two decimals, three subjects with money of two kinds."""
    data = file_data(ROOT / "examples" / "minimal-final.yaml")
    data |= {
        "金额单位": "万元",
        "科目收支": [
            {
                "科目": "2010301",
                "基本支出": {"一般公共预算": "40.00", "其他资金": "10.00"},
                "收入": {"其他收入": "10.00"},
                "变动": {"一般公共预算": {"上年": "40.00", "原因": "人员有变化"}},
            },
            {
                "科目": "2080505",
                "基本支出": {"一般公共预算": "30.00"},
                "变动": {"一般公共预算": {"上年": "30.00", "原因": "人员有变化"}},
            },
            {
                "科目": "2210201",
                "基本支出": {"一般公共预算": "40.00"},
                "变动": {"一般公共预算": {"上年": "40.00", "原因": "人员有变化"}},
            },
        ],
        "总体变动": {
            "收支总计": {"上年": "110.00", "原因": "人员有变化"},
            "财政拨款": {"上年": "110.00", "原因": "人员有变化", "年初预算": "110.00", "差异原因": "无差异"},
            "一般公共预算": {"上年": "110.00", "原因": "人员有变化", "年初预算": "110.00", "差异原因": "无差异"},
        },
        "基本支出经济分类": {"30101": "40.00", "30108": "30.00", "30113": "40.00"},
        "机关运行经费": {"上年": "0", "原因": "两年均没有公用经费"},
        "整体绩效自评": data["整体绩效自评"] | {"资金": {"本级资金": {"全年预算": "110", "执行": "110"}}},
    }
    data.pop("使用非财政拨款结余", None)
    data.pop("结余分配", None)
    return data


# --------------------------------------------------------------------------------------
# The approved figure is printed everywhere


BUDGET_TOTALS = {"收支总计": "1046.83", "一般公共预算": "545.71", "项目支出": "521.13"}


@cache
def approved_budget() -> Rendered:
    budget = budget_of(example_data() | {"核定数": BUDGET_TOTALS})
    return render_disclosure(budget, pack_of("克州"))


def test_no_table_sentence_or_file_of_a_budget_prints_the_sum_beside_the_approved_total():
    rendered = approved_budget()
    files = open_data(rendered)
    texts = [rendered.html, *(data.decode("utf-8-sig") for name, data in files.items() if name.endswith(".csv"))]
    sheets = sheets_of(render_xlsx(parse_document(rendered), rendered))
    cells = {value for sheet in sheets for value in sheet.cells.values()}
    for total, summed in (("1046.83", "1046.82"), ("545.71", "545.70")):
        grouped, wrong = (f"{Decimal(figure):,}" for figure in (total, summed))
        for text in texts:
            assert not re.search(rf"(?<![\d,.])({re.escape(wrong)}|{re.escape(summed)})(?!\d)", text)
        assert grouped in texts[0]
        assert any(total in text for text in texts[1:])
        assert Decimal(total) in cells
        assert Decimal(summed) not in cells


def test_the_same_money_is_the_same_figure_under_every_name():
    """财政拨款 is 一般公共预算 where there is no other, and so is 本年收入 收支总计 where nothing was carried over."""
    figures = BudgetFigures(budget_of(example_data() | {"核定数": BUDGET_TOTALS}))
    assert figures.appropriated == Decimal("545.71")
    assert figures.current_income == figures.total == Decimal("1046.83")


def test_next_year_compares_with_the_approved_figure():
    budget = budget_of(example_data() | {"核定数": BUDGET_TOTALS})
    facts = {fact.where: fact.value for fact in last_years_facts(budget)}
    assert facts["收入", "一般公共预算"] == Decimal("545.71")
    assert facts["支出变动", "项目支出"] == Decimal("521.13")


def test_changes_and_shares_are_those_of_the_approved_figure():
    """545.71 of 1,046.83, and 59.31 more than 486.40: what a reader reckons from what is printed."""
    text = str(approved_budget())
    assert "545.71万元，占52.13%，比上年预算增加59.31万元" in re.sub(r"<[^>]*>|\s", "", text)


def test_a_total_beyond_rounding_is_never_printed():
    figures = BudgetFigures(budget_of(example_data() | {"核定数": {"收支总计": "1050.00"}}))
    assert figures.total == Decimal("1046.82")


def test_a_single_figure_has_no_approved_figure_beside_it():
    """机关运行经费 apart, one amount that was typed is what is printed; another one approved is a mistake."""
    data = example_data()
    assert "GK404" in errors(data | {"核定数": {"单位资金": "501.13", "政府采购": "0.01"}})


def test_final_total_stands_in_tables_and_sentences():
    data = two_decimals()
    data["科目收支"][0]["收入"]["其他收入"] = "10.01"
    data["核定数"] = {"收支总计": "120.01"}
    account = account_of(data)
    rendered = render_disclosure(account, final_pack("base", account.year))
    text = re.sub(r"<[^>]*>|\s", "", rendered.html)
    assert "120.00" not in text
    assert text.count("120.01") > 4


def test_parts_that_were_rounded_up_are_not_more_than_a_whole_that_was_rounded_down():
    """面向中小企业 is all of 3.014 + 2.014: typed 3.01 and 2.01, and 5.03."""
    bought = {"货物": "3.01", "服务": "2.01", "面向中小企业": "5.03", "面向小微企业": "5.03"}
    assert errors(example_data() | {"政府采购": bought}) == []
    assert errors(example_data() | {"政府采购": bought | {"面向中小企业": "5.04", "面向小微企业": "5.03"}}) == ["GK408"]
    assert errors(example_data() | {"政府采购": {"货物": "3.01", "面向中小企业": "3.02"}}) == ["GK408"]


def test_a_little_that_was_rounded_to_nothing_is_not_the_same_money():
    """项目支出 with 0.004 from 单位资金 beside what 一般公共预算 pays may be approved as one hundredth more."""
    data = two_decimals()
    data["科目收支"][1]["基本支出"]["其他资金"] = "0.00"
    data["核定数"] = {"基本支出": "120.01", "本年支出": "120.01", "收支总计": "120.01"}
    assert errors(data) == []


def test_tables_whose_totals_were_approved_say_that_the_last_digits_may_miss():
    """As they say it where figures finer than two decimals were rounded."""
    account = account_of(file_data(PUBLISHED))
    tables = {table.key: table for table in render_disclosure(account, final_pack("base", account.year)).tables}
    assert any("尾数" in note for note in tables["收入"].notes)
    assert not any("尾数" in note for note in tables["国有资本经营"].notes)
