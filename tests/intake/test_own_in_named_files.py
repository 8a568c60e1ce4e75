"""Facts and comparisons of a pack that a file leaves to those that it names (上年文件, 预算文件, 上年决算文件)."""

from __future__ import annotations

import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.findings import FindingsError, Level
from gongkai.intake.named_files.told import told
from gongkai.intake.read import DataFile, read, read_alone
from gongkai.model.own.extend import field_name
from gongkai.produce.models import models_of_packs
from support.fixtures import ROOT, example_input, write_input, write_pack

Data = dict[str, Any]

BUDGET = ROOT / "examples" / "shili-ju-2024-budget.yaml"
FINAL = ROOT / "examples" / "shili-ju-2024-final.yaml"
PACK = """\
名称: 自己
上级: base
事实:
  会议费:
    类型: 金额
    比较: {上年预算: {原因: 原因}, 年初预算: {必填: 否}, 上年执行数: {必填: 否}}
  会议次数: {类型: 数量, 比较: {上年: {}}}
  培训费: {类型: 金额}
  培训开支: {类型: 金额, 比较: {上年: {}}}
  新增资产: {类型: 金额, 属于: 科目, 比较: {上年预算: {原因: 原因}}}
  台数: {类型: 数量, 属于: 三公项, 比较: {上年: {必填: 否}}}
  规模: {类型: 金额, 属于: 项目, 比较: {上年: {必填: 否}}}
比较:
  上年执行数: {用于: [三公项, 科目变动], 文种: [预算], 必填: 否}
  年初预算: {用于: [三公项, 科目变动], 文种: [决算], 必填: 否}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pack(tmp_path, "own", {"pack.yaml": PACK})
    return tmp_path


def last_year(**more: Any) -> Data:
    data = example_input() | {"模板": "自己"}
    data["会议费"] = {"本年": "3.2", "上年预算": "2", "原因": "会议增加"}
    data["会议次数"] = {"本年": "7", "上年": "5"}
    data["培训费"] = "1.5"
    data["支出"][0]["新增资产"] = {"本年": "4.4", "上年预算": "4", "原因": "新增"}
    data["三公经费"]["公务接待费"]["台数"] = {"本年": "11"}
    data["项目"][0]["规模"] = {"本年": "6.6"}
    return data | more


def this_year(**more: Any) -> Data:
    """A year later, without the figures that last year's file has."""
    data = copy.deepcopy(last_year()) | {"年度": "2025", "上年文件": "去年.yaml"}
    for holder in (data["会议费"], data["会议次数"], data["支出"][0]["新增资产"]):
        holder.pop("上年预算", None)
        holder.pop("上年", None)
    return data | more


def opened(folder: Path, data: Data, name: str = "今年.yaml") -> DataFile:
    return read(write_input(folder, data, name), models_of_packs([folder]))


def own(record: Any, *names: str) -> Any:
    for name in names:
        record = getattr(record, field_name(name))
    return record


def test_each_comparison_is_what_last_years_file_says(folder):
    write_input(folder, last_year(), "去年.yaml")

    model: Any = opened(folder, this_year()).model

    assert own(model, "会议费", "上年预算") == Decimal("3.2")
    assert own(model, "会议次数", "上年") == 7
    assert own(model.expenditures[0], "新增资产", "上年预算") == Decimal("4.4")
    assert own(model.three_public.by_name["公务接待费"], "台数", "上年") == 11
    assert own(model.projects[0], "规模", "上年") == Decimal("6.6")
    assert own(model, "会议费", "年初预算") is None
    assert own(model, "会议费", "上年执行数") is None


def test_a_plain_amount_of_last_year_is_as_good_as_one_with_comparisons(folder):
    pack = PACK.replace("培训费: {类型: 金额}", "培训费: {类型: 金额, 比较: {上年: {}}}")
    write_pack(folder, "new", {"pack.yaml": pack.replace("名称: 自己", "名称: 新的")})
    write_input(folder, last_year(), "去年.yaml")

    model: Any = opened(folder, this_year(模板="新的", 培训费={"本年": "2"})).model

    assert own(model, "培训费", "上年") == Decimal("1.5")


def test_amounts_are_written_in_the_unit_of_the_file(folder):
    write_input(folder, last_year(), "去年.yaml")
    data = this_year()
    file = opened(folder, data)

    [amount] = [one.amount for path, one in told(file.tree, file.named).items() if path == ("会议费", "上年预算")]
    assert amount == Decimal("3.2")
    assert file.tree.data["会议费"]["上年预算"] == "3.2"


