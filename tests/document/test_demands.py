"""Rules ask for what is to be printed: a pack that prints less asks for less, and what must agree stays."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.findings import Finding
from gongkai.produce.unit import Settings, check_unit
from support.fixtures import ROOT, example_input, write_input, write_pack

Data = dict[str, Any]
FINAL = ROOT / "examples" / "bozhou-swj-2024-final.yaml"
KINDS = {"预算": example_input, "决算": lambda: yaml.load(FINAL.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)}


def without(*steps: str | int) -> Callable[[Data], None]:
    """The slip that something was not written."""

    def change(data: Data) -> None:
        holder: Any = data
        for step in steps[:-1]:
            holder = holder[step]
        del holder[steps[-1]]

    return change


def one_use(data: Data) -> None:
    """One use for a 类 that two funds pay for."""
    data["支出"][0]["项目支出"]["政府性基金预算"] = "1"


def untold_difference(data: Data) -> None:
    """A 三公经费 that is under its plan, and nobody says why."""
    item = data["三公经费"]["公务用车运行维护费"]
    item["全年预算"] = str(Decimal(item["全年预算"]) + 9)
    item.pop("差异原因", None)


USE = "{% for c in 数.一般公共预算.各类 %}{{ c.用途 }}{% endfor %}"
BASIS = "{% for p in 数.各项目 %}{{ p.项目.政策依据 or '' }}{% endfor %}"
CHANGE = "{{ 增减(数.基本支出.金额, 数.基本支出.上年) }}"
CONTENT = "{{ 数据.三公经费.公务用车运行维护费.开支内容 }}"
RUNNING = ("三公经费", "公务用车运行维护费", "开支内容")
FORGOTTEN: dict[str, tuple[str, Callable[[Data], None], str, str]] = {
    "reason of an income": ("预算", without("收入", "一般公共预算"), "GK421", "{{ 数.收入 | length }}"),
    "reason of a nature": ("预算", without("支出变动", "基本支出"), "GK421", CHANGE),
    "reason of a 科目": ("预算", without("支出", 0, "变动"), "GK421", "{{ 金额(数.一般公共预算.合计) }}"),
    "basis of a project": ("预算", without("项目", 2, "政策依据"), "GK422", BASIS),
    "target of a project": ("预算", without("项目", 2, "绩效目标"), "GK423", "{{ 数.项目数 }}"),
    "target of the unit": ("预算", without("整体绩效目标"), "GK423", "{{ 数.整体绩效目标数 }}"),
    "use of a 类": ("预算", without("支出用途", "208"), "GK424", USE),
    "use of each fund": ("预算", one_use, "GK439", USE),
    "procurement": ("预算", without("政府采购"), "GK432", "{{ 金额(数.政府采购) }}"),
    "assets": ("预算", without("国有资产"), "GK432", "{{ 数据.国有资产.车辆.数量 }}"),
    "reason of a 科目 spent": ("决算", without("科目收支", 0, "变动"), "GK454", "{{ 金额(数.一般公共预算.支出) }}"),
    "self-evaluation": ("决算", without("整体绩效自评"), "GK462", "{{ 数.整体自评数 }}"),
    "narrative": ("决算", without("绩效管理"), "GK462", "{% if 数.绩效说明 %}{% endif %}"),
    "what was spent on": ("决算", without(*RUNNING), "GK464", CONTENT),
}  # fmt: skip
"""What was not written, the rule that asks for it, and what a template says to print it."""


def found(folder: Path, kind: str, change: Callable[[Data], None], sentence: str = "", tables: str = "") -> set[str]:
    """The codes of what is told of a file with a pack that prints one sentence, or one table."""
    options = f"选项: {{{kind}: {{部分: [名词解释], 表格: [{'一览' if tables else ''}]}}}}"
    files = {"pack.yaml": f"名称: 小样\n上级: base\n{options}\n", f"{kind}/名词解释.html": f"<p>名词。{sentence}</p>"}
    if tables:
        files[f"{kind}/表格.yaml"] = tables
    write_pack(folder, "own", files)
    data = copy.deepcopy(KINDS[kind]())
    data.pop("校验", None)
    change(data)
    told = {finding.code for finding in findings(folder, data | {"模板": "小样"})}
    assert not told & {"GK205", "GK501", "GK504"}, "the pack or the file is of no use"
    return told


def findings(folder: Path, data: Data) -> tuple[Finding, ...]:
    return tuple(check_unit(write_input(folder, data), Settings(folder, pack_folders=[folder])).findings)


@pytest.mark.parametrize("name", FORGOTTEN)
def test_what_no_pack_prints_is_not_asked_for(name, tmp_path):
    kind, change, code, _ = FORGOTTEN[name]

    assert code not in found(tmp_path, kind, change)


@pytest.mark.parametrize("name", FORGOTTEN)
def test_it_is_asked_for_where_a_sentence_prints_it(name, tmp_path):
    kind, change, code, sentence = FORGOTTEN[name]

    assert code in found(tmp_path, kind, change, sentence)


TABLE = """\
一览:
  标题: 一览表
  行集: [{一行: 是}]
  列数: {数: 式}
  栏目: [{标目: 数, 宽: 100}]
"""


@pytest.mark.parametrize(
    ("name", "expression", "asked"),
    [
        ("reason of a 科目", "增减(支出[资金=一般公共预算], 支出@上年[资金=一般公共预算])", True),
        ("reason of a 科目", "支出", False),
        ("reason of an income", "支出@上年[资金=一般公共预算]", False),
        ("procurement", "政府采购.货物", True),
        ("assets", "政府采购.货物", False),
    ],
)
def test_it_is_asked_for_where_a_table_prints_it(name, expression, asked, tmp_path):
    kind, change, code, _ = FORGOTTEN[name]

    assert (code in found(tmp_path, kind, change, tables=TABLE.replace("式", f'"{expression}"'))) is asked


def over_the_plan(data: Data) -> None:
    data["三公经费"]["公务用车运行维护费"]["全年预算"] = "0.01"


def test_more_than_was_planned_is_wrong_whatever_is_printed(tmp_path):
    assert "GK457" in found(tmp_path, "决算", over_the_plan)


def test_a_difference_that_is_not_printed_needs_no_reason(tmp_path):
    prints = "{{ 句(数据.三公经费.公务用车运行维护费.差异原因) }}"

    assert "GK457" not in found(tmp_path, "决算", untold_difference)
    assert "GK457" in found(tmp_path, "决算", untold_difference, prints)


def test_what_must_agree_is_told_whatever_is_printed(tmp_path):
    def other_sum(data: Data) -> None:
        data["支出"][0]["基本支出"]["一般公共预算"] = "287.47"

    assert "GK401" in found(tmp_path, "预算", other_sum)
