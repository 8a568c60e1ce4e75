"""Slips of the keyboard: each is told on its own line, and the advice, taken as it is given, mends it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from gongkai.findings import Finding, Level, has_errors
from gongkai.produce.unit import Settings, check_unit
from support.fixtures import ROOT

VALID = (ROOT / "tests" / "errors" / "valid.yaml").read_text(encoding="utf-8")

UNIT = "单位: {名称: 某县商务局, 性质: 行政单位}"
BASIS = "    政策依据: 县财政局批复"
DUTY = "    - 负责全县商务工作"
CODE = '  - 科目: "2011301"'
BASIC = "    基本支出: {一般公共预算: 80.00}"
DATE = "公开日期: 2024-02-25"
TARGET = '指标值: "2次"'
REASON = "基本支出: {上年: 75.00, 原因: 工资调增}\n  项目支出"


@dataclass(frozen=True)
class Slip:
    """What was to be written, what was typed, what is said of it, and what the advice makes of it."""

    meant: str
    typed: str
    said: str
    mended: str = ""
    below: int = 0
    """How many lines below the first one that was typed the mistake is."""


SLIPS = (
    # colons
    Slip(DATE, "公开日期:2024-02-25", "冒号后面缺少空格"),
    Slip(DATE, "公开日期：2024-02-25", "“公开日期：”用了全角冒号"),
    Slip(DATE, "公开日期\t2024-02-25", "这一行没有冒号"),
    Slip(DATE, "公开日期 2024-02-25", "这一行没有冒号"),
    Slip("文种: 预算", "文种:预算", "文件开头应是"),
    Slip(UNIT, "单位:\n  名称:某县商务局\n  性质: 行政单位", "冒号后面缺少空格", below=1),
    Slip(UNIT, "单位:\n  名称: 某县商务局\n  性质:行政单位", "冒号后面缺少空格", below=2),
    Slip(UNIT, "单位:\n  名称\t某县商务局\n  性质: 行政单位", "这一行没有冒号", below=1),
    Slip(UNIT, "单位:\n  名称\t某县商务局\n  性质\t行政单位", "现为“名称 某县商务局 性质 行政单位”", below=1),
    Slip(UNIT, "单位:\n  名称:某县商务局", "现为“名称:某县商务局”", below=1),
    Slip(CODE, '  - 科目:"2011301"', "冒号后面缺少空格"),
    Slip(CODE, '  - 科目："2011301"', "“科目：”用了全角冒号"),
    Slip('  "201": 人员工资和展会', '  "201":人员工资和展会', "冒号后面缺少空格"),
    Slip('  "201": 人员工资和展会', "  201：人员工资和展会", "现为“201：人员工资和展会”"),
    Slip(BASIS, "    政策依据:\u3000县财政局批复", "冒号后面是全角空格"),
    Slip(BASIS, "    政策依据﹕县财政局批复", "这一行没有冒号"),
    Slip(BASIS, "    政策依据= 县财政局批复", "这一行没有冒号"),
    Slip(BASIS, "    政策依据:: 县财政局批复", "不认识“政策依据:”"),
    Slip(BASIS, "    政策依据: 县财政局: 批复", "一行里有两个“: ”", '    政策依据: "县财政局: 批复"'),
    Slip("  人员: {编制数", "  人员:{编制数", "冒号后面缺少空格"),
    Slip(BASIS, "    政策依据: 县财政局批复 资金来源: 拨款", "一行里有两个“: ”"),
    Slip(f"{BASIS}\n    资金分配", f"{BASIS} 资金分配", "“资金分配”前面还有别的内容"),
    Slip("概况:\n  主要职能:", "概况: 主要职能:", "“主要职能”前面还有别的内容"),
    Slip('  "30101": 60.00', '  "30101"： 60.00', "引号后面用了全角冒号"),
    # quotes
    Slip(BASIS, '    政策依据: "县财政局批复', "引号没有闭合", '    政策依据: "县财政局批复"'),
    Slip(BASIS, '    政策依据: "县财政局"批复', "引号或括号后面还有文字", "    政策依据: '\"县财政局\"批复'"),
    Slip(CODE, '  - 科目: "2011301', "引号没有闭合"),
    Slip(CODE, "  - 科目: “2011301”", "不是科目编码"),
    Slip(CODE, '  - 科目: "2011301"，', "此处多了“，”"),
    Slip(CODE, '  - 科目: "2011301"行政运行', "引号或括号后面还有文字"),
    # what begins a text
    Slip(BASIS, "    政策依据: *县财政局批复", "文字不能以“*”开头", '    政策依据: "*县财政局批复"'),
    Slip(BASIS, "    政策依据: &县财政局批复", "文字不能以“&”开头", '    政策依据: "&县财政局批复"'),
    Slip(BASIS, "    政策依据: !县财政局批复", "文字不能以“!”开头", '    政策依据: "!县财政局批复"'),
    Slip(BASIS, "    政策依据: %县财政局批复", "文字不能以“%”开头", '    政策依据: "%县财政局批复"'),
    Slip(BASIS, "    政策依据: @县财政局批复", "文字不能以“@”开头", '    政策依据: "@县财政局批复"'),
    Slip(BASIS, "    政策依据: `县财政局批复", "文字不能以“`”开头", '    政策依据: "`县财政局批复"'),
    Slip(BASIS, "    政策依据: |县财政局批复", "文字不能以“>”或“|”开头", '    政策依据: "|县财政局批复"'),
    Slip(BASIS, "    政策依据: [县财政局]批复", "引号或括号后面还有文字", "    政策依据: '[县财政局]批复'"),
    Slip(TARGET, "指标值: >=2", "文字不能以“>”开头", '指标值: ">=2"'),
    Slip(TARGET, "指标值: %5", "文字不能以“%”开头", '指标值: "%5"'),
    Slip(TARGET, "指标值: [2, 5]", "现为清单", '指标值: "[2, 5]"'),
    Slip(TARGET, "指标值: 2,5次", "花括号里的“5次”没有冒号", '指标值: "2,5次"'),
    Slip(BASIS, "    政策依据: -", "“-”不能当作内容"),
    # number signs
    Slip(BASIS, "    政策依据: 县财政局 #3 批复", "“#”后面的没有读进去", '    政策依据: "县财政局 #3 批复"'),
    Slip(BASIS, "    政策依据: 县财政局批复 #来自县局", "“#”后面的没有读进去", "    政策依据: 县财政局批复 # 来自县局"),
    Slip(REASON, REASON.replace("工资调增", "新增 #3 岗"), "“#”后面的没有读进去",
         REASON.replace("工资调增", '"新增 #3 岗"')),
    Slip(BASIS, "    政策依据: 购置 # 3 设备的批复", "“#”后面的没有读进去", '    政策依据: "购置 # 3 设备的批复"'),
    Slip(BASIS, "    政策依据: 县财政局批复（ # 3 号）", "“#”后面的没有读进去",
         '    政策依据: "县财政局批复（ # 3 号）"'),
    Slip(BASIS, "    政策依据: 县财政局、  # 县商务局批复", "“#”后面的没有读进去",
         "    政策依据: 县财政局、县商务局批复"),
    Slip(BASIS, "    政策依据: 县财政局  # ，县商务局批复", "“#”后面的没有读进去",
         "    政策依据: 县财政局，县商务局批复"),
    Slip(BASIS, "    政策依据: 县财政局（甲 # 乙）批复", "“#”后面的没有读进去", "    政策依据: 县财政局（甲乙）批复"),
    # brackets
    Slip(UNIT, "单位: {名称: 某县商务局，性质: 行政单位}", "花括号里用全角逗号"),
    Slip(UNIT, "单位: {名称: 某县商务局 性质: 行政单位}", "花括号里此处缺少逗号"),
    Slip(UNIT, "单位: {名称:某县商务局, 性质: 行政单位}", "冒号后面缺少空格"),
    Slip(UNIT, "单位: ｛名称: 某县商务局, 性质: 行政单位｝", "此处的“｛”不是花括号"),
    Slip(BASIC, "    基本支出: (一般公共预算: 80.00)", "此处的“(”不是花括号"),
    Slip(BASIC, "    基本支出: {一般公共预算: 80.00)", "此处的“)”应是半角的“}”"),
    Slip(BASIC, "    基本支出: {一般公共预算: 80.00｝", "此处的“｝”应是半角的“}”"),
    Slip(BASIC, "    基本支出: {一般公共预算: 80.00", "花括号 { 没有闭合"),
    Slip(BASIC, "    基本支出: 一般公共预算: 80.00}", "花括号只有后一半"),
    Slip(BASIC, "    基本支出: {一般公共预算: 80.00}}", "此处多了“}”"),
    Slip(BASIC, "    基本支出: {一般公共预算：80.00}", "用了全角冒号"),
    Slip(BASIC, "    基本支出: [一般公共预算: 80.00]", "现为清单"),
    # dashes and indentation
    Slip(DUTY, f"{DUTY}\n      - 负责外贸", "这一条缩进过深", f"{DUTY}\n    - 负责外贸", below=1),
    Slip(DUTY, f"{DUTY}\n    负责外贸", "这一行没有冒号", f"{DUTY}\n    - 负责外贸", below=1),
    Slip(DUTY, f"{DUTY}\n   - 负责外贸", "缩进不齐", f"{DUTY}\n    - 负责外贸", below=1),
    Slip(CODE, '   科目: "2011301"', "这一行与下面各行没有对齐"),
    Slip(CODE, '  -科目: "2011301"', "“-”后面缺少空格"),
    Slip(BASIS, f"{BASIS}\n      资金分配：展位费", "“资金分配：”这一行被并进了上一行的文字", below=1),
    Slip(BASIS, "\t政策依据: 县财政局批复", "用了制表符"),
    Slip(BASIS, "\u3000\u3000政策依据: 县财政局批复", "用了全角空格"),
    Slip(BASIS, "     政策依据: 县财政局批复", "缩进不齐"),
    Slip("文种: 预算", " 文种: 预算", "这一行前面多了空格"),
    # numbers and dates
    Slip(BASIC, "    基本支出: {一般公共预算: 80.00万元}", "带了单位"),
    Slip(BASIC, "    基本支出: {一般公共预算: 80。00}", "不是数字"),
    Slip(DATE, "公开日期: 2024.2.25", "写法不对"),
    Slip(DATE, "公开日期: 2024/2/25", "写法不对"),
    Slip(DATE, "公开日期: 20240225", "写法不对"),
    Slip(DATE, "公开日期: 2024 年 2 月 25 日", "写法不对"),
    Slip(DATE, "公开日期: ２０２４-０２-２５", "写法不对"),
)  # fmt: skip


def findings(tmp_path: Path, text: str) -> list[Finding]:
    file = tmp_path / "预算.yaml"
    file.write_text(text, encoding="utf-8")
    return check_unit(file, Settings(Path())).findings


def losses(tmp_path: Path, text: str) -> list[Finding]:
    """What is found beside the hint that the file has no day of approval."""
    return [finding for finding in findings(tmp_path, text) if finding.level is not Level.HINT]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.typed)
def test_a_slip_is_told_on_its_line_and_the_advice_mends_it(tmp_path: Path, slip: Slip) -> None:
    assert VALID.count(slip.meant) == 1
    line = VALID[: VALID.index(slip.meant)].count("\n") + 1 + slip.below
    told = findings(tmp_path, VALID.replace(slip.meant, slip.typed))
    assert told
    assert slip.said in told[0].message
    assert [finding.place.line for finding in told if finding.place] == [line] * len(told)
    mended = findings(tmp_path, VALID.replace(slip.meant, slip.mended or slip.meant))
    assert not has_errors(mended)


@pytest.mark.parametrize("typed", ["公开日期: 2024.2.25", "公开日期: 2024年2月25", "公开日期: 20240225"])
def test_a_date_is_suggested_as_it_can_be_typed(tmp_path: Path, typed: str) -> None:
    [told] = findings(tmp_path, VALID.replace(DATE, typed))
    assert told.advice == "是否想写“2024-02-25”？"


@pytest.mark.parametrize(
    "remark",
    ["# 说明", "#", "## 说明", "#---", "#=== 说明", "# 2023年的文件", "# 1. 待核对", "   # 3 份文件", "# （旧）"],
)
def test_a_remark_behind_a_text_is_no_loss(tmp_path: Path, remark: str) -> None:
    assert not losses(tmp_path, VALID.replace(BASIS, f"{BASIS} {remark}"))


@pytest.mark.parametrize("line", [DATE, "年度: 2024", "金额单位: 万元", "文种: 预算"])
def test_a_remark_behind_a_figure_a_date_or_a_word_of_the_form_cuts_nothing(tmp_path: Path, line: str) -> None:
    assert not losses(tmp_path, VALID.replace(line, f"{line} #说明"))


def test_what_is_lost_of_a_person_is_not_repeated(tmp_path: Path) -> None:
    typed = VALID.replace("    绩效目标:\n", "    绩效目标:\n      负责人: @张三\n", 1)
    [told] = findings(tmp_path, typed)
    assert "张三" not in f"{told.message}{told.advice}{told.excerpt}"
