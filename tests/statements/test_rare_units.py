"""Units that are not like the published examples: what is printed for them is complete and true.

A land reserve centre that lives on 政府性基金 alone, a department with institutions (事业单位) below it,
a 类 that two budgets pay for, projects with money of several kinds, people by the thousand.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from gongkai.checks.run import check
from gongkai.checks.subjects.texts import texts
from gongkai.document.compose import render_disclosure
from gongkai.findings import Finding, FindingsError, Level
from gongkai.intake.read import read
from gongkai.output.data.opendata import open_data
from gongkai.packs.open import open_pack
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.view import BudgetView, budget_view
from gongkai.statements.named_files.prior import last_years_facts
from support.examples import ROOT, budget_of, example_data, pack_of, tables_of
from support.strategies_final import account_of, file_data, final_tables_of

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
    return {**yaml.load(LAND_RESERVE, Loader=yaml.CBaseLoader), **sections}


def printed(data: Data, pack: str = "base") -> list[str]:
    """Headings and paragraphs of a budget outside its tables, in their order."""
    return spoken(render_disclosure(budget_of(data), pack_of(pack, int(data["年度"]))).html)


def printed_account(data: Data) -> list[str]:
    """The same of a final account."""
    account = account_of(data)
    return spoken(render_disclosure(account, open_pack("base", "决算", account.year)).html)


def spoken(document: str) -> list[str]:
    tree = html.document_fromstring(document)
    sheets = {p for sheet in tree.iterfind(".//section[@class='sheet']") for p in sheet.iter("p")}
    return [e.text_content().strip() for e in tree.iter("h1", "h2", "h3", "p") if e not in sheets]


def under(heading: str, paragraphs: list[str]) -> list[str]:
    """The paragraphs that follow a heading of this beginning, up to the next heading of its sort."""
    [at] = [i for i, text in enumerate(paragraphs) if text.startswith(heading)]
    following = paragraphs[at + 1 :]
    end = next(
        (
            i
            for i, text in enumerate(following)
            if re.match("第.部分|（[一二三四五六]）|[一二三四五六七八九十]+、", text)
        ),
        None,
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
    facts = {fact.where: fact.value for fact in last_years_facts(budget_of(with_running_costs("15.36")))}
    assert facts["机关运行经费",] == Decimal("15.36")


def test_a_jump_of_running_costs_is_judged_by_what_is_stated():
    [finding] = found("GK427", with_running_costs("5.36"))
    assert finding.message.startswith("机关运行经费本年 5.36 万元，上年 20.26 万元")


def test_the_stated_part_is_printed_in_a_final_account_too():
    data = file_data(PAIRED)
    data["机关运行经费"]["本年"] = "500000"
    text = "".join(printed_account(data))
    assert "机关运行经费支出50.00万元" in text
    assert "公用经费70.73万元" in text


def test_this_years_figure_is_not_asked_for_where_it_is_derived(tmp_path):
    file = tmp_path / "预算.yaml"
    file.write_text(
        LAND_RESERVE.replace(
            "{上年: 100, 原因: 收储面积增加}}\n支出:", "{本年: 150, 上年: 100, 原因: 收储面积增加}}\n支出:"
        ),
        encoding="utf-8",
    )
    with pytest.raises(FindingsError) as caught:
        read(file)
    [finding] = caught.value.findings
    assert finding.message == "“收入 › 政府性基金预算”里不认识“本年”"
    assert "机关运行经费" not in finding.advice


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


def test_the_uses_of_each_budget_are_open_data():
    document = render_disclosure(budget_of(town_works(BOTH_USES)), pack_of("base"))
    facts = json.loads(open_data(document)["数据.json"])["事实"]
    assert facts["支出用途"] == {"212": BOTH_USES}


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
            "是否想写“政府性基金预算”？（本级政府性基金拨款）",
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


# --------------------------------------------------------------------------------------
# Projects with money of several kinds, and secret ones


def with_projects(*projects: Data) -> Data:
    """The centre with other projects, and spending that follows from them."""
    spending: dict[str, Data] = {}
    for money in (money for project in projects for money in project["资金"]):
        entry = spending.setdefault(money["科目"], {"科目": money["科目"], "项目支出": {}})
        entry["项目支出"][money["来源"]] = money["金额"]
    return land_reserve(支出=list(spending.values()), 项目=list(projects))


def project(name: str, money: dict[str, str], **more: object) -> Data:
    """A project with money by source."""
    coordinates = {"科目": "2120801", "经济分类": "310"}
    return {"名称": name, "资金": [{**coordinates, "来源": s, "金额": a} for s, a in money.items()], **more}


def test_a_project_with_both_kinds_of_money_is_counted_on_both_sides():
    data = with_projects(project("土地收储", {"政府性基金预算": "150", "单位资金": "10"}))
    [sentence] = under("（四）预算绩效情况", printed(data))
    assert "当年财政拨款项目1个，涉及预算金额150.00万元；当年非财政拨款项目1个，涉及预算金额10.00万元" in sentence


def test_a_project_with_both_kinds_of_money_lacks_no_target_for_want_of_fiscal_money():
    data = with_projects(project("土地收储", {"政府性基金预算": "150", "单位资金": "10"}))
    assert view_of(data).untargeted_count == 0


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("政府性基金预算", "当年财政拨款项目"),
        ("单位资金", "当年非财政拨款项目"),
        ("政府性基金预算结转", "使用上年结转结余的项目"),
    ],
)
def test_a_secret_project_is_explained_whatever_its_money(source, said):
    data = with_projects(project("土地收储", {source: "150"}, 涉密="是"))
    assert under("（五）其他需说明的事项", printed(data)) == [
        f"本单位{said}有1个涉密项目，涉及预算资金150.00万元，未公开绩效目标表原因：涉密项目不公开项目绩效目标表。"
    ]


def test_secret_projects_are_explained_money_by_money():
    data = with_projects(
        project("甲", {"政府性基金预算": "150", "单位资金": "10"}, 涉密="是"),
        project("乙", {"单位资金": "7"}, 涉密="是"),
    )
    assert [(p.key, p.count, p.amount) for p in view_of(data).secret_projects] == [
        ("财政拨款", 1, Decimal(150)),
        ("非财政拨款", 2, Decimal(17)),
    ]


# --------------------------------------------------------------------------------------
# No 一般公共预算

CARRIED_ONLY = land_reserve(
    收入={"上年结转结余": {"上年": "100", "原因": "上年未完"}},
    支出=[{"科目": "2120104", "项目支出": {"一般公共预算结转": "150"}}],
    支出变动={"项目支出": {"上年": "100", "原因": "上年未完"}},
    项目=[project("土地整理", {"一般公共预算结转": "150"})],
    支出用途={},
)


@pytest.mark.parametrize("pack", ["base", "克州", "昌吉州", "外省式样"])
@pytest.mark.parametrize("year", ["2024", "2025"])
def test_no_heading_stands_bare(pack, year):
    elements = html.document_fromstring(
        render_disclosure(budget_of(land_reserve(年度=year)), pack_of(pack, int(year))).html
    )
    for heading in elements.iter("h3"):
        following = heading.getnext()
        assert following is not None
        assert following.tag != "h3", heading.text_content()
        assert not following.tag.startswith("h"), heading.text_content()


def test_a_unit_without_general_budget_says_so_in_each_section():
    text = printed(land_reserve())
    assert "示例县土地储备中心2024年没有使用一般公共预算当年拨款安排的支出，一般公共预算支出情况表为空表。" in text
    assert (
        "示例县土地储备中心2024年没有使用一般公共预算当年拨款安排的基本支出，一般公共预算基本支出情况表为空表。" in text
    )


def test_general_budget_of_last_year_alone_is_still_explained():
    data = land_reserve(
        支出=[
            *land_reserve()["支出"],
            {"科目": "2120104", "变动": {"一般公共预算": {"上年": "30", "原因": "项目完成"}}},
        ]
    )
    text = printed(data)
    assert under("（二）一般公共预算当年拨款结构情况", text) == [
        "示例县土地储备中心2024年没有使用一般公共预算当年拨款安排的支出。"
    ]
    assert "预算数为0.00万元" in under("（三）一般公共预算当年拨款具体使用情况", text)[0]


EMPTY = {
    "一般公共预算支出": "没有使用一般公共预算当年拨款安排的支出，一般公共预算支出情况表为空表。",
    "基本支出": "没有使用一般公共预算当年拨款安排的基本支出，一般公共预算基本支出情况表为空表。",
}


@pytest.mark.parametrize("key", EMPTY)
def test_an_empty_table_of_the_general_budget_says_so(key):
    [note] = tables_of(budget_of(land_reserve()))[key].notes
    assert note == f"备注：示例县土地储备中心2024年{EMPTY[key]}"


def test_the_table_of_appropriations_says_that_there_is_only_money_carried_over():
    budget = budget_of(CARRIED_ONLY)
    [note] = tables_of(budget)["财政拨款收支"].notes
    assert note == "备注：示例县土地储备中心2024年没有财政拨款收支预算，财政拨款收支预算总体情况表为空表。"
    assert tables_of(budget_of(land_reserve()))["财政拨款收支"].notes == []


def fund_account() -> Data:
    """A final account with 政府性基金 and nothing of 一般公共预算, this year or last."""
    data = file_data(PAIRED)
    data["科目收支"] = [entry for entry in data["科目收支"] if entry["科目"] == "2296003"]
    del data["使用非财政拨款结余"], data["结余分配"]
    data["基本支出经济分类"] = {}
    data["总体变动"]["一般公共预算"] |= {"上年": "0", "年初预算": "0"}
    return data


def test_a_final_account_without_general_budget_says_so():
    text = printed_account(fund_account())
    assert "本部门本年度无一般公共预算财政拨款支出，一般公共预算财政拨款支出决算表为空表。" in text
    assert "本部门本年度无一般公共预算财政拨款基本支出，一般公共预算财政拨款基本支出决算表为空表。" in text
    assert not any(line.startswith("（二）一般公共预算") for line in text)


@pytest.mark.parametrize(
    ("key", "what"),
    [("一般公共预算支出", "一般公共预算财政拨款支出"), ("基本支出", "一般公共预算财政拨款基本支出")],
)
def test_an_empty_statement_of_the_general_budget_says_so(key, what):
    notes = final_tables_of(account_of(fund_account()))[key].notes
    assert notes[-1] == f"说明：示例县示例局本年度没有{what}，故本表无数据。"


def test_a_final_account_without_appropriations_says_so_under_its_table():
    data = fund_account()
    data["科目收支"] = [{"科目": "2070306", "基本支出": {"其他资金": "100"}, "收入": {"事业收入": "100"}}]
    notes = final_tables_of(account_of(data))["财政拨款总表"].notes
    assert notes[-1] == "说明：示例县示例局本年度没有财政拨款收入和支出，故本表无数据。"


# --------------------------------------------------------------------------------------
# Travel abroad that is no part of 三公经费


@pytest.mark.parametrize(
    ("nature", "scope", "level"),
    [
        ("行政单位", "单位", Level.ERROR),
        ("行政单位", "部门", Level.WARNING),
        ("参公事业单位", "单位", Level.WARNING),
        ("事业单位", "单位", Level.WARNING),
    ],
)
def test_academic_exchange_may_be_outside_of_three_public(nature, scope, level):
    data = example_data()
    data["单位"]["性质"], data["口径"] = nature, scope
    data["基本支出经济分类"]["30212"] = "0.30"
    [finding] = found("GK407", data)
    assert finding.level is level
    assert finding.message.endswith("可以不管）") == (level is Level.WARNING)

    account = file_data(PAIRED)
    account["单位"]["性质"], account["口径"] = nature, scope
    account["基本支出经济分类"]["30212"] = "60000"
    [finding] = [f for f in check(account_of(account)) if f.code == "GK456"]
    assert finding.level is level


def test_other_items_of_three_public_are_errors_everywhere():
    data = example_data()
    data["单位"]["性质"] = "事业单位"
    data["基本支出经济分类"]["30217"] = "0.30"
    [finding] = found("GK407", data)
    assert finding.level is Level.ERROR


# --------------------------------------------------------------------------------------
# What is said in one way throughout


def test_people_by_the_thousand_are_all_written_with_separators():
    [sentence] = [text for text in printed(land_reserve()) if "编制数" in text]
    assert "编制数1,300，实有人数2,270人，其中：在职1,250人" in sentence
    assert "退休1,020人" in sentence


def test_people_of_a_final_account_too():
    data = file_data(PAIRED)
    data["概况"]["人员"]["退休"]["人数"] = "1100"
    assert "退休人员1,100人" in "".join(printed_account(data))


@pytest.mark.parametrize(("scope", "said"), [("单位", "我单位"), ("部门", "我部门")])
def test_nothing_else_is_said_of_what_the_document_is_of(scope, said):
    data = land_reserve(口径=scope)
    assert under("（五）其他需说明的事项", printed(data))[0] == f"{said}无其他需说明事项。"


@pytest.mark.parametrize(("scope", "said"), [("单位", "本单位"), ("部门", "本部门")])
def test_vehicles_that_agree_are_told_of_what_the_account_is_of(scope, said):
    data = file_data(PAIRED)
    data["口径"] = scope
    del data["三公经费"]["公务用车运行维护费"]["保有量差异原因"]
    assert f"差异原因是：{said}固定资产车辆与公务用车保有量一致无差异。" in "".join(printed_account(data))


def test_vehicles_that_differ_are_not_said_to_agree():
    data = file_data(PAIRED)
    data["三公经费"]["公务用车运行维护费"]["保有量差异原因"] = "本单位固定资产车辆与公务用车保有量一致无差异"
    assert "GK463" in {finding.code for finding in check(account_of(data))}


def test_a_clerks_lead_is_not_said_twice():
    data = land_reserve(
        支出用途={"212": "主要用于：土地收储。"}, 机关运行经费={"上年": "0", "原因": "主要是没有安排公用经费"}
    )
    text = "".join(printed(data))
    assert "主要用于土地收储" in text
    assert "主要原因是没有安排公用经费" in text


@pytest.mark.parametrize(
    ("fund", "heading"), [("政府性基金预算", "七、政府性基金预算"), ("国有资本经营预算", "八、国有资本经营预算")]
)
def test_a_fund_that_was_budgeted_and_not_spent_is_explained(fund, heading):
    data = file_data(PAIRED)
    data["科目收支"] = [entry for entry in data["科目收支"] if entry["科目"][:3] not in {"229", "223", "212"}]
    data["总体变动"][fund] = {"上年": "0", "原因": "两年均无支出", "年初预算": "1000000", "差异原因": "项目未实施"}
    [balance] = [text for text in under(heading, printed_account(data)) if "年初预算" in text]
    assert "年初预算数100.00万元，决算数0.00万元，预决算差异率-100.00%，主要原因是：项目未实施。" in balance


def test_a_project_without_money_carried_over_has_no_row_among_those_with_some():
    data = land_reserve()
    data["项目"] = [*data["项目"], {"名称": "清零", "资金": [
        {"科目": "2120104", "来源": "一般公共预算结转", "经济分类": "302", "金额": "0"},
    ]}]  # fmt: skip
    assert tables_of(budget_of(data))["结转结余"].rows == tables_of(budget_of(land_reserve()))["结转结余"].rows
