"""The rules on tables that are no sums: codes, names, notes, rows, units, comparisons, forms; each good and bad."""

from __future__ import annotations

import pytest

from gongkai.audit.tables.rules import RULES
from gongkai.findings import Level
from support.paper_tables import TREE, codes, messages, of_example, spending, told
from support.small_documents import paper, with_cell

FUNDS = "政府性基金预算支出情况表"
EMPTY = (("", "合计", "", "", ""),)


def _basic(*rows: tuple[str, ...]) -> list[list[str]]:
    head = [["2024年一般公共预算基本支出情况表"], ["编制单位：示例局", "", "", "", "单位：万元"]]
    return [*head, ["科目编码", "科目名称", "合计", "人员经费", "公用经费"], *map(list, rows)]


def _income(*rows: tuple[str, ...]) -> list[list[str]]:
    head = [["2024年收入总体情况表"], ["编制单位：示例局", "", "", "单位：万元"]]
    return [*head, ["科目编码", "科目名称", "总计", "一般公共预算"], *map(list, rows)]


def _three_public(running: str) -> list[list[str]]:
    return [
        ["2024年财政拨款“三公”经费支出情况表"],
        ["编制单位：示例局", "单位：万元"],
        ["“三公”经费支出内容", "合计"],
        ["合计", running],
        ["因公出国（境）费", ""],
        ["公务接待费", ""],
        ["公务用车购置及运行费（小计）", running],
        ["其中：公务用车购置费", ""],
        ["公务用车运行费", running],
    ]


def _compared(rate: str) -> list[list[str]]:
    head = [["2024年支出总体情况表"], ["编制单位：示例局", "", "", "", "", "", "单位：万元"]]
    heads = ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "上年预算", "增减率（%）"]
    rows = [
        ["201", "一般公共服务支出", "968.80", "447.68", "521.12", "900.00", rate],
        ["208", "社会保障和就业支出", "78.02", "78.02", "", "80.00", "-2.48"],
        ["210", "卫生健康支出", "30.00", "30.00", "", "20.00", "50.00"],
        ["", "合计", "1076.82", "555.70", "521.12", "1000.00", "7.68"],
    ]
    return [*head, heads, *rows]


def test_code_that_is_none_is_told_once_and_its_sums_go_on():
    rows = [list(row) for row in TREE]
    rows[4][0] = "0071399"
    found = told(paper(spending(*map(tuple, rows))))

    assert [finding.code for finding, _ in found] == ["GK806"]
    assert "“其他商贸事务支出”应是 2011399" in found[0][0].message


@pytest.mark.parametrize(
    ("name", "level", "words"),
    [
        ("事业运行", Level.ERROR, "那是"),
        ("行政营运", Level.WARNING, "目录里叫“行政运行”"),
    ],
)
def test_name_that_is_not_its_codes(name, level, words):
    found = [finding for finding, _ in told(paper(spending(*with_cell(TREE, 2, 1, name)))) if finding.code == "GK807"]
    assert [finding.level for finding in found] == [level]
    assert words in found[0].message


def test_old_name_of_a_class_on_a_side_of_a_general_table():
    table = [
        ["2024年收支总体情况表"],
        ["编制单位：示例局", "", "", "单位：万元"],
        ["收入", "《", "支出", "《"],
        ["项目", "预算数", "功能分类", "预算数"],
        ["一、本年收入", "10.00", "三、医疗卫生与计划生育支出", "10.00"],
        ["收入总计", "10.00", "支出总计", "10.00"],
    ]
    assert ["旧名" in message for message in messages("GK807", table)] == [True]


def test_one_code_has_one_name_in_all_tables():
    general = spending(*with_cell(TREE, 4, 1, "其他商贸支出"), title="一般公共预算支出情况表")
    assert any("其他商贸支出" in message for message in messages("GK808", spending(*TREE), general))


def test_code_stands_once():
    assert "GK816" in codes(spending(*with_cell(TREE, 7, 0, "2080505")))


def test_empty_table_says_that_it_is():
    full = (spending(*TREE), spending(*TREE, title="一般公共预算支出情况表"),
            _basic(("301", "工资福利支出", "525.70", "525.70", ""), ("", "合计", "525.70", "525.70", "")))  # fmt: skip
    note = "注：本单位2024年没有使用政府性基金预算拨款安排的支出，本表为空表。"

    assert "GK809" in codes(*full, spending(*EMPTY, title=FUNDS))
    assert "GK809" not in codes(*full, spending(*EMPTY, title=FUNDS, note=note))
    assert "GK809" not in codes(*full, spending(*EMPTY, title=FUNDS), note)


def test_note_of_another_fund_is_told_inside_the_table_and_below_it():
    note = "注：本单位2024年没有使用国有资本经营预算拨款安排的支出，本表为空表。"
    assert "GK810" in codes(spending(*EMPTY, title=FUNDS, note=note))
    assert "GK810" in codes(spending(*EMPTY, title=FUNDS), note)
    assert "GK810" not in codes(spending(*EMPTY, title="国有资本经营预算支出情况表"), note)


def test_full_table_is_not_called_empty():
    note = "注：本单位2024年没有使用政府性基金预算拨款安排的支出，本表为空表。"
    rows = (("212", "城乡社区支出", "5.00", "", "5.00"), ("", "合计", "5.00", "", "5.00"))
    assert "GK811" in codes(spending(*rows, title=FUNDS, note=note))


