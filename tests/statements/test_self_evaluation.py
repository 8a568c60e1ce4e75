"""绩效自评: how the execution rate is scored, and how the tables of both years' forms look."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import html

from gongkai.checks.run import check
from gongkai.document.compose import render_disclosure
from gongkai.findings import Level
from gongkai.statements.final.self_evaluation import linear_score, threshold_score
from gongkai.statements.tables.form_widths import balanced
from gongkai.statements.tables.table import Cell, Row
from support.examples import ROOT
from support.published import spanned_cells
from support.strategies_final import account_of, file_data, final_pack

PUBLISHED = ROOT / "examples" / "bozhou-swj-2024-final.yaml"
PAIRED = ROOT / "examples" / "shili-ju-2024-final.yaml"


def money(adjusted: str, spent: str) -> tuple[Decimal, Decimal]:
    """What was spent, and of what."""
    return Decimal(spent), Decimal(adjusted)


# --------------------------------------------------------------------------------------
# Scores


@pytest.mark.parametrize(
    ("adjusted", "spent", "score"),
    [
        ("34.58", "34.58", "10.00"),
        ("230.27", "202.67", "8.80"),
        ("50.00", "8.94", "1.79"),
        ("474.52", "463.13", "9.76"),
        ("180.00", "80.00", "4.44"),
        ("100", "99.95", "10.00"),  # 9.995: half goes up
        ("100", "99.94", "9.99"),
        ("100", "0", "0.00"),
        ("0", "0", "0.00"),
        ("100", "120", "10.00"),  # never more than the points there are
    ],
)
def test_in_2024_a_tenth_of_the_execution_rate_is_the_score(adjusted, spent, score):
    assert f"{linear_score(*money(adjusted, spent))}" == score


@pytest.mark.parametrize(
    ("adjusted", "spent", "score"),
    [
        ("100", "100", "10.00"),
        ("100", "80", "5.00"),
        ("100", "60", "0.00"),
        ("100", "59.99", "0.00"),
        ("100", "60.02", "0.01"),  # 0.005: half goes up
        ("100", "92.39", "8.10"),  # 8.0975
        ("3", "2", "1.67"),
        ("0", "0", "0.00"),
        ("100", "130", "10.00"),
    ],
)
def test_in_2023_only_what_is_above_six_tenths_counts(adjusted, spent, score):
    assert f"{threshold_score(*money(adjusted, spent))}" == score


def test_in_2023_the_exact_rate_is_scored_not_the_printed_one():
    # 60.0196 % is printed as 60.02 %, which would score 0.005 and round up to 0.01.
    assert f"{threshold_score(*money('10000', '6001.96'))}" == "0.00"


# --------------------------------------------------------------------------------------
# Tables


def sheets_of(data: dict, pack: str) -> list[tuple[list, list, list]]:
    """Form, header and body of every performance table, as cells with their spans."""
    account = account_of(data)
    root = html.document_fromstring(render_disclosure(account, final_pack(pack, account.year)).html)
    found = [s for s in root.findall(".//section[@class='sheet']") if len(s.findall("table")) == 2]
    return [
        tuple([spanned_cells(row) for row in sheet.iterfind(path)] for path in (
            "table[1]/tbody/tr", "table[2]/thead/tr", "table[2]/tbody/tr",
        ))
        for sheet in found
    ]  # fmt: skip


def texts(rows: list) -> list[list[str]]:
    return [[text for text, _, _ in row] for row in rows]


def in_2023(data: dict) -> dict:
    """The paired account as one of 2023, with the unit's money by level of government."""
    data |= {"年度": "2023", "公开日期": "2024-08-22"}
    funding = data["整体绩效自评"]["资金"]
    upper, own = funding.pop("上级资金"), funding.pop("本级资金")
    funding |= {"自治区安排": upper, "县市区安排": own}
    return data


def test_the_money_of_the_unit_stands_by_level_of_treasury_in_2024():
    form, header, _ = sheets_of(file_data(PAIRED), "base")[0]
    assert texts(form)[1:6] == [
        ["部门资金(万元)", "资金来源", "年初预算数", "预算数(调整后)", "执行数", "分值权重", "执行率", "得分"],
        ["财政资金(万元)", "上级资金", "195.00", "200.00", "190.20", "-", "-", "-"],
        ["本级资金", "926.29", "977.85", "972.35", "-", "-", "-"],
        ["其他", "79.00", "106.50", "97.40", "-", "-", "-"],
        ["合计", "1,200.29", "1,284.35", "1,259.95", "10", "98.10%", "9.81"],
    ]
    assert texts(header) == [
        ["一级指标", "二级指标", "三级指标", "预期指标值", "指标值设定依据", "分值权重", "实际完成指标值", "得分"]
    ]


