"""Units that are not like the published examples: what is printed for them is complete and true.

A land reserve centre that lives on 政府性基金 alone, a department with institutions (事业单位) below it,
a 类 that two budgets pay for, projects with money of several kinds, people by the thousand.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from conftest import ROOT, budget_of, example_data, pack_of, tables_of
from gongkai.checks.run import check
from gongkai.checks.texts import texts
from gongkai.findings import Finding, FindingsError
from gongkai.intake.read import read
from gongkai.packs.pack import open_pack
from gongkai.packs.render import render_disclosure
from gongkai.statements.budget_view import BudgetView, budget_view
from gongkai.statements.figures import BudgetFigures
from gongkai.statements.prior import next_years_priors
from strategies_final import account_of, file_data, final_tables_of

Data = dict[str, Any]

LAND_RESERVE = """
文种: 预算
年度: 2024
金额单位: 万元
公开日期: 2024-03-01
单位: {名称: 示例县土地储备中心, 性质: 事业单位}
概况:
  主要职能: [负责全县土地储备工作。]
  人员: {编制数: 1300, 在职: {人数: 1250}, 退休: {人数: 1020}}
收入: {政府性基金预算: {上年: 100, 原因: 收储面积增加}}
支出:
  - 科目: "2120801"
    项目支出: {政府性基金预算: 150}
    变动: {政府性基金预算: {上年: 100, 原因: 收储面积增加}}
支出变动: {项目支出: {上年: 100, 原因: 收储面积增加}}
支出用途: {"212": 土地收储}
项目:
  - 名称: 土地收储
    资金: [{科目: "2120801", 来源: 政府性基金预算, 经济分类: "310", 金额: 150}]
三公经费:
  因公出国（境）费: {原因: 两年均未安排}
  公务用车购置费: {原因: 两年均未安排}
  公务用车运行费: {原因: 两年均未安排}
  公务接待费: {原因: 两年均未安排}
机关运行经费: {上年: 0, 原因: 没有公用经费}
政府采购: {货物: 0}
国有资产: {房屋: {面积: 0}}
"""
PAIRED = ROOT / "examples" / "shili-ju-2024-final.yaml"


def land_reserve(**sections: object) -> Data:
    """The centre's file with some sections written anew."""
    return {**yaml.load(LAND_RESERVE, Loader=yaml.BaseLoader), **sections}


def printed(data: Data, pack: str = "base") -> list[str]:
    """Headings and paragraphs of a budget outside its tables, in their order."""
    return spoken(render_disclosure(budget_of(data), pack_of(pack, int(data["年度"]))))


def printed_account(data: Data) -> list[str]:
    """The same of a final account."""
    account = account_of(data)
    return spoken(render_disclosure(account, open_pack("base", "决算", account.year)))


def spoken(document: str) -> list[str]:
    tree = html.document_fromstring(document)
    sheets = {p for sheet in tree.iterfind(".//section[@class='sheet']") for p in sheet.iter("p")}
    return [e.text_content().strip() for e in tree.iter("h1", "h2", "h3", "p") if e not in sheets]


def under(heading: str, paragraphs: list[str]) -> list[str]:
    """The paragraphs that follow a heading of this beginning, up to the next heading of its sort."""
    [at] = [i for i, text in enumerate(paragraphs) if text.startswith(heading)]
    following = paragraphs[at + 1 :]
    end = next(
        (i for i, text in enumerate(following) if re.match("（[一二三四五六]）|[一二三四五六七八九十]+、", text)), None
    )
    return following[:end]


def view_of(data: Data) -> BudgetView:
    return budget_view(BudgetFigures(budget_of(data)))


def found(code: str, data: Data) -> list[Finding]:
    return [finding for finding in check(budget_of(data)) if finding.code == code]


# --------------------------------------------------------------------------------------
# 机关运行经费 of a department with institutions below it


def with_running_costs(stated: str) -> Data:
    data = example_data()
    data["机关运行经费"]["本年"] = stated
    return data


def test_the_stated_part_of_operating_costs_is_printed_as_running_costs():
    data = with_running_costs("15.36")
    view = view_of(data)
    assert (view.running_costs.amount, view.operating_costs) == (Decimal("15.36"), Decimal("20.36"))
    [sentence] = under("（一）单位运行经费情况", printed(data))
    assert "财政拨款预算15.36万元" in sentence


def test_next_year_compares_with_the_running_costs_that_were_stated():
    assert next_years_priors(budget_of(with_running_costs("15.36")))[("机关运行经费",)] == Decimal("15.36")


def test_a_jump_of_running_costs_is_judged_by_what_is_stated():
    [finding] = found("GK427", with_running_costs("5.36"))
    assert finding.message.startswith("机关运行经费本年 5.36 万元，上年 20.26 万元")


def test_the_stated_part_is_printed_in_a_final_account_too():
    data = file_data(PAIRED)
    data["机关运行经费"]["本年"] = "500000"
    text = "".join(printed_account(data))
    assert "机关运行经费支出50.00万元" in text
    assert "公用经费70.73万元" in text


