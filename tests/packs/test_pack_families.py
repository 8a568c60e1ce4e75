"""Two built-in packs as the documents of their families are worded: 昌吉州, final account 2023; 克州, budget 2025.

Each test is a sentence, label or cell of a published document of the family, with a small data file in its shape.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from lxml import html

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.intake.read import read
from gongkai.model.disclosure import Disclosure
from gongkai.packs.open import open_pack
from support.examples import ROOT
from support.fixtures import Data, write_input


def minimal(kind: str) -> Data:
    file = ROOT / "examples" / f"minimal-{kind}.yaml"
    data: Data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return data


def final_account() -> Data:
    """A final account of 2023 in the shape of 昌吉州: money in 万元, two projects, a car that was given up."""
    data = minimal("final")
    data |= {"年度": "2023", "公开日期": "2024-08-30", "金额单位": "万元", "模板": "昌吉州"}
    data["概况"] = {
        "主要职能": "贯彻执行国家和自治区有关方针政策，承办州人民政府交办的其他事项。",
        "机构设置": {"机构称谓": "处室", "内设机构": ["办公室", "贸易科", "外经科"]},
        "人员": {"在职": {"人数": "23"}, "离休": {"人数": "1"}, "退休": {"人数": "31"}},
    }
    data["科目收支"] = [
        {
            "科目": "2011301",
            "基本支出": {"一般公共预算": "448.00"},
            "变动": {"一般公共预算": {"上年": "430.00", "原因": "在职人员工资调标，人员经费增加"}},
        },
        {
            "科目": "2011308",
            "项目支出": {"一般公共预算": "3000.00"},
            "变动": {"一般公共预算": {"上年": "2900.00", "原因": "招商引资活动增加"}},
        },
        {
            "科目": "2160299",
            "变动": {"一般公共预算": {"上年": "60.50", "原因": "项目已在上年完成"}},
        },
    ]
    change = {"上年": "3390.50", "原因": "招商引资活动增加"}
    planned = {**change, "年初预算": "3448.00", "差异原因": "严格按照预算执行，预决算无差异"}
    data["总体变动"] = {"收支总计": change, "财政拨款": planned, "一般公共预算": planned}
    data["基本支出经济分类"] = {"30101": "410.00", "30201": "38.00"}
    data["三公经费"]["公务用车运行维护费"] |= {"上年": "4.00", "保有量": "3"}
    data["机关运行经费"] = {"上年": "36.00", "原因": "办公费增加"}
    data["国有资产"] = {
        "固定资产原值": "194.94",
        "房屋": {"面积": "120", "价值": "30"},
        "车辆": {"价值": "45.00", "其他用车": "3", "其他用车说明": "机要通信和业务活动用车"},
    }
    data["整体绩效自评"]["资金"] = {
        "中央安排": {"年初预算": "0", "全年预算": "1500.00", "执行": "1500.00"},
        "地州市安排": {"年初预算": "3448.00", "全年预算": "1948.00", "执行": "1948.00"},
    }
    data["项目绩效自评"] = [
        project_evaluation("会展经费", "1360.50", "1360.50", "90"),
        project_evaluation("外贸经费", "100", "90", "60"),
    ]
    return data


def project_evaluation(name: str, planned: str, spent: str, score: str) -> Data:
    return {
        "名称": name,
        "财政拨款": {"年初预算": planned, "全年预算": planned, "执行": spent},
        "预期目标": "办好各项展会。",
        "完成情况": "各项展会按计划办好。",
        "指标": [
            {
                "一级": "产出指标", "二级": "数量指标", "三级": "展会场次", "指标值": ">=2场",
                "权重": "90", "完成值": "2场", "得分": score, "偏差原因": "展会规模小于预期",
            }
        ],
    }  # fmt: skip


def budget() -> Data:
    """A budget of 2025 in the shape of 克州: a 部门 without projects of the general budget, money of its own."""
    data = minimal("budget")
    data |= {"年度": "2025", "公开日期": "2025-02-20", "金额单位": "万元", "模板": "克州", "口径": "部门"}
    data["单位"] = {"名称": "示例自治州驻某市代表处", "性质": "参公事业单位"}
    data["概况"]["主要职能"] = "负责自治州与驻地的联络，完成自治州党委、政府交办的其他工作。"
    growth = {"上年": "150.00", "原因": "在职人员增加，人员经费相应增加"}
    data["收入"] = {
        "一般公共预算": growth,
        "单位资金": {"构成": {"其他收入": "111.13"}, "上年": "75.11", "原因": "房租收入增加"},
    }
    data["支出"] = [
        {
            "科目": "2010301",
            "基本支出": {"一般公共预算": "155.54"},
            "变动": {"一般公共预算": growth},
        }
    ]
    data["项目"] = [
        {
            "名称": "代表处运转经费",
            "资金": [{"科目": "2010399", "来源": "单位资金", "经济分类": "302", "金额": "111.13"}],
            "绩效目标": {
                "总体目标": "保障代表处正常运转。",
                "指标": [
                    {
                        "一级": "产出指标",
                        "二级": "数量指标",
                        "三级": "保障人数",
                        "指标值": ">=8人",
                        "依据": "计划标准",
                        "权重": "90",
                    },
                ],
            },
        }
    ]
    none = {"上年": "0", "原因": "本年和上年均未安排一般公共预算项目"}
    data["支出变动"] = {
        "基本支出": growth,
        "项目支出": {"上年": "75.11", "原因": "房租收入增加"},
        "一般公共预算基本支出": growth,
        "一般公共预算项目支出": none,
    }
    data["基本支出经济分类"] = {"30101": "147.18", "30201": "8.36"}
    data["机关运行经费"] = {"上年": "8.36", "原因": "人员没有增减"}
    data["整体绩效目标"] = {
        "单位名称": "示例自治州驻某市代表处办公室",
        "年度目标": "做好联络服务工作。",
        "指标": [
            {"一级": "履职效能", "二级": "数量指标", "三级": name, "指标值": value, "依据": "工作计划", "权重": "45"}
            for name, value in (("接待来访（批次）", ">=10批次"), ("联络企业（家）", ">=20家"))
        ],
    }
    return data


def disclosed(folder: Path, data: Data) -> Disclosure:
    """The data through a file; what several places share is written in each of them."""
    return read(write_input(folder, json.loads(json.dumps(data)))).model


def rendered(folder: Path, data: Data, kind: str) -> Rendered:
    disclosure = disclosed(folder, data)
    assert disclosure.pack
    return render_disclosure(disclosure, open_pack(disclosure.pack, kind, disclosure.year))


@pytest.fixture(scope="module")
def changji(tmp_path_factory) -> Rendered:
    return rendered(tmp_path_factory.mktemp("changji"), final_account(), "决算")


@pytest.fixture(scope="module")
def kezhou(tmp_path_factory) -> Rendered:
    return rendered(tmp_path_factory.mktemp("kezhou"), budget(), "预算")


def lines(text: Rendered) -> list[str]:
    return [p.text_content() for p in html.document_fromstring(text.html).iter("p", "h2", "h3")]


def said(text: Rendered) -> str:
    return "\n".join(lines(text))


def form(text: Rendered, title: str) -> list[list[str]]:
    """The rows of the form of the first table with this title."""
    for sheet in html.document_fromstring(text.html).iterfind(".//section[@class='sheet']"):
        if title in (sheet.findtext("p[@class='table-title']") or ""):
            return [[cell.text_content() for cell in row] for row in sheet.iterfind("table[@class]/tbody/tr")]
    raise AssertionError(f"no table {title}")


# --------------------------------------------------------------------------------------
# 昌吉州, final account of 2023


def test_the_groups_of_people_are_joined_by_commas(changji):
    assert "实有人数55人，其中：在职人员23人，离休人员1人，退休人员31人。" in said(changji)


def test_the_last_office_stands_after_a_list_comma(changji):
    assert "单位无下属预算单位，下设3个处室，分别是：办公室、贸易科、外经科。" in said(changji)


def test_the_budget_of_the_same_prefecture_still_joins_the_last_office_with_and():
    assert open_pack("昌吉州", "预算", 2024).options["列举末项"] == "和"
    assert open_pack("昌吉州", "决算", 2023).options["列举末项"] == "、"


def test_the_adjusted_budget_of_the_cars_is_called_running_costs(changji):
    [line] = [line for line in lines(changji) if line.startswith("与全年预算相比，财政拨款“三公”经费")]
    assert "；公务用车运行费全年预算数0.00万元" in line
    assert "；公务用车购置费全年预算数0.00万元" in line
    assert "公务用车运行维护费全年预算数" not in said(changji)
    assert "公务用车运行维护费0.00万元" in said(changji)  # elsewhere it keeps its full name


def test_cars_and_equipment_are_parted_by_a_semicolon(changji):
    line = next(line for line in lines(changji) if line.startswith("截至2023年12月31日"))
    assert line.startswith("截至2023年12月31日，固定资产原值194.94万元，房屋120.00平方米")
    assert "其他用车3辆，其他用车主要是：机要通信和业务活动用车；单价100万元（含）以上设备" in line


def test_the_glossary_says_what_buying_cars_reflects(changji):
    assert "；公务用车购置费反映公务用车购置支出（含车辆购置税、牌照费）；公务用车运行维护费反映" in said(changji)


def test_what_came_to_an_end_fell_by_a_hundred_percent_without_decimals(changji):
    text = said(changji)
    assert "支出决算数为0.00万元，比上年决算减少60.50万元，下降100%，主要原因是：项目已在上年完成。" in text
    assert "下降100.00%" not in text
    assert "增长3.45%" in text  # any other change keeps its decimals


def test_duties_are_one_paragraph_without_a_number(changji):
    assert "贯彻执行国家和自治区有关方针政策，承办州人民政府交办的其他事项。" in lines(changji)
    assert not [line for line in lines(changji) if line.startswith("（一）贯彻")]


def test_the_cover_has_no_date(changji):
    assert not html.document_fromstring(changji.html).find_class("cover-date")


def test_the_form_of_the_unit_names_the_unit_and_scores_beside_the_central_money(changji):
    rows = form(changji, "部门（单位）整体支出绩效目标自评表")
    assert rows[0] == ["单位名称", "示例县地方志编纂室"]
    assert rows[2] == ["其中：中央安排", "0.00", "1500.00", "1500.00", "10", "100.00%", "10"]
    assert rows[7] == ["合计", "3448.00", "3448.00", "3448.00", "-", "-", "-"]


def test_the_form_of_a_project_has_a_score_without_its_word_and_no_separators(changji):
    rows = form(changji, "项目支出绩效自评表")
    assert rows[3] == ["年度资金总额", "1360.50", "1360.50", "1360.50", "10", "100.00%", "10"]
    assert "1,360.50" not in "".join(map(str, rows))


def test_total_scores_end_without_zeros(changji):
    totals = [
        "".join(r.text_content().split())
        for r in html.document_fromstring(changji.html).xpath("//tr[@class='total'][td='总分']")
    ]
    assert totals == ["总分100100分", "总分10067.5分"]  # 60 and 7.5 of (90 % − 60 %) ÷ 40 % × 10


# --------------------------------------------------------------------------------------
# 克州, budget of 2025


def test_a_budget_without_projects_says_so_in_section_seven(kezhou):
    told = "示例自治州驻某市代表处2025年没有使用一般公共预算安排项目支出，一般公共预算项目支出情况表为空表。"
    assert told in lines(kezhou)
    assert "安排的项目支出" not in said(kezhou)


def test_project_money_of_neither_year_has_its_sentence(kezhou):
    assert (
        "项目支出0.00万元，比上年预算增加0.00万元，增长0.00%，主要原因是本年和上年均未安排一般公共预算项目。"
        in lines(kezhou)
    )
    assert "上级一般公共预算安排的转移支付资金未安排。" in lines(kezhou)  # kinds of income keep theirs


def test_project_money_of_neither_year_without_a_reason(tmp_path):
    data = budget()
    del data["支出变动"]["一般公共预算项目支出"]
    text = lines(rendered(tmp_path, data, "预算"))
    assert "项目支出0.00万元，比上年预算增加0.00万元，增长0.00%，主要原因是本年和上年均未安排。" in text


def test_a_pack_may_list_it_in_the_sentence_of_two_parts_too(tmp_path):
    """The form of other prefectures, where the reason is a sentence of its own."""
    data = budget()
    data["模板"] = "base"
    disclosure = disclosed(tmp_path, data)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "pack.yaml").write_text(
        "名称: 自己\n上级: base\n选项: {两年都没有的支出: 照列}\n", encoding="utf-8"
    )
    text = lines(render_disclosure(disclosure, open_pack("own", "预算", 2025, (tmp_path,))))
    assert (
        "项目支出0.00万元，比上年预算增加0.00万元，增长0.00%。主要原因是：本年和上年均未安排一般公共预算项目。" in text
    )


def test_the_glossary_of_2025_names_buying_cars_shortly(kezhou):
    text = said(kezhou)
    assert "公务用车购置反映机关和参公事业单位公务用车购置支出（含车辆购置税、牌照费）；" in text
    assert "公务用车运行维护费反映机关和参公事业单位按规定保留的公务用车燃料费、新能源汽车充电费" in text
    assert "六、项目支出：部门（单位）支出预算的组成部分，是各部门（单位）为完成" in text


def test_labels_of_the_forms_have_no_colon(kezhou):
    labels = [
        cell for title in ("部门整体绩效目标表", "项目支出绩效目标表") for row in form(kezhou, title) for cell in row
    ]
    assert {"部门联系人", "联系电话", "年度预算总额", "其中：财政拨款", "其他资金"} <= set(labels)
    assert not [label for label in labels if label.endswith("：")]


def test_the_second_level_is_not_merged_in_the_form_of_the_whole(kezhou):
    rows = [row for row in form(kezhou, "部门整体绩效目标表") if "工作计划" in row]
    assert [row[-5:-3] for row in rows] == [["数量指标", "接待来访（批次）"], ["数量指标", "联络企业（家）"]]
    assert [len(row) for row in rows] == [6, 5]  # the first level is


def test_the_office_has_its_own_name_in_that_form(kezhou):
    assert form(kezhou, "部门整体绩效目标表")[0] == ["部门名称（盖章）", "示例自治州驻某市代表处办公室"]


def test_duties_of_the_budget_are_one_paragraph_too(kezhou):
    assert "负责自治州与驻地的联络，完成自治州党委、政府交办的其他工作。" in lines(kezhou)


def test_the_edition_of_2024_keeps_its_own_words(tmp_path):
    data = budget()
    data |= {"年度": "2024", "公开日期": "2024-02-25"}
    text = rendered(tmp_path, data, "预算")
    assert "项目支出未安排。" in lines(text)
    assert "没有使用一般公共预算安排的项目支出" in said(text)
    assert "联系电话：" in [cell for row in form(text, "部门整体绩效目标表") for cell in row]
