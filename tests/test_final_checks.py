"""The rules of a final account: what each finds, where, how grave, and which two figures it names.

Every case changes one fact of the paired example, in which nothing is wrong; what the rule then says
is written out. A rule without a case fails here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from conftest import ROOT
from gongkai.checks.run import FINAL_RULES, check
from gongkai.findings import Finding, Level, Path
from strategies_final import VEHICLE_KINDS, account_of, file_data

Data = dict[str, Any]

PAIRED = ROOT / "examples" / "shili-ju-2024-final.yaml"
PUBLISHED = ROOT / "examples" / "bozhou-swj-2024-final.yaml"
ERROR, WARNING = Level.ERROR, Level.WARNING
SPENT_FIRST = file_data(PAIRED)["项目绩效自评"][0]["财政拨款"]["执行"]
HEADINGS = ("检查什么", "为何重要", "依据", "怎样改")


def put(value: Any, *path: str | int) -> Callable[[Data], None]:
    """The change that writes ``value`` at a place of the file."""

    def change(data: Data) -> None:
        node: Any = data
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[Data], None]:
    """The change that strikes a place out of the file."""

    def change(data: Data) -> None:
        node: Any = data
        for key in path[:-1]:
            node = node[key]
        del node[path[-1]]

    return change


def twice(data: Data) -> None:
    """The last 科目 written a second time, without money."""
    data["科目收支"].append({"科目": data["科目收支"][-1]["科目"]})


def in_wan(data: Data) -> None:
    """The example in 万元, where figures may be rounded."""

    def convert(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: value if key in KEPT else convert(value) for key, value in node.items()}
        if isinstance(node, list):
            return [convert(value) for value in node]
        return f"{Decimal(node) / 10_000:f}" if re.fullmatch(r"\d+(\.\d+)?", str(node)) else node

    data |= {key: convert(data[key]) for key in MONEY_PARTS} | {"金额单位": "万元"}


KEPT = {"科目", "购置数", "保有量", "批次", "人次", "指标", "面积", *VEHICLE_KINDS}
MONEY_PARTS = (
    "科目收支", "使用非财政拨款结余", "结余分配", "总体变动", "基本支出经济分类", "三公经费", "机关运行经费",
    "政府采购", "国有资产", "整体绩效自评", "项目绩效自评",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A mistake, and the one finding that must be made of it."""

    code: str
    mistake: str
    change: Callable[[Data], None]
    path: Path
    level: Level
    stated: str | None = None
    expected: str | None = None
    says: str = ""