def test_rows_that_are_shifted_are_one_mistake():
    rows = [
        ("2011301", "行政运行", "1.00", "1.00", ""),
        ("2011350", "事业运行", "2.00", "2.00", ""),
        ("2011399", "其他商贸事务支出", "3.00", "3.00", ""),
        ("2080501", "行政单位离退休", "4.00", "4.00", ""),
        ("2080505", "机关事业单位基本养老保险缴费支出", "", "", ""),
        ("", "合计", "10.00", "10.00", ""),
    ]
    low = [(*row[:2], amount, "") for row, amount in zip(rows, ("", "1.00", "2.00", "3.00", "4.00"), strict=False)]
    said = messages("GK812", _income(*low, ("", "合计", "10.00", "")), spending(*rows))
    assert len(said) == 1
    assert "错开了一行" in said[0]


def test_unit_of_money_that_does_not_fit_the_figures():
    large = [(*row[:2], f"{float(row[2]) * 10_000:.2f}", "") for row in TREE]
    said = messages("GK814", spending(*TREE), _income(*large))
    assert len(said) == 1
    assert "一万倍" in said[0]


def test_figure_in_a_row_that_has_no_name():
    rows = [*TREE[:-1], ("", "", "67.80", "67.80", ""), TREE[-1]]
    assert "GK818" in codes(spending(*rows))


def test_rate_of_growth_is_reckoned_again():
    assert "GK813" not in codes(_compared("7.64"))
    said = messages("GK813", _compared("6.74"))
    assert len(said) == 1
    assert "应是 7.64%" in said[0]


def test_three_public_is_not_less_than_its_part_in_basic_spending():
    rows = [("302", "商品和服务支出"), ("30231", "公务用车运行维护费"), ("", "合计")]
    basic = _basic(*((*row, "12.00", "", "12.00") for row in rows))
    assert "GK824" not in codes(basic, _three_public("12.00"))
    assert "GK824" in codes(basic, _three_public("10.00"))


def test_running_costs_are_not_more_than_operating_costs():
    basic = _basic(("302", "商品和服务支出", "12.00", "", "12.00"), ("", "合计", "12.00", "", "12.00"))
    wide = [
        ["2024年“三公”经费和机关运行经费预算表"],
        ["编制单位：示例局", "", "", "", "单位：万元"],
        ["合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费", "2024年机关运行经费预算数"],
        ["3.00", "", "1.00", "2.00", "12.00"],
    ]
    assert codes(basic, wide) == []
    assert codes(basic, [*wide[:-1], [*wide[-1][:-1], "21.00"]]) == ["GK830"]


def test_insurance_by_both_classifications():
    rows = [("301", "工资福利支出"), ("30108", "机关事业单位基本养老保险缴费"), ("", "合计")]
    basic = _basic(*((*row, "48.50", "48.50", "") for row in rows))
    assert "GK825" in codes(basic, spending(*TREE, title="一般公共预算支出情况表"))


def test_rows_that_one_of_two_tables_lacks():
    income = _income(*[(*row[:3], "") for row in TREE if not row[0].startswith("208")])
    said = messages("GK827", income, spending(*TREE))
    assert said == ["《收入总体情况表》没有 208、20805、2080501、2080505，《支出总体情况表》有"]


def test_every_rule_has_its_page_with_a_bad_and_a_good_case():
    for rule in RULES:
        page = rule.look.__doc__ or ""
        for head in ("检查什么：", "为何重要：", "依据：", "反例：", "正例：", "怎样改："):
            assert head in page, (rule.code, head)
        assert 801 <= int(rule.code[2:]) <= 839
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("example", ["kezhou-swj-2024-budget", "shili-ju-2024-budget", "shili-ju-2024-final"])
def test_forms_of_performance_of_the_examples_add_up(example):
    assert not [finding for finding, _ in told(of_example(example)) if finding.code in ("GK819", "GK828", "GK829")]


def _scored(target: str, reached: str, score: str) -> list[list[str]]:
    return [
        ["项目支出绩效自评表", *[""] * 7],
        ["（2024年度）", *[""] * 7],
        ["项目名称", "产业园道路维修", *[""] * 6],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "指标值设定依据", "分值", "实际完成值", "得分"],
        ["成本指标", "经济成本指标", "差旅费", target, "计划标准", "10", reached, score],
        ["产出指标", "数量指标", "维修道路", ">=4条", "计划标准", "80", "=5条", "80"],
    ]


@pytest.mark.parametrize(
    ("target", "reached", "score", "told_of"),
    [
        ("<=8.90万元", "=8.94万元", "10", True),
        (">=90%", "89.5%", "10.00", True),
        ("<=8.90万元", "=8.94万元", "9", False),
        ("<=8.90万元", "=8.90万元", "10", False),
        ("=5次", "=6次", "10", False),
        ("<=8.90万元", "=89400元", "10", False),
        ("有效保障", "有效保障", "10", False),
    ],
)
def test_an_indicator_that_was_not_reached_has_no_full_score(target, reached, score, told_of):
    [*found] = messages("GK815", _scored(target, reached, score))
    said = f"指标“差旅费”的指标值是 {target}，完成值是 {reached}，没有达到，却得了满分"
    assert [said in message for message in found] == [True] * told_of