# --------------------------------------------------------------------------------------
# A 类 that several budgets pay for


def town_works(use: object) -> Data:
    """城乡社区支出 from two budgets."""
    return land_reserve(
        收入={
            "一般公共预算": {"上年": "20", "原因": "与上年一致"},
            "政府性基金预算": {"上年": "100", "原因": "收储面积增加"},
        },
        支出=[
            *land_reserve()["支出"],
            {
                "科目": "2120104",
                "项目支出": {"一般公共预算": "20"},
                "变动": {"一般公共预算": {"上年": "20", "原因": "与上年一致"}},
            },
        ],
        项目=[
            *land_reserve()["项目"],
            {
                "名称": "街面巡查",
                "资金": [{"科目": "2120104", "来源": "一般公共预算", "经济分类": "302", "金额": "20"}],
            },
        ],
        支出用途={"212": use},
    )


BOTH_USES = {"一般公共预算": "街面巡查", "政府性基金预算": "土地收储"}


@pytest.mark.parametrize("pack", ["base", "昌吉州", "克州"])
def test_each_budget_has_a_use_of_its_own(pack):
    text = "".join(printed(town_works(BOTH_USES), pack))
    assert "城乡社区支出20.00万元，主要用于街面巡查" in text
    assert "城乡社区支出150.00万元，主要用于土地收储" in text
    assert found("GK439", town_works(BOTH_USES)) == []


def test_one_text_for_two_budgets_is_printed_once_and_asked_about():
    data = town_works("街面巡查")
    text = "".join(printed(data))
    assert text.count("主要用于街面巡查") == 1
    assert "城乡社区支出20.00万元，主要用于街面巡查" in text
    [finding] = found("GK439", data)
    assert finding.path == ("支出用途", "212")
    assert finding.message == (
        "212 城乡社区支出有一般公共预算、政府性基金预算，用途只写了一段话，只印在一般公共预算下面"
    )


def test_one_text_for_one_budget_is_right_whichever_it_is():
    assert "城乡社区支出150.00万元，主要用于土地收储。" in "".join(printed(land_reserve()))
    assert found("GK439", land_reserve()) == []


def test_a_budget_whose_use_is_not_written_is_named():
    [finding] = found("GK424", town_works({"一般公共预算": "街面巡查"}))
    assert finding.path == ("支出用途", "212", "政府性基金预算")
    assert finding.message == "没有写 212 城乡社区支出的政府性基金预算主要用于什么"


def test_a_use_of_a_budget_without_money_is_told():
    [finding] = found("GK439", town_works({**BOTH_USES, "国有资本经营预算": "注资"}))
    assert finding.path == ("支出用途", "212", "国有资本经营预算")


def test_the_uses_of_each_budget_are_read_by_the_rules_of_words():
    found_texts = [t for t in texts(BudgetFigures(budget_of(town_works(BOTH_USES)))) if t.path[0] == "支出用途"]
    assert [(t.key, t.text) for t in found_texts] == [
        ("支出用途 212 一般公共预算", "街面巡查"),
        ("支出用途 212 政府性基金预算", "土地收储"),
    ]


def refused(folder: Path, use: str) -> Finding:
    """What is wrong with the form of a file whose use is written so."""
    file = folder / "预算.yaml"
    file.write_text(LAND_RESERVE.replace('{"212": 土地收储}', use), encoding="utf-8")
    with pytest.raises(FindingsError) as caught:
        read(file)
    [finding] = caught.value.findings
    return finding


@pytest.mark.parametrize(
    ("use", "message", "advice"),
    [
        (
            '{"212": {政府性基金: 土地收储}}',
            "“支出用途 › 212”里不认识“政府性基金”",
            "是否想写“政府性基金预算”？",
        ),
        (
            '{"212": {财政专户: 土地收储}}',
            "“支出用途 › 212”里不认识“财政专户”",
            "此处可写：一般公共预算、政府性基金预算、国有资本经营预算",
        ),
        (
            '{"212": {政府性基金预算: [土地收储]}}',
            "“支出用途 › 212 › 政府性基金预算”：此处应填文字，现为清单",
            "不要用“- ”或 [ ]；以 [ 开头的文字要整段加引号",
        ),
        (
            '{"212": [土地收储]}',
            "“支出用途 › 212”：此处应填文字，现为清单",
            "不要用“- ”或 [ ]；以 [ 开头的文字要整段加引号",
        ),
        (
            '{"2120801": {政府性基金预算: 土地收储}}',
            "“支出用途”里：科目编码“2120801”是 7 位的",
            '此处应填三位的支出功能分类“类”级编码，如 "201"',
        ),
    ],
)
def test_a_use_that_is_written_wrong_is_told_at_its_place(use, message, advice, tmp_path):
    finding = refused(tmp_path, use)
    assert (finding.message, finding.advice) == (message, advice)
    assert finding.place is not None
    assert finding.place.line == next(n for n, line in enumerate(LAND_RESERVE.split("\n"), 1) if "支出用途" in line)