CASES = (
    Case("GK301", "unknown code", put("2077777", "科目收支", 2, "科目"), ("科目收支", 2, "科目"), ERROR,
         says="连 20777 也没有"),
    Case("GK302", "unknown economic code", put("0", "基本支出经济分类", "30177"), ("基本支出经济分类", "30177"), ERROR,
         says="30177"),
    Case("GK303", "name of its own", put({"2070101": "行政运转"}, "科目名称"), ("科目名称", "2070101"), WARNING,
         says="“行政运行”"),
    Case("GK304", "the same code twice", twice, ("科目收支", 16, "科目"), ERROR, says="与第 16 条重复"),
    Case("GK451", "income forgotten", drop("科目收支", 1, "收入", "经营收入"), ("科目收支",), ERROR,
         "12779500", "12843500"),
    Case("GK451", "distribution forgotten", drop("结余分配"), ("科目收支",), ERROR, "12843500", "12830500"),
    Case("GK452", "an economic item off by 100 yuan", put("124100", "基本支出经济分类", "30201"),
         ("基本支出经济分类",), ERROR, "8067600", "8067500"),
    Case("GK453", "more carried in than there was", put("4286600", "科目收支", 0, "年初结转和结余", "一般公共预算"),
         ("科目收支", 0), ERROR, says="支出加年末结转比年初结转少 100.00 元"),
    Case("GK454", "an item without last year's figure", drop("科目收支", 14, "变动"), ("科目收支", 14, "变动"), ERROR,
         says="科目 2230105 有国有资本经营预算 300,000.00 元"),
    Case("GK454", "a fund without comparison", drop("总体变动", "政府性基金预算"),
         ("总体变动", "政府性基金预算"), ERROR, says="有政府性基金预算，“总体变动”里没有写"),
    Case("GK455", "last year's total off", put("9911500", "总体变动", "一般公共预算", "上年"),
         ("总体变动", "一般公共预算", "上年"), ERROR, "9911500", "9911400"),
    Case("GK456", "less than in basic spending", put("79100", "三公经费", "公务用车运行维护费", "支出"),
         ("三公经费", "公务用车运行维护费"), ERROR, "79100", "79200"),
    Case("GK457", "more than the adjusted budget", put("180001", "三公经费", "公务用车购置费", "支出"),
         ("三公经费", "公务用车购置费"), ERROR, "180001", "180000"),
    Case("GK458", "small firms got more", put("952001", "政府采购", "授予小微企业"),
         ("政府采购", "授予小微企业"), ERROR, "952001", "952000"),
    Case("GK458", "more than was bought", put("1190001", "政府采购", "授予中小企业"),
         ("政府采购", "授予中小企业"), ERROR, "1190001", "1190000"),
    Case("GK459", "a score above its weight", put("20.01", "项目绩效自评", 0, "指标", 0, "得分"),
         ("项目绩效自评", 0, "指标", 0, "得分"), ERROR, "20.01", "20"),
    Case("GK459", "weights that are not 90", put("31", "整体绩效自评", "指标", 0, "权重"),
         ("整体绩效自评", "指标"), WARNING, "91", "90"),
    Case("GK460", "evaluated budget", put("2000200", "整体绩效自评", "资金", "上级资金", "全年预算"),
         ("整体绩效自评", "资金"), WARNING, "12843700", "12843500"),
    Case("GK460", "evaluated spending", put("974200", "整体绩效自评", "资金", "其他资金", "执行"),
         ("整体绩效自评", "资金"), WARNING, "12599700", "12599500"),
    Case("GK460", "evaluated original budget", put("9263100", "整体绩效自评", "资金", "本级资金", "年初预算"),
         ("整体绩效自评", "资金"), WARNING, "11213100", "11212900"),
    Case("GK461", "published in the year itself", put("2024-08-22", "公开日期"), ("公开日期",), WARNING,
         says="2024 年决算的公开日期是 2024 年"),
    Case("GK462", "no evaluation of the unit", drop("整体绩效自评"), ("整体绩效自评",), WARNING,
         says="没有整体绩效自评"),
    Case("GK462", "no narrative", drop("绩效管理"), ("绩效管理",), WARNING, says="成效、问题和措施"),
    Case("GK457", "less than the budget without a reason", drop("三公经费", "公务接待费", "差异原因"),
         ("三公经费", "公务接待费"), ERROR, "13800", "20000", says="没有写差异原因"),
    Case("GK463", "fewer vehicles than owned, no reason", drop("三公经费", "公务用车运行维护费", "保有量差异原因"),
         ("三公经费", "公务用车运行维护费"), ERROR, "4", "5", says="没有写差异原因"),
    Case("GK464", "money without content", drop("三公经费", "公务接待费", "开支内容"),
         ("三公经费", "公务接待费", "开支内容"), ERROR, says="没有写“开支内容”"),
    Case("GK464", "receptions that nobody held", put("0", "三公经费", "公务接待费", "批次"),
         ("三公经费", "公务接待费", "批次"), ERROR, says="没有写“批次”"),
    Case("GK465", "money in the line of another year's form",
         put({"年初预算": "0", "全年预算": "0", "执行": "0.01"}, "整体绩效自评", "资金", "中央安排"),
         ("整体绩效自评", "资金", "中央安排"), ERROR, says="没有“中央安排”这一栏"),
    Case("GK466", "a project beyond its budget", put("1", "项目绩效自评", 0, "财政拨款", "全年预算"),
         ("项目绩效自评", 0, "财政拨款"), WARNING, str(SPENT_FIRST), "1", says="大于全年预算"),
)  # fmt: skip