def test_the_money_of_the_unit_stands_by_level_of_government_in_2023():
    form, _, _ = sheets_of(in_2023(file_data(PAIRED)), "base")[0]
    assert texts(form)[1:8] == [
        ["部门资金(万元)", "资金来源", "年初预算数", "全年预算数", "全年执行数", "分值权重", "执行率", "得分"],
        ["中央安排", "0.00", "0.00", "0.00", "-", "-", "-"],
        ["自治区安排", "195.00", "200.00", "190.20", "-", "-", "-"],
        ["地(州、市)安排", "0.00", "0.00", "0.00", "-", "-", "-"],
        ["县(市、区)安排", "926.29", "977.85", "972.35", "-", "-", "-"],
        ["其他资金", "79.00", "106.50", "97.40", "-", "-", "-"],
        ["合计", "1,200.29", "1,284.35", "1,259.95", "10", "98.10%", "9.53"],  # on 98.1002 %
    ]


@pytest.mark.parametrize(("year", "columns"), [("2024", 13), ("2023", 9)])
def test_a_project_table_is_as_wide_as_the_form_of_its_year(year, columns):
    data = file_data(PAIRED) if year == "2024" else in_2023(file_data(PAIRED))
    _, header, body = sheets_of(data, "base")[1]
    only_2024 = ["上年完成值", "指标赋分规则", "指标值设置依据", "佐证资料"]
    before = ["", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    assert texts(header) == [[*before, *(only_2024 if year == "2024" else []), "偏差原因分析及改进措施"]]
    assert [sum(width for _, width, _ in row) for row in (header[0], body[0], body[-1])] == [columns] * 3


@pytest.mark.parametrize(("year", "execution", "total"), [("2024", "9.26分", "97.78分"), ("2023", "8.15分", "96.67分")])
def test_the_total_score_is_that_of_the_indicators_and_of_the_execution_rate(year, execution, total):
    data = file_data(PAIRED) if year == "2024" else in_2023(file_data(PAIRED))
    form, _, body = sheets_of(data, "base")[2]
    assert texts(form)[3] == ["年度资金总额", "65.00", "65.00", "60.20", "10", "92.62%", execution]
    assert texts(form)[4][1:] == ["65.00", "65.00", "60.20", "—", "—", "—"]
    assert texts(body)[-1][0] == "总分"
    assert [text for text in texts(body)[-1] if text] == ["总分", "100", total]


def test_equal_neighbours_of_the_first_columns_are_one_cell():
    _, _, body = sheets_of(file_data(PAIRED), "base")[1]
    assert body[0][:3] == [("年度绩效指标完成情况", 1, 5), ("产出指标", 1, 2), ("数量指标", 1, 1)]
    assert len(body[1]) == len(body[0]) - 2


def test_a_secret_project_has_no_table_and_its_money_is_in_the_sums():
    data = file_data(PAIRED)
    names = [texts(form)[0][1] for form, _, _ in sheets_of(data, "base")[1:]]
    assert names == [p["名称"] for p in data["项目绩效自评"] if "涉密" not in p]
    account = account_of(data)
    text = html.document_fromstring(render_disclosure(account, final_pack("base", 2024)).html).text_content()
    assert "预算绩效评价项目11个，全年预算数458.90万元，全年执行数432.90万元" in text


def test_a_long_cell_is_printed_whole():
    data = file_data(PAIRED)
    reason = "设备年底到货，尚未验收；" * 120
    data["项目绩效自评"][0]["指标"][0]["偏差原因"] = f"{reason}\n改进措施：提前采购"
    _, _, body = sheets_of(data, "base")[1]
    assert body[0][-1][0] == f"{reason}改进措施:提前采购".replace("，", ",").replace("；", ";")


# --------------------------------------------------------------------------------------
# Typed scores


@pytest.mark.parametrize("table", ["整体绩效自评", "项目绩效自评"])
def test_a_score_above_its_weight_is_found_where_it_stands(table):
    data = file_data(PAIRED)
    evaluation, path = (data[table], ()) if table == "整体绩效自评" else (data[table][1], (1,))
    evaluation["指标"][1]["得分"] = "30.01"
    weight = Decimal(evaluation["指标"][1]["权重"])
    [finding] = check(account_of(data))
    assert (finding.code, finding.level) == ("GK459", Level.ERROR)
    assert finding.path == (table, *path, "指标", 1, "得分")
    assert (finding.stated, finding.expected) == (Decimal("30.01"), weight)


def test_every_published_score_is_within_its_weight():
    assert [f for f in check(account_of(file_data(PUBLISHED))) if f.code == "GK459"] == []


# --------------------------------------------------------------------------------------
# Widths


def side_by_side(goal: str, outcome: str) -> list[float]:
    cells = [Cell("年度总体目标", "标目"), Cell(goal, "文字", colspan=2), Cell(outcome, "文字", colspan=2)]
    return balanced([20, 20, 20, 20, 20], [Row(cells)])


def test_goal_and_outcome_get_their_widths_by_their_lengths():
    assert side_by_side("目" * 40, "成" * 60) == pytest.approx([20, 16, 16, 24, 24])
    assert side_by_side("目" * 50, "成" * 50) == [20] * 5


def test_the_shorter_text_keeps_room_for_the_figures_above_it():
    assert side_by_side("目" * 2, "成" * 600) == pytest.approx([20, 14, 14, 26, 26])


def test_a_form_without_both_texts_keeps_its_widths():
    assert side_by_side("", "成" * 60) == [20] * 5