def test_what_is_written_is_held_against_it(folder):
    write_input(folder, last_year(), "去年.yaml")
    data = this_year()
    data["会议费"]["上年预算"] = "3.3"
    data["会议次数"]["上年"] = "8"
    data["三公经费"]["公务接待费"]["台数"]["上年"] = "11"

    found = [finding for finding in opened(folder, data).findings if finding.code == "GK122"]

    assert [finding.path for finding in found if "会议" in str(finding.path)] == [
        ("会议费", "上年预算"),
        ("会议次数", "上年"),
    ]
    assert "会议费的上年预算写的是 3.3 万元，按上年文件应为 3.2 万元" in found[-2].message
    assert not any("台数" in finding.path for finding in found)


def test_what_last_years_file_does_not_state_must_be_typed(folder):
    old = last_year()
    del old["会议费"]
    write_input(folder, old, "去年.yaml")

    with pytest.raises(FindingsError) as refused:
        opened(folder, this_year())

    assert [finding.message for finding in refused.value.findings] == ["“会议费”缺少“上年预算”"]


def test_a_file_that_cannot_be_used_is_one_mistake(folder):
    with pytest.raises(FindingsError) as refused:
        opened(folder, this_year())

    assert [finding.code for finding in refused.value.findings] == ["GK121"]


def test_last_years_file_may_itself_leave_them_to_that_of_the_year_before(folder):
    write_input(folder, this_year(年度="2024", 上年文件="前年.yaml"), "去年.yaml")

    model: Any = opened(folder, this_year()).model

    assert own(model, "会议费", "上年预算") == Decimal("3.2")
    assert read_alone(folder / "今年.yaml", models_of_packs([folder]))[1]


def test_a_secret_project_takes_no_more_than_its_amount_from_a_secret_one(folder):
    old, new = last_year(), this_year()
    old["项目"][0]["涉密"] = "是"
    write_input(folder, old, "去年.yaml")

    public: Any = opened(folder, copy.deepcopy(new)).model
    new["项目"][0]["涉密"] = "是"
    secret: Any = opened(folder, new).model

    assert own(public.projects[0], "规模", "上年") is None
    assert own(secret.projects[0], "规模", "上年") == Decimal("6.6")


def final(**more: Any) -> Data:
    data: Data = yaml.load(FINAL.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return data | {"模板": "自己"} | more


def plan() -> Data:
    data: Data = yaml.load(BUDGET.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return data | {"模板": "自己", "会议费": {"本年": "2.5", "上年预算": "2", "原因": "甲"}}


def test_a_final_account_takes_from_the_budget_what_was_planned(folder):
    write_input(folder, plan(), "预算.yaml")
    data = final(预算文件="预算.yaml", 会议费={"本年": "2", "上年预算": "1", "原因": "乙"})

    model: Any = opened(folder, data).model

    budget: Any = opened(folder, plan(), "计划.yaml").model
    assert own(model, "会议费", "年初预算") == Decimal("2.5")
    planned = budget.three_public.vehicle_running.total
    assert own(model.three_public.by_name["公务用车运行维护费"], "年初预算") == planned > 0
    changes = [own(change, "年初预算") for one in model.accounts for change in one.changes.values()]
    assert any(changes)


def test_a_final_account_that_says_otherwise_is_told(folder):
    write_input(folder, plan(), "预算.yaml")
    data = final(预算文件="预算.yaml", 会议费={"本年": "2", "上年预算": "1", "原因": "乙", "年初预算": "9"})

    [found] = [finding for finding in opened(folder, data).findings if finding.path[:1] == ("会议费",)]

    assert (found.code, found.level, found.path) == ("GK129", Level.WARNING, ("会议费", "年初预算"))


def test_a_budget_takes_what_was_carried_out_from_last_years_final_account(folder):
    write_input(folder, final(年度="2024"), "决算.yaml")
    data = plan() | {"年度": "2025", "上年决算文件": "决算.yaml"}

    model: Any = opened(folder, data).model

    account: Any = opened(folder, final(), "独立.yaml").model
    spent = account.three_public.vehicle_running.spent
    assert own(model.three_public.by_name["公务用车运行费"], "上年执行数") == spent > 0
    changes = [own(change, "上年执行数") for one in model.expenditures for change in one.changes.values()]
    assert any(changes)
    assert own(model, "会议费", "上年执行数") is None