def findings_after(*changes: Callable[[Data], None]) -> list[Finding]:
    data = file_data(PAIRED)
    for change in changes:
        change(data)
    return check(account_of(data))


def test_nothing_is_found_in_an_account_that_is_right():
    assert findings_after() == []
    assert findings_after(in_wan) == []


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code} {case.mistake}" for case in CASES])
def test_a_mistake_is_found_where_it_is(case):
    found = [f for f in findings_after(case.change) if f.code == case.code]
    assert [(f.path, f.level) for f in found] == [(case.path, case.level)]
    [finding] = found
    stated, expected = (None if text is None else Decimal(text) for text in (case.stated, case.expected))
    assert (finding.stated, finding.expected) == (stated, expected)
    assert case.says in finding.message
    assert finding.advice


OF_MONEY = [case for case in CASES if case.stated and case.code not in {"GK459", "GK463"}]


@pytest.mark.parametrize("case", OF_MONEY, ids=lambda case: f"{case.code} {case.mistake}")
def test_both_figures_and_their_difference_are_in_the_message_in_the_unit_of_the_file(case):
    [finding] = [f for f in findings_after(case.change) if f.code == case.code]
    for figure in (finding.stated, finding.expected, abs(finding.difference)):
        assert f"{figure:,.2f} 元" in finding.message


@pytest.mark.parametrize(
    "change",
    [
        put("2070102", "科目收支", 0, "科目"),  # another known code
        put({"2070101": "行政运行"}, "科目名称"),  # the official name
        put({"30199": "其他工资福利支出"}, "科目名称"),
        put("2026-01-05", "公开日期"),  # late, but in season
        put({"支出": "180000", "全年预算": "180000", "购置数": "1"}, "三公经费", "公务用车购置费"),  # all of the budget
        put("952000", "政府采购", "授予小微企业"),  # all small firms are the smallest
        put("1190000", "政府采购", "授予中小企业"),
        put("20", "项目绩效自评", 1, "指标", 1, "得分"),  # full score
        put("2000100", "整体绩效自评", "资金", "上级资金", "全年预算"),  # 0.01 万元: rounding
    ],
)
def test_what_is_right_is_not_found(change):
    assert findings_after(change) == []


def test_a_difference_that_rounding_explains_is_a_warning_in_wan_and_an_error_in_yuan():
    off_by_a_cent = put("12.41", "基本支出经济分类", "30201")
    [finding] = findings_after(in_wan, off_by_a_cent)
    assert (finding.code, finding.level) == ("GK452", WARNING)
    assert (finding.stated, finding.expected) == (Decimal("806.76"), Decimal("806.75"))
    [finding] = findings_after(put("124100", "基本支出经济分类", "30201"))
    assert (finding.code, finding.level) == ("GK452", ERROR)


def test_the_published_account_has_only_the_warnings_that_its_own_text_deserves():
    found = check(account_of(file_data(PUBLISHED)))
    assert {(f.code, f.level) for f in found} == {("GK303", WARNING), ("GK460", WARNING)}
    [original] = [f for f in found if f.code == "GK460"]
    assert (original.stated, original.expected) == (Decimal("651.03"), Decimal("601.03"))


# --------------------------------------------------------------------------------------
# The rules themselves


@pytest.mark.parametrize("rule", FINAL_RULES, ids=lambda rule: rule.code)
def test_a_rule_is_explained_under_the_four_headings_in_order(rule):
    lines = [line.strip() for line in rule.check.__doc__.strip().splitlines()]
    assert [line.partition("：")[0] for line in lines] == list(HEADINGS)
    assert all(line.partition("：")[2] for line in lines)


def test_every_rule_has_a_code_of_its_own_and_a_case_here():
    codes = [rule.code for rule in FINAL_RULES]
    assert sorted(codes) == sorted(set(codes))
    # The rules about texts (GK7…) have theirs in test_text_rules.
    assert {case.code for case in CASES} == {code for code in codes if code < "GK7"}
